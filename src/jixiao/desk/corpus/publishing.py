"""The use case of publishing a corpus: books and checks are handed in, the corpus may lie in a folder or in storage."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.library import checks, reviewer, shelf
from jixiao.form import Form
from jixiao.review import Review
from jixiao.scoring import Scorer
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FormReport

if TYPE_CHECKING:
    from jixiao.corpus.publishing.run import Options, Published, Told


def publish_corpus(where: str, out: Path, options: "Options", told: "Told") -> "Published":
    """Publish a corpus.

    Args:
        where: folder of the corpus, or "s3://bucket/prefix".
        out: the folder to publish into.
        options: title, publisher, licence.
        told: hears how it goes on.

    Raises:
        WrongUse: there is no corpus, or the folder holds something else.
    """
    from jixiao.corpus.publishing.run import publish
    from jixiao.corpus.publishing.source import Source

    with corpus_at(where) as corpus:
        return publish(Source(corpus), out, _reviewed, options, told)


@cache
def _scorer(rulebook: str, day: str) -> Scorer:
    """Made once for a book and a day; scoring alone computes no feature of wording."""
    return Scorer(shelf().on(rulebook, date.fromisoformat(day)))


def _reviewed(form: Form, rulebook: str, day: str, asking: bool) -> FormReport:  # noqa: FBT001 -- a port of the corpus
    """A form under the book that was in force for it; asked about only where that is wanted."""
    scorer = _scorer(rulebook, day)
    book = scorer.book
    sheet, review = reviewer(book).review(form) if asking else (scorer.score(form), Review())
    title = Text(book.zh, book.en)
    return FormReport(form, sheet, review, title, title, checks().titles)

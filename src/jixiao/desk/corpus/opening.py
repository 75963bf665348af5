"""A corpus opened for a use case: there must be forms in it, and a file at fault is told by its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jixiao.corpus.faults import CorpusFault
from jixiao.desk.corpus.building import mark, told_as_wrong_use
from jixiao.scoring.sheet import Text

if TYPE_CHECKING:
    from jixiao.corpus.manifest import Corpus


@contextmanager
def corpus_at(where: str) -> Iterator["Corpus"]:
    """The corpus in a folder, or at "s3://bucket/prefix", for as long as the block lasts.

    Raises:
        WrongUse: there is none, it holds no form, or what is read of it in the block is missing or damaged.
    """
    from jixiao.corpus.manifest import open_corpus
    from jixiao.corpus.scanning import told_if_damaged

    with told_as_wrong_use():
        corpus = open_corpus(where)
        if not corpus.manifest.forms:
            raise _no_form(corpus.storage.label)
        with told_if_damaged(corpus):
            yield corpus


def _no_form(label: str) -> CorpusFault:
    zh = f"{label} 里没有表，没有可算的。请先用有自评表的文件夹运行 jixiao corpus build。"
    return CorpusFault(
        zh, f"{label} holds no form, so there is nothing to reckon. Run jixiao corpus build on a folder of forms first."
    )


def notices(where: str) -> Iterator[Text]:
    """What is to be said of a corpus, whatever is then made of it.

    Raises:
        WrongUse: there is none.
    """
    from jixiao.corpus.manifest import open_corpus

    with told_as_wrong_use():
        told = outdated(open_corpus(where))
    if told is not None:
        yield told


def outdated(corpus: "Corpus") -> Text | None:
    """What is said of a corpus that was built by another program, or under other rules, than those of now."""
    if corpus.manifest.way == mark():
        return None
    label, program = corpus.storage.label, corpus.manifest.program
    return Text(
        f"{label} 是用另一版程序或规则建的（程序 {program}）：库里的疑点和文字特征是那时的。"
        "再运行一次 jixiao corpus build 即更新。",
        f"{label} was built by another program or under other rules (program {program}): its findings and features of"
        " wording are of then. Run jixiao corpus build again to bring it up to date.",
    )

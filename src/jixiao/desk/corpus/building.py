"""The use case of building a corpus: what was named, read into columns; books and checks are handed in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.building.run import Asked, Built, build
from jixiao.corpus.building.way import MOST_IN_PART, PART, Reviewed, Way
from jixiao.corpus.faults import CorpusFault
from jixiao.corpus.formsfile import FORMS_FILES
from jixiao.corpus.storage import open_storage
from jixiao.desk.errors import WrongUse
from jixiao.desk.inputs import DOCUMENTS, gather
from jixiao.desk.library import known_rulebook, reviewer, shelf, texts
from jixiao.form import Form
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.rulebook import Book


class Found(Struct, frozen=True):
    """The files a corpus is built of.

    Attributes:
        files: name → where it lies.
        left_out: how many files of other kinds there are.
    """

    files: Mapping[str, Path]
    left_out: int = 0


def review_for_corpus(form: Form, rulebook: str | None) -> Reviewed:
    """A form under the book in force, for a corpus: its rows with features, and its findings."""
    book = _book_for(form.title, form.department, form.unit, form.fiscal_year, rulebook)
    made = reviewer(book)
    features = made.features(form)
    rows = made.scorer.cells(form, features)
    result = made.scorer.closure(*rows)
    asked = made.questions(form, features, result, lambda: made.scorer.sheet(form, result, derived=False))
    return Reviewed(book.id, book.on, rows, asked)


@lru_cache(maxsize=4096)
def _book_for(title: str, department: str, unit: str, fiscal_year: int | None, rulebook: str | None) -> Book:
    """The book in force; forms of one unit ask for the same one again and again."""
    return (
        shelf().choose(title=title, department=department, unit=unit, fiscal_year=fiscal_year, override=rulebook).book
    )


def way_of(rulebook: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Way:
    """How the house reads files into a corpus.

    Raises:
        WrongUse: there is no such rulebook.
    """
    if rulebook is not None:
        known_rulebook(rulebook)
    return Way(review_for_corpus, mark(), rulebook, limits)


@cache
def mark() -> str:
    """A digest of the program and of all that a review depends on."""
    digest = sha256(__version__.encode())
    for room, folder in (("rulebook", "books"), ("review", "checks"), ("review", "lexicons")):
        for name, text in texts(room, folder).items():
            digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()


@contextmanager
def told_as_wrong_use() -> Iterator[None]:
    """A corpus that cannot be used is wrong use of the command."""
    try:
        yield
    except CorpusFault as fault:
        raise WrongUse(fault.zh, fault.en) from fault


def files_of(folder: Path) -> Found:
    """The documents and forms as data in a folder, by their paths below it; or one file by its name.

    Raises:
        WrongUse: there is no such folder or file.
    """
    if folder.is_file():
        return Found({folder.name: folder})
    if not folder.is_dir():
        zh = f"{folder}：没有这个文件夹或文件。请检查路径。"
        raise WrongUse(zh, f"{folder}: there is no such folder or file. Check the path.")
    inputs = gather([str(folder)], DOCUMENTS | FORMS_FILES)
    return Found({_name(path, folder): path for path in inputs.files}, len(inputs.left_out))


def _name(path: Path, folder: Path) -> str:
    """A file's path below the folder, as text: bytes that are no UTF-8 become replacement characters."""
    return str(path.relative_to(folder).as_posix()).encode(errors="surrogateescape").decode("utf-8", "replace")


def build_corpus(found: Found, out: str, way: Way, asked: Asked) -> Built:
    """Build a corpus of files.

    Args:
        found: the files.
        out: a folder, or "s3://bucket/prefix".
        way: how they are read.
        asked: how it is to be done.

    Raises:
        WrongUse: it cannot be built there, somebody else builds there, or the size of parts is none.
    """
    if not 1 <= asked.part <= MOST_IN_PART:
        zh = f"每部分应有 1 到 {MOST_IN_PART} 张表，一般用 {PART}。"
        raise WrongUse(zh, f"A part holds 1 to {MOST_IN_PART} forms; {PART} is usual.")
    with told_as_wrong_use():
        return build(open_storage(out), _outside(found.files, out), way, asked)


def _outside(files: Mapping[str, Path], out: str) -> Mapping[str, Path]:
    """The files but those of the corpus itself, which may lie below the folder it is built of.

    Raises:
        WrongUse: all of them lie in the folder for the corpus.
    """
    if "://" in out:
        return files
    root = Path(out).resolve()
    left = {name: path for name, path in files.items() if not path.resolve().is_relative_to(root)}
    if files and not left:
        zh = f"{out}：要读的文件都在这个文件夹里。请把库放到另一个文件夹。"
        raise WrongUse(zh, f"{out}: the files to be read lie in it. Have the corpus made in another folder.")
    return left

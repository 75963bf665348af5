"""The indicator library at the desk: mined from a corpus, kept in it, told."""

from jixiao.corpus.indicators.library import found, library_of
from jixiao.corpus.scanning import keep
from jixiao.desk.corpus.opening import corpus_at
from jixiao.writing.indicators.report import Library


def indicator_library(where: str, least: int, search: str, *, keeping: bool = True) -> Library:
    """The library of a corpus, or what of it holds a text.

    Args:
        where: the corpus: a folder, or "s3://bucket/prefix".
        least: how many forms an entry must rest on.
        search: the text; "" for all.
        keeping: whether the tables are written into the corpus.

    Raises:
        WrongUse: there is no corpus, it is damaged, or it cannot be written.
    """
    with corpus_at(where) as corpus:
        library, tables = library_of(corpus, least)
        if keeping:
            for name, frame in tables.items():
                keep(corpus, name, frame, {})
    return found(library, search) if search else library

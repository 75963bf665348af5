"""The use case of scoring a corpus: the house's books and checks are handed in, and where kernels are kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from jixiao.desk.corpus.building import mark
from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, known_rulebook, reviewer_on
from jixiao.language import KernelMissingError

if TYPE_CHECKING:
    from jixiao.corpus.scoring.run import Made

Engine = Literal["polars", "kernel"]
Asked = Literal["numeric", "all"]


def score(
    where: str,
    *,
    engine: Engine = "polars",
    rulebook: str | None = None,
    asked: Asked = "all",
    processes: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> "Made":
    """Score every form of a corpus and answer its checks, each under the rulebook in force for it.

    Args:
        where: the corpus.
        engine: operations by column, or the fused kernel.
        rulebook: a book for all forms instead.
        asked: the checks that read no free text, or all.
        processes: how many parts are under way at once.
        watch: told after each part: parts done, and of how many.

    Raises:
        WrongUse: there is no such corpus or book, or the kernel is not installed.
    """
    from jixiao.corpus.scoring.part import Way
    from jixiao.corpus.scoring.run import score_corpus

    if rulebook is not None:
        known_rulebook(rulebook)
    way = Way(reviewer_on, checks(), engine, asked, rulebook, _kernels() if engine == "kernel" else None, mark())
    with corpus_at(where) as corpus:
        return score_corpus(corpus, way, processes, watch)


def _kernels() -> str:
    try:
        from jixiao.corpus.scoring.home import folder_of_kernels
    except ModuleNotFoundError as missing:
        if missing.name not in ("numba", "llvmlite", "numpy"):
            raise
        told = KernelMissingError()
        raise WrongUse(told.zh, told.en) from missing
    return str(folder_of_kernels())

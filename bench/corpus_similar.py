"""Near-duplicates of a million short texts: processor time, time on the clock, recall against exact truth, and peers.

`./dev bench corpus_similar`; with `--peers` beside rensa and datasketch. Texts are sentences with planted copies and
edits (tests/corpus/similar/planted.py). Truth: all pairs of Jaccard index 0.7 or more among some 6,000, edits and
their sources, counted exactly. Recall of ours: the share of these pairs that stand in one group, found among all texts;
of a peer: the share that its index returns when asked for one of the two. Peers get the same: pairs of letters, 96
hashes, 24 bands. Goals: a million in less than 30 s on two cores, recall 0.995 or more.
"""

import importlib.util
import resource
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any, Final

import polars as pl

from corpus.similar.plainly import alike, jaccard
from corpus.similar.planted import sentences
from jixiao.corpus.similar import by_kernel, by_polars, compiled
from jixiao.corpus.similar.normal import bared
from jixiao.corpus.similar.scheme import LEAST

WHOLE: Final = 1_000_000
SAMPLE: Final = 3_000
SLOWLY: Final = {"rensa": 200_000, "datasketch": 20_000, "plain": 100_000}
"""Texts given to what is slow; its time is taken a text."""
Pairs = list[tuple[str, str]]
Timed = tuple[int, int]
"""Nanoseconds of processor time, and on the clock."""


def timed(work: Callable[[], Any]) -> tuple[Any, Timed]:
    """What work gives, and how long it took."""
    processor, clock = time.process_time_ns(), time.perf_counter_ns()
    made = work()
    return made, (time.process_time_ns() - processor, time.perf_counter_ns() - clock)


def truth_of(texts: Sequence[tuple[str, int | None]]) -> Pairs:
    """The pairs that are alike among edits, their sources, and as many others."""
    edits = islice(((texts[source][0], text) for text, source in texts if source is not None), SAMPLE)
    some = list(dict.fromkeys(text for pair in edits for text in pair))
    return [(some[one], some[other]) for one, other, _ in alike(some, LEAST)]


def share(part: int, whole: int) -> str:
    """A share with four decimals."""
    return f"{part * 10_000 // max(whole, 1) / 10_000:.4f}"


def ours(texts: pl.Series, engine: Any) -> tuple[dict[str, int], int, Timed]:
    """The root of each text, the comparisons left out, and the time; exact duplicates first."""

    def work() -> tuple[dict[str, int], int]:
        bare = bared(texts).unique(maintain_order=True)
        roots, left_out = engine.edges(bare)
        return dict(zip(bare, roots, strict=True)), left_out

    (roots, left_out), took = timed(work)
    return roots, left_out, took


def rensa(texts: Sequence[str], truth: Pairs) -> tuple[int, Timed]:
    """How many of the pairs the index of rensa returns."""
    from rensa import RMinHash, RMinHashLSH

    def sketch(text: str) -> Any:
        made = RMinHash(num_perm=96, seed=1)
        made.update([text[at : at + 2] for at in range(len(text) - 1)])
        return made

    def work() -> Any:
        index = RMinHashLSH(threshold=0.7, num_perm=96, num_bands=24)
        sketches = {}
        for at, text in enumerate(texts):
            sketches[text] = at, sketch(text)
            index.insert(at, sketches[text][1])
        for _, made in sketches.values():
            index.query(made)
        return index, sketches

    (index, sketches), took = timed(work)
    return sum(sketches[one][0] in index.query(sketches[other][1]) for one, other in truth), took


def datasketch(texts: Sequence[str], truth: Pairs) -> tuple[int, Timed]:
    """How many of the pairs the index of datasketch returns."""
    from datasketch import MinHash, MinHashLSH

    def sketch(text: str) -> Any:
        made = MinHash(num_perm=96)
        made.update_batch([text[at : at + 2].encode() for at in range(len(text) - 1)])
        return made

    def work() -> Any:
        index = MinHashLSH(num_perm=96, params=(24, 4))
        sketches = {text: sketch(text) for text in texts}
        for text, made in sketches.items():
            index.insert(text, made)
        for made in sketches.values():
            index.query(made)
        return index, sketches

    (index, sketches), took = timed(work)
    return sum(one in index.query(sketches[other]) for one, other in truth), took


def seconds(nanoseconds: int) -> str:
    """Seconds with one decimal."""
    return f"{nanoseconds // 10**8 / 10:.1f}"


def each(took: Timed, count: int) -> int:
    """Nanoseconds of processor time a text."""
    return max(took[0] // count, 1)


def told(name: str, base: int, count: int, took: Timed, recall: str) -> None:
    """One line, the ratio first."""
    ratio = each(took, count) * 10 // base
    print(
        f"{ratio // 10:>4}.{ratio % 10} × {name}: {count:,} texts in {seconds(took[0])} s of processor time, "
        f"{seconds(took[1])} s on the clock, {10**9 // each(took, count):,} texts/CPU-s, recall {recall}"
    )


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    made = list(sentences(count))
    texts = pl.Series([text for text, _ in made])
    truth = truth_of(made)
    print(
        f"     {count:,} texts of {sum(map(len, texts)) // count} letters; {len(truth):,} pairs of index ≥ 0.7 in truth"
    )
    engine = by_kernel if compiled() else by_polars
    engine.edges(texts.head(100))
    roots, left_out, took = ours(texts, engine)
    base = each(took, count)
    found = sum(roots[one] == roots[other] for one, other in truth)
    told(f"ours ({'kernel' if compiled() else 'Polars alone'})", base, count, took, share(found, len(truth)))
    near = [(one, other) for one, other in truth if jaccard(one, other) < Fraction(8, 10)]
    hits = sum(roots[one] == roots[other] for one, other in near)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"     of index 0.7 to 0.8: recall {share(hits, len(near))} of {len(near):,}; {left_out:,} comparisons left out"
    )
    print(f"     {memory} MB at most, texts and truth included")
    beside(base, made, truth)


def beside(base: int, made: Sequence[tuple[str, int | None]], truth: Pairs) -> None:
    """The same without the kernel, and the peers."""
    few = [text for text, _ in made[: SLOWLY["plain"]]]
    roots, _, took = ours(pl.Series(few), by_polars)
    known = [(one, other) for one, other in truth if one in roots and other in roots]
    told("Polars alone", base, len(few), took, share(sum(roots[a] == roots[b] for a, b in known), len(known)))
    for name, peer in (("rensa", rensa), ("datasketch", datasketch)):
        if importlib.util.find_spec(name) is None:
            print(f"     {name} is not installed here: ./dev bench --peers corpus_similar")
            continue
        some = list(dict.fromkeys(text for text, _ in made[: SLOWLY[name]]))
        held = set(some)
        known = [(one, other) for one, other in truth if one in held and other in held]
        hits, took = peer(some, known)
        told(f"{name}, candidates only, none verified", base, len(some), took, share(hits, len(known)))


if __name__ == "__main__":
    main()

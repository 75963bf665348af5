"""Near-duplicates by other libraries, with the settings of their guides, each candidate verified on its sets."""

from collections.abc import Iterable
from pathlib import Path

from benchmark.entrants.lines import words, write
from benchmark.texts import shingles, similar

_PERMUTATIONS = 128
_BANDS = 32
"""Bands of four rows: a pair of similarity 0.7 is found with a chance of 0.9998."""


def by_datasketch(benchmark: Path, out: Path) -> None:
    """MinHash and LSH of datasketch."""
    from datasketch import MinHash, MinHashLSH

    sets = [shingles(text) for text in words(benchmark)]
    index = MinHashLSH(params=(_BANDS, _PERMUTATIONS // _BANDS), num_perm=_PERMUTATIONS)
    found: set[tuple[int, int]] = set()
    for number, held in enumerate(sets):
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([one.encode() for one in held])
        found |= {(int(other), number) for other in index.query(sketch)}
        index.insert(number, sketch)
    _write(out, sets, found)


def by_rensa(benchmark: Path, out: Path) -> None:
    """RMinHash and LSH of rensa."""
    from rensa import RMinHash, RMinHashLSH

    sets = [shingles(text) for text in words(benchmark)]
    index = RMinHashLSH(threshold=0.7, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    found: set[tuple[int, int]] = set()
    for number, held in enumerate(sets):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=42)
        sketch.update(list(held))
        found |= {(int(other), number) for other in index.query(sketch)}
        index.insert(number, sketch)
    _write(out, sets, found)


def _write(out: Path, sets: list[frozenset[str]], found: Iterable[tuple[int, int]]) -> None:
    kept = sorted((one, other) for one, other in found if similar(sets[one], sets[other]))
    write(out, "pairs", ({"a": one, "b": other} for one, other in kept))

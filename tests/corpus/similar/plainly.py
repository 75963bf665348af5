"""The oracle of near-duplicates: the written-down scheme letter by letter, and exact Jaccard indexes of all pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from jixiao.corpus.similar.scheme import BANDS, FACTORS, GOLDEN, ROWS, SHIFTS, WORD, mix


def pairs_of(text: str) -> frozenset[int]:
    """The pairs of neighbouring letters as numbers."""
    return frozenset(ord(one) * 2**21 + ord(other) for one, other in pairwise(text))


def keys_of(text: str) -> list[int]:
    """The keys of a text, as `scheme.py` writes them down."""
    hashed = [mix((pair + GOLDEN) % WORD) for pair in pairs_of(text)]
    rows = [min((h * a + b) % WORD for h in hashed) >> 32 for a, b in zip(FACTORS, SHIFTS, strict=True)]
    keys = []
    for band in range(BANDS):
        key = 0
        for row in rows[band * ROWS : (band + 1) * ROWS]:
            key = (key * GOLDEN + row) % WORD
        keys.append(key >> 32)
    return keys


def jaccard(one: str, other: str) -> Fraction:
    """The exact index."""
    a, b = pairs_of(one), pairs_of(other)
    return Fraction(len(a & b), len(a | b))


def alike(texts: Sequence[str], least: Fraction) -> Iterator[tuple[int, int, Fraction]]:
    """Every pair of texts that reaches the least index, found by counting what is shared: nothing is estimated."""
    sets = [pairs_of(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for at, own in enumerate(sets):
        for before, shared in Counter(one for pair in own for one in holders[pair]).items():
            index = Fraction(shared, len(own) + len(sets[before]) - shared)
            if index >= least:
                yield before, at, index
        for pair in own:
            holders[pair].append(at)

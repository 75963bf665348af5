"""Keys and exact Jaccard indexes as compiled loops over whole numbers; needs the extra `kernel`."""

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any, Final

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from jixiao.corpus.similar.letters import encoded, lengths
from jixiao.corpus.similar.scheme import (
    BANDS,
    BUCKET,
    FACTORS,
    FIRST,
    GOLDEN,
    LEAST,
    LETTER,
    ROWS,
    SECOND,
    SHIFTS,
)

Whole = NDArray[Any]
_CHUNK: Final = 50_000
_PAIRS: Final = 500_000
_FACTORS: Final = np.array(FACTORS, dtype=np.uint64)
_SHIFTS: Final = np.array(SHIFTS, dtype=np.uint64)
_GOLDEN, _FIRST, _SECOND = (np.uint64(number) for number in (GOLDEN, FIRST, SECOND))
_HALF: Final = np.uint64(32)
_LETTER: Final = np.uint64(LETTER)
_30, _27, _31, _58, _56 = (np.uint64(number) for number in (30, 27, 31, 58, 56))
_ONE, _TWO, _FOUR, _LOW = (np.uint64(number) for number in (1, 2, 4, 2**32 - 1))
_55, _33, _0F, _01 = (np.uint64(0x0101010101010101 * byte) for byte in (0x55, 0x33, 0x0F, 0x01))
_NEED, _OF = LEAST.numerator, LEAST.denominator


def edges(texts: pl.Series) -> tuple[pl.Series, int]:
    """The least text that each text is connected with, and how many comparisons large buckets left out."""
    keys, marks = sketches(texts)
    sizes = lengths(texts).to_numpy().astype(np.int64) - 1
    above = np.arange(len(texts), dtype=np.uint32)
    left_out = 0
    for key in keys:
        packed = (key.astype(np.uint64) << _HALF) | np.arange(len(key), dtype=np.uint64)
        packed.sort()
        found, more = _candidates(packed, above, marks, sizes)
        left_out += int(more)
        for start in range(0, len(found), _PAIRS):
            _verify(texts, found[start : start + _PAIRS], above)
    _flatten(above)
    return pl.Series("root", above), left_out


def sketches(texts: pl.Series) -> tuple[Whole, Whole]:
    """The keys of all texts, a row a band, and the marks of each text: a bit of 128 is set for each pair of letters."""
    keys = np.empty((BANDS, len(texts)), dtype=np.uint32)
    marks = np.zeros((len(texts), 2), dtype=np.uint64)

    def fill(start: int) -> None:
        some = texts.slice(start, _CHUNK)
        letters, ends = _letters(some)
        end = start + len(some)
        _fill(letters, ends, (_FACTORS, _SHIFTS), keys[:, start:end], marks[start:end])

    with ThreadPoolExecutor(cpu_count()) as pool:
        list(pool.map(fill, range(0, len(texts), _CHUNK)))
    return keys, marks


def _verify(texts: pl.Series, found: Whole, above: Whole) -> None:
    """Join the pairs that reach the least Jaccard index, computed from their whole sets."""
    used = np.unique(found)
    starts, pairs = _sets(texts, used)
    _join(found, np.searchsorted(used, found), above, starts, pairs)


def _letters(texts: pl.Series) -> tuple[Whole, Whole]:
    """The code points of texts in one row, and where each text ends in it."""
    ends = np.cumsum(lengths(texts).to_numpy(), dtype=np.int64)
    return np.frombuffer(encoded(texts), dtype=np.uint32), ends


def _sets(texts: pl.Series, used: Whole) -> tuple[Whole, Whole]:
    """The pairs of letters of some texts, each text's sorted and once; where each text's begin."""
    starts, parts = [np.zeros(1, dtype=np.int64)], []
    for start in range(0, len(used), _CHUNK):
        letters, ends = _letters(texts.gather(pl.Series(used[start : start + _CHUNK])))
        sizes, pairs = _fill_sets(letters, ends)
        starts.append(starts[-1][-1] + np.cumsum(sizes, dtype=np.int64))
        parts.append(pairs)
    return np.concatenate(starts), np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)


@njit(cache=True, nogil=True)
def _fill(letters: Whole, ends: Whole, hashes: tuple[Whole, Whole], keys: Whole, marks: Whole) -> None:
    factors, shifts = hashes
    least = np.empty(len(factors), dtype=np.uint64)
    start = 0
    for text in range(len(ends)):
        least[:] = np.uint64(0xFFFFFFFFFFFFFFFF)
        for at in range(start, ends[text] - 1):
            h = ((np.uint64(letters[at]) << _LETTER) + np.uint64(letters[at + 1])) + _GOLDEN
            h = (h ^ (h >> _30)) * _FIRST
            h = (h ^ (h >> _27)) * _SECOND
            h = h ^ (h >> _31)
            marks[text, h & _ONE] |= _ONE << (h >> _58)
            for row in range(len(factors)):
                least[row] = min(least[row], h * factors[row] + shifts[row])
        for band in range(len(keys)):
            key = least[band * ROWS] >> _HALF
            for row in range(1, ROWS):
                key = key * _GOLDEN + (least[band * ROWS + row] >> _HALF)
            keys[band, text] = np.uint32(key >> _HALF)
        start = ends[text]


@njit(cache=True, nogil=True)
def _fill_sets(letters: Whole, ends: Whole) -> tuple[Whole, Whole]:
    pairs = np.empty(len(letters), dtype=np.uint64)
    sizes = np.empty(len(ends), dtype=np.int64)
    start, filled = 0, 0
    for text in range(len(ends)):
        own = np.empty(ends[text] - start - 1, dtype=np.uint64)
        for at in range(len(own)):
            own[at] = (np.uint64(letters[start + at]) << _LETTER) + np.uint64(letters[start + at + 1])
        own.sort()
        first = filled
        for at in range(len(own)):
            if at == 0 or own[at] != own[at - 1]:
                pairs[filled] = own[at]
                filled += 1
        sizes[text] = filled - first
        start = ends[text]
    return sizes, pairs[:filled].copy()


@njit(cache=True, nogil=True)
def _find(above: Whole, one: Any) -> Any:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


@njit(cache=True, nogil=True)
def _flatten(above: Whole) -> None:
    for one in range(len(above)):
        above[one] = _find(above, one)


@njit(cache=True, nogil=True)
def _shared(pairs: Whole, one: int, one_end: int, other: int, other_end: int) -> int:
    found = 0
    while one < one_end and other < other_end:
        if pairs[one] == pairs[other]:
            found += 1
            one += 1
            other += 1
        elif pairs[one] < pairs[other]:
            one += 1
        else:
            other += 1
    return found


@njit(cache=True, nogil=True)
def _ones(word: np.uint64) -> np.uint64:
    """How many bits are set."""
    word = word - ((word >> _ONE) & _55)
    word = (word & _33) + ((word >> _TWO) & _33)
    word = (word + (word >> _FOUR)) & _0F
    return (word * _01) >> _56


@njit(cache=True, nogil=True)
def _may_be(one: Any, other: Any, marks: Whole, sizes: Whole) -> Any:
    """Whether two texts can reach the least index: a bit that only one has is a pair of letters that only one has."""
    apart = _ones(marks[one, 0] ^ marks[other, 0]) + _ones(marks[one, 1] ^ marks[other, 1])
    return np.int64(apart) * (_OF + _NEED) <= (sizes[one] + sizes[other]) * (_OF - _NEED)


@njit(cache=True, nogil=True)
def _candidates(packed: Whole, above: Whole, marks: Whole, sizes: Whole) -> tuple[Whole, int]:
    found = np.empty((1024, 2), dtype=np.uint32)
    filled, left_out, start = 0, 0, 0
    while start < len(packed):
        end = start + 1
        while end < len(packed) and packed[end] >> _HALF == packed[start] >> _HALF:
            end += 1
        rest = end - start - BUCKET
        if rest > 1:
            left_out += rest * (rest - 1) // 2
        for at in range(start + 1, end):
            other = np.int64(packed[at] & _LOW)
            for before in range(start, min(at, start + BUCKET)):
                one = np.int64(packed[before] & _LOW)
                if _may_be(one, other, marks, sizes) and _find(above, one) != _find(above, other):
                    if filled == len(found):
                        found = np.concatenate((found, np.empty_like(found)))
                    found[filled, 0] = one
                    found[filled, 1] = other
                    filled += 1
        start = end
    return found[:filled], left_out


@njit(cache=True, nogil=True)
def _join(found: Whole, places: Whole, above: Whole, starts: Whole, pairs: Whole) -> None:
    for at in range(len(found)):
        root, other = _find(above, found[at, 0]), _find(above, found[at, 1])
        if root != other:
            a, b = places[at, 0], places[at, 1]
            whole = starts[a + 1] - starts[a] + starts[b + 1] - starts[b]
            shared = _shared(pairs, starts[a], starts[a + 1], starts[b], starts[b + 1])
            if shared * _OF >= (whole - shared) * _NEED:
                above[max(root, other)] = min(root, other)

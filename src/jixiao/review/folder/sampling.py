r"""Spot checks drawn by risk, without replacement, so that anyone can draw the same sample again.

The method, randomised systematic sampling with probability proportional to weight (Hartley and Rao, 1962), exact:

1. Every form has a name: the SHA-256 of its content and, among forms of the same content, its number from 0 (in the
   order of file and place). Nothing else of it counts, not the order in which the folder was read.
2. Its probability is n·w/W, W the sum of all weights; where that is above 1 it is 1, and the rest share what is left.
   With "each unit at least one" the sample is first shared among the units (one each, the rest by weight, largest
   remainders, no unit above its forms), and all that follows is done within each unit.
3. Forms are put in the order of SHA-256("jixiao-sample/1\norder\n" seed "\n" digest "\n" number), as a number.
4. The start u is SHA-256("jixiao-sample/1\nstart\n" seed "\n" stratum "\n" the digests in order, joined by
   "\n") divided by 2^256.
5. Along that order probabilities are summed; a form is drawn where its part of the sum holds u, u+1, u+2, …

All with integers and fractions: no rounding, no random generator of any language. Each form is drawn with exactly its
stated probability over the seeds, and exactly n forms are drawn.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Final

from msgspec import Struct

_METHOD: Final = "jixiao-sample/1"
_HASHES: Final = 2**256
_SIZE: Final = re.compile(r"(?P<count>0|[1-9][0-9]{0,8})|(?P<share>[0-9]{1,3}(?:\.[0-9]{1,6})?)%", re.ASCII)


class Candidate(Struct, frozen=True):
    """A form that may be drawn.

    Attributes:
        digest: SHA-256 of its content.
        number: from 0 among candidates of the same digest.
        weight: above 0.
        unit: whose form it is.
    """

    digest: str
    number: int
    weight: Fraction
    unit: str = ""


class Draw(Struct, frozen=True):
    """A sample.

    Attributes:
        chosen: places of the drawn candidates, in their order.
        probabilities: of every candidate, that it was drawn.
    """

    chosen: tuple[int, ...]
    probabilities: tuple[Fraction, ...]


def size_of(asked: str, count: int) -> int:
    """How many forms a sample size means: a number, or a share such as "10%" of all, rounded up; never above all.

    Raises:
        ValueError: it is neither, or it is not above 0, or a share above 100%.
    """
    match = _SIZE.fullmatch(asked.strip())
    if match is None:
        raise ValueError(f"no sample size: {asked}")
    share = Fraction(match["share"]) / 100 if match["share"] else None
    number = int(match["count"]) if share is None else ceil(share * count)
    if not (number or not count) or (share is not None and not 0 < share <= 1) or match["count"] == "0":
        raise ValueError(f"no sample size: {asked}")
    return min(number, count)


def draw(candidates: Sequence[Candidate], size: int, seed: str, *, each_unit: bool = False) -> Draw:
    """Draw a sample.

    Args:
        candidates: all forms; digest and number of each are its own.
        size: how many, from 0 to all.
        seed: any text; the same seed draws the same sample.
        each_unit: whether every unit gives at least one.

    Raises:
        ValueError: a weight is not above 0, the size is out of range, or it is less than there are units.
    """
    if any(candidate.weight <= 0 for candidate in candidates) or not 0 <= size <= len(candidates):
        raise ValueError("weights are above 0, a size is from 0 to all")
    strata = _strata(candidates, each_unit=each_unit)
    shares = _shares({unit: [candidates[at] for at in places] for unit, places in strata.items()}, size)
    chosen: list[int] = []
    probabilities: dict[int, Fraction] = {}
    for unit, places in strata.items():
        known = _probabilities([candidates[at].weight for at in places], shares[unit])
        probabilities |= dict(zip(places, known, strict=True))
        chosen += _systematic(candidates, places, probabilities, seed=seed, stratum=unit)
    return Draw(tuple(sorted(chosen)), tuple(probabilities[at] for at in range(len(candidates))))


def numbered(names: Sequence[tuple[str, str, int]]) -> list[int]:
    """For forms by digest, file and place: the number of each among those of the same digest."""
    seen: Counter[str] = Counter()
    numbers = [0] * len(names)
    for at in sorted(range(len(names)), key=lambda at: names[at]):
        numbers[at] = seen[names[at][0]]
        seen[names[at][0]] += 1
    return numbers


def _strata(candidates: Sequence[Candidate], *, each_unit: bool) -> dict[str, list[int]]:
    strata: dict[str, list[int]] = defaultdict(list)
    for at, candidate in enumerate(candidates):
        strata[candidate.unit if each_unit else ""].append(at)
    return dict(sorted(strata.items()))


def _shares(strata: Mapping[str, Sequence[Candidate]], size: int) -> dict[str, int]:
    """How many forms each stratum gives: one each, the rest by weight, by largest remainders."""
    if len(strata) <= 1:
        return dict.fromkeys(strata, size)
    if size < len(strata):
        raise ValueError(f"{len(strata)} units need a sample of at least {len(strata)}")
    shares = dict.fromkeys(strata, 1)
    weights = {unit: sum((one.weight for one in held), Fraction(0)) for unit, held in strata.items()}
    while left := size - sum(shares.values()):
        free = [unit for unit in strata if shares[unit] < len(strata[unit])]
        whole = sum((weights[unit] for unit in free), Fraction(0))
        due = {unit: min(left * weights[unit] / whole, Fraction(len(strata[unit]) - shares[unit])) for unit in free}
        for unit in free:
            shares[unit] += int(due[unit])
        rest = size - sum(shares.values())
        by_remainder = sorted(free, key=lambda unit: (int(due[unit]) - due[unit], unit))
        for unit in [unit for unit in by_remainder if shares[unit] < len(strata[unit])][:rest]:
            shares[unit] += 1
    return shares


def _probabilities(weights: Sequence[Fraction], size: int) -> list[Fraction]:
    """n·w/W, at most 1: whoever would be above is sure, and the others share the rest."""
    sure: set[int] = set()
    while True:
        whole = sum((weight for at, weight in enumerate(weights) if at not in sure), Fraction(0))
        left = size - len(sure)
        above = {at for at, weight in enumerate(weights) if at not in sure and left * weight >= whole}
        if not above or left == 0:
            return [Fraction(1) if at in sure else left * weight / whole for at, weight in enumerate(weights)]
        sure |= above


def _systematic(
    candidates: Sequence[Candidate],
    places: Sequence[int],
    probabilities: Mapping[int, Fraction],
    *,
    seed: str,
    stratum: str,
) -> list[int]:
    order = sorted(places, key=lambda at: _hash("order", seed, candidates[at].digest, str(candidates[at].number)))
    digests = sorted(candidates[at].digest for at in places)
    point = Fraction(_hash("start", seed, stratum, *digests), _HASHES)
    reached, chosen = Fraction(0), []
    for at in order:
        reached += probabilities[at]
        if point < reached:
            chosen.append(at)
            point += 1
    return chosen


def _hash(*parts: str) -> int:
    return int(sha256("\n".join((_METHOD, *parts)).encode()).hexdigest(), 16)

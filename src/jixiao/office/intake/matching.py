"""Whose form is it: the project with the printed code, else with the printed name; similar names only as proposals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from rapidfuzz import fuzz, process

from jixiao.review.wording import bare, squeeze, undated

How = Literal["code", "name", ""]

_LEAST: Final = 55
"""Names less alike than so many per cent are not proposed."""
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be meant: its number, code, name, and the name of its unit."""

    number: int
    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Match:
    """Which project it is, how that is known, and, where it is not, the most similar ones with per cent."""

    project: int | None = None
    how: How = ""
    near: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Projects:
    """The projects of a round that a batch may be about."""

    candidates: tuple[Candidate, ...]
    _by_code: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index them."""
        for each in self.candidates:
            if code := squeeze(each.code):
                self._by_code[code].append(each)
            self._by_name[_name(each.name)].append(each)

    def match(self, code: str, name: str, unit: str) -> Match:
        """The project with this code; else the one of this name, of this unit if there are several; else proposals.

        A name does not count where both have a code and the codes differ: those are proposals, too.
        """
        printed = squeeze(code)
        if printed and len(found := self._by_code.get(printed, [])) == 1:
            return Match(found[0].number, "code")
        same = self._by_name.get(_name(name), []) if _name(name) else []
        free = [each for each in same if not (printed and squeeze(each.code))]
        found = free if len(free) < 2 else [each for each in free if bare(each.unit) == bare(unit)]
        if len(found) == 1:
            return Match(found[0].number, "name")
        return Match(near=tuple(self._near(name, same)))

    def _near(self, name: str, same: Iterable[Candidate]) -> Iterable[tuple[int, int]]:
        """The most similar names, the same ones first."""
        first = [(each.number, 100) for each in same]
        names = {each.number: _name(each.name) for each in self.candidates if (each.number, 100) not in first}
        if wanted := _name(name):
            found = process.extract(wanted, names, scorer=fuzz.ratio, limit=_MOST, score_cutoff=_LEAST)
            first += [(number, int(score)) for _, score, number in found]
        return first[:_MOST]


def _name(name: str) -> str:
    return undated(bare(name))

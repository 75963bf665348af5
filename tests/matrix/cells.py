"""The cells of the matrix: who, what, by which way, on what; each with what the rules say must come of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from matrix.rules import NOT_IN_A_CLOSED_ROUND, filing_rules, in_place, on_filing, root
from matrix.town import Person, Thing, Town
from matrix.tries import InPlace, Try, anywhere, in_places, on_thing

Expected = Literal["sign in", "missing", "refused", "ruled", "scope", "seen", "done"]
"""`sign in`: nobody is known. `missing`: as if it were not there. `refused`: to be seen, not to be done. `ruled`: the
table allows it, another rule (hands, days) does not. `scope`: the token does not cover it."""
_ON_FILINGS: Final = filing_rules()


@dataclass(frozen=True, slots=True)
class Cell:
    """One try of one person.

    Attributes:
        person: user name.
        tried: how.
        expected: what the rules say.
        thing: the filing; none for the office's own acts.
        leads: the state it must be in afterwards; empty where there is no filing.
        token: whether the token has the scope; only for the API.
    """

    person: Person
    tried: Try
    expected: Expected
    thing: Thing | None = None
    leads: str = ""
    scoped: bool = True

    @property
    def name(self) -> str:
        """For people."""
        where = f" ({self.thing.place}, {self.thing.state}{', closed' * self.thing.closed})" if self.thing else ""
        return f"{self.person.username}: {self.tried.name}{where}{'' if self.scoped else ', without the scope'}"


def every_cell(town: Town) -> Iterator[Cell]:
    """All cells of a town."""
    mine = [one for one in town.things if one.place == "centre"]
    open_, closed = ([one for one in mine if one.closed is shut] for shut in (False, True))
    for thing in open_:
        yield from cells_of(town, thing)
    for thing in closed:
        yield from (cell for cell in cells_of(town, thing) if cell.expected in ("done", "ruled"))
    if town.batches:
        yield from _office_cells(town)


def one_address_each(cells: list[Cell], seed: int) -> list[Cell]:
    """Every cell once: of several addresses by which the same act is tried on the same thing, one is drawn."""
    chance, by_cell = random.Random(f"addresses {seed}"), dict[tuple[object, ...], list[Cell]]()  # noqa: S311 -- which address
    for cell in cells:
        thing = (cell.thing.place, cell.thing.state, cell.thing.closed) if cell.thing else None
        held = (cell.person.username, cell.tried.act, cell.tried.way, thing, cell.expected)
        by_cell.setdefault(held, []).append(cell)
    return [chance.choice(several) for several in by_cell.values()]


def cells_of(town: Town, thing: Thing) -> Iterator[Cell]:
    """The cells of a filing; what is allowed by a token is tried with one of another scope as well."""
    for tried in on_thing(thing):
        for person in town.people.values():
            expected = _of_filing(person, tried, thing)
            leads = _ON_FILINGS[tried.act][1] if expected == "done" else ""
            yield Cell(person, tried, expected, thing, leads or thing.state)
            if tried.way == "api" and expected in ("done", "seen"):
                yield Cell(person, tried, "scope", thing, thing.state, scoped=False)


def _of_filing(person: Person, tried: Try, thing: Thing) -> Expected:
    if person.kind in ("signed out", "off"):
        return "sign in"
    if tried.way == "bulk":
        if not in_place(person.held, "decide"):
            return "refused"
    elif not on_filing(person.held, "see_items" if "rectification" in tried.path else "read", thing.place, thing.state):
        return "missing"
    if not on_filing(person.held, tried.act, thing.place, thing.state):
        return "refused"
    if (thing.closed and tried.act in NOT_IN_A_CLOSED_ROUND) or _same_hand(person, tried.act, thing):
        return "ruled"
    return "done" if tried.events else "seen"


def _same_hand(person: Person, act: str, thing: Thing) -> bool:
    """Four eyes: who handed it in does not approve it for the unit; who approved it does not approve it again."""
    if thing.place != "centre":
        return False
    return (person.kind == "own hand" and act == "approve_unit") or (
        person.kind == "two levels" and act == "approve_finance"
    )


def _office_cells(town: Town) -> Iterator[Cell]:
    for one in in_places(town):
        for person in town.people.values():
            expected = _of_place(person, one)
            yield Cell(person, one.tried, expected)
            if one.tried.way == "api" and expected == "done":
                yield Cell(person, one.tried, "scope", scoped=False)
    for tried in anywhere():
        for person in town.people.values():
            yield Cell(person, tried, _anywhere(person, tried))


def _of_place(person: Person, one: InPlace) -> Expected:
    if person.kind in ("signed out", "off"):
        return "sign in"
    if in_place(person.held, one.tried.act, one.place):
        return "done" if one.tried.events else "seen"
    if one.seen_by == "round":
        return "refused" if any(root(held.place) == one.place for held in person.held) else "missing"
    return "refused" if one.seen_by and in_place(person.held, one.seen_by, one.place) else "missing"


def _anywhere(person: Person, tried: Try) -> Expected:
    if person.kind in ("signed out", "off"):
        return "sign in"
    acts = (tried.act, "approve_targets") if tried.path == "/intake/" else (tried.act,)  # targets are imported, too
    if not any(in_place(person.held, act) for act in acts):
        return "refused"
    return "done" if tried.events else "seen"

"""The cells of the matrix: who, what, by which way, on what; each with what the rules say must come of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from django.urls import resolve

from matrix.rules import NOT_IN_A_CLOSED_ROUND, filing_rules, in_place, on_filing, root
from matrix.town import Person, Thing, Town
from matrix.tries import InPlace, Try, anywhere, in_places, on_thing
from office.doors.addresses import API, FREE, ROLE, THING, routes

Expected = Literal["sign in", "missing", "refused", "ruled", "scope", "seen", "done"]
"""`sign in`: nobody is known. `missing`: as if it were not there. `refused`: to be seen, not to be done. `ruled`: the
table allows it, another rule (hands, days) does not. `scope`: the token does not cover it."""
_OWN: Final = "one's own: whose it is, is the whole rule (pairs of E2)"
_LISTS: Final = "a list of what one may see (E3 looks for anything else in it)"
_LINE: Final = "through the door of an import's lines, as the addresses of a line that are tried"
_BATCH: Final = "through the door of imports, as the addresses of a batch that are tried; a job, not an event, follows"
_LEADS: Final = "leads to the first page of its kind, which is tried"
NOT_TRIED: Final = {
    "account/sessions/<int:number>/end/": _OWN, "api/tokens/<int:number>/end/": _OWN,
    "people/lists/<int:number>/": _OWN, "people/lists/<int:number>/apply/": _OWN,
    "intake/<int:number>/again/": _BATCH, "intake/<int:number>/stop/": _BATCH, "intake/<int:number>/take/": _BATCH,
    "intake/form/<int:number>/field/": _LINE, "intake/form/<int:number>/file/": _LINE,
    "intake/form/<int:number>/project/": _LINE, "overview/": _LEADS, "rules/": _LEADS,
    "filings/new": "offers the projects of one's own unit alone (tests/office/filing)",
    "rounds/<int:number>/": "seen by whoever holds a role in the bureau (pairs of E2)",
    "roles/decide/": "passes over proposals beyond one's reach (tests/office/doors/test_doors_apart.py)",
    "organisations/find/": _LISTS, "journal/<int:number>/proof.json": "an event that one reads (pairs of E2)",
    "journal/log/export/": "for who watches over every bureau: nobody in this town (tests/office/accounts)",
    f"{API}check": "keeps nothing and asks nothing of the office", f"{API}exchange/<number>": _LISTS,
    f"{API}me": _OWN, f"{API}organisations": _LISTS, f"{API}projects": _LISTS, f"{API}rounds": _LISTS,
}  # fmt: skip
"""Addresses that no cell tries, each with what stands for it; the row fails where one is missing here or too many."""
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


def unthought(cells: list[Cell]) -> list[str]:
    """Addresses that ask for a role or name a thing, and are neither tried nor listed; or listed although tried."""
    tried = {str(resolve(path).route) for path in {cell.tried.path.partition("?")[0] for cell in cells}}
    asked = {*THING, *ROLE, *(one for one in routes() if one.startswith(API) and one.removeprefix(API) not in FREE)}
    found = [f"{one} is tried by no cell" for one in sorted(asked - tried - set(NOT_TRIED))]
    return found + [
        f"{one} is tried, or gone: take it out of NOT_TRIED" for one in sorted(set(NOT_TRIED) - (asked - tried))
    ]


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

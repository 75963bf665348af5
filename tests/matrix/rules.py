"""The rules of the doors written down by hand, once more: who may do what, where, in which state.

From docs and the rules of the trade (三员分立, 不相容岗位分离), not from the program: nothing of the office is imported
here. The matrix tries the office against these lines, and a test holds them against `doors/table.py`.
"""

from dataclasses import dataclass
from typing import Final

ROLES: Final = {
    "C": "clerk", "H": "head", "D": "department", "F": "finance", "A": "auditor", "P": "publisher",
    "S": "system_admin", "E": "security_admin", "J": "audit_admin",
}  # fmt: skip
"""A letter for each role: clerk, head, department, finance, auditor, publisher; the three administrators."""

AT_HOME: Final = "CH"
"""These act for their own organisation alone; all others at it and everywhere below it."""

STATES: Final = ("draft", "with_head", "with_department", "with_finance", "approved", "published")

_FILING: Final = """
act                 draft  with_head  with_department  with_finance  approved  published  leads
read                CHDFA  CHDFA      CHDFA            CHDFA         CHDFAP    CHDFAP     -
edit                C      -          -                -             -         -          -
comment             CHDF   CHDF       CHDF             CHDF          CHDF      -          -
score               -      -          D                F             -         -          -
rectify             -      -          D                DF            DF        DF         -
see_items           CHDFA  CHDFA      CHDFA            CHDFA         CHDFA     CHDFA      -
answer_item         CH     CH         CH               CH            CH        CH         -
submit              C      -          -                -             -         -          with_head
recall              -      C          -                -             -         -          draft
approve_unit        -      H          -                -             -         -          with_department
return_unit         -      H          -                -             -         -          draft
approve_department  -      -          D                -             -         -          with_finance
return_department   -      -          D                -             -         -          draft
approve_finance     -      -          -                F             -         -          approved
return_finance      -      -          -                F             -         -          draft
reopen              -      -          -                -             F         -          draft
publish             -      -          -                -             P         -          published
unpublish           -      -          -                -             -         P          approved
"""
"""Who may do it in each state, and where it leads."""

_OFFICE: Final = """
see_overview     CHDFA
manage_rounds    F
manage_projects  CDF
approve_targets  DF
decide           HDFP
import_forms     CD
monitor          C
try_rules        DFA
manage_people    S
keep_backups     S
grant_roles      E
read_journal     J
"""
"""What is done in an organisation, whatever stands there."""

REASON: Final = frozenset({"return_unit", "return_department", "return_finance", "reopen", "unpublish"})
"""Acts that need a reason."""
NOT_IN_A_CLOSED_ROUND: Final = frozenset(
    {"edit", "submit", "recall", "return_unit", "return_department", "return_finance", "reopen"}
)
"""What a closed round does not take: nothing is filled in, and nothing goes back to be filled in."""

TREE: Final = {
    "bureau": "", "science": "bureau", "centre": "science", "institute": "science", "schools": "bureau",
    "school": "schools", "bureau2": "", "science2": "bureau2", "centre2": "science2",
}  # fmt: skip
"""The tests' organisations, each with what it belongs to: two bureaus that share nothing."""
KINDS: Final = {
    "bureau": "bureau", "bureau2": "bureau", "science": "department", "schools": "department", "science2": "department",
    "centre": "unit", "institute": "unit", "school": "unit", "centre2": "unit",
}  # fmt: skip
PLACED: Final = {
    "bureau": "CHFAPSEJ", "department": "CHDAP", "unit": "CHA",
}  # fmt: skip
"""Which roles an organisation of each kind can have."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: its letter and the organisation."""

    letter: str
    place: str


def filing_rules() -> dict[str, tuple[dict[str, str], str]]:
    """Of each act on a filing: the letters for each state, and the state it leads to; empty for none."""
    head, *lines = (line.split() for line in _FILING.strip().splitlines())
    states = head[1:-1]
    return {
        name: (dict(zip(states, (cell.strip("-") for cell in cells), strict=True)), leads.strip("-"))
        for name, *cells, leads in lines
    }


def office_rules() -> dict[str, str]:
    """Of each act in an organisation: the letters."""
    pairs = (line.split() for line in _OFFICE.strip().splitlines())
    return dict((name, letters) for name, letters in pairs)  # noqa: C402 -- pairs of texts


_ON_FILINGS: Final = filing_rules()
_IN_PLACES: Final = office_rules()


def near(held: Held, place: str) -> bool:
    """Whether a role is near enough to something of an organisation."""
    if held.letter in AT_HOME:
        return held.place == place
    while place and place != held.place:
        place = TREE[place]
    return bool(place)


def on_filing(held: tuple[Held, ...], act: str, place: str, state: str) -> bool:
    """Whether somebody may do an act to a filing of an organisation as it stands."""
    letters = _ON_FILINGS[act][0][state]
    return any(one.letter in letters and near(one, place) for one in held)


def in_place(held: tuple[Held, ...], act: str, place: str = "") -> bool:
    """Whether somebody may do an act in an organisation; without one, anywhere at all."""
    letters = _IN_PLACES[act]
    return any(one.letter in letters and (not place or near(one, place)) for one in held)


def root(place: str) -> str:
    """The bureau that an organisation belongs to."""
    while TREE[place]:
        place = TREE[place]
    return place


def together(one: str, other: str) -> bool:
    """Whether one person may hold two roles: an administrator holds no other."""
    return one == other or not {one, other} & set("SEJ")

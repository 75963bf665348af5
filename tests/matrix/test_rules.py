"""The rules written by hand and the table that the office runs agree, act by act, state by state, place by place."""

from typing import Any

import pytest

from jixiao.office.doors import table
from jixiao.office.doors.states import STEPS, WORDS
from jixiao.office.people.duties import ADMINISTRATORS, FITS, clashes
from jixiao.office.people.models import Role
from matrix import rules
from matrix.rules import AT_HOME, KINDS, PLACED, ROLES, STATES, filing_rules, office_rules, together


def told_of_filings() -> dict[str, tuple[dict[str, set[str]], str, bool]]:
    """The office's table as the rules say it: letters for each state, where it leads, whether a reason is needed."""
    letter = {name: one for one, name in ROLES.items()}
    return {
        name: (
            {state: {letter[role] for role, states in act.roles.items() if state in states} for state in table.STATES},
            act.after,
            act.reason,
        )
        for name, act in table.FILING.items()
    }


def by_hand() -> dict[str, tuple[dict[str, set[str]], str, bool]]:
    """The rules in the same shape."""
    return {
        name: ({state: set(letters) for state, letters in cells.items()}, leads, name in rules.REASON)
        for name, (cells, leads) in filing_rules().items()
    }


def test_the_acts_on_filings_agree() -> None:
    """No act, role, state or reason is in one of the two alone."""
    assert told_of_filings() == by_hand()


def test_the_acts_of_the_office_agree() -> None:
    """Each act in an organisation is given to the same roles."""
    told = {name: {role for role in act.roles} for name, act in table.OFFICE.items()}  # noqa: C416 -- the keys
    assert told == {name: {ROLES[letter] for letter in letters} for name, letters in office_rules().items()}


def test_roles_and_states_agree() -> None:
    """Every role and every state of the office is in the rules, with how near it must be; and has its words."""
    assert set(ROLES.values()) == {kind for kind, _ in Role.KINDS} == set(table.NEAR) == set(FITS)
    assert {ROLES[letter] for letter in AT_HOME} == {role for role, near in table.NEAR.items() if near == "own"}
    assert STATES == table.STATES == tuple(WORDS) == tuple(STEPS)
    for role, places in FITS.items():
        assert {kind for kind, letters in PLACED.items() if role in {ROLES[one] for one in letters}} == set(places)
    assert set(KINDS.values()) == set(PLACED)


def test_the_separation_of_administrators_agrees() -> None:
    """Two different roles of which one is an administrator's are never held by one person."""
    for one, name in ROLES.items():
        for other, second in ROLES.items():
            assert bool(list(clashes({name, second}))) is not together(one, other)
    assert {"system_admin", "security_admin", "audit_admin"} == ADMINISTRATORS


@pytest.mark.parametrize("planted", ["state", "act", "role"])
def test_a_table_with_more_in_it_is_seen(planted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state, an act or a role that nobody has written down by hand fails the comparison."""
    new: dict[str, Any] = dict(table.FILING)
    if planted == "state":
        monkeypatch.setattr(table, "STATES", (*table.STATES, "archived"))
    elif planted == "act":
        new["shred"] = table.Act("销毁", "Shred", {"clerk": frozenset({"draft"})})
    else:
        new["edit"] = table.Act("填报", "Fill in", {"clerk": frozenset({"draft"}), "head": frozenset({"draft"})})
    monkeypatch.setattr(table, "FILING", new)
    assert told_of_filings() != by_hand()

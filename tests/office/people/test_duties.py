"""Separation of duties, as a table."""

from itertools import combinations

import pytest

from jixiao.office.people.duties import ADMINISTRATORS, FITS, ROLE_NAMES, WORKING, clashes, needs_second_factor, why_not

EVERY = sorted(ROLE_NAMES)


@pytest.mark.parametrize(("one", "other"), list(combinations(EVERY, 2)))
def test_two_roles_of_one_person(one: str, other: str) -> None:
    """Working roles go together; an administrator of the three holds nothing else."""
    together = not list(clashes([one, other]))
    assert together == (one in WORKING and other in WORKING)


@pytest.mark.parametrize("kind", EVERY)
def test_administrators_need_a_second_factor(kind: str) -> None:
    """The three administrators do, nobody else."""
    assert needs_second_factor([kind]) == (kind in ADMINISTRATORS)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("place", ["bureau", "department", "unit"])
def test_a_role_belongs_where_it_fits(kind: str, place: str) -> None:
    """A role is refused, with both languages, in an organisation of a kind it does not fit."""
    reason = why_not(kind, place, [])
    assert (reason is None) == (place in FITS[kind])
    assert reason is None or all(reason)


def test_the_sentence_names_the_role_that_stands_in_the_way() -> None:
    """Whoever reads the refusal learns which role is held already."""
    reason = why_not("clerk", "unit", ["audit_admin"])
    assert reason is not None
    assert "审计管理员" in reason[0]
    assert "audit administrator" in reason[1]


def test_all_roles_are_administrators_or_working() -> None:
    """No role escapes the separation."""
    assert set(EVERY) == ADMINISTRATORS | WORKING == set(FITS)

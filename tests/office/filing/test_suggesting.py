"""Suggestions: from the unit's past and the library, by heading and by name."""

from collections.abc import Callable

from django.test import Client

from jixiao.form import TAXONOMY
from jixiao.office.filing.suggesting import library
from office.making import Office, make_filing

Enter = Callable[[str], Client]


def ask(client: Client, number: int, cell: str, text: str = "") -> list[str]:
    """The suggested texts."""
    answer = client.get(f"/filings/{number}/suggest", {"cell": cell, "text": text})
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["suggestions"]]


def test_the_library_keeps_to_the_taxonomy() -> None:
    """Every indicator of the library stands under headings of the taxonomy, none twice."""
    assert all(common.level2 in TAXONOMY[common.level1] for common in library())
    names = [(common.level2, name) for common in library() for name, _ in common.names]
    assert len(names) == len(set(names))


def test_names_come_from_the_units_past_and_the_library(office: Office, signed_in: Enter) -> None:
    """A name is suggested under its heading, what fits the typed text alone where something does."""
    filing = make_filing(office)
    make_filing(office, "centre", 1)
    client = signed_in("clerk")
    assert "验收合格率" in ask(client, filing.pk, "k4/name")
    assert "举办活动次数" not in ask(client, filing.pk, "k4/name")
    assert ask(client, filing.pk, "k4/name", "系统正常") == ["系统正常运行率"]
    assert ask(client, filing.pk, "k1/level1")[0] in TAXONOMY
    assert ask(client, filing.pk, "funds/total/executed") == []
    assert signed_in("auditor").get(f"/filings/{filing.pk}/suggest?cell=k1/name").status_code == 403
    assert signed_in("other_clerk").get(f"/filings/{filing.pk}/suggest?cell=k1/name").status_code == 404

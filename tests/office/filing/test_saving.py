"""Saving over HTTP: versions, merges, conflicts, refusals; nothing is lost."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from jixiao.office.filing.cells import text_of
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Filing, Save
from jixiao.office.journal.models import Event
from office.making import Office, make_filing

Enter = Callable[[str], Client]


def post(client: Client, filing: Filing, base: int, cells: dict[str, Any], **more: Any) -> Any:
    """A save of some cells: {cell: (was, now)}."""
    changes = [{"cell": cell, "was": was, "now": now} for cell, (was, now) in cells.items()]
    data = {"base": base, "changes": changes, **more}
    return client.post(f"/filings/{filing.pk}/save", json.dumps(data), content_type="application/json")


def test_a_save_makes_a_version_with_scores(office: Office, signed_in: Enter) -> None:
    """A changed value is scored at once, kept as a save, and told in the journal."""
    filing = make_filing(office)
    answer = post(signed_in("clerk"), filing, 1, {"k1/score": ("10.00", "8.00")})
    assert answer.status_code == 200
    told = answer.json()
    assert told["version"] == 2
    assert told["lines"]["k1"]["claimed"] == "8.00"
    assert told["lines"]["k1"]["agrees"] is False
    filing.refresh_from_db()
    assert text_of(record_of(filing), "k1/score") == "8.00"
    assert Save.objects.get(filing=filing).number == 2
    assert Event.objects.filter(act="filing.saved", subject=f"filing/{filing.pk}").count() == 1


def test_changes_of_other_cells_merge(office: Office, signed_in: Enter) -> None:
    """Two saves from one version that touch different cells both hold, and the later page is told the other's text."""
    filing = make_filing(office)
    client = signed_in("clerk")
    assert post(client, filing, 1, {"k1/score": ("10.00", "8")}).status_code == 200
    second = post(client, filing, 1, {"k2/score": ("10.00", "9")})
    assert second.json()["version"] == 3
    assert second.json()["cells"] == {"k1/score": "8"}


def test_a_conflict_shows_both_and_keeps_what_was_refused(office: Office, signed_in: Enter) -> None:
    """The same cell changed twice from one version: 409 with both texts, who and when; the second is kept."""
    filing = make_filing(office)
    client = signed_in("clerk")
    post(client, filing, 1, {"goal/actual": ("", "甲写的")})
    answer = post(client, filing, 1, {"goal/actual": ("旧", "乙写的"), "k1/score": ("10.00", "7")})
    assert answer.status_code == 409
    (conflict,) = answer.json()["conflicts"]
    assert (conflict["cell"], conflict["now"], conflict["theirs"], conflict["by"]) == (
        "goal/actual", "乙写的", "甲写的", "clerk",
    )  # fmt: skip
    kept = Save.objects.get(pk=answer.json()["kept"])
    assert kept.refused
    assert "乙写的" in kept.changes
    filing.refresh_from_db()
    assert filing.version == 2
    assert text_of(record_of(filing), "k1/score") == "10.00"


def test_what_no_list_can_show_is_kept_all_the_same(office: Office, signed_in: Enter) -> None:
    """An absurd number or grade is saved with the form, word for word; only the list has no figure for it."""
    filing, absurd, grade = make_filing(office), "9" * 30, "特别特别特别优秀"
    cells = ("funds/total/initial", "total/score", "k1/weight")
    changes = {cell: (text_of(record_of(filing), cell), absurd) for cell in cells}
    changes["grade"] = (text_of(record_of(filing), "grade"), f"{grade}的等级")
    assert post(signed_in("clerk"), filing, 1, changes).status_code == 200
    filing.refresh_from_db()
    held = record_of(filing)
    assert [text_of(held, cell) for cell in cells] == [absurd] * len(cells)
    assert text_of(held, "grade") == f"{grade}的等级"
    assert (filing.initial, filing.claimed, filing.grade) == (None, None, grade)

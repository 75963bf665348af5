"""Mid-year monitoring: filled in by the unit, seen by the department, shown beside the self-evaluation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from jixiao.office.filing.beginning import without_results
from jixiao.office.rounds.models import Monitoring, Project, Round
from jixiao.office.rounds.targets import approve_targets
from office.making import Office, make_filing, make_project, seed_forms

SignedIn = Callable[[str], Client]


@pytest.fixture
def project(office: Office) -> Project:
    """A project with approved targets, in a round with monitoring."""
    Round.objects.update(monitoring_due=date(2024, 8, 31))
    made = make_project(office.organisations["centre"], seed_forms()[0].project.name)
    approve_targets(made, 2024, without_results(seed_forms()[0]), by=None, source="entered")
    return made


def sent(rows: int, **more: str) -> dict[str, str]:
    """A sheet in which every target is expected to be reached."""
    targets = [row.target.text.lstrip("≥≤=") for row in seed_forms()[0].indicators[:rows]]
    expected = {f"forecast:{number}": text for number, text in enumerate(targets, 1)}
    money = {"budget": "10", "executed": "4", "forecast": "9.5", "until": "2024-07-31", "version": "0"}
    return money | expected | more


def test_a_sheet_is_saved_handed_in_and_seen(office: Office, signed_in: SignedIn, project: Project) -> None:
    """The clerk fills it in with the approved targets; the department sees its lights and money."""
    clerk, place = signed_in("clerk"), f"/monitoring/{office.round.pk}/{project.pk}/"
    rows = len(clerk.get(place).context["rows"])
    assert rows == len(seed_forms()[0].indicators)
    assert clerk.post(place, sent(rows)).status_code == 302
    held = Monitoring.objects.get()
    assert (held.budget, held.executed, held.forecast) == (Decimal(100000), Decimal(40000), Decimal(95000))
    assert held.worst == "green"
    clerk.post(place, sent(rows, version="1", act="hand_in"))
    held.refresh_from_db()
    assert held.handed_in is not None
    (row,) = signed_in("department").get("/monitoring/").context["rows"]
    assert (row[0], row[1].worst, row[2]) == (project, "green", False)


def test_a_red_light_asks_for_reason_and_measure(office: Office, signed_in: SignedIn, project: Project) -> None:
    """It can be saved without them and not handed in."""
    clerk, place = signed_in("clerk"), f"/monitoring/{office.round.pk}/{project.pk}/"
    low = {"forecast:1": "0"}
    assert clerk.post(place, sent(3, **low, act="hand_in")).status_code == 422
    assert not Monitoring.objects.exists()
    assert clerk.post(place, sent(3, **low)).status_code == 302
    why = low | {"reason:1": "设备晚到", "measure:1": "九月补做", "version": "1"}
    assert clerk.post(place, sent(3, **why, act="hand_in")).status_code == 302
    held = Monitoring.objects.get()
    assert (held.worst, held.lights.split()[2]) == ("red", "1")


def test_two_who_save_do_not_overwrite_each_other(office: Office, signed_in: SignedIn, project: Project) -> None:
    """The second, who read the version before, is told and what was typed comes again."""
    clerk, place = signed_in("clerk"), f"/monitoring/{office.round.pk}/{project.pk}/"
    clerk.post(place, sent(1))
    answer = clerk.post(place, sent(1, executed="7"))
    assert answer.status_code == 409
    assert 'value="7"' in answer.content.decode()
    assert Monitoring.objects.get().executed == Decimal(40000)


@pytest.mark.parametrize(
    ("name", "text"), [("executed", "很多"), ("budget", "-1"), ("forecast", "1e99"), ("until", "2024-99-01")]
)
def test_what_is_no_figure_is_told(office: Office, signed_in: SignedIn, project: Project, name: str, text: str) -> None:
    """Amounts and days that are none are refused with what was read."""
    answer = signed_in("clerk").post(f"/monitoring/{office.round.pk}/{project.pk}/", sent(1, **{name: text}))
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_only_the_own_clerk_fills_in(office: Office, signed_in: SignedIn, project: Project) -> None:
    """The department reads; another unit sees nothing; a round without monitoring has no sheet."""
    place = f"/monitoring/{office.round.pk}/{project.pk}/"
    assert signed_in("department").get(place).status_code == 200
    assert signed_in("department").post(place, sent(1)).status_code == 403
    assert signed_in("other_clerk").get(place).status_code == 404
    Round.objects.update(monitoring_due=None)
    assert signed_in("clerk").get(place).status_code == 404
    assert "还没有带中期监控的批次" in signed_in("clerk").get("/monitoring/").content.decode()


def test_it_stands_beside_the_self_evaluation(office: Office, signed_in: SignedIn, project: Project) -> None:
    """What was expected at mid-year is a part of the filing's page; where there was none, nothing."""
    clerk = signed_in("clerk")
    filing = make_filing(office, number=1)
    assert clerk.get(f"/filings/{filing.pk}/monitoring/").content.decode().strip() == ""
    clerk.post(f"/monitoring/{office.round.pk}/{filing.project_id}/", sent(1) | {"actual:1": "目前三成"})
    part = clerk.get(f"/filings/{filing.pk}/monitoring/").content.decode()
    assert "中期监控时" in part


def test_the_view_asks_as_often_for_eight_as_for_two(
    office: Office, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    """Queries do not grow with projects; lights narrow the list."""
    Round.objects.update(monitoring_due=date(2024, 8, 31))
    client = signed_in("department")
    for number in range(8):
        made = make_project(office.organisations["centre"], f"项目{number}")
        Monitoring.objects.create(
            round=office.round, project=made, path=made.unit.path, form="{}", until=date(2024, 7, 31),
            worst="red" if number else "green", saved="2024-07-31T00:00:00Z",
        )  # fmt: skip
        if number in (1, 7):
            with django_assert_num_queries(8):
                assert client.get("/monitoring/").status_code == 200
    assert len(client.get("/monitoring/?light=green").context["rows"]) == 1
    assert len(client.get("/monitoring/?light=none").context["rows"]) == 8


def test_projects_without_a_sheet_are_listed(office: Office, signed_in: SignedIn, project: Project) -> None:
    """The list of a round shows every project, also while nobody has filled anything in."""
    page = signed_in("department").get("/monitoring/")
    assert [row[:2] for row in page.context["rows"]] == [(project, None)]
    assert page.content.decode().count("—") >= 3


def test_a_wrong_amount_loses_no_words(office: Office, signed_in: SignedIn, project: Project) -> None:
    """What was typed about the indicators is on the page again, beside the sentence about the amount."""
    answer = signed_in("clerk").post(
        f"/monitoring/{office.round.pk}/{project.pk}/", sent(3, budget="x", **{"reason:1": "设备晚到"})
    )
    assert answer.status_code == 422
    assert "设备晚到" in answer.content.decode()

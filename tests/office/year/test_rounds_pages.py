"""Rounds: made with days in order, changed, closed, opened for all projects at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from jixiao.office.filing.models import Filing
from jixiao.office.journal.models import Event
from jixiao.office.rounds.models import Project, Round
from jixiao.office.year.acts import close_round, keep_round
from office.making import Office, make_project

SignedIn = Callable[[str], Client]
GOOD = {
    "fiscal_year": "2025", "title": "2025年度自评", "form_title": "自评表", "rulebook": "cn-shanghai",
    "layout": "shanghai", "currency_unit": "万元", "opens": "2026-01-05", "unit_due": "2026-02-10",
    "department_due": "2026-03-10", "finance_due": "2026-04-10", "publish_due": "2026-06-30",
    "late_until": "2026-02-20", "monitoring_due": "2025-08-31",
}  # fmt: skip


def test_finance_makes_a_round(office: Office, signed_in: SignedIn) -> None:
    """The page offers last year's round a year later; what is sent is made, and told."""
    finance = signed_in("finance")
    page = finance.get("/rounds/new/").content.decode()
    assert 'value="2025"' in page
    assert "2022-01-01" in page
    place = finance.post("/rounds/new/", GOOD)["Location"]
    made = Round.objects.get(fiscal_year=2025)
    assert (place, made.bureau, made.late_until) == (
        f"/rounds/{made.pk}/",
        office.organisations["bureau"],
        date(2026, 2, 20),
    )
    assert Event.objects.filter(act="round.made", subject=f"round/{made.pk}").exists()
    assert "2026-02-10" in finance.get(place).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit_due": "2026-01-04"}, "unit_due"),
        ({"finance_due": "2026-03-09"}, "finance_due"),
        ({"late_until": "2026-02-09"}, "late_until"),
        ({"rulebook": "nowhere"}, "rulebook"),
        ({"layout": "baise"}, "layout"),
        ({"opens": "soon"}, "opens"),
        ({"title": ""}, "title"),
    ],
)
def test_days_out_of_order_and_unknown_books_are_refused(
    office: Office, signed_in: SignedIn, change: dict[str, str], field: str
) -> None:
    """The page comes again with the fault at its field; nothing is made."""
    answer = signed_in("finance").post("/rounds/new/", GOOD | change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Round.objects.filter(fiscal_year=2025).exists()


def test_a_round_is_changed_and_keeps_its_year(office: Office, signed_in: SignedIn) -> None:
    """Days change; the year does not, whatever is sent."""
    signed_in("finance").post(f"/rounds/{office.round.pk}/edit/", GOOD | {"fiscal_year": "2030"})
    changed = Round.objects.get(pk=office.round.pk)
    assert (changed.fiscal_year, changed.unit_due) == (2024, date(2026, 2, 10))


def test_a_change_of_days_does_not_open_what_was_closed_meanwhile(office: Office) -> None:
    """Only what was typed is written: a round that another closed after it was read stays closed."""
    read = Round.objects.get(pk=office.round.pk)
    close_round(Round.objects.get(pk=office.round.pk), office.people["finance"], closed=True)
    keep_round(read, {"title": "改过的名称"}, office.people["finance"])
    changed = Round.objects.get(pk=office.round.pk)
    assert (changed.title, changed.closed) == ("改过的名称", True)


def test_a_year_of_absurd_length_is_refused(office: Office, signed_in: SignedIn) -> None:
    """Thousands of digits are no year and no error of the server."""
    answer = signed_in("finance").post("/rounds/new/", GOOD | {"fiscal_year": "2" * 5000})
    assert answer.status_code == 422


def test_a_round_is_closed_and_opened_again(office: Office, signed_in: SignedIn) -> None:
    """Both are told in the journal; a second closing changes nothing."""
    finance = signed_in("finance")
    for closed in ("1", "1", "0"):
        finance.post(f"/rounds/{office.round.pk}/close/", {"closed": closed})
    told = Event.objects.filter(subject=f"round/{office.round.pk}").values_list("act", flat=True)
    assert list(told) == ["round.closed", "round.reopened"]


def test_opening_makes_a_filing_for_every_project_that_goes_on(office: Office, signed_in: SignedIn) -> None:
    """One for each, none for an ended one; a second opening makes none."""
    for number in range(23):
        make_project(office.organisations["centre"], f"项目{number}")
    Project.objects.filter(name="项目22").update(ended=2023)
    finance, place = signed_in("finance"), f"/rounds/{office.round.pk}/open/"
    assert "22" in finance.get(place).content.decode()
    for _ in range(2):
        finance.post(place, {"source": "approved"})
    assert Filing.objects.filter(round=office.round, state="draft").count() == 22


@pytest.mark.parametrize("who", ["clerk", "department", "auditor"])
def test_others_read_rounds_and_change_none(office: Office, signed_in: SignedIn, who: str) -> None:
    """List and page open; making, changing, closing and opening are finance's."""
    client, number = signed_in(who), office.round.pk
    assert client.get("/rounds/").status_code == 200
    assert client.get(f"/rounds/{number}/").status_code == 200
    assert client.get("/rounds/new/").status_code == 403
    for place in ("edit", "open"):
        assert client.get(f"/rounds/{number}/{place}/").status_code == 403
    assert client.post(f"/rounds/{number}/close/", {"closed": "1"}).status_code == 403
    assert client.get("/rounds/999999/").status_code == 404


def test_the_list_asks_as_often_for_five_as_for_one(
    office: Office, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    """Queries do not grow with rounds."""
    finance = signed_in("finance")
    for year in range(5):
        with django_assert_num_queries(5):
            assert finance.get("/rounds/").status_code == 200
        finance.post("/rounds/new/", GOOD | {"fiscal_year": str(2025 + year)})

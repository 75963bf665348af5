"""The list of forms: what a person may read, narrowed and sorted, in a constant number of queries; new forms."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.office.filing.beginning import first_form
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.models import Filing
from office.making import Office, make_filing, make_project, make_round

Enter = Callable[[str], Client]


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_shows_what_may_be_read(office: Office, signed_in: Enter) -> None:
    """A department sees its own subtree only."""
    mine, foreign = make_filing(office), make_filing(office, "school", 1)
    page = signed_in("department").get("/filings/").content.decode()
    assert f"/filings/{mine.pk}/" in page
    assert f"/filings/{foreign.pk}/" not in page


def test_queries_do_not_grow_with_the_list(office: Office, signed_in: Enter) -> None:
    """Ten filings take as many queries as one."""
    client = signed_in("finance")
    make_filing(office)
    first = queries(client, "/filings/")
    for number in range(9):
        make_filing(office, "school", number)
    assert queries(client, "/filings/") == first


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=draft", 2), ("state=approved", 1), ("text=没有这样的项目", 0), ("finding=JX999", 0), ("round=0", 0),
        ("unit=x&round=x&sort=x&page=x", 3), ("sort=-claimed", 3), ("state=returned", 0),
    ],
)  # fmt: skip
def test_filters_narrow(office: Office, signed_in: Enter, query: str, count: int) -> None:
    """Each filter leaves what fits; what it cannot know counts as nothing."""
    make_filing(office), make_filing(office, "institute", 1), make_filing(office, "school", 2, "approved")
    assert len(signed_in("finance").get(f"/filings/?{query}").context["page"].object_list) == count


def test_a_new_form_begins_with_last_years_targets(office: Office, signed_in: Enter) -> None:
    """Without approved targets, last year's form comes without results; a project has one form a round."""
    filing = make_filing(office, state="approved")
    coming = make_round(office.organisations["bureau"], 2025)
    client = signed_in("clerk")
    asked = {"round": coming.pk, "project": filing.project_id, "source": "approved"}
    assert client.post("/filings/new", asked).status_code == 302
    form = form_of(Filing.objects.get(round=coming).form)
    assert form.fiscal_year == 2025
    assert [row.target for row in form.indicators] == [row.target for row in form_of(filing.form).indicators]
    assert {row.actual.text for row in form.indicators} == {""}
    assert client.post("/filings/new", asked).status_code == 404


def test_only_a_clerk_begins_and_only_at_home(office: Office, signed_in: Enter) -> None:
    """A reviewer begins no form, and a clerk none of another unit."""
    project = make_project(office.organisations["school"], "甲")
    asked: dict[str, Any] = {"round": office.round.pk, "project": project.pk}
    assert signed_in("department").post("/filings/new", asked).status_code == 403
    assert signed_in("clerk").post("/filings/new", asked).status_code == 404
    assert first_form(office.round, project, "nonsense")[1] == "empty"

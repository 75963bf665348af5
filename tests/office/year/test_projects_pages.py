"""Projects and approved targets by their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jixiao.form import encode, to_wire
from jixiao.office.filing.judging import form_of
from jixiao.office.rounds.models import ApprovedTarget, Project
from office.making import Office, make_filing, make_project, seed_forms

SignedIn = Callable[[str], Client]


def test_a_clerk_makes_changes_and_ends_a_project(office: Office, signed_in: SignedIn) -> None:
    """In the own unit; another unit's is no choice."""
    clerk, centre, school = signed_in("clerk"), office.organisations["centre"], office.organisations["school"]
    assert clerk.post("/projects/new/", {"unit": school.pk, "name": "甲"}).status_code == 422
    place = clerk.post("/projects/new/", {"unit": centre.pk, "name": " 甲 ", "code": "P1"})["Location"]
    made = Project.objects.get()
    assert (made.name, made.code, made.unit) == ("甲", "P1", centre)
    clerk.post(f"{place}edit/", {"unit": centre.pk, "name": "乙", "code": ""})
    clerk.post(f"{place}end/", {"year": "2025"})
    made.refresh_from_db()
    assert (made.name, made.ended) == ("乙", 2025)
    clerk.post(f"{place}end/", {"year": "soon"})
    clerk.post(f"{place}end/", {"resume": "1"})
    made.refresh_from_db()
    assert made.ended is None


def test_a_moved_project_leaves_its_filings_where_they_are(office: Office, signed_in: SignedIn) -> None:
    """The department moves it to another unit below; the filing begun stays with the old one."""
    filing, institute = make_filing(office), office.organisations["institute"]
    place = f"/projects/{filing.project_id}/edit/"
    signed_in("department").post(place, {"unit": institute.pk, "name": filing.project.name})
    filing.refresh_from_db()
    assert filing.project.unit == institute
    assert filing.unit == office.organisations["centre"]


def test_foreign_projects_look_missing(office: Office, signed_in: SignedIn) -> None:
    """404 for another unit's clerk; 403 for an auditor who may only read."""
    project = make_project(office.organisations["centre"], "甲")
    for place in (f"/projects/{project.pk}/", f"/projects/{project.pk}/edit/", f"/projects/{project.pk}/targets/new/"):
        assert signed_in("other_clerk").get(place).status_code == 404
    assert signed_in("auditor").get(f"/projects/{project.pk}/").status_code == 200
    assert signed_in("auditor").get(f"/projects/{project.pk}/edit/").status_code == 403
    assert signed_in("clerk").get(f"/projects/{project.pk}/targets/new/").status_code == 403


def test_targets_are_approved_from_a_form(office: Office, signed_in: SignedIn) -> None:
    """Chosen, shown, confirmed: targets in force have no actual values; the second approval replaces the first."""
    filing, reviewer = make_filing(office), signed_in("department")
    place = f"/projects/{filing.project_id}/targets/new/"
    shown = reviewer.post(place, {"year": "2025", "filing": filing.pk})
    assert shown.status_code == 200
    assert not ApprovedTarget.objects.exists()
    for _ in range(2):
        sent = {"year": "2025", "json": shown.context["text"], "source": "filing", "confirmed": "1"}
        assert reviewer.post(place, sent).status_code == 302
    first, second = ApprovedTarget.objects.order_by("pk")
    assert (first.replaced is not None, second.replaced, second.source) == (True, None, "filing")
    assert {row.actual.text for row in form_of(second.form).indicators} == {""}
    assert reviewer.get(f"/targets/{second.pk}/").status_code == 200
    assert signed_in("other_clerk").get(f"/targets/{second.pk}/").status_code == 404
    assert reviewer.get(f"/projects/{filing.project_id}/").status_code == 200


def test_targets_come_as_json(office: Office, signed_in: SignedIn) -> None:
    """A form as data is shown with what differs from the targets in force."""
    project = make_project(office.organisations["centre"], "甲")
    text = encode(to_wire(seed_forms()[0])).decode()
    shown = signed_in("finance").post(f"/projects/{project.pk}/targets/new/", {"year": "2024", "json": text})
    assert seed_forms()[0].indicators[0].name in shown.content.decode()


@pytest.mark.parametrize(
    "given", [{"year": "25"}, {"year": "2025", "json": "{"}, {"year": "2025"}, {"year": "2025", "filing": "99999"}]
)
def test_what_gives_no_targets_is_told(office: Office, signed_in: SignedIn, given: dict[str, str]) -> None:
    """A year, JSON or form that is none."""
    project = make_project(office.organisations["centre"], "甲")
    answer = signed_in("finance").post(f"/projects/{project.pk}/targets/new/", given)
    assert answer.status_code == 422
    assert "note-error" in answer.content.decode()


def test_the_list_asks_as_often_for_nine_as_for_three(
    office: Office, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    """Queries do not grow with projects; words and state narrow the list."""
    client = signed_in("department")
    for number in range(9):
        make_project(office.organisations["centre"], f"项目{number}")
        if number in (2, 8):
            with django_assert_num_queries(5):
                assert client.get("/projects/").status_code == 200
    assert len(client.get("/projects/?q=项目3").context["projects"]) == 1
    assert client.get("/projects/?going=ended").context["projects"] == []

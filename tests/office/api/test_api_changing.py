"""What a program changes through the API: against the version it read, or not at all."""

import json
from typing import Any

import pytest
from django.test import Client

from jixiao.form.wire import to_wire
from jixiao.office.filing.models import Filing
from jixiao.office.journal.models import Event
from office.api.test_api_reading import bearer, get
from office.making import Office, make_filing, make_project, seed_forms


def send(method: str, address: str, body: Any, headers: dict[str, str]) -> Any:
    """The answer to a request with a JSON body."""
    return Client().generic(
        method, f"/api/v1{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def cell(now: str, was: str) -> dict[str, Any]:
    """A change of the first indicator's deviation."""
    return {"changes": [{"cell": "k1/deviation", "was": was, "now": now}]}


def test_a_cell_is_changed_against_the_version_read(office: Office) -> None:
    """The change is taken, the version rises, the history names the API."""
    filing, headers = make_filing(office), bearer(office, "clerk")
    answer = send("PATCH", f"/forms/{filing.pk}", cell("天气原因", ""), headers | {"If-Match": '"1"'})
    assert (answer.status_code, answer["ETag"], answer.json()["version"]) == (200, '"2"', 2)
    assert get(f"/forms/{filing.pk}", headers).json()["indicators"][0]["deviation"] == "天气原因"
    (save,) = get(f"/forms/{filing.pk}/history", headers).json()["items"]
    assert (save["kind"], save["changes"]) == ("api", [{"cell": "k1/deviation", "was": "", "now": "天气原因"}])


def test_a_conflict_shows_both_and_keeps_the_refused(office: Office) -> None:
    """Two programs change one cell of one version: the second gets both texts, and its own is in the history."""
    filing, headers = make_filing(office), bearer(office, "clerk") | {"If-Match": '"1"'}
    assert send("PATCH", f"/forms/{filing.pk}", cell("甲", ""), headers).status_code == 200
    refused = send("PATCH", f"/forms/{filing.pk}", cell("乙", ""), headers)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    (conflict,) = refused.json()["conflicts"]
    assert (conflict["theirs"], conflict["now"]) == ("甲", "乙")
    kept = [save for save in get(f"/forms/{filing.pk}/history", headers).json()["items"] if save["refused"]]
    assert kept[0]["changes"][0]["now"] == "乙"


@pytest.mark.parametrize(("tag", "status"), [("", 428), ("12", 400), ('"x"', 400), ('"99"', 422)])
def test_a_change_must_name_a_version(office: Office, tag: str, status: int) -> None:
    """Without a version, or with one that never was, nothing is changed."""
    filing = make_filing(office)
    headers = bearer(office, "clerk") | ({"If-Match": tag} if tag else {})
    assert send("PATCH", f"/forms/{filing.pk}", cell("甲", ""), headers).status_code == status
    filing.refresh_from_db()
    assert filing.version == 1


def test_a_form_goes_from_draft_to_publication(office: Office) -> None:
    """Each hand decides through the API with its own token; the state follows the table of acts."""
    filing = make_filing(office)
    steps = (
        ("clerk", "submit", "with_head"),
        ("head", "approve_unit", "with_department"),
        ("department", "approve_department", "with_finance"),
        ("finance", "approve_finance", "approved"),
        ("publisher", "publish", "published"),
    )
    for person, act, after in steps:
        headers = bearer(office, person) | {"If-Match": '"1"'}
        answer = send("POST", f"/forms/{filing.pk}/decisions", {"act": act}, headers)
        assert (answer.status_code, answer.json()["after"]) == (201, after), answer.content
    assert Event.objects.filter(subject=f"filing/{filing.pk}", act="filing.published").exists()


def test_an_act_at_the_wrong_time_or_by_the_wrong_hand_is_refused(office: Office) -> None:
    """A head cannot approve a draft, a return needs a reason, an act must be one of the table."""
    filing = make_filing(office)
    headers = bearer(office, "head") | {"If-Match": '"1"'}
    where = f"/forms/{filing.pk}/decisions"
    assert send("POST", where, {"act": "approve_unit"}, headers).json()["status"] == 403
    assert send("POST", where, {"act": "burn"}, headers).json()["status"] == 403
    send("POST", where, {"act": "submit"}, bearer(office, "clerk") | {"If-Match": '"1"'})
    assert send("POST", where, {"act": "return_unit"}, headers).json()["status"] == 422
    assert send("POST", where, {"act": "return_unit", "reason": "请补充"}, headers).status_code == 201


def test_a_filing_is_begun_once(office: Office) -> None:
    """A project's form is begun by its clerk, once a round; a foreign project looks like a missing one."""
    project = make_project(office.organisations["centre"], "新项目")
    foreign = make_project(office.organisations["school"], "别的项目")
    form = json.loads(json.dumps(to_wire(seed_forms()[0]), default=str)) | {"places": {}}
    headers = bearer(office, "clerk")
    body = {"round": office.round.pk, "project": project.uid, "form": form}
    assert send("POST", "/forms", body, headers).status_code == 201
    assert send("POST", "/forms", body, headers).status_code == 409
    assert send("POST", "/forms", body | {"project": foreign.uid}, headers).status_code == 404
    assert Filing.objects.count() == 1


def test_a_form_is_checked_without_being_kept(office: Office) -> None:
    """A form sent to be checked is scored as the desk scores it; one that is none is told where it fails."""
    form = json.loads(json.dumps(to_wire(seed_forms()[0]), default=str)) | {"places": {}}
    headers = bearer(office, "clerk")
    assert send("POST", "/check?rulebook=cn", form, headers).json()["rulebook"]["id"] == "cn"
    assert send("POST", "/check", {"title": 5}, headers).status_code == 422
    assert send("POST", "/check?rulebook=cn-nowhere", form, headers).status_code == 422
    assert not Filing.objects.exists()

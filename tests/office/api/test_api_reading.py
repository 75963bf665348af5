"""What a program reads through the API, and what it is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.form.wire import decode_form
from jixiao.office.api.models import Token
from jixiao.office.api.tokens import make_token, revoke
from office.making import Office, make_filing

ALL = ["forms:read", "forms:write", "decisions:write"]


def bearer(office: Office, username: str, scopes: list[str] | None = None) -> dict[str, str]:
    """The header of a token of that person."""
    _, secret = make_token(office.people[username], "试验", scopes or ALL, 30)
    return {"Authorization": f"Bearer {secret}"}


def get(address: str, headers: dict[str, str]) -> Any:
    """The answer at an address of the API."""
    return Client().get(f"/api/v1{address}", headers=headers)


def test_a_form_comes_as_its_contract_with_its_version(office: Office) -> None:
    """The form is the contract's JSON; its entity tag is its version; asked again, nothing is sent."""
    filing = make_filing(office)
    answer = get(f"/forms/{filing.pk}", bearer(office, "clerk"))
    assert decode_form(answer.content).project.name == filing.project.name
    assert (answer["ETag"], answer["Jixiao-Rows"]) == ('"1"', filing.keys)
    again = get(f"/forms/{filing.pk}", bearer(office, "clerk") | {"If-None-Match": '"1"'})
    assert (again.status_code, again.content) == (304, b"")


def test_scores_and_findings_are_an_entry_of_the_review(office: Office) -> None:
    """The review of a filing has the rulebook of its round, computed scores and findings."""
    entry = get(f"/forms/{make_filing(office).pk}/review", bearer(office, "head")).json()
    assert entry["rulebook"]["id"] == "cn-shanghai"
    assert entry["computed"]["score"] == "100.00"
    assert {finding["family"] for finding in entry["findings"]} == {"doubt"}


def test_lists_continue_where_they_ended(office: Office) -> None:
    """Pages of two give all filings that one may read, each once, and no others."""
    mine = [make_filing(office, "centre", number).pk for number in range(5)]
    make_filing(office, "school", 5)
    headers, seen = bearer(office, "department"), []
    body = {"items": [], "next": 0}
    while body["next"] is not None:
        body = get(f"/forms?limit=2&after={body['next']}", headers).json()
        seen += [item["id"] for item in body["items"]]
    assert seen == mine


@pytest.mark.parametrize("address", ["/forms/{}", "/forms/{}/review", "/forms/{}/history", "/forms/{}/document"])
def test_foreign_and_missing_look_alike(office: Office, address: str) -> None:
    """A filing of another department and one that does not exist give the same answer."""
    foreign, headers = make_filing(office, "school"), bearer(office, "clerk")
    refused, missing = get(address.format(foreign.pk), headers), get(address.format(10**9), headers)
    assert (refused.status_code, refused.content) == (missing.status_code, missing.content)
    assert refused["Content-Type"] == "application/problem+json"


def test_a_token_holds_within_its_scopes_and_its_time(office: Office) -> None:
    """No token, a foreign scope, an expired, a revoked token and one of a closed account are refused."""
    assert get("/me", {}).status_code == 401
    assert get("/me", {"Authorization": "Bearer jxt_nothing"}).status_code == 401
    assert get("/me", bearer(office, "clerk", ["forms:write"])).status_code == 403
    late = bearer(office, "clerk")
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert get("/me", late).status_code == 401
    ended = bearer(office, "clerk")
    revoke(Token.objects.latest("pk"), office.people["clerk"])
    assert get("/me", ended).status_code == 401
    closed = bearer(office, "head")
    office.people["head"].is_active = False
    office.people["head"].save()
    assert get("/me", closed).status_code == 401


def test_the_secret_is_kept_nowhere(office: Office) -> None:
    """The table of tokens holds a digest, not the secret."""
    token, secret = make_token(office.people["clerk"], "试验", ALL, 30)
    kept = json.dumps(Token.objects.filter(pk=token.pk).values().get(), default=str)
    assert secret not in kept
    assert secret[4:] not in kept


def test_documents_come_in_every_format(office: Office) -> None:
    """The official document in the round's layout, as a download; another format is refused by name."""
    filing, headers = make_filing(office), bearer(office, "clerk")
    begins = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "ofd": b"PK", "html": b"<!doctype html>"}
    for kind, begin in begins.items():
        answer = get(f"/forms/{filing.pk}/document?kind={kind}", headers)
        assert b"".join(answer.streaming_content)[: len(begin)].lower() == begin.lower()
    assert get(f"/forms/{filing.pk}/document?kind=exe", headers).status_code == 406


def test_the_lists_around_the_forms(office: Office) -> None:
    """Rounds, projects, organisations and oneself: what one may see, told with public names."""
    filing, headers = make_filing(office), bearer(office, "department")
    assert [each["fiscal_year"] for each in get("/rounds", headers).json()["items"]] == [2024]
    assert [each["uid"] for each in get("/projects", headers).json()["items"]] == [filing.project.uid]
    assert {each["name"] for each in get("/organisations", headers).json()["items"]} == {"市科委", "创新中心", "情报所"}
    me = get("/me", headers).json()
    assert me["roles"] == [{"kind": "department", "organisation": office.organisations["science"].uid}]


def test_wrong_questions_are_told_as_problems(office: Office) -> None:
    """A wrong filter, a wrong address and a wrong method answer with a problem, never a page."""
    headers = bearer(office, "clerk")
    for address, status in (("/forms?limit=0", 422), ("/forms?state=lost", 422), ("/nowhere", 404)):
        answer = get(address, headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status

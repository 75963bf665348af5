"""The rows about doors see what they are there to see: a view that forgets its door is found by each of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import clear_url_caches, path

from jixiao.office import urls
from jixiao.office.filing.commenting import comment
from jixiao.office.filing.models import Filing
from jixiao.office.filing.pages import history
from matrix import cells
from matrix.alike import Pair, Twins, beside, pairs
from matrix.asking import Request
from matrix.canary import Canary
from matrix.judging import Judge, sign_in
from matrix.rules import filing_rules
from matrix.town import Town, make_town
from office.doors.addresses import ROLE, SIGNED_IN, THING, routes
from office.doors.test_every_address import LISTED

pytestmark = pytest.mark.django_db
SOME = {
    "clerk-centre", "head-centre", "department-science", "clerk-school", "clerk-centre2", "own-hand", "two-levels",
    "off",
    "nobody", "system_admin-bureau",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A small town: the filings of the centre and everybody; made once, taken back at the end."""
    from django.conf import settings

    kept, settings.DATA = settings.DATA, tmp_path_factory.mktemp("town")
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_town(whole=False)
        sign_in(made)
        yield made
        transaction.set_rollback(True)
    settings.DATA = kept


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a form's history fetches what it is asked for, and asks nobody."""
    monkeypatch.setattr(history, "open_filing", lambda _, number: Filing.objects.get(pk=number))


def judged(town: Town, place: str, act: str = "read", state: str = "draft") -> list[str]:
    """The faults in the cells of one address and act on one filing, of some people."""
    judge = Judge(town)
    for one in cells.cells_of(town, town.at("centre", state)):
        if one.tried.act == act and one.tried.path.endswith(place) and one.person.username in SOME:
            judge.judge(one)
    assert judge.done
    return judge.faults


def test_the_matrix_is_clean_where_the_doors_stand(town: Town) -> None:
    """The same cells without a planted fault are as the rules say."""
    assert judged(town, "/history") == []
    assert judged(town, "approve_unit", "approve_unit", "with_head") == []


@pytest.mark.usefixtures("forgotten")
def test_the_matrix_sees_a_forgotten_door(town: Town) -> None:
    """Everybody's cells of that page are told, each with what was expected and what it shows."""
    faults = judged(town, "/history")
    assert any("clerk-centre2" in one and "expected “missing”, answered 200" in one for one in faults)
    assert any("shows the project of centre" in one for one in faults)


def test_the_matrix_sees_four_eyes_shut(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who handed a form in approves it for the unit: told as done where a rule forbids it."""
    monkeypatch.setattr("jixiao.office.workflow.acts.check_hands", lambda *_: None)
    faults = judged(town, "approve_unit", "approve_unit", "with_head")
    assert any(one.startswith("own-hand") and "expected “ruled”" in one for one in faults)


def test_the_matrix_sees_an_act_without_its_event(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """An act that tells the journal nothing is found."""
    monkeypatch.setattr("jixiao.office.workflow.acts.record", lambda *_, **__: None)
    assert any("the journal says nothing" in one for one in judged(town, "approve_unit", "approve_unit", "with_head"))


def test_the_matrix_sees_a_refusal_that_changes_something(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that writes before it asks is found, whatever it answers."""

    def hasty(user: Any, number: int, *rest: Any) -> Any:
        Filing.objects.filter(pk=number).update(late=True)
        return comment(user, number, *rest)

    monkeypatch.setattr("jixiao.office.filing.pages.cell.comment", hasty)
    assert any("filing_filing was written" in one for one in judged(town, "comments", "comment"))


def _foreign(town: Town) -> Pair:
    number = town.at("centre", "draft").filing.pk
    return Pair(town.people["clerk-school"], "GET", f"/filings/{number}/history", f"/filings/{beside(number)}/history")


def test_twins_are_alike_where_the_doors_stand(town: Town) -> None:
    """Foreign and missing look alike."""
    twins = Twins(town)
    twins.compare(_foreign(town))
    assert twins.faults == []


@pytest.mark.usefixtures("forgotten")
def test_twins_see_a_forgotten_door(town: Town) -> None:
    """What is shown and what is missing differ in status and body."""
    twins = Twins(town)
    twins.compare(_foreign(town))
    assert any("status 200 and" in one for one in twins.faults)


def test_twins_see_a_word_more(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that differs by one word between foreign and missing is told."""
    real = Client.get

    def telling(client: Client, where: str, *rest: Any, **more: Any) -> Any:
        answer = real(client, where, *rest, **more)
        if "9000" not in where:
            answer.content = answer.content + b"<!-- yours, not -->"
        return answer

    monkeypatch.setattr(Client, "get", telling)
    twins = Twins(town)
    twins.compare(_foreign(town))
    assert any(": body " in one for one in twins.faults)


def test_the_canary_sings_lawfully_where_the_doors_stand(town: Town) -> None:
    """What the unit's own clerk reads is counted as lawful; what a stranger asks for shows nothing."""
    canary, number = Canary(town), town.at("centre", "draft").filing.pk
    for who in ("clerk-centre", "clerk-school", "nobody"):
        canary.send(Request(town.people[who], "GET", f"/filings/{number}/history"))
    assert canary.faults == []
    assert canary.lawful["project"]


@pytest.mark.usefixtures("forgotten")
def test_the_canary_sees_a_forgotten_door(town: Town) -> None:
    """A string of the centre in an answer to another unit's clerk is told with its place."""
    canary, number = Canary(town), town.at("centre", "draft").filing.pk
    canary.send(Request(town.people["clerk-school"], "GET", f"/filings/{number}/history"))
    assert any("shows the save of centre draft" in one for one in canary.faults)


def test_the_canary_draws_every_address(town: Town) -> None:
    """A few thousand draws reach every address there is, public site and API too; the same seed draws the same."""
    from matrix.asking import Asker

    drawn = {one.path for one in Asker(town, 3).requests(400)}
    assert drawn == {one.path for one in Asker(town, 3).requests(400)}
    assert any(one.startswith("/open/") for one in drawn)
    assert any(one.startswith("/api/v1/") for one in drawn)


def test_every_kind_of_thing_has_its_twins(town: Town) -> None:
    """Each address that names a filing or what hangs on it is asked as a pair, but those that only its owner knows."""
    from django.urls import resolve

    asked = {str(resolve(one.foreign.partition("?")[0]).route) for one in pairs(town)}
    missing = {one for one in THING if one.startswith("filings/")} - asked
    assert missing == set()


def test_an_address_more_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A route that nobody has listed is seen by the test of addresses."""
    more = path("shred/<int:number>/", history.history)
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, more])
    clear_url_caches()
    try:
        assert "shred/<int:number>/" in {one for one in routes() if one not in LISTED}
    finally:
        monkeypatch.undo()
        clear_url_caches()
    assert "shred/<int:number>/" not in set(routes())
    assert SIGNED_IN | set(ROLE) <= LISTED


def test_every_act_of_the_rules_is_tried_by_page_and_api(town: Town) -> None:
    """No act on filings is left out of the matrix: each by its page, those that move a filing by the API as well."""
    ways: dict[str, set[str]] = {}
    for state in ("draft", "with_head", "approved"):
        for one in cells.cells_of(town, town.at("centre", state)):
            ways.setdefault(one.tried.act, set()).add(one.tried.way)
    assert set(ways) == set(filing_rules())
    assert all("page" in found for found in ways.values())
    assert all("api" in ways[name] for name, (_, leads) in filing_rules().items() if leads)
    assert {"file", "api"} <= ways["read"]

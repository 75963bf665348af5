"""What happens between looking at an act and writing it; many acts at once are looked at before anything is held."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from jixiao.office.doors.ask import hands
from jixiao.office.filing import commenting
from jixiao.office.filing.door import NotNow
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.filing.saving import judged
from jixiao.office.people.models import Role, User
from jixiao.office.people.roles import take_back
from jixiao.office.workflow import acts, bulk
from jixiao.office.workflow.bulk import Chosen, decide_many
from jixiao.office.workflow.models import Item
from jixiao.office.workflow.rectify import Wanted, raise_item
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.office.workflow.said import NOTHING
from jixiao.office.year.acts import close_round
from office.making import Office
from office.workflow.walking import WHY, walked


def test_a_return_is_not_written_after_the_round_was_closed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round closed while the form was being frozen: nothing goes back to be filled in."""
    filing, real = walked(office, 1), judged
    read = Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk)

    def closed_meanwhile(*given: Any) -> Any:
        close_round(office.round, office.people["finance"], closed=True)
        return real(*given)

    monkeypatch.setattr(acts, "score_and_ask", closed_meanwhile)
    with pytest.raises(Refused, match="批次已关闭"):
        acts.act(read, "return_unit", office.people["head"], WHY)
    assert Filing.objects.get(pk=filing.pk).state == "with_head"


def test_an_act_is_not_written_after_the_role_was_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A role taken back while the form was being scored: the act is not done."""
    filing, real = walked(office, 1), judged

    def dismissed_meanwhile(*given: Any) -> Any:
        take_back(Role.objects.get(user=office.people["head"]), by=office.people["security_admin"])
        return real(*given)

    monkeypatch.setattr(acts, "score_and_ask", dismissed_meanwhile)
    with pytest.raises(NotNow):
        acts.act(filing, "approve_unit", office.people["head"])
    assert Filing.objects.get(pk=filing.pk).state == "with_head"


def test_a_form_that_went_away_and_came_back_is_another(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken back and handed in anew by another while it was looked at: who looked decides again."""
    filing, real = walked(office, 1), judged
    mine = Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk)

    def back_and_forth(*given: Any) -> Any:
        monkeypatch.setattr(acts, "score_and_ask", real)
        for name in ("recall", "submit"):
            acts.act(Filing.objects.select_related("round").get(pk=filing.pk), name, office.people["clerk"])
        return real(*given)

    monkeypatch.setattr(acts, "score_and_ask", back_and_forth)
    with pytest.raises(Moved):
        acts.act(mine, "approve_unit", office.people["head"])


def test_everybody_holds_forms_in_one_order(office: Office) -> None:
    """Ticked in whatever order, forms are written in one order: two who tick the same never wait for each other."""
    forms = [walked(office, 1, number) for number in (0, 1, 2)]
    chosen = [Chosen(filing.pk, filing.version) for filing in reversed(forms)]
    verdicts = decide_many(office.people["head"], chosen, "on", NOTHING)
    assert [one.number for one in verdicts] == [one.number for one in chosen]
    decided = Decision.objects.filter(act="approve_unit").order_by("pk").values_list("filing_id", flat=True)
    assert list(decided) == sorted(filing.pk for filing in forms)


def test_nothing_is_scored_while_others_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms decided together are scored before the transaction that writes them begins."""
    filing, real, depth = walked(office, 1), judged, len(connection.savepoint_ids)
    depths: list[int] = []

    def noted(*given: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return real(*given)

    monkeypatch.setattr(acts, "score_and_ask", noted)
    assert bulk.decide_many(office.people["head"], [Chosen(filing.pk, filing.version)], "on", NOTHING)[0].done
    assert depths == [depth]


def test_nothing_is_asked_for_on_a_form_that_went_back(office: Office) -> None:
    """A form returned after the reviewer had read it: no item is raised on what is a draft again."""
    filing = walked(office, 2)
    read = Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk)
    acts.act(filing, "return_department", office.people["department"], WHY)
    with pytest.raises(NotNow):
        raise_item(read, office.people["department"], Wanted("请整改。", date(2999, 1, 1)))
    assert not Item.objects.exists()


def test_nothing_is_said_on_a_form_that_was_published(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form published while a comment was being written takes none any more."""
    filing, real = walked(office, 4), commenting._cell

    def published_meanwhile(*given: Any) -> Any:
        acts.act(filing, "publish", office.people["publisher"])
        return real(*given)

    monkeypatch.setattr(commenting, "_cell", published_meanwhile)
    with pytest.raises(NotNow):
        commenting.comment(office.people["finance"], filing.pk, "", "请核对。")
    assert not filing.comments.exists()


def test_a_round_is_not_closed_by_who_has_lost_the_role(office: Office) -> None:
    """A role taken back after the page was shown: the round stays as it is."""
    finance = User.objects.get(username="finance")
    assert hands(finance)
    take_back(Role.objects.get(user=finance), by=office.people["security_admin"])
    with pytest.raises(PermissionDenied):
        close_round(office.round, finance, closed=True)

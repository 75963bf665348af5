"""What happens between reading a form and writing it: others save, the round is closed, the role is taken back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from jixiao.office.filing import evidence, files, saving, starting
from jixiao.office.filing.models import Filing, Save
from jixiao.office.people.models import Role
from jixiao.office.people.roles import take_back
from jixiao.office.year.acts import close_round
from office.making import Office, make_filing, make_project, seed_forms

Enter = Callable[[str], Client]
Meanwhile = Callable[[Office], None]


def post(client: Client, filing: Filing) -> Any:
    """A save of one cell."""
    data = {"base": 1, "changes": [{"cell": "k1/score", "was": "10.00", "now": "8"}]}
    return client.post(f"/filings/{filing.pk}/save", json.dumps(data), content_type="application/json")


def close(office: Office) -> None:
    """The round is closed."""
    close_round(office.round, office.people["finance"], closed=True)


def dismiss(office: Office) -> None:
    """The clerk's role is taken back."""
    take_back(Role.objects.get(user=office.people["clerk"]), by=office.people["security_admin"])


def between(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, happens: Callable[[], None]) -> None:
    """Let something happen once, when a function of a module is called: after all was read, before it is written."""
    real, left = getattr(module, name), [happens]

    def called(*given: Any, **more: Any) -> Any:
        if left:
            left.pop()()
        return real(*given, **more)

    monkeypatch.setattr(module, name, called)


def test_who_is_beaten_again_and_again_gets_a_turn(
    office: Office, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many save at once: a save that found others quicker holds the form, and is taken; nobody is sent away."""
    filing, real, depth = make_filing(office), saving.write, len(connection.savepoint_ids)

    def beaten_unless_held(*given: Any) -> Any:
        return real(*given) if len(connection.savepoint_ids) > depth else None

    monkeypatch.setattr(saving, "write", beaten_unless_held)
    answer = post(signed_in("clerk"), filing)
    assert (answer.status_code, answer.json().get("version")) == (200, 2)


@pytest.mark.parametrize(("happens", "status"), [(close, 410), (dismiss, 403)])
def test_a_save_is_not_written_after_the_door_was_shut(
    office: Office, signed_in: Enter, monkeypatch: pytest.MonkeyPatch, happens: Meanwhile, status: int
) -> None:
    """A round closed, a role taken back while a save was being scored: the save is refused and leaves no trace."""
    filing, client = make_filing(office), signed_in("clerk")
    between(monkeypatch, saving, "judged", lambda: happens(office))
    assert post(client, filing).status_code == status
    assert not Save.objects.exists()
    assert Filing.objects.get(pk=filing.pk).version == 1


@pytest.mark.parametrize("happens", [close, dismiss])
def test_evidence_is_not_attached_after_the_door_was_shut(
    office: Office, monkeypatch: pytest.MonkeyPatch, happens: Meanwhile
) -> None:
    """The same for evidence, while its file is being stored."""
    filing = make_filing(office)
    between(monkeypatch, files, "put", lambda: happens(office))
    with pytest.raises(saving.Refused):
        evidence.attach(office.people["clerk"], filing.pk, "k1/actual", SimpleUploadedFile("附件.pdf", b"%PDF"), "")
    assert not filing.evidence.exists()


def test_no_form_is_begun_in_a_round_that_was_closed(office: Office) -> None:
    """A round closed after it was read takes no new form."""
    project = make_project(office.organisations["centre"], "新项目")
    read = office.round.__class__.objects.get(pk=office.round.pk)
    close(office)
    with pytest.raises(saving.Refused):
        starting.start_filing(read, project, seed_forms()[0], by=None)

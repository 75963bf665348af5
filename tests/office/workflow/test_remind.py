"""Reminders: who is written to on which days, and that nobody is without an address or a way to send."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from jixiao.office.accounts.mail import NO_MAIL
from jixiao.office.jobs.registry import TASKS
from jixiao.office.jobs.run import JobFailed
from jixiao.office.journal.models import Event
from jixiao.office.people.models import User
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.remind import is_day_for, letters, send
from office.making import Office
from office.workflow.walking import walked

TODAY = timezone.localdate()


class Quiet:
    """A run of a task that nobody watches."""

    def progress(self, done: int, total: int) -> None:
        """Nothing."""


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (8, False),
        (7, True),
        (5, False),
        (3, True),
        (1, True),
        (0, True),
        (-1, False),
        (-7, True),
        (-13, False),
        (-14, True),
    ],
)
def test_days_of_reminders(left: int, told: bool) -> None:  # noqa: FBT001 -- a table
    """A week, three days, one day before, on the day, then weekly."""
    assert is_day_for(TODAY + timedelta(left), TODAY) is told
    assert not is_day_for(None, TODAY)


def test_a_reminder_goes_to_whom_it_waits_for(office: Office) -> None:
    """The head has an address and the form; the clerk has an address and nothing to do."""
    User.objects.filter(username__in=("head", "clerk")).update(email="someone@example.org")
    Round.objects.update(unit_due=TODAY + timedelta(3))
    walked(office, 1)
    (letter,) = letters(TODAY)
    send(letter)
    (message,) = mail.outbox
    assert message.to == ["someone@example.org"]
    assert message.subject == "有 1 张自评表等您处理"
    assert (TODAY + timedelta(3)).isoformat() in message.body
    assert Event.objects.get(act="reminder.sent").subject == f"user/{office.people['head'].pk}"


def test_in_the_persons_language(office: Office) -> None:
    """Somebody who chose English is written to in English."""
    User.objects.filter(username="head").update(email="someone@example.org", language="en")
    Round.objects.update(unit_due=TODAY)
    walked(office, 1)
    send(next(letters(TODAY)))
    assert mail.outbox[0].subject == "1 self-evaluation forms wait for you"


def test_nothing_is_sent_where_mail_is_not_set_up(office: Office, settings: Any) -> None:
    """Without a mail server the task does nothing; with one it writes."""
    User.objects.filter(username="head").update(email="someone@example.org")
    Round.objects.update(unit_due=TODAY)
    walked(office, 1)
    kept, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NO_MAIL
    remind: Any = TASKS["workflow.remind"].call
    remind(Quiet())
    assert not Event.objects.filter(act="reminder.sent").exists()
    settings.EMAIL_BACKEND = kept
    remind(Quiet())
    assert len(mail.outbox) == 1


def test_a_letter_that_is_refused_keeps_no_other_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two letters the first is refused by the server: the second goes, and the job says that one did not."""
    User.objects.filter(username__in=("head", "department")).update(email="someone@example.org")
    Round.objects.update(unit_due=TODAY, department_due=TODAY)
    walked(office, 1), walked(office, 2, 1)
    sent: list[str] = []

    def refuse_first(subject: str, *_: object) -> None:
        sent.append(subject)
        if len(sent) == 1:
            raise ConnectionRefusedError

    monkeypatch.setattr("jixiao.office.workflow.remind.send_mail", refuse_first)
    remind: Any = TASKS["workflow.remind"].call
    with pytest.raises(JobFailed, match="1 of 2"):
        remind(Quiet())
    assert Event.objects.filter(act="reminder.sent").count() == 1

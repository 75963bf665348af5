"""What the audit administrators are written to about: a second place out of reach, a journal that was changed."""

from datetime import timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from jixiao.office.journal import second_place
from jixiao.office.journal.checking import last_verified
from jixiao.office.journal.models import Event
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people.models import AUDIT_ADMIN, User
from jixiao.scoring.sheet import Text

ACT: Final = "journal.alarm_sent"
AGAIN: Final = timedelta(days=1)
"""After so long the same is written once more."""


def alarms() -> dict[str, Text]:
    """What is wrong now, by a word for each kind."""
    found = {}
    there, looked = second_place.state(), last_verified()
    if there.failing is not None and timezone.now() - there.failing > second_place.LATE:
        since = f"{timezone.localtime(there.failing):%Y-%m-%d %H:%M}"
        found["second_place"] = Text(
            f"自 {since} 起，日志的检查点没有到达第二存放处：{there.why_zh}。办公照常进行；请尽快修复。",
            f"No checkpoint of the journal has reached the second place since {since}: {there.why_en}. The office goes "
            "on; please mend it soon.",
        )
    said = msgspec.json.decode(looked.details, type=dict[str, str]) if looked else {}
    if said.get("faults", "0") != "0":
        found["verified"] = Text(
            f"日志自查发现 {said['faults']} 处不符：{said['first']}",
            f"The journal found {said['faults']} faults in itself: {said['first']}",
        )
    return found


def send_alarms() -> int:
    """Write what is wrong to every audit administrator with an address, at once and then once a day.

    Returns:
        How many letters went.

    Raises:
        OSError: the mail server refuses; it is tried again at the next turn.
    """
    sent = 0
    for kind, text in alarms().items():
        told = Event.objects.filter(act=ACT, subject=f"journal/{kind}", at__gt=timezone.now() - AGAIN)
        if not told.exists():
            sent += _send(kind, text)
    return sent


def _send(kind: str, text: Text) -> int:
    people = User.objects.filter(is_active=True, roles__kind=AUDIT_ADMIN).exclude(email="").distinct()
    with transaction.atomic():
        record(ACT, f"journal/{kind}", actor=None, letters=str(len(people)))
        for user in people:
            with override(user.language or settings.LANGUAGE_CODE):
                subject, body = say("日志告警", "The journal needs you"), say(text.zh, text.en)
            send_mail(subject, body, None, [user.email])
    return len(people)

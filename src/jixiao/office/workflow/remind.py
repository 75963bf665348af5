"""Reminders 催办: whom to write to today, about which piles. Nobody is written to daily, nor without an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import override

from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people.accounts import place_of
from jixiao.office.people.models import User
from jixiao.office.workflow.mine import Pile, piles

BEFORE: Final = (7, 3, 1, 0)
"""Days before the last one on which a reminder goes out."""
EVERY: Final = 7
"""How often, in days, once the last day is over."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder to one person about the piles whose day is near or over."""

    to: User
    piles: tuple[Pile, ...]

    @property
    def subject(self) -> str:
        """Its subject, in the language of the moment."""
        return say(f"有 {self._count} 张自评表等您处理", f"{self._count} self-evaluation forms wait for you")

    @property
    def text(self) -> str:
        """What it says, in the language of the moment: one line for each pile; no figures, nothing of a form."""
        lines = [
            say(
                f"{pile.round}：{pile.count} 张，截止 {pile.due:%Y-%m-%d}{'，已逾期' if pile.late else ''}",
                f"{pile.round}: {pile.count}, last day {pile.due:%Y-%m-%d}{', overdue' if pile.late else ''}",
            )
            for pile in self.piles
        ]
        return "\n".join(
            (*lines, "", say("请登录绩效自评系统，在“我的工作”中处理。", "Sign in; they are under “My work”."))
        )

    @property
    def _count(self) -> int:
        return sum(pile.count for pile in self.piles)


def is_day_for(due: date | None, today: date) -> bool:
    """Whether a reminder about that last day goes out today."""
    if due is None:
        return False
    left = (due - today).days
    return left in BEFORE if left >= 0 else -left % EVERY == 0


def letters(today: date) -> Iterator[Letter]:
    """The reminders of a day, for people with an address and something whose day it is."""
    for user in User.objects.filter(is_active=True, roles__isnull=False).exclude(email="").distinct().order_by("pk"):
        found = tuple(pile for pile in piles(user, today) if is_day_for(pile.due, today))
        if found:
            yield Letter(user, found)


def send(letter: Letter) -> None:
    """Send a reminder in the person's language, and tell the journal that it went."""
    with override(letter.to.language or settings.LANGUAGE_CODE):
        subject, text = letter.subject, letter.text
    with transaction.atomic():
        place = place_of(letter.to)
        record("reminder.sent", f"user/{letter.to.pk}", actor=None, organisation=place, piles=str(len(letter.piles)))
        send_mail(subject, text, None, [letter.to.email])

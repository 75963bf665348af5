"""Writing an event: always inside the transaction of what it tells, so that neither is there without the other."""

from contextvars import ContextVar
from typing import Any

import msgspec
from django.db import connection
from django.utils import timezone

from jixiao.office.journal.models import Event

address: ContextVar[str] = ContextVar("address", default="")
"""The network address of the request being answered; set by `journal.middleware`."""


class OutsideTransaction(RuntimeError):
    """An event was to be recorded outside of a transaction: a fault of the program."""


def record(act: str, subject: str, *, actor: Any, organisation: str = "", **details: Any) -> Event:
    """Add one event to the journal.

    Args:
        act: "filing.submitted".
        subject: "filing/12".
        actor: the user; `None` for the system itself.
        organisation: path of the organisation it belongs to.
        details: what else matters, as plain values; numbers as texts.

    Raises:
        OutsideTransaction: there is no transaction that holds act and event together.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(act)
    return Event.objects.create(
        at=timezone.now(),
        actor=actor,
        actor_name=actor.username if actor is not None else "",
        act=act,
        subject=subject,
        organisation=organisation,
        details=msgspec.json.encode(details).decode(),
        address=address.get(),
    )

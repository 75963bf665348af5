"""What the journal does by itself: places and checkpoints, the second place, the nightly look at everything."""

import logging
from collections.abc import Callable
from datetime import time
from threading import Event
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from jixiao.office.environment import BadSetting
from jixiao.office.jobs import Daily, beside, task
from jixiao.office.jobs.run import JobFailed, Run
from jixiao.office.journal.checking import verify
from jixiao.office.journal.checkpoints import day_is_open, is_due, sign
from jixiao.office.journal.second_place import send
from jixiao.office.journal.sequencing import sequence
from jixiao.office.journal.signing import NoKey

_LOG: Final = logging.getLogger(__name__)
PAUSE: Final = 2
"""Seconds between two looks whether there is something new."""


@beside("journal.sequencer")
def keep_up(stop: Event) -> None:
    """Give new events their places, and sign: each minute with something new, and once a day."""
    _again_and_again(stop, keep_up_once)


@beside("journal.second_place")
def carry(stop: Event) -> None:
    """Bring checkpoints to the second place; apart from the sequencer, so that a place that hangs holds up nothing."""
    _again_and_again(stop, send)


def keep_up_once() -> None:
    """One look."""
    sequence()
    if day_is_open():
        sign(daily=True)
    elif is_due():
        sign()


def _again_and_again(stop: Event, look: Callable[[], object]) -> None:
    """Look until told to stop; what goes wrong stands in the server's log once, until it goes right or wrong anew."""
    said = ""
    try:
        while not stop.wait(PAUSE):
            try:
                close_old_connections()
                look()
                said = ""
            except (DatabaseError, InterfaceError, NoKey, BadSetting) as error:
                if said != str(error):
                    said = str(error)
                    _LOG.exception("the journal")
    finally:
        connection.close()


@task("journal.verify", priority=-20, attempts=1, every=Daily(time(2, 30)))
def look_at_everything(run: Run) -> None:
    """Hold every event against its leaf, and the tree against what was signed.

    Raises:
        JobFailed: something is not what it was.
    """
    run.progress(0, 1)
    found = verify()
    if found:
        raise JobFailed(
            f"日志自查发现 {len(found)} 处不符，第一处：{found[0].zh}请查看日志页。",
            f"The journal found {len(found)} faults in itself, the first: {found[0].en} See its page.",
        )

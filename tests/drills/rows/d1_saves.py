"""D1: fifty editors save on one form at once: nothing is lost or taken twice, both sides of a conflict show."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from drills.row import Drill, Outcome, Row

if TYPE_CHECKING:
    from drills.hands.chain import History

EDITORS = 50
PROCESSES = 2
THREADS = {"SQLite": 4, "PostgreSQL": 12}
"""Connections of each process: on SQLite as many as the office is served with, on PostgreSQL three times as many."""


def run(drill: Drill) -> Outcome:
    """Editors in two processes on one form; in the long form processes are killed and the database is held up."""
    from drills.hands.place import open_in_memory

    open_in_memory(drill.folder)
    from drills.hands.chain import faults, tally

    filing, first = _made()
    attempts = -(-drill.count // EDITORS)
    start = time.monotonic()
    kills = _edited(drill, filing, attempts)
    took = time.monotonic() - start
    history = _history(drill.folder, filing, first)
    counted = tally(history)
    told = [f"{counted['taken']} taken, {counted['conflict']} conflicts", f"{sum(counted.values()) / took:.0f} saves/s"]
    told += [f"{kills} kills"] if drill.full else []
    return Outcome(counted["taken"] + counted["conflict"], tuple(faults(history)), tuple(told))


def _made() -> tuple[int, dict[str, str]]:
    """A short form and ten clerks of its unit; its number, its cells."""
    from msgspec.structs import replace

    from drills.hands.editing import PEOPLE
    from jixiao.office.filing.changing import kept_texts
    from jixiao.office.filing.judging import record_of
    from jixiao.office.filing.starting import start_filing
    from jixiao.office.people.models import Role, User
    from office.making import make_office, make_project, seed_forms

    office = make_office()
    unit = office.organisations["centre"]
    for number in range(PEOPLE):
        user = User.objects.create_user(f"editor{number}", None, name=f"编辑{number}")
        Role.objects.create(user=user, organisation=unit, kind="clerk")
    form = replace(seed_forms()[0], indicators=seed_forms()[0].indicators[:4], extras=())
    filing = start_filing(office.round, make_project(unit, "众人之表"), form, by=None)
    held = record_of(filing)
    return filing.pk, kept_texts(held) | {"rows": " ".join(held.keys)}


def _edited(drill: Drill, filing: int, attempts: int) -> int:
    """Let the editors work to the end; how often a process was killed."""
    share, threads = EDITORS // PROCESSES, THREADS["PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"]
    commands = [
        [sys.executable, "-m", "drills.hands.editing", str(drill.folder), str(filing), f"{first}-{first + share}",
         str(attempts), str(threads), str(drill.seed)]
        for first in range(0, EDITORS, share)
    ]  # fmt: skip
    running = [_started(command) for command in commands]
    kills, dice = 0, Random(drill.seed)  # noqa: S311 -- chance that can be repeated
    while drill.full and all(process.poll() is None for process in running):
        time.sleep(dice.uniform(5, 30))
        victim = dice.randrange(PROCESSES)
        if all(process.poll() is None for process in running):
            running[victim].send_signal(signal.SIGKILL)
            running[victim].wait()
            running[victim], kills = _started(commands[victim]), kills + 1
    for process in running:
        process.wait()
    return kills


def _started(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _history(folder: Path, filing: int, first: dict[str, str]) -> "History":
    from drills.hands.chain import History, Kept
    from drills.hands.editing import lines_of
    from jixiao.office.filing.changing import kept_texts
    from jixiao.office.filing.judging import record_of
    from jixiao.office.filing.models import Filing, Save
    from jixiao.office.filing.saving import changes_of

    now = Filing.objects.get(pk=filing)
    held = record_of(now)
    saves = [
        Kept(save.pk, save.number, save.base, save.refused, save.token, changes_of(save.changes))
        for save in Save.objects.filter(filing=filing).order_by("pk")
    ]
    attempts: list[dict[str, Any]] = [
        line for number in range(EDITORS) for line in lines_of(folder / f"editor-{number}.jsonl")
    ]
    return History(attempts, saves, first, kept_texts(held) | {"rows": " ".join(held.keys)}, now.version)


ROW = Row(
    id="D1",
    zh="五十人同时保存一张表：收下与退回之和等于尝试，版本不分叉，每次退回都给出双方内容",
    en="fifty editors save on one form: taken and refused are attempted, no fork, every refusal shows both texts",
    ci=10_000,
    full=1_000_000,
    unit="saves",
    run=run,
    cores=1,
    postgresql=True,
    shared=True,
)

"""A6: a reader taken over by an attacker gets nothing, and nothing that it answers is believed or does harm.

The evil reader is run as a format is: as a craft of a plain child, and as the eyes of a child that sees. Every attempt
is also made without a cell: one that gets nothing there either (this machine stops anybody) is not counted. All is done
as the user who runs the drill and, where that is root, once more as nobody.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from drills.row import Drill, Outcome, Row
from hostile import evil, evil_lies, unprivileged

_LIE_SECONDS: Final = ("time_out", "crashed", "memory", "empty", "IsArchive")
"""What may become of a lie: a refusal, or a file that is handed on to other children as an archive."""
Told = dict[str, Any]


def run(drill: Drill) -> Outcome:
    """Make every attempt, then tell every lie."""
    users, told = list(_users(drill.folder)), list[str]()
    proven = {name for user in users for name in user["free"] if user["free"][name]}
    faults = [fault for user in users for fault in faults_of(user)]
    lies = {name: evil_lies.told(name) for name in evil_lies.EVERY}
    faults += [f"a lie, {name}: {became}" for name, became in lies.items() if became not in _LIE_SECONDS]
    told += [sentence(user) for user in users]
    told.append(f"{len(lies)} lying answers")
    if len(users) < 2:
        told.append("not made a second time as nobody: run as root, where mounts may be made, to have it so")
    unproven = sorted(set(evil.ATTEMPTS) - proven)
    told.append(f"not counted, for they get nothing without a cell either: {', '.join(unproven) or 'none'}")
    return Outcome(len(proven), tuple(faults), tuple(told))


def _users(folder: Path) -> Iterator[Told]:
    """What came of the attempts of the user we are, and of nobody."""
    command = ["-m", "hostile.evil_run"]
    yield _attempts(folder / "own", command)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        told = _attempts(folder / "nobody", [str(Path(unprivileged.__file__)), sys.executable, *command])
        if told:
            yield told


def _attempts(folder: Path, command: list[str]) -> Told:
    for path in (folder.parent, folder):
        path.mkdir(exist_ok=True)
        path.chmod(0o777)
    run = subprocess.run(  # our own code
        [sys.executable, *command, str(folder)], stdout=subprocess.PIPE, text=True, check=False
    )
    if run.returncode == unprivileged.CANNOT:
        return {}
    if run.returncode:
        raise RuntimeError(f"the evil reader's house ended with {run.returncode}")
    return dict(json.loads(run.stdout.splitlines()[-1]))


def faults_of(user: Told) -> list[str]:
    """Every attempt that got something, and every attempt that was not made."""
    places = {place: user[place] for place in ("cell", "eyes") if place in user}
    found = [
        f"as user {user['user']}, in a child ({place}): {name}: got {got}"
        for place, attempts in places.items() for name, got in attempts.items() if got
    ]  # fmt: skip
    missing = {name for attempts in places.values() for name in set(evil.ATTEMPTS) - set(attempts)}
    return found + [f"as user {user['user']}: {name}: not made" for name in sorted(missing)]


def sentence(user: Told) -> str:
    """As whom, how many attempts get something without a cell, and what the kernel could not enforce."""
    free = sum(1 for got in user["free"].values() if got)
    seen = "with and without eyes" if "eyes" in user else "without eyes, whose extra is not installed"
    missing = ", ".join(user["missing"]) or "nothing"
    return f"user {user['user']}: {free} of {len(user['free'])} succeed without a cell, {seen}; not enforced: {missing}"


ROW = Row(
    id="A6", zh="被攻破的读取进程什么也做不了", en="a reader taken over by an attacker can do nothing",
    ci=15, full=40, unit="escape attempts", run=run,
)  # fmt: skip

"""Faults planted on purpose: what the rows C1 and C2 say of each, as JSON. A process of its own, with a folder."""

import contextlib
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from drills.durable.acts import ACTS, Answer, do, ready
from drills.durable.base import Base, enter, leave, make_base
from drills.durable.troubles import modes
from drills.faulty_io import KILL, Channel
from drills.rows import c1_kill, c2_faults

ACT = next(act for act in ACTS if act.name == "attach evidence")
MODE = modes(full=False)[0]


def main(folder: str) -> None:
    """Plant each, and print what was told."""
    base = make_base(Path(folder), (ACT,))
    print(json.dumps({name: plant(base) for name, plant in PLANTS.items()}, ensure_ascii=False))


def kills(base: Base, plant: Any, *calls: str) -> list[str]:
    """What C1 says of one act killed at some calls, with a fault planted."""
    found = c1_kill.Found()
    with base.fresh() as place:
        way = c1_kill.prepared(base, (ACT,), place)
        numbers = [number for number, name in way.points[0] if name.endswith(calls)] or [0]
        with plant():
            for number in numbers:
                c1_kill.killed(base, c1_kill.Kill(way, 0, number), place, found)
    return found.faults


def failures(base: Base, plant: Any, most: int) -> list[str]:
    """What C2 says of one act whose first calls fail, with a fault planted."""
    with base.fresh() as place:
        before, after, mask = c2_faults.prepared(base, ACT, place)
        trial = c2_faults.Trial(base, ACT, MODE, place, before, after, mask, every=1)
        going_on = trial._beside
        with plant(), patch.object(trial, "_beside", lambda what: going_on(what) and trial.step <= most):
            trial.run()
    return trial.faults


@contextlib.contextmanager
def acknowledged_first() -> Iterator[None]:
    """The office acknowledges before it has done anything."""

    def doing(base: Base, way: Any, place: Path) -> Callable[[Channel], None]:
        def work(channel: Channel) -> None:
            enter(place)
            leave()
            for act in way:
                made = ready(base, act)
                channel.ask("acknowledged")
                channel.begin()
                do(base, act, made)

        return work

    def judge(kill: Any, call: Any) -> int | None:
        return KILL if call.number == kill.call else None

    with patch.object(c1_kill, "doing", doing), patch.object(c1_kill.Kill, "judge", judge):
        yield


@contextlib.contextmanager
def named_before_written() -> Iterator[None]:
    """The store gives a file its name before it holds its bytes."""
    from hashlib import sha256

    from jixiao.office.filing import files

    def put(pieces: Any) -> Any:
        data = b"".join(pieces)
        digest = sha256(data).hexdigest()
        path = files.path_of(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb", buffering=0) as file:
            file.write(data[:4])
            file.write(data[4:])
        return files.Stored(digest, len(data))

    with patch.object(files, "put", put):
        yield


@contextlib.contextmanager
def blind_sweep() -> Iterator[None]:
    """The sweep finds nothing."""
    from jixiao.office.filing import sweeping

    with patch.object(sweeping, "sweep", lambda: sweeping.Swept(0, 0, 0, 0)):
        yield


@contextlib.contextmanager
def always_done() -> Iterator[None]:
    """Whatever happened, the office says that it is done."""
    with patch.object(c2_faults, "do", lambda *given: replace(do(*given), done=True)):
        yield


@contextlib.contextmanager
def of_two_parts() -> Iterator[None]:
    """Something is written before the act, apart from it."""

    def done(*given: Any) -> Answer:
        from django.db import DatabaseError

        from jixiao.office.people.models import User

        with contextlib.suppress(DatabaseError):
            User.objects.create_user(f"half{random.randrange(10**9)}")  # noqa: S311 -- a name
        return do(*given)

    with patch.object(c2_faults, "do", done):
        yield


@contextlib.contextmanager
def wordless() -> Iterator[None]:
    """No failure is known for what it is."""
    with patch("jixiao.office.look.failing.trouble_of", lambda _: None):
        yield


PLANTS: dict[str, Callable[[Base], list[str]]] = {
    "nothing (C1)": lambda base: kills(base, contextlib.nullcontext, "fdatasync log", "store"),
    "acknowledged first": lambda base: kills(base, acknowledged_first, "fdatasync log"),
    "named before written": lambda base: kills(base, named_before_written, "store", "aside", "folder"),
    "blind sweep": lambda base: kills(base, blind_sweep, "fdatasync log"),
    "nothing (C2)": lambda base: failures(base, contextlib.nullcontext, 12),
    "always done": lambda base: failures(base, always_done, 3),
    "of two parts": lambda base: failures(base, of_two_parts, 24),
    "wordless": lambda base: failures(base, wordless, 3),
}
"""Each fault, and the row that has to tell it."""


if __name__ == "__main__":
    main(sys.argv[1])

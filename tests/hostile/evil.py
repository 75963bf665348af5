"""A reader taken over by an attacker: what it tries in the child, and what it got. Named as a craft is; see `evil_run`.

Nothing here is of the project, so that the same attempts can be made in a process without a cell, where they succeed:
an attempt that could not succeed anywhere would prove nothing.
"""

import ctypes
import json
import os
from collections.abc import Callable
from typing import Any, Final

from hostile import evil_calls, evil_files, evil_network, evil_processes

Aims = dict[str, Any]
"""What there is to aim at: paths, ports, process ids; see `evil_run.Aims`."""

ATTEMPTS: Final[dict[str, Callable[[Aims], object]]] = {
    **evil_files.ATTEMPTS, **evil_network.ATTEMPTS, **evil_processes.ATTEMPTS, **evil_calls.ATTEMPTS,
}  # fmt: skip
"""Name → the attempt: gives what it got, or fails as the system makes it fail."""


def attempt(_: bytes, job: bytes) -> bytes:
    """As a craft: make the attempt that the job names, and tell what came of it."""
    asked = json.loads(job)
    return json.dumps(outcome(asked["name"], asked["aims"]), default=repr).encode()


def outcome(name: str, aims: Aims) -> dict[str, object]:
    """What came of one attempt: `got`, or by what it was stopped."""
    ctypes.set_errno(0)
    try:
        return {"got": repr(ATTEMPTS[name](aims))[:200]}
    except (OSError, MemoryError, ValueError, RuntimeError, LookupError) as error:
        return {"stopped": f"{type(error).__name__} {getattr(error, 'errno', '') or error}".strip()}


def main(words: str) -> None:
    """In a process of its own, without a cell: print what came of it."""
    asked = json.loads(words)
    print(json.dumps(outcome(asked["name"], asked["aims"]), default=repr), flush=True)
    os._exit(0)

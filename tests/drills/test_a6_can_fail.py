"""The row A6 can fail: a child without one of its fences is told, attempt by attempt."""

import json
import os
from pathlib import Path

import pytest

from drills.rows import a6_cell
from hostile import evil, evil_run
from hostile.test_evil import without
from jixiao.reading.worker import Worker

FENCES = {
    "the filter of calls": ("import jixiao.reading.calls as c; c.hold = lambda rules: False", "outlive the parent"),
    "all of them": (
        "import jixiao.reading.confine as c; c.part = list; c.limit = lambda m: ['memory']; c.lock = lambda **k: []",
        "read another's upload",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fence", FENCES)
def test_a_child_without_a_fence_is_told(fence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a fence taken away, the attempt that it stops gets something, and the row says so."""
    code, name = FENCES[fence]
    without(monkeypatch, code)
    path = tmp_path / "another.pdf"
    path.write_bytes(b"secret")
    with Worker(evil_run.LIMITS, craft="hostile.evil:attempt") as worker:
        got = evil_run._told(worker, json.dumps({"name": name, "aims": {"victim": str(path)}}), seeing=False)
    user = {"user": os.geteuid(), "cell": dict.fromkeys(evil.ATTEMPTS, "") | {name: got}}
    (told,) = a6_cell.faults_of(user)
    assert name in told


def test_an_attempt_that_was_not_made_is_told() -> None:
    """Attempts that are missing from a report are a fault."""
    assert len(a6_cell.faults_of({"user": 0, "cell": {}})) == len(evil.ATTEMPTS)


def test_what_is_not_enforced_is_said() -> None:
    """The row's sentence names what the kernel could not enforce, and how many attempts prove something."""
    told = a6_cell.sentence({"user": 1, "missing": ["own network"], "free": {"a": "x", "b": ""}})
    assert told == (
        "user 1: 1 of 2 succeed without a cell, without eyes, whose extra is not installed; not enforced: own network"
    )

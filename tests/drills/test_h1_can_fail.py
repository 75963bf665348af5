"""The drill that kills builds of a corpus tells what is missing, too much, of other bytes, or still at work."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drills.rows import h1_corpus_kill
from drills.rows.h1_corpus_kill import differing, digests


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two files that could be those of a corpus."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "part-000000.parquet").write_bytes(b"one")
    (tmp_path / "corpus.json").write_bytes(b"two")
    return tmp_path


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda out: (out / "corpus.json").unlink(), "corpus.json: is missing"),
        (lambda out: (out / "corpus.json").write_bytes(b"tw0"), "corpus.json: other bytes"),
        (lambda out: (out / "forms" / ".jixiao-x").write_bytes(b""), "forms/.jixiao-x: nobody asked for it"),
    ],
)
def test_a_planted_difference_is_told(corpus: Path, spoil: Callable[[Path], object], told: str) -> None:
    """And without one, nothing is."""
    wanted = digests(corpus)
    assert list(differing(wanted, digests(corpus))) == []
    spoil(corpus)
    assert list(differing(wanted, digests(corpus))) == [told]


def test_a_process_that_lives_on_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child of a killed process that nobody ended is seen; once it is ended, it is not."""
    monkeypatch.setattr(h1_corpus_kill, "_GONE", 0.3)
    child = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    work = subprocess.Popen(
        [sys.executable, "-c", child + "print('', flush=True); time.sleep(60)"], stdout=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    assert work.stdout is not None
    work.stdout.readline()
    os.kill(work.pid, signal.SIGKILL)
    work.wait()
    work.stdout.close()
    assert not h1_corpus_kill._all_gone(work.pid)
    os.killpg(work.pid, signal.SIGKILL)
    monkeypatch.setattr(h1_corpus_kill, "_GONE", 20)
    assert h1_corpus_kill._all_gone(work.pid)

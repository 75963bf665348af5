"""The setting of Polars' allocator is made before Polars is there, and leaves another's setting alone."""

import os
import subprocess
import sys

import pytest

from jixiao.desk.corpus.memory import keep_freed_memory

NAME = "_RJEM_MALLOC_CONF"


def test_the_command_has_not_imported_polars_when_it_sets_the_allocator() -> None:
    """Else the setting would come too late for its own process."""
    code = "import sys, jixiao.cli.corpus_score, jixiao.desk.corpus.memory; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 -- our own words


def test_another_setting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the machine decides."""
    monkeypatch.setenv(NAME, "dirty_decay_ms:0")
    keep_freed_memory()
    assert os.environ[NAME] == "dirty_decay_ms:0"
    monkeypatch.delenv(NAME)
    keep_freed_memory()
    assert "dirty_decay_ms" in os.environ[NAME]

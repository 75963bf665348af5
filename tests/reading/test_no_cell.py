"""Where a system limits nothing, nothing is read unless the caller was told to."""

from pathlib import Path

import pytest

from hostile.test_evil import without
from jixiao.reading import Limits, Unreadable
from jixiao.reading.worker import Worker

NO_LIMITS = (
    "import jixiao.reading.confine as c; c.limit = lambda megabytes: []; c.limit_processor = lambda seconds: False"
)


def test_without_any_limit_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system limits nothing, a child refuses its file and says how to have it read all the same."""
    words = (Path(__file__).parents[2] / "examples" / "shanghai-2024.txt").read_bytes()
    without(monkeypatch, NO_LIMITS)
    with Worker(Limits()) as child, pytest.raises(Unreadable) as caught:
        child.read(words, "f")
    assert caught.value.code == "no_cell"
    assert "JIXIAO_READ_WITHOUT_CELL=yes" in caught.value.advice_zh
    monkeypatch.setenv("JIXIAO_READ_WITHOUT_CELL", "yes")
    with Worker(Limits()) as child:
        assert len(child.read(words, "f")) == 7

"""What a reader taken over may answer: nothing of it is believed, and nothing of it harms the parent."""

import pytest

from hostile import evil_lies
from jixiao.reading import Limits

SLOW = {
    "a frame that never comes",
    "a drop every second",
    "to sleep",
    "to work on for ever",
    "a letter to take no more",
}
HANDED_ON = {"an archive that is none": "IsArchive", "an error of ten megabytes": "empty"} | {
    "memory that did not run out": "memory"
}


@pytest.mark.parametrize("name", evil_lies.EVERY)
def test_a_lie_is_not_believed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a child answers: a refusal of the contract, with the code that it deserves, in time."""
    monkeypatch.setattr(evil_lies, "LIMITS", Limits(seconds=1 if name in SLOW else 20))
    wanted = "time_out" if name in SLOW else HANDED_ON.get(name, "crashed")
    assert evil_lies.told(name) == wanted

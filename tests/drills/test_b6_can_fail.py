"""Row B6 notices a replay that is not byte-equal, and a changed byte that is not named."""

from pathlib import Path

import pytest

from drills.row import Drill, Outcome
from drills.rows import b6_replayed
from jixiao.desk import replaying, sealing
from jixiao.journal.sealing import open_sealed


def ran(count: int) -> Outcome:
    """The row, with a tiny count."""
    return b6_replayed.ROW.run(Drill(count, 1, Path()))


def test_it_passes() -> None:
    """The seed's forms and some golden ones are replayed, and each changed byte is named."""
    assert (ran(9).count, ran(9).faults) == (9, ())


def test_it_sees_a_replay_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of the document that comes out otherwise when it is worked out anew."""
    true = replaying.replay
    monkeypatch.setattr(sealing, "replay", lambda body: body)
    assert ran(2).faults == ()
    monkeypatch.setattr(sealing, "differences", lambda sealed, _body, name: _differ(sealed, true, name))
    assert any("/program" in fault for fault in ran(2).faults)


def _differ(sealed: bytes, true: object, name: str) -> object:
    from msgspec.structs import replace

    from jixiao.writing.sealed import read_body

    assert callable(true)
    return replaying.differences(sealed, replace(true(read_body(sealed)), program="0.0"), name)


def test_it_sees_a_changed_byte_that_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verifier that looks at the signature alone names no line."""
    monkeypatch.setattr("jixiao.journal.sealing._judged", lambda *_: iter(()))
    assert open_sealed is not None
    outcomes = [b6_replayed.ROW.run(Drill(2, seed, Path())).faults for seed in range(4)]
    assert any("changed, told were" in fault for faults in outcomes for fault in faults)

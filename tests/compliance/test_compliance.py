"""The tables of rules beside their evidence: whole, and able to fail."""

from pathlib import Path

import pytest

from compliance.evidence import ASVS, DENGBAO, Item, faults_of, items, missing
from drills.row import Drill
from drills.rows import g1_asvs, g2_dengbao


def test_everything_that_the_tables_name_is_there(tmp_path: Path) -> None:
    """Every test, page, heading, setting and step; nothing is met by nothing or out for no reason."""
    for row in (g1_asvs.ROW, g2_dengbao.ROW):
        outcome = row.run(Drill(row.ci, 1, tmp_path))
        assert outcome.faults == ()
        assert outcome.count >= row.ci


def test_level_one_is_whole() -> None:
    """Seventy items of level 1, a hundred and fifty-two of level 2, each once."""
    levels = [item.level for item in items(ASVS)]
    assert (levels.count(1), levels.count(2)) == (70, 152)
    assert len({item.id for item in items(ASVS)}) == len(levels)
    assert all(item.zh and item.asks for item in items(DENGBAO))


@pytest.mark.parametrize(
    "named",
    [
        "tests/compliance/test_compliance.py::test_that_is_not_there", "tests/none.py::test_x", "docs/none.md",
        "docs/compliance/README.md#no-such-heading", "JIXIAO_NO_SUCH", "tests/compliance/evidence.py::missing",
        "docs/compliance/deployment.md#99",
    ],
)  # fmt: skip
def test_evidence_that_is_not_there_is_told(named: str) -> None:
    """A test, file, page, heading, setting or step that is not there."""
    assert missing(named)
    assert list(faults_of(Item("x", 1, "", "met", (named,))))


@pytest.mark.parametrize("verdict", ["met", "setting", "not met", "out", "perhaps"])
def test_a_verdict_without_its_ground_is_told(verdict: str) -> None:
    """Met by nothing, not met for no reason, or no verdict at all."""
    assert list(faults_of(Item("x", 1, "", verdict)))


def test_a_skipped_test_is_no_evidence(tmp_path: Path) -> None:
    """What does not run shows nothing."""
    (tmp_path / "test_a.py").write_text("import pytest\n@pytest.mark.skip\ndef test_a(): ...\ndef test_b(): ...\n")
    assert missing("test_a.py::test_a", tmp_path)
    assert not missing("test_a.py::test_b", tmp_path)

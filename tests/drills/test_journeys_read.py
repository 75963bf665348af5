"""The row of journeys can fail: a journey that failed, pages that nobody judged, no run at all."""

from pathlib import Path

from drills.journeys import walked

_CASE = '<testcase classname="tests.browser.{}" name="{}">{}</testcase>'


def written(folder: Path, *cases: tuple[str, str, str]) -> Path:
    """A report of pytest."""
    body = "".join(_CASE.format(*case) for case in cases)
    (folder / "report.xml").write_text(f"<testsuites><testsuite>{body}</testsuite></testsuites>")
    return folder / "report.xml"


def test_journeys_are_counted(tmp_path: Path) -> None:
    """Those that went through; tests of the grid alone are none."""
    told = walked(written(tmp_path, ("test_journey_year", "test_a", ""), ("test_first_start", "test_b", ""),
                          ("test_grid_live", "test_c", ""), ("test_accessible", "test_d", "")))  # fmt: skip
    assert (told.journeys, told.judged, told.faults) == (2, 1, ())


def test_a_journey_that_failed_is_told(tmp_path: Path) -> None:
    """And is not counted."""
    told = walked(written(tmp_path, ("test_journey_year", "test_a", "<failure/>"), ("test_accessible", "test_d", "")))
    assert (told.journeys, len(told.faults)) == (0, 1)


def test_pages_that_nobody_judged_are_told(tmp_path: Path) -> None:
    """Journeys alone say nothing of accessibility; neither does a report that is not there."""
    assert walked(written(tmp_path, ("test_journey_year", "test_a", ""))).faults
    assert walked(tmp_path / "none.xml").faults

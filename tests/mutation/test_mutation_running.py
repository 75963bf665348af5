"""What a mutation run may call noticed, and which tests it asks."""

import signal

import pytest

from mutation import plan
from mutation.__main__ import every_site
from mutation.running import HOUSE, verdict_on


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (0 << 8, "survived"),
        (1 << 8, "killed"),  # a test failed
        (2 << 8, "killed"),  # the house did not load
        (3 << 8, "unclear"),  # pytest itself failed
        (4 << 8, "unclear"),  # it was called wrongly
        (5 << 8, "survived"),  # it found no test
        (signal.SIGXCPU, "timeout"),
        (signal.SIGKILL, "unclear"),
        (signal.SIGSEGV, "unclear"),
    ],
)
def test_only_a_test_that_fails_or_an_endless_run_notices(status: int, verdict: str) -> None:
    """A failed test, a house that does not load and a run beyond its processor time; nothing else counts."""
    assert verdict_on(status) == verdict


def test_every_change_is_asked_of_tests_that_are_there() -> None:
    """Each changed file has stages, each stage names tests of the house, and no stage is asked twice."""
    for file in {site.file for site in every_site()}:
        stages = plan.stages(file)
        assert len(stages) == len(set(stages)) >= 2
        for stage in stages:
            paths = [argument for argument in stage if argument.startswith("tests/")]
            assert paths
            assert all((HOUSE / path).exists() for path in paths)


def test_a_book_is_asked_of_its_own_cases_first() -> None:
    """The first stage of a place's book is its own worked cases; the ministry's stands under all books."""
    assert plan.stages(f"{plan.BOOKS}cn-hubei/2020-02-25.toml")[0][-1] == "cn-hubei"
    assert plan.stages(f"{plan.BOOKS}cn/2020-02-25.toml")[0] == ("tests/rulebook/test_books_contract.py",)


def test_no_test_of_scoring_is_forgotten() -> None:
    """The list that puts the quick ones first holds all there are."""
    listed = {argument for argument in plan.stages("src/jixiao/scoring/scorer.py")[0] if argument.startswith("tests/")}
    assert listed == {f"tests/scoring/{path.name}" for path in (HOUSE / "tests/scoring").glob("test_*.py")}

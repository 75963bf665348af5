"""Texts that are no forms, or that were made to hurt: an answer in bounded time, never an exception."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.reading.text import read_text

HOUSE = Path(__file__).resolve().parents[2]
SEED = (HOUSE / "examples" / "shanghai-2024.txt").read_text(encoding="utf-8")
HEAD = SEED[: SEED.index("组织金融服务相关活动")]
SECOND = 10**9
PIECES = (
    "项目名称",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "三级指标",
    "实际完成值",
    "指标",
    "满意",
    "10.00",
    "≥5",
    "-",
    "总分",
    "\f",
)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n\f\n", "今天天气很好，我们去公园。\n" * 500, "项目名称\n" * 500, "项目名称 某项目 主管部门 某局\n"],
)
def test_a_text_without_a_form_has_no_forms(text: str) -> None:
    """Emptiness, prose, and a list of project names are no forms."""
    assert read_text(text, "x.txt") == ()


def test_a_form_without_rows_says_so() -> None:
    """A form that breaks off behind the column labels is read as far as it goes; what lacks is named."""
    (form,) = read_text(HEAD[: HEAD.index("产出")], "x.txt")
    assert form.project.name == "科技金融"
    assert form.indicators == ()
    assert {(problem.pointer, problem.code) for problem in form.problems} >= {
        ("/indicators", "missing"),
        ("/total/score", "missing"),
    }


def test_a_cell_left_out_is_null_and_named() -> None:
    """Where a score is not printed the field is null with a problem, and the other cells of the row are read."""
    (form, *_) = read_text(SEED.replace("≥7.00(次) 7.00(次) 10.00 10.00", "≥7.00(次) 7.00(次) 10.00"), "x.txt")
    line = form.indicators[0]
    assert (line.name, str(line.weight), line.score) == ("组织金融服务相关活动", "10.00", None)
    assert ("/indicators/0/score", "missing") in {(problem.pointer, problem.code) for problem in form.problems}


@pytest.mark.parametrize("filler", ["10 ", "完成工作\n", "指标\n满意\n", "完成\f\n5 ", "（\n", "9" * 400 + "\n"])
def test_long_nonsense_is_given_up_in_time(filler: str) -> None:
    """A body of near a thousand pieces of nonsense takes seconds, is kept as text, and is reported."""
    began = time.monotonic_ns()
    (form,) = read_text(HEAD + filler * 900, "x.txt")
    assert time.monotonic_ns() - began < 60 * SECOND
    assert form.project.name == "科技金融"
    assert form.problems


def test_megabytes_without_a_form_are_passed_over() -> None:
    """Five megabytes that never name a project are not looked at closely."""
    began = time.monotonic_ns()
    assert read_text("abc def 10.00 预算\n" * 300_000, "x.txt") == ()
    assert time.monotonic_ns() - began < 10 * SECOND


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from([" ", "\n", "\n\n"]))
def test_any_shuffle_of_labels_is_read_without_failing(pieces: list[str], joint: str) -> None:
    """Labels, numbers and page breaks in any order give forms or none, never an exception."""
    for form in read_text(joint.join(pieces), "x.txt"):
        assert all(place.line and place.column for places in form.places.values() for place in places)


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Any text at all, alone or inside a form, is read without failing."""
    assert read_text(text, "x.txt") == ()
    assert len(read_text(HEAD + text, "x.txt")) >= 1

"""Waivers: what holds, what ends, what lapses, what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import Form, FundRow
from jixiao.review.folder.brief import Stamps, key_of
from jixiao.review.folder.waivers import Waivers, WaiversRefused, draft, load_waivers
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Text
from oracle import any_form
from oracle.right_forms import right_form

FORM = right_form(3)
WORDS = Text("问", "ask")
FINDING = Finding("JX204", "n", "doubt", "warning", "/funds/total", (), WORDS, WORDS, WORDS)
GIVEN = date(2025, 3, 1)
DRAFT = draft(key_of(FORM), FINDING.code, FINDING.pointer, Stamps(FORM).of(FINDING.pointer), GIVEN)
GOOD = DRAFT.replace('who = ""', 'who = "张三"').replace('reason = ""', 'reason = "已批复"')


def state(day: date, form: Form = FORM, finding: Finding = FINDING, text: str = GOOD) -> str | None:
    """What the waiver says of the finding on a day."""
    ruling = Waivers(load_waivers(text), day).rulings(form, [finding])[0]
    return None if ruling is None else ruling.state


def test_a_waiver_holds_from_its_day_to_its_end() -> None:
    """The first and the last day count."""
    assert [state(date(2025, 2, 28)), state(GIVEN), state(date(2025, 3, 2))] == ["not yet", "holds", "expired"]


def test_it_lapses_when_the_row_changes_and_only_then() -> None:
    """Another amount in the row, or another execution score, brings the finding back; another text does not."""
    funds = replace(FORM.funds, total=FundRow(Decimal(1), Decimal(1), Decimal(1)))
    assert state(GIVEN, replace(FORM, funds=funds)) == "changed"
    assert state(GIVEN, replace(FORM, execution=replace(FORM.execution, score=Decimal(1)))) == "changed"
    assert state(GIVEN, replace(FORM, goal=replace(FORM.goal, actual="已完成"), title="另一个标题")) == "holds"


def test_it_is_of_one_form_one_check_and_one_cell() -> None:
    """Another year, unit, project, check or cell is not waived."""
    others = [
        replace(FORM, fiscal_year=2023),
        replace(FORM, unit="另一中心"),
        replace(FORM, project=replace(FORM.project, name="另一项目")),
    ]
    assert [state(GIVEN, form) for form in others] == [None] * 3
    assert state(GIVEN, finding=replace(FINDING, code="JX205")) is None
    assert state(GIVEN, finding=replace(FINDING, pointer="/funds/total/initial")) is None


def test_white_space_and_wide_letters_do_not_count() -> None:
    """A form read from another file, with a line break in its project's name, is the same form."""
    spaced = replace(FORM, project=replace(FORM.project, name=" ".join(FORM.project.name)))
    assert state(GIVEN, spaced) == "holds"


@settings(max_examples=40, deadline=None)
@given(
    any_form.forms(), st.sampled_from(["", "/title", "/indicators/0/score", "/funds/more/0", "/declared_weights/a~1b"])
)
def test_a_draft_once_filled_in_holds(form: Form, pointer: str) -> None:
    """Whatever texts a form has, the draft printed beside a finding is a waiver of that finding."""
    finding = replace(FINDING, pointer=pointer)
    text = (
        draft(key_of(form), "JX204", pointer, Stamps(form).of(pointer), GIVEN)
        .replace('who = ""', 'who = "张三"')
        .replace('reason = ""', 'reason = "已批复"')
    )
    waiver = load_waivers(text)[0]
    assert state(GIVEN, form, finding, text) == "holds"
    assert waiver.read == Stamps(form).of(pointer)


def test_nothing_and_an_empty_list_waive_nothing() -> None:
    """A file of comments is a list of no waivers."""
    assert load_waivers("# 暂无\n") == ()
    assert Waivers((), GIVEN).rulings(FORM, [FINDING]) == [None]


REFUSED = {
    "no TOML": ("[[waiver]", "不是有效的 TOML"),
    "an unknown key": (GOOD + 'colour = "red"\n', "第 1 条"),
    "an unknown table": ("[waivers]\n", "格式不符"),
    "no reason": (DRAFT.replace('who = ""', 'who = "张三"'), "reason"),
    "nobody": (GOOD.replace("张三", "  "), "who"),
    "no end": ("\n".join(GOOD.splitlines()[:-1]), "第 1 条"),
    "an end that is no day": (GOOD.replace("until = 2025-03-01", 'until = "someday"'), "until"),
    "an end before its beginning": (GOOD.replace("until = 2025-03-01", "until = 2025-02-01"), "until 早于 on"),
    "a moment for a day": (GOOD.replace("until = 2025-03-01", "until = 2025-03-01T10:00:00"), "until"),
    "the same twice": (GOOD + GOOD, "第 2 条"),
    "a year of five thousand digits": (GOOD.replace("year = 2024", "year = " + "9" * 5000), "不是有效的 TOML"),
    "a year beyond all numbers": (GOOD.replace("year = 2024", "year = 1e99999999999999999999"), "不是有效的 TOML"),
    "a year in words": (GOOD.replace("year = 2024", 'year = "2024"'), "year"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    """A file that is not of the format is refused with the waiver and the key."""
    text, told = REFUSED[name]
    with pytest.raises(WaiversRefused) as refused:
        load_waivers(text)
    assert told in refused.value.zh
    assert refused.value.en

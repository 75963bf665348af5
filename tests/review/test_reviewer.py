"""The reviewer: one pass, four answers, places, what is missing, one question for one fault."""

import builtins
import socket
from collections.abc import Mapping
from typing import Any, NoReturn

import msgspec
import pytest

from jixiao.form import Form, Place, Problem
from jixiao.review import Answer, Finding, Review, specimen
from oracle.truth import truth_forms
from review import bench_of_books

PLACES = {
    "/funds/total/initial": (Place("a.pdf", page=1),),
    "/funds/total/adjusted": (Place("a.pdf", page=2),),
    "/indicators/0/name": (Place("a.pdf", page=3),),
    "/indicators/0": (Place("a.pdf", page=4), Place("a.pdf", page=5)),
    "/goal": (Place("a.pdf", page=6),),
}


def review(form: Form) -> Review:
    """The review of a form under the ministry's book."""
    return bench_of_books.reviewer().review(form)[1]


def finding(form: Form, code: str) -> Finding:
    """The one finding of a check."""
    (found,) = [finding for finding in review(form).findings if finding.code == code]
    return found


def answers(form: Form) -> Mapping[str, tuple[Answer, ...]]:
    """What every check answers."""
    return bench_of_books.reviewer().answers(form)


def test_four_answers() -> None:
    """A check passes, finds, does not apply, or cannot decide."""
    made = specimen(
        {"lines": {"1": "数量指标 | 其中：雨水井 | ≥10座 | 11座 | - | - | ", "0": "~ | ~ | ~ | ~ | ~ | 16"}}
    )
    assert answers(made)["JX109"][:3] == ("finding", "not applicable", "pass")
    assert answers(specimen({"funds": {"total": "- 90 80"}}))["JX204"] == ("cannot decide",)
    assert answers(specimen({}))["JX204"] == ("pass",)


@pytest.mark.parametrize(
    ("code", "pages"),
    [("JX204", [1, 2]), ("JX405", [3]), ("JX309", [4, 5]), ("JX401", [6])],
    ids=["cells below", "exact", "row above", "block above"],
)
def test_places_of_a_finding(code: str, pages: list[int]) -> None:
    """A finding stands where its cell was read, else where the cells below it or the row above it were."""
    lines = [
        "数量指标 | 弘扬传统文化 | ≥90% | 90% | 50",
        "社会效益指标 | 乙 | ≥90% | 95% | 20",
        "质量指标 | 丙 | ≥90% | 95% | 20",
    ]
    made = specimen({"funds": {"total": "100 20 20"}, "result": "已完成", "indicators": lines})
    made = msgspec.structs.replace(made, places=PLACES | {"/indicators/0/target": PLACES["/indicators/0/name"]})
    assert [place.page for place in finding(made, code).places] == pages


def test_a_finding_without_places() -> None:
    """A form that was not read from a file has findings without places."""
    assert finding(specimen({"result": "已完成"}), "JX401").places == ()


def test_what_is_missing_is_named() -> None:
    """A check that cannot decide names the empty fields in both languages."""
    made = specimen({"lines": {"0": "~ | ~ | ~ | ~ | 15 | - | "}, "sum": "100 99.28"})
    (item,) = [item for item in review(made).undecided if item.code == "JX107"]
    assert item.needs.zh == "自评得分"
    assert item.needs.en == "claimed score"


def test_one_check_is_left_open_once() -> None:
    """A check that cannot decide on several lines says so once."""
    codes = [item.code for item in review(specimen({"funds": {"total": "- - -"}, "execution": "10 - 8"})).undecided]
    assert len(codes) == len(set(codes))
    assert "JX208" in codes


def test_one_fault_is_asked_about_once() -> None:
    """A score raised by one point breaks the sum: the sum's finding names the line, and no other check repeats it."""
    made = specimen({"lines": {"1": "~ | ~ | ~ | ~ | ~ | 9"}, "sum": "100 99.28"})
    assert [(finding.code, finding.pointer) for finding in review(made).findings] == [("JX107", "/indicators/1/score")]


def test_money_is_told_in_the_unit_of_the_form() -> None:
    """Sums are computed in 元 and told in the form's unit."""
    funds = {"total": "320.00 320.00 304.00", "current_year": "300.00 300.00 284.00", "carryover": "21.50 20.00 20.00"}
    for currency in ("万元", "元"):
        found = [
            one for one in review(specimen({"currency": currency, "funds": funds})).findings if one.code == "JX101"
        ]
        assert {one.read.zh.split("，")[-1] for one in found} == {f"各部分之和 321.50 {currency}"}
        assert found[0].read.zh.startswith("年度资金总额·年初预算数 320.00；")
        assert found[0].expected.zh == "其余各格无误时，此格应为 321.50"
        assert found[-1].expected.en == "20.00 here, if all other cells are right"


def test_a_different_book_has_other_numbers() -> None:
    """Thresholds come from the book: where it demands a satisfaction section, its absence is a finding."""
    made = specimen({"indicators": ["数量指标 | 甲 | ≥5次 | 6次 | 50", "社会效益指标 | 乙 | ≥90% | 95% | 40"]})
    strict = bench_of_books.reviewer("cn", ("standard",))
    assert "JX314" not in {finding.code for finding in review(made).findings}
    assert "JX314" in {finding.code for finding in strict.review(made)[1].findings}


def test_the_sheet_is_the_scorers() -> None:
    """The sheet of a review is the sheet of the same book without checks."""
    reviewer = bench_of_books.reviewer("cn-shanghai")
    for form in truth_forms():
        sheet, _ = reviewer.review(form)
        assert sheet.score == sheet.claimed_score
        assert sheet.rulebook == "cn-shanghai"


def test_a_review_is_the_same_every_time() -> None:
    """Reviewed twice, a form has the same findings in the same order, checks in the order of their codes."""
    for form in truth_forms():
        first, again = review(form), review(form)
        assert first == again
        codes = [finding.code for finding in first.findings]
        assert codes == sorted(codes)


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A review opens no file and no connection."""
    reviewer = bench_of_books.reviewer("cn-shanghai")

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was opened")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    assert reviewer.review(truth_forms()[0])[1].findings


def test_an_empty_form() -> None:
    """A form with nothing in it is asked for its name and goal, and faulted for nothing else; the rest is left open."""
    found = review(Form())
    assert [(item.code, item.pointer) for item in found.findings] == [
        ("JX341", "/project/name"),
        ("JX341", "/goal/expected"),
    ]
    assert {item.code for item in found.undecided} >= {"JX310"}


@pytest.mark.parametrize(
    ("pointer", "differs", "code"),
    [
        ("/indicators/0/target", {"lines": {"0": "数量指标 | 改造长度 |  | 12公里 | 15 | 15 | "}}, "JX316"),
        ("/indicators/0/actual", {"lines": {"0": "数量指标 | 改造长度 | ≥12公里 |  | 15 | 15 | "}}, "JX317"),
        ("/indicators/5/deviation", {"lines": {"5": "~ | ~ | ~ | ~ | ~ | 9.78 | 无"}}, "JX302"),
        ("/goal/actual", {"result": ""}, "JX401"),
        ("/indicators/0/score", {"sum": "100 97"}, "JX107"),
        ("/indicators/3", {"sum": "110 99.28"}, "JX106"),
        ("", {"sum": "110 99.28"}, "JX106"),
        ("/funds/other/initial", {"funds": {"total": "320 320 304", "current_year": "300 320 304"}}, "JX101"),
    ],
)
def test_what_could_not_be_read_is_not_called_missing(pointer: str, differs: dict[str, Any], code: str) -> None:
    """A cell that was printed and could not be read is no fault of the unit's; one that was not printed may be."""
    made = specimen(differs)
    unread = msgspec.structs.replace(made, problems=(Problem(pointer, "unreadable", "…"),))
    assert code in {finding.code for finding in review(made).findings}
    assert code not in {finding.code for finding in review(unread).findings}
    empty = msgspec.structs.replace(made, problems=(Problem(pointer, "missing", "…"),))
    assert code in {finding.code for finding in review(empty).findings}

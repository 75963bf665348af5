"""Errors that were really published, each on a form of its own: every one is asked about by the check that names it."""

from typing import Any

import pytest

from jixiao.review import specimen
from review import bench_of_books

ERRORS: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    (
        "a total a point above its rows",
        {"lines": {"1": "~ | ~ | ~ | 56座 | ~ | 3.73 | 停工"}, "sum": "100 94.01", "result": "改造排水管网12.6公里。"},
        [("JX107", "/total/score")],
    ),
    (
        "weights that total 110",
        {"lines": {"4": "~ | ~ | ~ | ~ | 29 | 29", "0": "~ | ~ | ~ | ~ | 16 | 16"}, "sum": "110 109.28"},
        [("JX305", "/total/weight")],
    ),
    (
        "a rate of 102.59 %",
        {"funds": {"total": "116.00 116.00 119.00"}, "execution": "10 102.59 10.00"},
        [("JX201", "/funds/total/executed")],
    ),
    (
        "a fund total of 0 above a part of 90",
        {"funds": {"total": "0.00 90.00 90.00", "current_year": "90.00 90.00 90.00", "carryover": "0 0 0"}},
        [("JX101", "/funds/total/initial"), ("JX101", "/funds/current_year/initial")],
    ),
    ("7 of 10 points for a target met", {"lines": {"1": "~ | ~ | ~ | ~ | ~ | 7"}}, [("JX303", "/indicators/1/score")]),
    ("220.8 % of the target", {"lines": {"1": "~ | ~ | ~ | 331.2座"}}, [("JX344", "/indicators/1/actual")]),
    ("a target in % and an actual in 件", {"lines": {"2": "~ | ~ | ~ | 98件"}}, [("JX318", "/indicators/2/actual")]),
    ("72 % executed and not a word", {"funds": {"total": "250 250 180"}}, [("JX202", "/execution")]),
    ("an execution score of 10 for 95 %", {"execution": "10 95.00 10.00"}, [("JX208", "/execution/score")]),
    ("a rate rounded to the wrong side", {"execution": "10 95.10 9.5"}, [("JX104", "/execution/rate")]),
    ("元 entered for 万元", {"funds": {"total": "3200000 320 304"}}, [("JX206", "/funds/total")]),
    (
        "a row of the template left in",
        {"lines": {"0": "~ | 维修面积 | ≥××平方米 | 300平方米"}, "goal": "维修排水泵房，更换检查井盖150座。"},
        [("JX411", "/indicators/0")],
    ),
]


@pytest.mark.parametrize(("differs", "asked"), [case[1:] for case in ERRORS], ids=[case[0] for case in ERRORS])
def test_a_published_error(differs: dict[str, Any], asked: list[tuple[str, str]]) -> None:
    """The error is asked about at its cell, and nothing else is: one fault, one question."""
    _, review = bench_of_books.reviewer().review(specimen(differs))
    assert [(finding.code, finding.pointer) for finding in review.findings] == asked


LAWFUL: list[tuple[str, dict[str, Any]]] = [
    ("a district's rate of 86.19 % for 86.183 %",
     {"currency": "元", "funds": {"total": "250000 250000 215457.6"}, "execution": "10 86.19 8.62",
      "extras": [["原因", "尾款按合同次年支付", "/funds/total"]]}),
    ("whole points", {"funds": {"total": "250 250 215.5"}, "execution": "10 86.2 9",
                      "extras": [["说明", "结余交回财政", "/funds/total"]]}),
    ("no satisfaction, 10/50/40", {"lines": {"6": "社会效益指标 | 内涝投诉下降率 | ≥20% | 24% | 10"}}),
    ("with cost, 10/20/40/20/10",
     {"goal": "改造老旧排水管网12公里，消除8处积水点。", "result": "改造排水管网12.6公里，消除积水点9处。",
      "indicators": ["经济成本指标 | 每公里造价 | ≤25万元 | 24.1万元 | 20",
                     "数量指标 | 改造长度 | ≥12公里 | 12.6公里 | 10", "质量指标 | 合格率 | ≥95% | 97% | 10",
                     "时效指标 | 完工率 | =100% | 100% | 20", "社会效益指标 | 消除积水点 | ≥8处 | 9处 | 20",
                     "服务对象满意度指标 | 居民满意度 | ≥90% | 93% | 10"]}),
    ("a carry-over in the adjusted budget",
     {"funds": {"total": "100 180 175", "current_year": "100 100 95", "carryover": "0 80 80"}}),
    ("only one part of the funds printed",
     {"funds": {"total": "320.00 320.00 304.00", "current_year": "200 200 190", "other": "- - -"}}),
    ("a total without grade", {"grade": ""}),
    ("an unscored row under a scored one", {"lines": {"1": "数量指标 | 其中：雨水井 | ≥50座 | 58座 | - | - | ",
                                                     "0": "~ | ~ | ~ | ~ | 25 | 25"}}),
    ("a day before its deadline", {"lines": {"3": "时效指标 | 完工时间 | 2023年6月底前 | 2023年6月20日 | 10"}}),
    ("points off for a missed target, with the reason",
     {"lines": {"0": "~ | ~ | ~ | 9公里 | ~ | 11.25 | 三标段征地未完成，次年3月续建"},
      "result": "改造排水管网9公里，更换井盖158座。"}),
]  # fmt: skip


@pytest.mark.parametrize("differs", [case[1] for case in LAWFUL], ids=[case[0] for case in LAWFUL])
def test_what_is_lawful(differs: dict[str, Any]) -> None:
    """A lawful case is asked nothing."""
    _, review = bench_of_books.reviewer().review(specimen(differs))
    assert [(finding.code, finding.pointer, finding.read.zh) for finding in review.findings] == []

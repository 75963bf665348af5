"""The form on the wire: round trips, digits, absent parts, what is refused, and the published schema."""

import json
import re
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given

from jixiao.form import (
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Indicator,
    LabelledFundRow,
    Place,
    Problem,
    Project,
    Target,
    Total,
    decode_forms,
    encode,
    encode_forms,
    from_wire,
    json_schema,
    place_wire,
    to_wire,
)
from oracle.any_form import forms
from oracle.schema_reader import faults

SAMPLE: dict[str, Any] = {
    "schema": "jixiao/form/1",
    "title": "财政项目支出绩效自评表",
    "fiscal_year": 2024,
    "project": {"name": "科技金融", "code": None},
    "department": "上海推进科技创新中心建设办公室",
    "unit": "上海推进科技创新中心建设办公室",
    "currency_unit": "万元",
    "funds": {
        "total": {"initial": "130.00", "adjusted": "1.60", "executed": "1.60"},
        "current_year": {"initial": "130.00", "adjusted": "1.60", "executed": "1.60"},
        "carryover": {"initial": "0.00", "adjusted": "0.00", "executed": "0.00"},
        "other": {"initial": "0.00", "adjusted": "0.00", "executed": "0.00"},
        "more": [{"label": "财政专户管理资金", "initial": "0.00", "adjusted": "0.00", "executed": None}],
    },
    "execution": {"weight": "10.00", "rate": "100.00", "score": "10.00"},
    "goal": {"expected": "挖掘有潜力的优质科创企业，…", "actual": "已完成。"},
    "indicators": [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "组织金融服务相关活动",
            "target": {"text": "≥7.00(次)", "operator": "≥", "value": "7.00", "unit": "次"},
            "actual": {"text": "7.00(次)", "value": "7.00", "unit": "次"},
            "weight": "10.00",
            "score": "10.00",
            "deviation": "",
        }
    ],
    "total": {"weight": "100.00", "score": "100.00"},
    "grade": "优",
    "declared_weights": {"产出指标": "50"},
    "extras": [{"label": "改进措施及结果应用方案", "text": "…", "pointer": None}],
    "problems": [{"pointer": "/indicators/3/score", "code": "unreadable", "message": "…"}],
    "places": {
        "/indicators/0/target": [
            {
                "file": "a.pdf",
                "page": 1,
                "box": [71.2, 402.9, 188.0, 431.5],
                "cell": None,
                "line": None,
                "column": None,
                "confidence": 1.0,
            }
        ]
    },
}


def test_the_sample_of_the_contract_survives_the_round_trip() -> None:
    """The document of the contract reads into a form and prints the same again."""
    assert json.loads(encode(to_wire(from_wire(SAMPLE)))) == SAMPLE


@given(forms())
def test_any_form_survives_its_json(form: Form) -> None:
    """A form is equal to what is read back from its JSON, by either reader."""
    assert from_wire(json.loads(encode(to_wire(form)))) == form
    assert decode_forms(encode_forms([form, form])) == (form, form)


@given(forms())
def test_any_form_is_of_the_published_schema(form: Form) -> None:
    """What is printed is an instance of the published schema, nothing more and nothing less."""
    assert faults(json.loads(encode(to_wire(form))), json_schema()) == []


@given(forms())
def test_decimals_are_digit_strings_without_exponents(form: Form) -> None:
    """Each amount, rate and score prints as a string of digits."""
    wire = to_wire(form)
    rows = [wire["execution"], wire["total"], *(wire["funds"][name] for name in ("total", "current_year", "other"))]
    for value in [value for row in rows for value in row.values() if value is not None]:
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (Decimal("130.00"), "130.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.5E-7"), "0.00000015"),
        (Decimal("0E-2"), "0.00"),
        (Decimal("-0.50"), "-0.50"),
        (None, None),
    ],
)
def test_a_number_prints_in_digits(number: Decimal | None, digits: str | None) -> None:
    """A number made in exponent form prints in digits; an absent one is null."""
    wire = to_wire(Form(total=Total(weight=number), funds=Funds(more=(LabelledFundRow("x", executed=number),))))
    assert wire["total"]["weight"] == digits
    assert wire["funds"]["more"][0]["executed"] == digits


def test_empty_optional_parts_are_absent() -> None:
    """declared_weights, problems and funds.more are not printed when they are empty; all else is."""
    wire = to_wire(Form())
    assert "more" not in wire["funds"]
    assert {"declared_weights", "problems"}.isdisjoint(wire)
    assert set(SAMPLE) - set(wire) == {"declared_weights", "problems"}


def test_filled_optional_parts_are_printed() -> None:
    """declared_weights, problems and funds.more are printed when they hold something."""
    form = Form(
        declared_weights={"产出指标": Decimal(50)},
        problems=(Problem("/grade", "unreadable", "x"),),
        funds=Funds(more=(LabelledFundRow("单位资金"),)),
    )
    wire = to_wire(form)
    assert wire["declared_weights"] == {"产出指标": "50"}
    assert wire["problems"] == [{"pointer": "/grade", "code": "unreadable", "message": "x"}]
    assert wire["funds"]["more"] == [{"label": "单位资金", "initial": None, "adjusted": None, "executed": None}]


def test_schema_and_title_stand_first_and_places_last() -> None:
    """A person who opens the file sees what it is first, and the long list of places last."""
    names = list(to_wire(Form()))
    assert (names[:2], names[-1]) == (["schema", "title"], "places")


def test_the_geometry_of_a_place_is_numbers() -> None:
    """Boxes and confidence print as numbers, digit by digit, not as strings."""
    place = Place("a.pdf", page=1, box=(Decimal("71.20"), Decimal(1), Decimal("2.5"), Decimal(3)))
    assert b'"box":[71.20,1,2.5,3]' in encode(place_wire(place))
    assert b'"confidence":1.0' in encode(place_wire(place))
    assert b'"box":[71.20,1,2.5,3]' in encode(to_wire(Form(places={"/title": (place,)})))


def test_encode_forms_is_an_indented_array_in_order() -> None:
    """`jixiao read` prints an array, two spaces deep, a form an element."""
    printed = encode_forms([Form(title="甲"), Form(title="乙")]).decode()
    assert printed.startswith('[\n  {\n    "schema": "jixiao/form/1",\n    "title": "甲"')
    assert [form.title for form in decode_forms(printed)] == ["甲", "乙"]
    assert encode_forms([]) == b"[]"


@pytest.mark.parametrize(
    ("wire", "path"),
    [
        ({"title": 5}, "$.title"),
        ({"fiscal_year": "2024"}, "$.fiscal_year"),
        ({"fiscal_year": 0}, "$.fiscal_year"),
        ({"fiscal_year": 10_000}, "$.fiscal_year"),
        ({"schema": "jixiao/form/2"}, "$.schema"),
        ({"total": {"weight": "ten"}}, "$.total.weight"),
        ({"total": {"weight": True}}, "$.total.weight"),
        ({"total": {"weight": "NaN"}}, "$.total.weight"),
        ({"total": {"weight": "-Infinity"}}, "$.total.weight"),
        ({"total": {"weight": "1e999999"}}, "$.total.weight"),
        ({"total": {"weight": "1e-999999"}}, "$.total.weight"),
        ({"funds": {"more": [{"label": "x", "initial": "1e99"}]}}, "$.funds.more[0].initial"),
        ({"indicators": [{"weight": "9" * 100}]}, "$.indicators[0].weight"),
        ({"indicators": [{}, {"target": {"operator": "≥", "value": "many"}}]}, "$.indicators[1].target.value"),
        ({"indicators": [{"target": {"operator": "≥"}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "≥", "value": ["1", "2"]}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "range", "value": "1"}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "range", "value": ["1", "x"]}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "before", "value": "soon"}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "qualitative", "value": "1"}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"value": "1"}}]}, "$.indicators[0].target.value"),
        ({"indicators": [{"target": {"operator": "~", "value": "1"}}]}, "$.indicators[0].target.operator"),
        ({"declared_weights": {"a": "Infinity"}}, "$.declared_weights.a"),
        ({"places": {"/a": [{"file": "a", "box": [1, 2, 3]}]}}, "$.places[...][0].box"),
        ({"extras": [{"label": "a"}]}, "$.extras[0]"),
        ([], "Expected"),
        (None, "Expected"),
    ],
)
def test_what_is_not_of_the_contract_is_refused_with_its_path(wire: object, path: str) -> None:
    """A wrong type, a number that no form prints and a value that does not suit its operator are refused alike."""
    with pytest.raises(msgspec.ValidationError, match=re.escape(path)):
        from_wire(wire)
    with pytest.raises(msgspec.ValidationError, match=r"\$"):
        decode_forms(json.dumps([wire]))


def test_bytes_that_are_no_json_are_refused() -> None:
    """Broken JSON is an error of the same family."""
    with pytest.raises(msgspec.MsgspecError):
        decode_forms(b'[{"title": "a"')


def test_a_form_is_frozen() -> None:
    """No field of a form can be set after it was made."""
    form = Form(project=Project("甲"))
    with pytest.raises(AttributeError):
        setattr(form, "title", "乙")  # noqa: B010 - an assignment is what mypy refuses, too
    with pytest.raises(AttributeError):
        setattr(form.project, "name", "乙")  # noqa: B010 - the same


def test_the_number_the_range_and_the_day_of_a_target_exclude_each_other() -> None:
    """A target has a bound, two ends, a day or none of them, by its operator."""
    bound = Target("≥7", "≥", "7")
    ends = Target("5-10", "range", ("5", "10"))
    day = Target("9月前", "before", "2024-09")
    words = Target("优质", "qualitative")
    assert [target.number for target in (bound, ends, day, words)] == [Decimal(7), None, None, None]
    assert [target.span for target in (bound, ends, day, words)] == [None, (Decimal(5), Decimal(10)), None, None]
    assert [target.due for target in (bound, ends, day, words)] == [None, None, "2024-09", None]


def test_the_sample_is_of_the_schema() -> None:
    """The document of the contract is an instance of the schema."""
    assert faults(SAMPLE, json_schema()) == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("title", None, "title"),
        ("fiscal_year", "2024", "fiscal_year"),
        ("fiscal_year", 2024.5, "fiscal_year"),
        ("fiscal_year", 0, "fiscal_year"),
        ("fiscal_year", 10_000, "fiscal_year"),
        ("schema", "jixiao/form/2", "schema"),
        ("total", {"weight": "1e3", "score": "1"}, "total/weight"),
        ("total", {"weight": 100, "score": "1"}, "total/weight"),
        ("total", {"weight": "1"}, "total"),
        ("total", {"weight": "1", "score": "1", "sum": "1"}, "total"),
        ("declared_weights", {}, "declared_weights"),
        ("declared_weights", {"a": "x"}, "declared_weights/a"),
        ("problems", [], "problems"),
        ("funds", {**SAMPLE["funds"], "more": []}, "funds/more"),
        ("places", {"/a": [{"file": "a"}]}, "places//a/0"),
        ("places", {"/a": [{**SAMPLE["places"]["/indicators/0/target"][0], "box": ["1", 2, 3, 4]}]}, "places//a/0/box"),
        ("places", {"/a": [{**SAMPLE["places"]["/indicators/0/target"][0], "box": [1, 2, 3]}]}, "places//a/0/box"),
        ("indicators", [{**SAMPLE["indicators"][0], "target": {"text": "", "operator": "~"}}], "indicators/0/target"),
        ("unknown", 1, ""),
    ],
)
def test_the_schema_refuses_what_is_not_printed(name: str, value: object, fault: str) -> None:
    """The schema is exact: it refuses what `to_wire` never prints."""
    found = faults(SAMPLE | {name: value}, json_schema())
    assert found
    assert all(path.startswith(fault) for path in found)


@pytest.mark.parametrize("name", sorted(set(SAMPLE) - {"declared_weights", "problems"}))
def test_the_schema_demands_every_part_that_is_always_printed(name: str) -> None:
    """A document without one of the parts that are always printed is not of the schema."""
    assert faults({key: value for key, value in SAMPLE.items() if key != name}, json_schema()) == [""]


def test_the_schema_allows_the_optional_parts_to_be_absent() -> None:
    """declared_weights, problems and funds.more may be absent."""
    lean = {key: value for key, value in SAMPLE.items() if key not in ("declared_weights", "problems")}
    lean["funds"] = {key: value for key, value in SAMPLE["funds"].items() if key != "more"}
    assert faults(lean, json_schema()) == []


def test_all_parts_of_a_form_are_immutable_values() -> None:
    """Two forms made of equal parts are equal."""

    def made() -> Form:
        return Form(
            funds=Funds(total=FundRow(initial=Decimal("1.0"))),
            execution=Execution(rate=Decimal(100)),
            indicators=(Indicator(target=Target("≥1", "≥", "1")),),
            extras=(Extra("a", "b"),),
        )

    assert made() == made()

"""Statistics of similar projects: exact quartiles, counted projects, and what is left out."""

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import Form
from jixiao.review import Peers, specimen
from jixiao.review.context import decode_peers, encode_peers
from jixiao.review.matching import Matcher
from jixiao.review.statistics import peers_from
from jixiao.scoring import Text


def project(length: str, spent: str = "300", unit: str = "公里") -> Form:
    """A project that rebuilt pipes of a length and spent an amount in 万元."""
    row = f"数量指标 | 改造排水管网长度 | ≥1{unit} | {length}{unit} | 50"
    return specimen({"funds": {"total": f"300 300 {spent}"}, "indicators": [row]})


def made(*forms: Form, least: int = 3) -> Peers:
    """The statistics of forms."""
    return peers_from(forms, source="样例", on="2024-03-31", least=least)


def test_quartiles_are_exact() -> None:
    """Quartiles are interpolated between the exact unit costs and rounded once, to the cent."""
    peers = made(project("10"), project("12"), project("15"), project("20"))
    (similar,) = peers.indicators
    assert (similar.name, similar.unit) == ("改造排水管网长度", "公里")
    assert similar.unit_cost is not None
    assert similar.actual is not None
    assert (similar.unit_cost.low, similar.unit_cost.median, similar.unit_cost.high) == (
        Decimal("187500.00"), Decimal("225000.00"), Decimal("262500.00"))  # fmt: skip
    assert (similar.actual.count, similar.actual.median) == (4, Decimal("13.50"))
    assert (peers.projects, peers.years, peers.least) == (4, (2023,), 3)


def test_too_few_projects_make_no_statistic() -> None:
    """Fewer projects than the least are told of nothing: one could tell whose the amount is."""
    assert made(project("10"), project("12")).indicators == ()
    peers = made(project("10"), project("12"), project("15", spent="0"))
    assert peers.indicators[0].unit_cost is None
    assert peers.indicators[0].actual is not None


def test_units_are_brought_to_one_base() -> None:
    """Values are counted in the base unit; another base unit is another group."""
    peers = made(project("100", unit="人次"), project("0.02", unit="万人次"), project("300", unit="人次"))
    assert peers.indicators[0].actual is not None
    assert peers.indicators[0].actual.median == 200
    assert made(project("10"), project("12"), project("15", unit="米")).indicators == ()


def test_a_name_that_stands_twice_is_left_out() -> None:
    """Two quantities of one name on a form say two things; neither is taken."""
    rows = ["数量指标 | 巡查次数 | ≥1次 | 5次 | 40", "数量指标 | 巡查次数 | ≥1次 | 9次 | 10"]
    assert made(*[specimen({"indicators": rows})] * 3).indicators == ()


@given(st.lists(st.integers(1, 10**6), min_size=3, max_size=9))
def test_quartiles_are_in_order(lengths: list[int]) -> None:
    """Whatever the projects did, the quartiles are in order and within what was done."""
    peers = made(*(project(str(length)) for length in lengths))
    spread = peers.indicators[0].actual
    assert spread is not None
    assert min(lengths) <= spread.low <= spread.median <= spread.high <= max(lengths)
    assert Fraction(spread.median) >= min(lengths)


def test_statistics_are_read_back() -> None:
    """What is written is read back the same, digit for digit."""
    peers = made(project("10"), project("12"), project("17"))
    assert decode_peers(encode_peers(peers)) == peers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"low": "', '"low": "NaN'),
        ('"low": "', '"low": "99999999'),
        ("jixiao/peers/1", "jixiao/peers/2"),
        ('"count": 3', '"count": "many"'),
    ],
)
def test_other_statistics_are_refused(old: str, new: str) -> None:
    """A number that is none, quartiles out of order, another contract are refused."""
    data = encode_peers(made(project("10"), project("12"), project("17"))).decode()
    assert old in data
    with pytest.raises(msgspec.MsgspecError):
        decode_peers(data.replace(old, new).encode())


def code(form: Form, code: str | None) -> Form:
    """The form with a project code."""
    return msgspec.structs.replace(form, project=msgspec.structs.replace(form.project, code=code))


def test_a_form_is_found_by_code_then_by_name_within_the_unit() -> None:
    """The code decides where both have one; else name and unit; another code is another project."""
    form, before = specimen({}), specimen({"year": 2022})
    assert Matcher([before], "last_year").find(form) is before
    renamed = code(specimen({"year": 2022, "project": "管网"}), "31000023T000000000001")
    assert Matcher([before, renamed], "last_year").find(code(form, "31000023T000000000001")) is renamed
    assert isinstance(Matcher([code(before, "7")], "last_year").find(code(form, "8")), Text)
    assert isinstance(Matcher([specimen({"year": 2022, "unit": "区排水所"})], "last_year").find(form), Text)


def test_the_year_decides() -> None:
    """Last year's form is of the year before, the approved targets of the same year; a form is never beside itself."""
    form, before = specimen({}), specimen({"year": 2022})
    assert Matcher([form, before, specimen({"year": 2021})], "last_year").find(form) is before
    approved = specimen({"result": ""})
    assert Matcher([form, before, approved], "approved").find(form) is approved


def test_the_year_in_a_name_does_not_count() -> None:
    """A project named for its year is found under last year's name, as in a folder of two years."""
    form, before = specimen({"project": "2023年管网改造"}), specimen({"year": 2022, "project": "管网改造（2022年度）"})
    assert Matcher([before], "last_year").find(form) is before


def test_what_is_not_certain_is_not_taken() -> None:
    """Two forms that could be meant are none, and the sentence says how many there are."""
    found = Matcher([specimen({"year": 2022}), specimen({"year": 2022})], "last_year").find(specimen({}))
    assert isinstance(found, Text)
    assert "2" in found.zh
    assert "2 of the files" in found.en

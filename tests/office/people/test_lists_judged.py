"""Verdicts on the rows of lists, as tables."""

import pytest

from jixiao.office.people.lists.judging import Judgement, judge
from jixiao.office.people.lists.sheet import Line, Lists, Read
from jixiao.office.people.lists.verdicts import Change, Person, Standing, Unit, Verdict

UNITS = ("code", "name", "kind", "parent")
PEOPLE = ("name", "username", "unit", "roles", "email")
OFFICE = Standing(
    {
        "1": Unit("1", "财政局", "bureau", ""),
        "10": Unit("10", "教育局", "department", "1"),
        "101": Unit("101", "一中", "unit", "10"),
        "99": Unit("99", "旧站", "unit", "10", closed=True),
    },
    {
        "zhang": Person("zhang", "张三", "z@a.cn", "", roles=frozenset({("clerk", "101")})),
        "gone": Person("gone", "走了", active=False),
        "sec": Person("sec", "安全", roles=frozenset({("security_admin", "1")})),
    },
)


def lines(kind: str, fields: tuple[str, ...], rows: list[str]) -> list[Line]:
    """Rows written with bars between cells."""
    made = []
    for number, row in enumerate(rows, 2):
        cells = {
            name: Read(text.strip(), f"{kind}!{'ABCDE'[at]}{number}")
            for at, (name, text) in enumerate(zip(fields, row.split("|"), strict=True))
        }
        made.append(Line(kind, f"{kind}!{number}", cells))
    return made


def judged(units: list[str], people: list[str], standing: Standing = OFFICE) -> Judgement:
    """The judgement on rows of both lists."""
    return judge(Lists((*lines("units", UNITS, units), *lines("people", PEOPLE, people)), (), ()), standing)


def one(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The only verdict."""
    (verdict,) = verdicts
    return verdict


@pytest.mark.parametrize(
    ("row", "opinion", "changes"),
    [
        ("101|一中|单位|10", "unchanged", ()),
        ("102|二中|预算单位|10", "new", ()),
        ("101|第一中学|单位|10", "changed", (Change("name", "一中", "第一中学"),)),
        ("101|一中|单位|1", "changed", (Change("parent", "10", "1"),)),
        ("20|卫健局|Department|1", "new", ()),
    ],
)
def test_rows_of_organisations(row: str, opinion: str, changes: tuple[Change, ...]) -> None:
    """A sound row is new, changed with what changes, or unchanged."""
    verdict = one(judged([row], []).verdicts)
    assert (verdict.opinion, verdict.changes, verdict.faults) == (opinion, changes, ())


@pytest.mark.parametrize(
    ("row", "where", "read", "expected"),
    [
        ("|三中|单位|10", "units!A2", "", "字母"),
        ("1.0E+11|三中|单位|10", "units!A2", "1.0E+11", "文本格式"),
        ("103||单位|10", "units!B2", "", "全称"),
        ("103|三中|学校|10", "units!C2", "学校", "预算单位"),
        ("103|三中|单位|77", "units!D2", "77", "已有或表中"),
        ("103|三中|单位|", "units!D2", "", "上级的编码"),
        ("103|三中|部门|101", "units!D2", "101", "不能是预算单位"),
        ("103|三中|单位|99", "units!D2", "99", "未撤销"),
        ("99|旧站|单位|10", "units!A2", "99", "未撤销"),
        ("1|财政局|财政局|101", "units!D2", "101", "不能是预算单位"),
        ("10|教育局|部门|10", "units!D2", "10", "自己下级"),
        ("1|财政局|单位|", "units!D2", "", "上级的编码"),
    ],
)
def test_faults_of_organisations(row: str, where: str, read: str, expected: str) -> None:
    """Every fault says which cell, what was read, what belongs there and what to do, in both languages."""
    verdict = one(judged([row], []).verdicts)
    fault = verdict.faults[0]
    assert (verdict.opinion, fault.where, fault.read) == ("fault", where, read)
    assert expected in fault.expected[0]
    assert all((*fault.expected, *fault.advice))


def test_what_hangs_on_a_row_at_fault_is_left_out_too() -> None:
    """A child of a faulty row, its child and its people are at fault, and name the row to mend."""
    judgement = judged(["30||部门|1", "301|站|单位|30", "302|点|单位|301"], ["李四|li|302|经办人|"])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["fault"] * 4
    assert "units!2" in judgement.verdicts[1].faults[0].advice[0]
    assert judgement.acts == 0


def test_a_circle_is_refused() -> None:
    """Two rows above each other are both at fault; a third in order is not."""
    judgement = judged(["41|甲|单位|42", "42|乙|单位|41", "43|丙|单位|10"], [])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["fault", "fault", "new"]


def test_children_may_stand_before_their_parents() -> None:
    """The order of rows does not matter."""
    judgement = judged(["501|所|单位|50", "50|水利局|部门|1"], [])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["new", "new"]


def test_a_code_twice_is_refused_once() -> None:
    """The second row of a code is at fault and names the first."""
    judgement = judged(["60|甲|部门|1", "60|乙|部门|1"], [])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["new", "fault"]
    assert "units!A2" in judgement.verdicts[1].faults[0].advice[0]


def test_a_kind_cannot_sink_below_what_is_below() -> None:
    """A department with units below it may become no more than they are; one above departments may not sink."""
    higher = Standing(
        {**OFFICE.units, "11": Unit("11", "分局", "bureau", "1"), "12": Unit("12", "处", "department", "11")}, {}
    )
    verdict = one(judged(["11|分局|单位|1"], [], higher).verdicts)
    assert "主管部门" in verdict.faults[0].expected[0]


@pytest.mark.parametrize(
    ("row", "opinion", "changes"),
    [
        ("张三|zhang|101|经办人|z@a.cn", "unchanged", ()),
        ("张三|ZHANG|101|clerk|", "unchanged", ()),
        ("张三|zhang|101|经办人、负责人|", "changed", (Change("roles", "clerk", "clerk head"),)),
        ("张三丰|zhang|101||", "changed", (Change("name", "张三", "张三丰"),)),
        ("李四|li|101|经办人|l@a.cn", "new", ()),
        ("王五|wang|101||", "new", ()),
    ],
)
def test_rows_of_people(row: str, opinion: str, changes: tuple[Change, ...]) -> None:
    """A row only adds: a role it does not list stays, a blank cell changes nothing."""
    verdict = one(judged([], [row]).verdicts)
    assert (verdict.opinion, verdict.changes, verdict.faults) == (opinion, changes, ())


@pytest.mark.parametrize(
    ("row", "where", "read", "expected"),
    [
        ("|li|101|经办人|", "people!A2", "", "60"),
        ("李四|li si|101|经办人|", "people!B2", "li si", "字母"),
        ("李四|li|555|经办人|", "people!C2", "555", "单位编码"),
        ("李四|li|99|经办人|", "people!C2", "99", "未撤销"),
        ("李四|li|101|科长|", "people!D2", "科长", "经办人"),
        ("李四|li|101|财政审核人|", "people!D2", "财政审核人", "只能设在财政局"),
        ("安全|sec|1|审计管理员|", "people!D2", "审计管理员", "三员分立"),
        ("安全|sec|101|经办人|", "people!D2", "经办人", "三员分立"),
        ("李四|li|101|经办人|nobody", "people!E2", "nobody", "可留空"),
        ("走了|gone|101|经办人|", "people!B2", "gone", "未停用"),
    ],
)
def test_faults_of_people(row: str, where: str, read: str, expected: str) -> None:
    """Every fault says which cell, what was read, what belongs there and what to do, in both languages."""
    verdict = one(judged([], [row]).verdicts)
    fault = verdict.faults[0]
    assert (verdict.opinion, fault.where, fault.read) == ("fault", where, read)
    assert expected in fault.expected[0]
    assert all((*fault.expected, *fault.advice))


def test_one_person_in_two_organisations() -> None:
    """A second row adds a role; with another name it is at fault."""
    judgement = judged([], ["李四|li|101|经办人|", "李四|li|10|部门审核人|", "李五|li|10|经办人|"])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["new", "changed", "fault"]


def test_the_separation_holds_within_one_file() -> None:
    """Two rows that make one person two administrators: the second is at fault."""
    judgement = judged([], ["李四|li|1|系统管理员|", "李四|li|1|审计管理员|"])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["new", "fault"]


def test_people_may_come_with_their_organisation() -> None:
    """An organisation that is new in the same file counts."""
    judgement = judged(["102|二中|单位|10"], ["李四|li|102|经办人|"])
    assert [verdict.opinion for verdict in judgement.verdicts] == ["new", "new"]
    assert judgement.acts == 2

"""Projects and budgets from a workbook: every row has its verdict, and only sound rows are put in."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.rounds.models import Budget, Project
from jixiao.office.year.lists.applying import apply, holdings
from jixiao.office.year.lists.judging import judge
from jixiao.office.year.lists.reading import Row, Rows, read_rows
from office.making import Office, make_project

SignedIn = Callable[[str], Client]
HEAD = ("单位编码", "项目编码", "项目名称", "年度", "年初预算（万元）", "备注")


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows(*cells: dict[str, str]) -> Rows:
    """Rows as the reader gives them."""
    return Rows(tuple(Row(f"表!{number}", one) for number, one in enumerate(cells, 2)))


GOOD = {"unit": "101001", "name": "新项目", "year": "2025", "wan": "12.5"}


def test_a_workbook_is_read_row_by_row() -> None:
    """Labels find their columns; one that has no column is told; blanks are left out."""
    read = read_rows(
        workbook(("101001", "P1", "新项目", "2025", "12.5", "x"), ("101001", "", "另一个", "", "", "")), "a.xlsx"
    )
    assert [row.cells for row in read.rows] == [
        {"unit": "101001", "code": "P1", "name": "新项目", "year": "2025", "wan": "12.5"},
        {"unit": "101001", "name": "另一个"},
    ]
    assert read.rows[0].spot.endswith("!2")
    assert len(read.unread) == 1
    assert read.unread[0].endswith("备注")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "999"}, "999"),
        ({"unit": "102001"}, "102001"),
        ({"name": ""}, "空着"),
        ({"name": "长" * 201}, "200"),
        ({"code": "1" * 41}, "40"),
        ({"year": "24"}, "24"),
        ({"year": ""}, "四位数"),
        ({"wan": "很多"}, "很多"),
        ({"wan": "-1"}, "-1"),
        ({"wan": "0.0000001"}, "精确到分"),
        ({"yuan": "5"}, "只留一列"),
    ],
)
def test_rows_at_fault_say_what_is_wrong(office: Office, change: dict[str, str], said: str) -> None:
    """Unknown or foreign units, names, codes, years and amounts that are none: the row is left out and says why."""
    (verdict,) = judge(rows(GOOD | change), holdings(office.people["department"]))
    assert verdict.opinion == "fault"
    assert said in verdict.words.zh
    assert apply(rows(GOOD | change), office.people["department"])[0].opinion == "fault"
    assert not Project.objects.exists()


def test_new_changed_unchanged_and_double(office: Office) -> None:
    """A project is found by code or by name; a second row about it is a fault; nothing is done twice."""
    known = make_project(office.organisations["centre"], "老项目")
    Project.objects.filter(pk=known.pk).update(code="P7")
    given = rows(
        GOOD,
        GOOD,
        {"unit": "101001", "code": "P7", "name": "改了名", "year": "2025", "wan": "1"},
        {"unit": "101002", "name": "别处", "year": "2025", "wan": "3"},
    )
    verdicts = apply(given, office.people["department"])
    assert [one.opinion for one in verdicts] == ["new", "fault", "changed", "new"]
    assert Project.objects.get(pk=known.pk).name == "改了名"
    amounts = dict(Budget.objects.values_list("project__name", "amount"))
    assert amounts == {"新项目": Decimal(125000), "改了名": Decimal(10000), "别处": Decimal(30000)}
    again = apply(given, office.people["department"])
    assert [one.opinion for one in again] == ["unchanged", "fault", "unchanged", "unchanged"]


def test_clerks_set_no_budgets(office: Office) -> None:
    """A clerk's list may name projects, and a budget in it is a fault."""
    with_budget, without = apply(rows(GOOD, {"unit": "101001", "name": "只有名"}), office.people["clerk"])
    assert (with_budget.opinion, without.opinion) == ("fault", "new")
    assert "不能下达预算" in with_budget.words.zh


def test_budgets_are_set_only_where_one_may(office: Office) -> None:
    """Who reviews for one department and fills in for a unit of another sets budgets for the former's units alone."""
    clerk = office.people["clerk"]
    Role.objects.create(user=clerk, organisation=office.organisations["schools"], kind="department")
    own, theirs = apply(rows(GOOD, GOOD | {"unit": "102001"}), User.objects.get(pk=clerk.pk))
    assert (own.opinion, theirs.opinion) == ("fault", "new")


def test_the_page_shows_first_and_writes_then(office: Office, signed_in: SignedIn) -> None:
    """The preview changes nothing; confirmed, the same rows are put in; another's preview cannot be."""
    client = signed_in("department")
    file = SimpleUploadedFile(
        "p.xlsx", workbook(("101001", "", "新项目", "2025", "12.5", ""), ("1", "", "坏", "", "", ""))
    )
    preview = client.post("/projects/import/", {"file": file})
    assert preview.context["counts"] == {"new": 1, "fault": 1}
    assert not Project.objects.exists()
    assert signed_in("clerk").post("/projects/import/", {"rows": preview.context["rows"]}).status_code == 422
    assert client.post("/projects/import/", {"rows": preview.context["rows"]}).status_code == 302
    assert list(Project.objects.values_list("name", "unit__name")) == [("新项目", "创新中心")]


def test_what_is_no_workbook_is_told(office: Office, signed_in: SignedIn) -> None:
    """A text with the ending of a workbook, and an upload without a file."""
    client = signed_in("department")
    for given in ({"file": SimpleUploadedFile("p.xlsx", b"no workbook")}, {}):
        assert client.post("/projects/import/", given).status_code == 422
    assert signed_in("auditor").get("/projects/import/").status_code == 403


def test_closed_units_take_no_projects(office: Office) -> None:
    """A unit that has ceased is none that can be filled."""
    Organisation.objects.filter(code="101001").update(closed=True)
    (verdict,) = judge(rows(GOOD), holdings(office.people["department"]))
    assert verdict.opinion == "fault"

"""What a file's name may say: the content is read whatever it says, and a name that says otherwise is told."""

from pathlib import Path

import pytest

from jixiao.reading.detect import Kind, told_by_name
from jixiao.reading.errors import Unreadable
from jixiao.reading.parse import parse_bytes

DATA = Path(__file__).parents[1] / "data"

AGREED = [
    (Kind.XLSX, "表.XLSX"), (Kind.XLSX, "表.xltx"), (Kind.DOCX, "表.docm"), (Kind.DOCX, "表"), (Kind.XLSX, "表.2024"),
    (Kind.TEXT, "表.csv"), (Kind.PDF, "表.pdf"),
]  # fmt: skip
PAGE = """<html><body><table><tr><td>项目名称</td><td colspan="3">科技</td></tr>
<tr><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>得分</td></tr>
<tr><td>培训人次</td><td>≥10.00(人)</td><td>12.00(人)</td><td>90.00</td></tr></table></body></html>"""
TOLD = [
    (Kind.XLSX, "表.xls"),
    (Kind.XLSX, "表.et"),
    (Kind.DOCX, "表.doc"),
    (Kind.DOCX, "表.wps"),
    (Kind.TEXT, "表.xls"),
    (Kind.XLSX, "表.pdf"),
    (Kind.XLSX, "表.doc"),
    (Kind.DOCX, "表.xlsx"),
    (Kind.PDF, "表.doc"),
    (Kind.TEXT, "a.docx"),
]


@pytest.mark.parametrize(("kind", "name"), AGREED)
def test_a_name_that_agrees_or_claims_nothing_is_not_told(kind: Kind, name: str) -> None:
    """The kind's own endings, no ending and unknown ones say nothing."""
    assert told_by_name(kind, name) is None


@pytest.mark.parametrize(("kind", "name"), TOLD)
def test_the_content_decides_and_the_name_is_told(kind: Kind, name: str) -> None:
    """The sentence names the ending, and the file is read."""
    told = told_by_name(kind, name)
    assert told is not None
    assert name[1:] in told


def test_a_name_decides_nothing() -> None:
    """A workbook named as a PDF is read, and its first form says what the name claims."""
    forms = parse_bytes((DATA / "forms7.xlsx").read_bytes(), "表.pdf")
    assert len(forms) == 7
    assert [problem.code for problem in forms[0].problems] == ["name_says_otherwise"]


def test_readable_content_without_a_form_under_another_kinds_name_is_told_as_that() -> None:
    """Most likely it is the wrong file: the sentence names both kinds and the right ending."""
    with pytest.raises(Unreadable) as refusal:
        parse_bytes(b"just a note", "a.docx")
    assert refusal.value.code == "wrong_extension"
    assert ".docx" in refusal.value.en


def test_the_first_form_carries_the_problem() -> None:
    """A document named .doc is read, and its first form says that the name says otherwise."""
    forms = parse_bytes((DATA / "forms7.docx").read_bytes(), "旧表.doc")
    assert len(forms) == 7
    assert [problem.code for form in forms for problem in form.problems] == ["name_says_otherwise"]


@pytest.mark.parametrize("name", ["导出.xls", "导出.doc", "导出.et"])
def test_a_web_page_under_an_office_name_is_read_and_told(name: str) -> None:
    """Report systems export tables of HTML as .xls: the form is read, and the name is told."""
    (form,) = parse_bytes(PAGE.encode(), name)
    assert form.project.name == "科技"
    assert "name_says_otherwise" in [problem.code for problem in form.problems]

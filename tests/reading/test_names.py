"""What a file's name may say: within a family of formats it is told and the content read, beyond it is refused."""

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
]
REFUSED = [
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
def test_within_a_family_the_content_decides_and_the_name_is_told(kind: Kind, name: str) -> None:
    """Programs of one family write one another's formats: the sentence names the ending, and the file is read."""
    told = told_by_name(kind, name)
    assert told is not None
    assert name[1:] in told


@pytest.mark.parametrize(("kind", "name"), REFUSED)
def test_across_families_nothing_is_read(kind: Kind, name: str) -> None:
    """A workbook named as a document is as likely the wrong file."""
    with pytest.raises(Unreadable) as refusal:
        told_by_name(kind, name)
    assert refusal.value.code == "wrong_extension"


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

"""A folder's reports: the workbench loads nothing and escapes everything, the list has no formula, JSON and SARIF."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from jixiao.desk.folder import Asked, review_folder
from jixiao.desk.reviewing import review_form
from jixiao.form import Form, Project, encode_forms
from jixiao.review.folder.brief import Stamps, key_of
from jixiao.review.folder.waivers import draft, load_waivers
from jixiao.writing.folder import workbench
from jixiao.writing.folder.as_json import FolderDocument
from jixiao.writing.folder.kinds import ENDINGS, render_folder
from jixiao.writing.folder.report import FolderReport
from oracle.truth import truth_forms

HOSTILE = '=HYPERLINK("http://x")</script><img src=x onerror=alert(1)>&amp;\x01\x1b[31m\u202e'
DAY = date(2025, 6, 1)


def forms_of(year: int) -> list[Form]:
    """Seven forms, one of them with hostile texts."""
    made = [replace(form, fiscal_year=year) for form in truth_forms()]
    made[2] = replace(made[2], project=Project(HOSTILE), unit="+1", department="@SUM(A1)", title="-2+3")
    made[3] = replace(made[3], department="<r></t></si>甲</r>")
    return made


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderReport]:
    """Two years with a waiver, a sample and a file that cannot be read."""
    place = tmp_path_factory.mktemp("folder")
    (place / "=last.json").write_bytes(encode_forms(forms_of(2023)))
    (place / "now.json").write_bytes(encode_forms(forms_of(2024)))
    (place / "zz.json").write_bytes(b"[1]")
    form = forms_of(2024)[0]
    finding = review_form(form).review.findings[0]
    text = draft(key_of(form), finding.code, finding.pointer, Stamps(form).of(finding.pointer), DAY)
    text = text.replace('who = ""', 'who = "=1+1"').replace('reason = ""', 'reason = "已批复</script>"')
    asked = Asked(day=DAY, sample="3", seed="42", waivers=load_waivers(text))
    with review_folder(sorted(place.iterdir()), asked) as made:
        yield made


def rendered(report: FolderReport, kind: str, language: str = "zh") -> bytes:
    """The report in one kind."""
    return b"".join(render_folder(report, kind, language))  # type: ignore[arg-type]  # one of two


def test_the_workbench_is_one_file_that_loads_nothing(report: FolderReport) -> None:
    """No address to fetch, no handler in an attribute, one script that runs, allowed by its digest alone."""
    page = rendered(report, "html").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")
    outside = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\s(on\w+|style|src)=", outside)
    assert not re.search(r"https?://", outside)
    assert "innerHTML" not in scripts[0]
    assert "eval" not in scripts[0]


def blocks(page: str) -> dict[str, object]:
    """The data of the page by name."""
    found = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', page, flags=re.DOTALL)
    return {name: json.loads(text) for name, text in found}


def test_nothing_in_a_form_can_leave_the_data(report: FolderReport) -> None:
    """Hostile texts stand in the data as they were printed, and nowhere as markup."""
    page = rendered(report, "html").decode()
    assert "<img" not in page
    index = blocks(page)["index"]
    assert isinstance(index, dict)
    assert key_of(forms_of(2024)[2]).project in {form["t"] for form in index["forms"]}


def test_every_form_is_told_in_the_page(report: FolderReport) -> None:
    """The blocks hold every form in the order of the ranking, with why, findings, lines and changes."""
    data = blocks(rendered(report, "html").decode())
    index = data["index"]
    assert isinstance(index, dict)
    told = [form for number in range(len(data) - 1) for form in data[f"block-{number}"]]  # type: ignore[attr-defined]
    assert len(told) == len(index["forms"]) == 14
    for row, form, at in zip(index["forms"], told, report.order, strict=True):
        assert [zh for zh, _ in form["why"]] == [text.zh for text in report.reasons(at)]
        assert sum(row["n"]) + row["w"] == len(form["findings"])
        assert (form["changes"] is not None) == (row["y"] == 2024)
    assert len(index["sample"]) == 3
    assert [waiver["holds"] for waiver in index["waivers"]] == [True]


def test_beyond_the_first_forms_the_page_says_so(report: FolderReport, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more forms than are told, the list is whole and the page says how many are not told."""
    monkeypatch.setattr(workbench, "MOST_TOLD", 5)
    page = rendered(report, "html").decode()
    index = blocks(page)["index"]
    assert isinstance(index, dict)
    assert (index["told"], len(index["forms"])) == (5, 14)
    assert "其余 9 张只有列表" in page


def test_the_list_has_no_formula(report: FolderReport) -> None:
    """What begins with =, +, - or @, or is markup of a sheet, is text; amounts are numbers; heads are frozen."""
    book = openpyxl.load_workbook(BytesIO(rendered(report, "xlsx")))
    assert book.sheetnames == ["先看哪张", "疑点", "单位", "主管部门", "两年对照", "抽样", "已说明", "未能读取"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert {"+1", "@SUM(A1)", "=1+1", "<r></t></si>甲</r>"} <= texts
    assert any(text.startswith("=HYPERLINK") for text in texts)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    first = book["先看哪张"]
    column = [cell.value for cell in first[1]].index("全年预算（元）") + 1
    shown = [first.cell(row, column).value for row in range(2, first.max_row + 1)]
    assert shown == [report.briefs[at].money.adjusted for at in report.order]
    assert first.max_row == 15
    assert book["疑点"].max_row == 1 + sum(len(report.detail(at).findings) for at in report.order)


def test_the_json_is_of_its_contract(report: FolderReport) -> None:
    """The document reads back as its structures; positions, samples and waivers agree with the report."""
    document = msgspec.json.decode(rendered(report, "json"), type=FolderDocument)
    assert [form.position for form in document.forms] == list(range(1, 15))
    assert [form.brief for form in document.forms] == [report.briefs[at] for at in report.order]
    assert sum(form.sampled for form in document.forms) == 3
    assert document.sample is not None
    assert [form.position for form in document.forms if form.sampled] == list(document.sample.forms)
    waived = [found for form in document.forms for found in form.findings if found.waived]
    assert [(found.waived.waiver, found.waived.state) for found in waived if found.waived] == [(1, "holds")]
    assert document.whole == report.whole
    assert len(document.errors) == 1


def test_sarif_suppresses_what_is_waived(report: FolderReport) -> None:
    """Every finding is a result with its rule; the waived one carries its reason, the others say they have none."""
    run = json.loads(rendered(report, "sarif"))["runs"][0]
    results = [result for result in run["results"] if "kind" not in result]
    assert len(results) == sum(len(report.detail(at).findings) for at in report.order)
    for result in results:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    suppressed = [result["suppressions"] for result in results if result["suppressions"]]
    assert [(one["kind"], one["status"]) for [one] in suppressed] == [("external", "accepted")]
    assert suppressed[0][0]["justification"].startswith("=1+1：已批复")
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_fits_the_terminal(report: FolderReport, language: str) -> None:
    """The text is no wider than 100 columns and tells ranks, units, years, sample and coverage."""
    text = rendered(report, "text", language).decode()
    assert max(map(cell_len, text.splitlines())) <= 100
    assert not {"\x01", "\x1b", "\u202e"} & set(text)
    words = (
        ("先看", "按单位", "两年对照", "抽样", "覆盖")
        if language == "zh"
        else ("first", "unit", "Two years", "Sample", "covers")
    )
    assert all(word in text for word in words)


def test_the_same_run_gives_the_same_bytes(report: FolderReport) -> None:
    """Every kind is the same byte for byte when it is written again."""
    for kind in ENDINGS.values():
        assert rendered(report, kind) == rendered(report, kind)


def test_an_unknown_kind_is_an_error(report: FolderReport) -> None:
    """There is no other kind."""
    with pytest.raises(ValueError, match="no report of kind"):
        render_folder(report, "pdf")


def test_the_workbench_words_are_in_both_languages() -> None:
    """Each sentence that the script writes has a second one beside it, and none of it is markup."""
    script = (Path(workbench.__file__).parent / "workbench.js").read_text(encoding="utf-8")
    assert "</" not in script
    assert len(re.findall(r'\["[\u4e00-\u9fff][^"]*"\]', script)) == 0

"""A rule lab's result as text, page, table and JSON: the same figures everywhere, nothing that runs."""

import csv
import json
import re
from decimal import Decimal

import pytest
from rich.cells import cell_len
from selectolax.lexbor import LexborHTMLParser

from jixiao.review.whatif import Move, Outcome, shift_of
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FileReport, ReportError
from jixiao.writing.whatif import page, table, text
from jixiao.writing.whatif.report import Change, WhatIfReport


def outcome(score: str | None, grade: str | None, asked: dict[str, int]) -> Outcome:
    """An outcome."""
    total = None if score is None else Decimal(score)
    return Outcome("cn", total, total, grade, asked)


def report(count: int = 1) -> WhatIfReport:
    """A form that falls, one that rises, one that cannot be compared; hostile names; a file that was not read."""
    moves = [
        Move("a.pdf", 1, "=1+1", "<script>alert(1)</script>", Decimal(100), "优",
             outcome("100.00", "优", {"JX101": 1}), outcome("59.00", "差", {"JX101": 2})),
        Move("a.pdf", 2, "二处", "@项目", Decimal(80), "良", outcome("80.00", "良", {}), outcome("95.00", "优", {})),
        Move("b.pdf", 1, "", "", None, None, outcome(None, None, {}), outcome("70.00", "中", {})),
    ]  # fmt: skip
    error = ReportError("empty_file", Text("空", "empty"), Text("换一份", "take another"))
    return WhatIfReport(
        program="0",
        baseline=Text("现行规则", "the rules in force"),
        scenario=Text("试算规则", "the tried rules"),
        changes=(Change(Text("参数", "parameter"), "130", "120"),),
        shift=shift_of(moves * count),
        titles={"JX101": Text("资金不符", "funds differ")},
        grades=("优", "良", "中", "差"),
        unread=(FileReport("c.pdf", "", error),),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_says_all_and_fits(language: text.Language) -> None:
    """The text has the sentence, both totals, the changed parameter and the unread file, within its width."""
    written = text.write_text(report(), language)
    assert max(map(cell_len, written.splitlines())) <= text.WIDTH
    for part in ("100.00", "59.00", "-41.00", "130 → 120", "JX101", "c.pdf"):
        assert part in written


def test_text_says_what_it_leaves_out() -> None:
    """A long list is cut, and the rest counted."""
    assert re.search(r"另有 \d+ 项", text.write_text(report(50)))


def test_the_page_runs_nothing_of_the_forms() -> None:
    """Names of forms are text; the only script is the page's own, under a policy that names it."""
    written = page.write_html(report()).decode()
    assert "<script>alert" not in written
    tree = LexborHTMLParser(written)
    assert len(tree.css("script")) == 1
    assert "default-src &#39;none&#39;; style-src " in written


def test_the_page_has_every_form_unit_and_grade() -> None:
    """The matrix counts 优 to 差 once, 良 to 优 once; each form has a row."""
    tree = LexborHTMLParser(page.write_html(report()).decode())
    rows = [[cell.text(strip=True) for cell in row.css("td")] for row in tree.css("table.matrix tbody tr")]
    assert rows[0][:4] == ["0", "0", "0", "1"]
    assert rows[1][:4] == ["1", "0", "0", "0"]
    assert len(tree.css("table[aria-labelledby=forms] tbody tr")) == 3
    assert len(tree.css("table[aria-labelledby=units] tbody tr")) == 3


def test_the_table_holds_no_formula() -> None:
    """CSV has a row a form, opens in a spreadsheet as UTF-8, and no text of a form begins like a formula."""
    data = table.write_csv(report())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["difference"] for row in rows] == ["-41.00", "15.00", ""]
    assert rows[0]["unit"] == "'=1+1"
    assert rows[1]["project"] == "'@项目"


def test_json_has_points_as_digits() -> None:
    """JSON has everything; no number of points is a binary fraction."""
    found = json.loads(table.write_json(report()), parse_float=pytest.fail)
    assert found["schema"] == "jixiao/whatif/1"
    assert found["forms"][0]["after"]["score"] == "59.00"
    assert found["questions"] == [{"code": "JX101", "before": 1, "after": 2}]
    assert found["unread"][0]["error"]["message"]["en"] == "empty"

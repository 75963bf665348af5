"""The form page: the official table with its cells named, read by those who may, the same without a script."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.desk.documents import printed_layouts
from jixiao.form import Form, Indicator
from jixiao.layout.families import Family
from jixiao.office.filing.cells import Record, text_of
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Decision
from jixiao.office.filing.table import page_table
from office.making import Office, make_filing

Enter = Callable[[str], Client]


def test_a_clerk_gets_a_textarea_for_each_value(office: Office, signed_in: Enter) -> None:
    """The page holds the official table, each value in a control with the name of its cell."""
    filing = make_filing(office)
    page = signed_in("clerk").get(f"/filings/{filing.pk}/").content.decode()
    for cell in ("project/name", "funds/total/executed", "goal/actual", "k1/level1", "k10/deviation", "grade"):
        assert f'data-cell="{cell}"' in page
    assert 'data-row="{key}"' in page


def test_a_reviewer_reads_text(office: Office, signed_in: Enter) -> None:
    """Who may not fill it in sees the same table without controls."""
    filing = make_filing(office, state="with_department")
    page = signed_in("department").get(f"/filings/{filing.pk}/").content.decode()
    assert "data-cell" not in page
    assert "7.00(次)" in page


def test_the_page_saves_without_a_script(office: Office, signed_in: Enter) -> None:
    """A plain post of the page saves what differs; a heading over several rows is that of all of them."""
    filing = make_filing(office)
    posted = {
        "base": "1",
        "k1/level2": "质量指标",
        "k2/level2": "数量指标",
        "head:k2/level2": "k1/level2",
        "k1/score": "9",
    }
    answer = signed_in("clerk").post(f"/filings/{filing.pk}/save", posted)
    assert answer.status_code == 302
    filing.refresh_from_db()
    held = record_of(filing)
    assert [text_of(held, cell) for cell in ("k1/level2", "k2/level2", "k3/level2", "k1/score")] == [
        "质量指标", "质量指标", "数量指标", "9",
    ]  # fmt: skip


def test_the_official_document_in_each_format(office: Office, signed_in: Enter) -> None:
    """Each format is an attachment; the PDF can be looked at."""
    filing = make_filing(office)
    client = signed_in("head")
    for kind in ("pdf", "docx", "xlsx", "ofd"):
        answer = client.get(f"/filings/{filing.pk}/document.{kind}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/filings/{filing.pk}/document.pdf?view=1")["Content-Disposition"].startswith("inline")
    assert client.get(f"/filings/{filing.pk}/document.exe").status_code == 404


def test_rules_are_those_of_a_round(office: Office, signed_in: Enter) -> None:
    """The compiled rules are served by the book's fingerprint, to be kept for ever; others are not there."""
    filing = make_filing(office)
    client = signed_in("clerk")
    answer = client.get(f"/rules/{filing.fingerprint}.js")
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert client.get(f"/rules/{filing.fingerprint}.json").json()["fingerprint"] == filing.fingerprint
    assert client.get("/rules/0000.js").status_code == 404
    assert client.get("/rules/words.json").status_code == 200
    assert Client().get(f"/rules/{filing.fingerprint}.js").status_code == 302


def test_every_step_of_a_score_is_told(office: Office, signed_in: Enter) -> None:
    """The derivation page names each line with its formula."""
    filing = make_filing(office)
    page = signed_in("auditor").get(f"/filings/{filing.pk}/steps").content.decode()
    assert 'id="line-execution"' in page
    assert 'id="line-k10"' in page
    assert 'id="line-k2"' not in signed_in("auditor").get(f"/filings/{filing.pk}/steps?line=k1").content.decode()


def test_what_a_return_pointed_out_is_marked(office: Office, signed_in: Enter) -> None:
    """The clerk sees the reason, the cells by name, and each cell marked with what is asked there."""
    filing = make_filing(office)
    filing.returned = True
    filing.save(update_fields=["returned"])
    cells = '[{"cell": "k1/actual", "words": "请写明次数"}, {"cell": "goal/actual", "words": ""}]'
    Decision.objects.create(
        filing=filing, act="return_unit", before="with_head", after="draft", by=office.people["head"],
        at=timezone.now(), reason="请补充", cells=cells,
    )  # fmt: skip
    page = signed_in("clerk").get(f"/filings/{filing.pk}/").content.decode()
    assert page.count(' asked"') == 2
    assert 'data-goto="k1/actual">请写明次数' in page
    assert page.count("请写明次数") >= 2


@pytest.mark.parametrize("family", printed_layouts(), ids=lambda family: family.id)
def test_what_stands_beside_all_rows_grows_from_none(family: Family) -> None:
    """In every layout the cell at the side of the indicators is marked as such before there is any row."""

    def beside(rows: int) -> list[tuple[str, int]]:
        form = Form(indicators=(Indicator(),) * rows)
        table = page_table(Record(form, tuple(f"k{row + 1}" for row in range(rows))), family)
        return [(cell.text, cell.row_span - rows) for row in table.rows for cell in row.cells if cell.beside]

    assert beside(0) == beside(1) == beside(2)
    assert bool(beside(0)) == bool(family.indicators.side)

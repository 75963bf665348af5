"""The table of verdicts as a file: CSV that a spreadsheet opens as UTF-8, or XLSX. No cell is a formula."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

from jixiao.office.intake.models import Entry
from jixiao.office.intake.verdicts import VERDICTS, Verdict
from jixiao.office.look.csv_cells import guarded
from jixiao.office.look.words import say, told

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTHS = (6, 40, 6, 36, 22, 28, 12, 10, 60)


def headings() -> list[str]:
    """The headings of the table."""
    return [
        say("序号", "No."), say("文件", "File"), say("第几张", "Form"), say("项目名称", "Project"),
        say("项目编码", "Project code"), say("单位", "Unit"), say("结论", "Verdict"), say("待核对处", "To check"),
        say("说明", "Why, and what to do"),
    ]  # fmt: skip


def lines(entries: Iterable[Entry]) -> Iterable[list[str]]:
    """The lines of the table, as texts."""
    for number, entry in enumerate(entries, 1):
        words = VERDICTS[_verdict(entry)]
        yield [
            str(number), entry.source.name, str(entry.number or ""), entry.name, entry.code, entry.unit,
            told(words.name), str(entry.doubts or ""), why(entry),
        ]  # fmt: skip


def why(entry: Entry) -> str:
    """The sentence to a line: its own, else what its verdict means."""
    return say(entry.why_zh, entry.why_en) or told(VERDICTS[_verdict(entry)].advice)


def _verdict(entry: Entry) -> Verdict:
    verdict: Verdict = entry.verdict  # type: ignore[assignment]  # a column of texts; only these are written
    return verdict


def as_file(kind: str, name: str, entries: Iterable[Entry]) -> HttpResponse:
    """The table to be saved.

    Args:
        kind: "csv" or "xlsx".
        name: the file's name, without its ending.
        entries: the lines, with their files.
    """
    content = _csv(entries) if kind == "csv" else _xlsx(entries)
    response = HttpResponse(content, content_type=_KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(entries: Iterable[Entry]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings())
    writer.writerows(map(guarded, line) for line in lines(entries))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(entries: Iterable[Entry]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(say("导入结论", "Verdicts"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (width, heading) in enumerate(zip(_WIDTHS, headings(), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        for row, line in enumerate(lines(entries), 1):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(1, 0)
    return out.getvalue()

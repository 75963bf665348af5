"""A folder's review as SARIF 2.1.0, written form by form; a waived finding carries its suppression."""

from collections.abc import Iterator
from typing import Any, Literal

from jixiao.form import encode
from jixiao.writing.folder.report import AskedFinding, FolderReport
from jixiao.writing.sarif import SARIF_SCHEMA, FormResults, notice_of, rule_of, run_of, suppression_of, uri_of

Language = Literal["zh", "en"]
Wire = dict[str, Any]


def write_folder_sarif(report: FolderReport, language: Language = "zh") -> Iterator[bytes]:
    """The log piece by piece, a result a line, in the order in which to open the forms."""
    codes = {code: number for number, code in enumerate(report.checks)}
    files = {file: number for number, file in enumerate(dict.fromkeys(brief.file for brief in report.briefs))}
    notices = [notice_of(each.error, each.file, language) for each in report.errors]
    run = run_of(report.program, [rule_of(check, language) for check in report.checks.values()], language) | {
        "artifacts": [{"location": {"uri": uri_of(file)}} for file in files],
        "invocations": [{"executionSuccessful": not notices, "toolExecutionNotifications": notices}],
    }
    head = encode({"$schema": SARIF_SCHEMA, "version": "2.1.0"}).removesuffix(b"}")
    yield head + b',"runs":[' + encode(run).removesuffix(b"}") + b',"results":['
    begun = False
    for _, at in report.ranking():
        for result in _results(report, at, codes, files, language):
            yield (b",\n" if begun else b"\n") + encode(result)
            begun = True
    yield b"\n]}]}\n"


def _results(
    report: FolderReport, at: int, codes: dict[str, int], files: dict[str, int], language: Language
) -> Iterator[Wire]:
    brief, detail = report.briefs[at], report.detail(at)
    titles = {code: check.title for code, check in report.checks.items()}
    results = FormResults(brief.file, files[brief.file], brief.number, report.form(at), titles, language)
    for asked in detail.findings:
        yield results.result(asked.finding, codes) | _suppressed(report, asked)
    for item in detail.undecided:
        yield results.open_result(item, codes)


def _suppressed(report: FolderReport, asked: AskedFinding) -> Wire:
    """The waiver of a finding; every result says whether it has one, as SARIF asks where any has."""
    if asked.waiver is None:
        return {"suppressions": []} if report.waivers else {}
    waiver = report.waivers[asked.waiver].waiver
    reason = f"{waiver.who}：{waiver.reason}（{waiver.on.isoformat()} — {waiver.until.isoformat()}）"
    return {"suppressions": [suppression_of(reason, holds=asked.waived)]}

"""The review as SARIF 2.1.0, the OASIS format for results of checks, so that other tools can show and compare them."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, Literal
from urllib.parse import quote

import msgspec

from jixiao.form import Form, Place, encode
from jixiao.review.page import Check
from jixiao.review.verdict import Finding, Severity, Undecided
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import field_name
from jixiao.writing.report import FileReport, ReportError, ReviewReport
from jixiao.writing.words import EVIDENCE, FAMILY, TRIAL, clause_source, left_out_text

Language = Literal["zh", "en"]
Wire = dict[str, Any]

SARIF_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_DRIVE = re.compile(r"[A-Za-z]:/")


def write_sarif(report: ReviewReport, language: Language = "zh") -> bytes:
    """The review as one SARIF run: findings as results, undecided checks as open ones, unreadable files as notices."""
    return msgspec.json.format(encode(sarif_wire(report, language)), indent=2) + b"\n"


def sarif_wire(report: ReviewReport, language: Language = "zh") -> Wire:
    """The SARIF log as plain JSON values; geometry in property bags is `Decimal`."""
    rules = _rules(report, language)
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    results: list[Wire] = []
    for file_index, file in enumerate(report.files):
        for number, form in enumerate(file.forms):
            where = FormResults(file.file, file_index, number, form.form, form.titles, language)
            results += (where.result(finding, index) for finding in form.review.findings)
            results += (where.open_result(item, index) for item in form.review.undecided)
    run = run_of(report.program, rules, language) | {
        "artifacts": [_artifact(file) for file in report.files],
        "invocations": [_invocation(report, language)],
        "results": results,
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


class FormResults:
    """Makes the results of one form, which knows its file and its number there (from 0)."""

    def __init__(
        self, file: str, file_index: int, number: int, form: Form, titles: Mapping[str, Text], language: Language
    ) -> None:
        """Keep where the form stands, and the titles of the checks."""
        self.file, self.file_index, self.number = file, file_index, number
        self.form, self.titles, self.language = form, titles, language

    def result(self, finding: Finding, index: Mapping[str, int]) -> Wire:
        """A finding."""
        bag: Wire = {"family": finding.family, "project": self.form.project.name}
        if finding.trial:
            bag["trial"] = True
        if finding.clause is not None:
            bag["clause"] = clause_source(finding.clause)
            bag["evidence"] = _of(EVIDENCE[finding.clause.evidence], self.language)
        return {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": _LEVEL[finding.severity],
            "message": _message(
                _sentence(finding, self.titles.get(finding.code, Text(finding.code, finding.code))), self.language
            ),
            "locations": [self.location(finding.pointer, place) for place in finding.places or (None,)],
            "partialFingerprints": {"jixiao/v1": self.fingerprint(finding.code, finding.pointer)},
            "properties": bag,
        }

    def open_result(self, item: Undecided, index: Mapping[str, int]) -> Wire:
        """A check that could not decide; SARIF calls this kind open."""
        needs = Text(zh=f"未能判断，需要：{item.needs.zh}", en=f"undecided, needs {item.needs.en}")
        return {
            "ruleId": item.code,
            "ruleIndex": index[item.code],
            "kind": "open",
            "level": "none",
            "message": _message(needs, self.language),
            "locations": [self.location(item.pointer, None)],
        }

    def location(self, pointer: str, place: Place | None) -> Wire:
        """The file with line and column where there are such; the field by name; page, box or cell as properties."""
        physical: Wire = {"artifactLocation": {"uri": _uri(self.file), "index": self.file_index}}
        if place is not None and place.line is not None:
            column = {} if place.column is None else {"startColumn": place.column}
            physical["region"] = {"startLine": place.line} | column
        name = _of(field_name(self.form, pointer), self.language)
        logical = {"name": name, "fullyQualifiedName": f"/forms/{self.number}{pointer}", "kind": "value"}
        location: Wire = {"physicalLocation": physical, "logicalLocations": [logical]}
        if place is not None:
            spots = {"page": place.page, "box": place.box, "cell": place.cell, "confidence": place.confidence}
            location["properties"] = {key: value for key, value in spots.items() if value is not None}
        return location

    def fingerprint(self, code: str, pointer: str) -> str:
        """What makes this finding the same one in the next run: check, project, year and field."""
        form = self.form
        parts = (code, form.project.name, str(form.fiscal_year), form.unit, pointer)
        return sha256("\0".join(parts).encode()).hexdigest()


def _rules(report: ReviewReport, language: Language) -> list[Wire]:
    """Every check that answered, once, in the order of its code."""
    rules: dict[str, Wire] = {}
    for _, form in report.forms():
        for item in form.review.undecided:
            rules.setdefault(item.code, _rule(item.code, form.title(item.code), language))
    for _, form in report.forms():
        for finding in form.review.findings:
            rule = rules.setdefault(finding.code, _rule(finding.code, form.title(finding.code), language))
            rule["name"] = finding.name
            rule["defaultConfiguration"] = {"level": _LEVEL[finding.severity]}
            marks = (FAMILY[finding.family], *((TRIAL,) if finding.trial else ()))
            rule["properties"] = {"family": finding.family, "tags": [_of(mark, language) for mark in marks]}
    return [rules[code] for code in sorted(rules)]


def rule_of(check: Check, language: Language) -> Wire:
    """A check as a rule."""
    marks = (FAMILY[check.family], *((TRIAL,) if check.trial else ()))
    return _rule(check.code, check.title, language) | {
        "name": check.name,
        "defaultConfiguration": {"level": _LEVEL[check.severity]},
        "properties": {"family": check.family, "tags": [_of(mark, language) for mark in marks]},
    }


def notice_of(error: ReportError, file: str, language: Language) -> Wire:
    """A file that could not be read, as a notice."""
    words = Text(*(f"{a} {b}" for a, b in zip(_pair(error.message), _pair(error.advice), strict=True)))
    place = {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}}
    notice: Wire = {"descriptor": {"id": error.code}, "level": "error", "locations": [place]}
    return notice | {"message": _message(words, language)}


def suppression_of(reason: str, *, holds: bool) -> Wire:
    """A person's explanation of a finding; SARIF calls it an external suppression."""
    return {"kind": "external", "status": "accepted" if holds else "rejected", "justification": reason}


def run_of(program: str, rules: list[Wire], language: Language) -> Wire:
    """The head of a run: the program, its rules, how letters are counted."""
    driver = {"name": "Jixiao", "version": program, "language": _tag(language), "rules": rules}
    return {"tool": {"driver": driver}, "language": _tag(language), "columnKind": "unicodeCodePoints"}


def uri_of(file: str) -> str:
    """A path as the URI of an artifact."""
    return _uri(file)


def _rule(code: str, title: Text, language: Language) -> Wire:
    more = Text(
        zh=f"{title.zh}。运行 jixiao explain {code} 可看为何要问、依据哪一条、怎样回答。",
        en=f"{title.en}. Run jixiao explain {code} for why it is asked, on which clause, and how to answer.",
    )
    short = {"text": _escaped(_of(title, language))}
    return {"id": code, "shortDescription": short, "fullDescription": short, "help": _message(more, language)}


def _sentence(finding: Finding, title: Text) -> Text:
    return Text(
        zh=f"{title.zh}：{finding.ask.zh} 读到：{finding.read.zh}；应为：{finding.expected.zh}",
        en=f"{title.en}: {finding.ask.en} Read: {finding.read.en}; expected: {finding.expected.en}",
    )


def _artifact(file: FileReport) -> Wire:
    hashes = {"hashes": {"sha-256": file.sha256}} if file.sha256 else {}
    return {"location": {"uri": _uri(file.file)}} | hashes


def _invocation(report: ReviewReport, language: Language) -> Wire:
    notices = []
    for at, file in enumerate(report.files):
        if file.error is not None:
            words = Text(
                *(f"{a} {b}" for a, b in zip(_pair(file.error.message), _pair(file.error.advice), strict=True))
            )
            place = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.file), "index": at}}}
            notice = {"descriptor": {"id": file.error.code}, "level": "error", "locations": [place]}
            notices.append(notice | {"message": _message(words, language)})
    made: Wire = {"executionSuccessful": not notices, "toolExecutionNotifications": notices}
    if report.trials_left_out:
        left_out = _message(left_out_text(report.trials_left_out), language)
        made["toolConfigurationNotifications"] = [{"level": "note", "message": left_out}]
    return made


def _message(text: Text, language: Language) -> Wire:
    return {"text": _escaped(_of(text, language))}


def _escaped(text: str) -> str:
    """Braces doubled, for a single one begins a placeholder (SARIF 2.1.0, 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _uri(file: str) -> str:
    path = file.replace("\\", "/")
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote(path[2:])}"
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def _pair(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _of(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en


def _tag(language: Language) -> str:
    return "zh-CN" if language == "zh" else "en"

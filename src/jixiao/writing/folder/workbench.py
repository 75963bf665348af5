"""The workbench: a folder's review as one HTML file, offline, for thousands of forms.

The list is paged and filtered in the browser by one script of ours, the only one that the page's policy lets run. What
is told of each form lies in blocks of data that are only taken apart when a form of the block is opened. Beyond the
first five thousand forms of the ranking the page holds the list only, and says so; JSON and XLSX hold everything.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from importlib.resources import files
from itertools import islice
from typing import Any, Final, Literal

import msgspec

from jixiao.form import plain
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import STATES
from jixiao.review.folder.years import Moved
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.as_text import coverage_text, waiver_text
from jixiao.writing.folder.as_xlsx import ALONE, BY, grades_text
from jixiao.writing.folder.report import AskedFinding, Detail, FolderReport
from jixiao.writing.html.bilingual import environment, policy
from jixiao.writing.report import FAMILIES
from jixiao.writing.words import EVIDENCE, FAMILY, FAMILY_MEANS, SEVERITY, clause_source, left_out_text

Language = Literal["zh", "en"]
Pair = tuple[str, str]

MOST_TOLD: Final = 5000
"""Of so many forms, the first of the ranking, everything is told in the page."""
_BLOCK: Final = 50
_SPLIT: Final = "<!--data-->"


def write_workbench(report: FolderReport, language: Language = "zh") -> Iterator[bytes]:
    """The page piece by piece; it begins with the given language and holds both."""
    page = _page(report, language)
    before, after = page.split(_SPLIT)
    yield before.encode()
    yield _data("index", _index(report))
    told = (report.detail(at) for at in report.order[:MOST_TOLD])
    places = iter(report.order[:MOST_TOLD])
    number = 0
    while block := list(islice(told, _BLOCK)):
        keys = list(islice(places, _BLOCK))
        yield _data(f"block-{number}", [_detail(report, at, one) for at, one in zip(keys, block, strict=True)])
        number += 1
    yield after.encode()


def _page(report: FolderReport, language: Language) -> str:
    made = environment(_resource)
    style, script = _resource("workbench.css"), _resource("workbench.js")
    return made.get_template("workbench.html.j2").render(
        report=report, language=language, style=style, script=script, policy=policy(style, script), FAMILIES=FAMILIES,
        FAMILY=FAMILY, FAMILY_MEANS=FAMILY_MEANS, coverage=coverage_text(report.sample) if report.sample else None,
        left_out=left_out_text(report.trials_left_out), more=max(len(report.order) - MOST_TOLD, 0), most=MOST_TOLD,
        whole=report.whole, years=sorted({brief.key.year for brief in report.briefs if brief.key.year}),
    )  # fmt: skip


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _data(name: str, value: object) -> bytes:
    """A block of data; nothing in it can end the element it stands in."""
    text = msgspec.json.encode(value).replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")
    return f'<script type="application/json" id="{name}">'.encode() + text + b"</script>\n"


def _index(report: FolderReport) -> dict[str, Any]:
    positions = report.positions()
    codes = sorted({code for brief in report.briefs for code in (*brief.asked, *brief.waived)})
    last = {pair.now: positions[pair.then] for pair in report.pairing.pairs}
    return {
        "block": _BLOCK,
        "told": min(len(report.order), MOST_TOLD),
        "day": report.day.isoformat(),
        "checks": {code: [*_pair(report.checks[code].title), report.checks[code].family] for code in codes},
        "titles": {code: _pair(check.title) for code, check in report.checks.items()},
        "forms": [_row(report, position, at, last.get(at)) for position, at in report.ranking()],
        "units": [_sums(each) for each in report.units],
        "departments": [_sums(each) for each in report.departments],
        "years": list(_years(report, positions)),
        "sample": list(_sample(report, positions)),
        "waivers": list(_waivers(report)),
        "errors": [[each.file, *_pair(each.error.message), *_pair(each.error.advice)] for each in report.errors],
    }


def _row(report: FolderReport, position: int, at: int, last: int | None) -> dict[str, Any]:
    brief = report.briefs[at]
    by_family = dict.fromkeys(FAMILIES, 0)
    for code, count in brief.asked.items():
        by_family[report.checks[code].family] += count
    return _who(brief) | {
        "p": position,
        "s": [_number(value) for value in (brief.claimed, brief.computed, brief.low)],
        "g": [brief.claimed_grade, brief.grade],
        "m": [_number(amount) for amount in (brief.money.initial, brief.money.adjusted, brief.money.executed)],
        "n": list(by_family.values()),
        "w": sum(brief.waived.values()),
        "o": brief.undecided,
        "c": sorted({**brief.asked, **brief.waived}, key=lambda code: (code not in brief.asked, _step(report, code))),
        "x": int(at in report.sampled),
        "f": brief.file,
        "l": last,
    }


def _step(report: FolderReport, code: str) -> tuple[int, int, str]:
    """The more certain family first, then the graver check."""
    check = report.checks[code]
    return FAMILIES.index(check.family), ("error", "warning", "info").index(check.severity), code


def _who(brief: Brief) -> dict[str, Any]:
    return {
        "y": brief.key.year, "t": brief.key.project, "k": brief.key.code, "u": brief.key.unit, "d": brief.department,
    }  # fmt: skip


def _detail(report: FolderReport, at: int, detail: Detail) -> dict[str, Any]:
    changes = detail.changes
    return {
        "why": [_pair(reason) for reason in report.reasons(at)],
        "book": [*_pair(detail.rulebook), *_pair(detail.why), report.briefs[at].rulebook],
        "lines": [[*_pair(line.field), line.claimed, line.computed, line.low, line.agrees] for line in detail.lines],
        "findings": [_finding(asked) for asked in detail.findings],
        "supported": None if detail.supported is None else _pair(detail.supported),
        "remarks": [_pair(remark) for remark in detail.remarks],
        "open": [[item.code, *_pair(item.needs)] for item in detail.undecided],
        "changes": None if changes is None else {
            "money": [_number(changes.then.initial), _number(changes.now.initial)],
            "lowered": _moved(changes.lowered), "raised": _moved(changes.raised), "weights": _moved(changes.weights),
            "added": changes.added, "dropped": changes.dropped, "copied": changes.copied,
        },
    }  # fmt: skip


def _finding(asked: AskedFinding) -> dict[str, Any]:
    it = asked.finding
    mark = None if it.clause is None else [clause_source(it.clause), *_pair(EVIDENCE[it.clause.evidence])]
    return {
        "c": it.code, "f": it.family, "v": _pair(SEVERITY[it.severity]), "a": _pair(it.ask), "r": _pair(it.read),
        "e": _pair(it.expected), "n": _pair(asked.field), "w": _pair(asked.where), "l": mark, "p": it.pointer,
        "h": asked.read, "s": _pair(STATES[asked.state]) if asked.state else None, "o": not asked.waived,
    }  # fmt: skip


def _sums(each: Sums) -> dict[str, Any]:
    means = (each.claimed_mean, each.claimed_median, each.computed_mean, each.low_mean)
    return {
        "t": each.name, "y": each.year, "forms": each.forms,
        "m": [_number(amount) for amount in (each.money.initial, each.money.adjusted, each.money.executed)],
        "means": [_number(value) for value in means],
        "grades": [grades_text(each.claimed_grades), grades_text(each.grades)], "n": list(each.asked.values()),
        "w": each.waived, "o": each.undecided, "exact": [each.exact, each.compared],
    }  # fmt: skip


def _years(report: FolderReport, positions: dict[int, int]) -> Iterator[dict[str, Any]]:
    for pair in report.pairing.pairs:
        now, then = report.briefs[pair.now], report.briefs[pair.then]
        yield _who(now) | {
            "p": positions[pair.now], "l": positions[pair.then], "by": _pair(BY[pair.by]),
            "m": [_number(then.money.initial), _number(now.money.initial)],
            "s": [_number(then.claimed), _number(now.claimed)],
        }  # fmt: skip
    for single in report.pairing.singles:
        yield _who(report.briefs[single.at]) | {"p": positions[single.at], "by": _pair(ALONE[single.why])}


def _sample(report: FolderReport, positions: dict[int, int]) -> Iterable[dict[str, Any]]:
    if report.sample is None:
        return
    for at in sorted(report.sample.chosen, key=lambda at: positions[at]):
        share = report.sample.probabilities[at]
        shown = {"share": plain(half_up(100 * share)), "exact": str(share)}
        yield _who(report.briefs[at]) | {"p": positions[at]} | shown


def _waivers(report: FolderReport) -> Iterator[dict[str, Any]]:
    for used in report.waivers:
        it = used.waiver
        yield {
            "t": it.project, "u": it.unit, "y": it.year, "c": it.check, "p": it.pointer, "who": it.who,
            "why": it.reason, "days": f"{it.on.isoformat()} — {it.until.isoformat()}",
            "state": _pair(waiver_text(used)), "holds": "holds" in used.states,
        }  # fmt: skip


def _moved(moved: Sequence[Moved]) -> list[list[str]]:
    return [[each.name, each.then, each.now] for each in moved]


def _pair(text: Text) -> Pair:
    return text.zh, text.en


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)

"""Which forms are looked at: filters as they stand in an address, kept from page to page and into every file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import asdict, replace

from jixiao.office.overview.figures.bins import CHANGES, RATES, SCORES, Bins, place_of_change, place_of_rate
from jixiao.office.overview.rows import STAGES, Row
from jixiao.review.page import Check
from jixiao.scoring.sheet import Text
from jixiao.writing.words import FAMILY, grade_text

_LONGEST: Final = 60


class Filters(Struct, frozen=True):
    """What is filtered; "" filters nothing.

    Attributes:
        stage: a key of `STAGES`, or "filed" for all that is handed in.
        filed: an ISO day on which a form was handed in.
        score, computed: a bin of `SCORES`, of the claimed and of the recomputed total.
        rate: a bin of `RATES`.
        change: a bin of `CHANGES`.
        grade: a claimed grade.
        check: code of a check that asks.
        family: a family of which there is a finding.
        gap: "above": claimed above recomputed.
        q: a part of the name of project or unit, or of the project's code.
    """

    stage: str = ""
    filed: str = ""
    score: str = ""
    computed: str = ""
    rate: str = ""
    change: str = ""
    grade: str = ""
    check: str = ""
    family: str = ""
    gap: str = ""
    q: str = ""

    def address(self, **changed: str) -> str:
        """The filters as a query, some changed: "?stage=draft"; "" where none is set."""
        held = {name: value for name, value in asdict(replace(self, **changed)).items() if value}
        return f"?{urlencode(held)}" if held else ""

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.address())


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters of a query; what names nothing that can be filtered is left out."""
    given = {name: query.get(name, "").strip()[:_LONGEST] for name in Filters.__struct_fields__}
    known = {
        "stage": ("filed", *STAGES), "score": SCORES.names, "computed": SCORES.names, "rate": RATES.names,
        "change": CHANGES.names, "family": tuple(FAMILY), "gap": ("above",),
    }  # fmt: skip
    return Filters(**{name: value for name, value in given.items() if value in known.get(name, (value,))})


Checks = Mapping[str, Check]


def chosen(rows: Iterable[Row], filters: Filters, checks: Checks) -> list[Row]:
    """The rows that pass every filter."""
    held = list(rows)
    for name, value in asdict(filters).items():
        if value:
            passes = _TESTS[name]
            held = [row for row in held if passes(row, value, checks)]
    return held


def _at_stage(row: Row, value: str, _: Checks) -> bool:
    return row.is_filed if value == "filed" else row.stage == value


def _on_day(row: Row, value: str, _: Checks) -> bool:
    return row.is_filed and row.filed is not None and row.filed.isoformat() == value


def _of_family(row: Row, value: str, checks: Checks) -> bool:
    return any(code in checks and checks[code].family == value for code in row.asked)


def _above(row: Row, _value: str, _: Checks) -> bool:
    return row.gap is not None and row.gap > 0


def _with_words(row: Row, value: str, _: Checks) -> bool:
    return value.casefold() in f"{row.project}\n{row.unit}\n{row.code}".casefold()


_TESTS: Final[Mapping[str, Callable[[Row, str, Checks], bool]]] = {
    "stage": _at_stage,
    "filed": _on_day,
    "score": lambda row, value, _: SCORES.name_of(row.claimed) == value,
    "computed": lambda row, value, _: SCORES.name_of(row.computed) == value,
    "rate": lambda row, value, _: RATES.name_at(place_of_rate(row.executed, row.adjusted)) == value,
    "change": lambda row, value, _: CHANGES.name_at(place_of_change(row.adjusted, row.initial)) == value,
    "grade": lambda row, value, _: row.claimed_grade == value,
    "check": lambda row, value, _: value in row.asked,
    "family": _of_family,
    "gap": _above,
    "q": _with_words,
}


def told(filters: Filters, checks: Checks) -> list[tuple[str, Text]]:
    """Every filter that is set, by its name, in words."""
    return [(name, _words(name, value, checks)) for name, value in asdict(filters).items() if value]


_BINS: Final[Mapping[str, tuple[Bins, Text, str]]] = {
    "score": (SCORES, Text("自评总分", "Claimed total"), ""),
    "computed": (SCORES, Text("重算总分", "Recomputed total"), ""),
    "rate": (RATES, Text("执行率", "Executed"), "%"),
    "change": (CHANGES, Text("预算调整", "Change of the budget"), "%"),
}


def _words(name: str, value: str, checks: Checks) -> Text:
    if name in _BINS:
        bins, title, sign = _BINS[name]
        label = next(one.label for one in bins.all if one.name == value)
        return Text(f"{title.zh}：{label.zh}{sign}", f"{title.en}: {label.en}{sign}")
    if name == "check":
        title = checks[value].title if value in checks else Text("", "")
        return Text(f"{value} {title.zh}".rstrip(), f"{value} {title.en}".rstrip())
    if name == "stage":
        return STAGES.get(value, Text("已报", "handed in"))
    if name == "family":
        return Text(f"有{FAMILY[value].zh}疑点", f"with a finding: {FAMILY[value].en.lower()}")  # type: ignore[index]
    return _plainly(name, value)


def _plainly(name: str, value: str) -> Text:
    if name == "grade":
        grade = grade_text(value)
        return Text(f"自评等级：{grade.zh}", f"Claimed grade: {grade.en}")
    if name == "filed":
        return Text(f"{value} 报送", f"handed in on {value}")
    if name == "gap":
        return Text("自评高于重算", "claims more than is recomputed")
    return Text(f"含“{value}”", f"with “{value}”")

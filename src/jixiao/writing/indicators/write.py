"""The indicator library as text, CSV or JSON."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

import msgspec

from jixiao.form import digits, plain
from jixiao.writing.csv_cells import guarded
from jixiao.writing.indicators.report import FACTS, Entry, Library, Source, Spread
from jixiao.writing.wrapping import fold_lines

Language = Literal["zh", "en"]
_WIDTH: Final = 100
_SHOWN: Final = 40
_SPREADS: Final = ("count", "least", "q1", "median", "q3", "most")
COLUMNS: Final = (
    "name", "level1", "level2", "unit", "forms", "units", "years", "operators", "measurability", "reasons",
    *(f"target_{name}" for name in _SPREADS), *(f"actual_{name}" for name in _SPREADS), "sources",
)  # fmt: skip


def write_text(library: Library, language: Language = "zh") -> str:
    """The first entries as text, each with why it is as measurable as it is and where it stands."""
    lines = _lines(library, language)
    return "".join(f"{folded}\n" for line in lines for folded in (fold_lines(line, _WIDTH) if line else [""]))


def _lines(library: Library, language: Language) -> Iterator[str]:
    zh = language == "zh"
    count, forms = len(library.entries), library.forms
    yield f"指标库：{count} 类指标，取自 {forms} 张表" if zh else f"Indicator library: {count} entries of {forms} forms"
    for entry in library.entries[:_SHOWN]:
        yield ""
        yield from _entry(entry, zh=zh)
    if count > _SHOWN:
        yield ""
        rest = count - _SHOWN
        yield f"另有 {rest} 类，见 --format csv 或 json。" if zh else f"{rest} more: see --format csv or json."


def _entry(entry: Entry, *, zh: bool) -> Iterator[str]:
    yield f"{entry.name}（{'·'.join(filter(None, (entry.level1, entry.level2)))}；{entry.unit or '—'}）"
    rests = f"{entry.forms} 张表，{entry.units} 个单位" if zh else f"{entry.forms} forms, {entry.units} units"
    yield f"  {rests}；{entry.operators}"
    for name, spread in (("指标值" if zh else "target", entry.target), ("完成值" if zh else "actual", entry.actual)):
        if spread.count:
            yield f"  {name}：{_shown(spread.q1)} / {_shown(spread.median)} / {_shown(spread.q3)}（{spread.count}）"
    why = ("；" if zh else "; ").join(text.zh if zh else text.en for text in entry.reasons)
    yield f"  {'可衡量性' if zh else 'measurability'} {entry.measurability}/{FACTS}：{why}"
    yield from (f"    {place(source)}" for source in entry.sources)


def place(source: Source) -> str:
    """Where a line stands: file, form, page or cell, whose project."""
    spot = source.cell or (f"p. {source.page}" if source.page else "")
    whose = " · ".join(filter(None, (source.unit, source.project, str(source.fiscal_year or ""))))
    return " ".join(filter(None, (source.file, f"#{source.number}/{source.line}", spot, whose)))


def _shown(number: Decimal | None) -> str:
    return "—" if number is None else plain(number)


def write_csv(library: Library) -> bytes:
    """One row an entry; no text is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, library.entries))
    return text.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> list[str]:
    return [
        *map(guarded, (entry.name, entry.level1, entry.level2, entry.unit)),
        str(entry.forms), str(entry.units), str(entry.years), guarded(entry.operators), str(entry.measurability),
        guarded("；".join(text.zh for text in entry.reasons)), *_cells(entry.target), *_cells(entry.actual),
        guarded("；".join(map(place, entry.sources))),
    ]  # fmt: skip


def _cells(spread: Spread) -> Iterator[str]:
    numbers = (spread.least, spread.q1, spread.median, spread.q3, spread.most)
    yield str(spread.count)
    yield from ("" if number is None else plain(number) for number in numbers)


def write_json(library: Library) -> bytes:
    """Everything as JSON; numbers of forms are digit strings."""
    wire = digits(msgspec.to_builtins(library, builtin_types=(Decimal,)))
    return msgspec.json.format(msgspec.json.encode(wire), indent=2) + b"\n"

"""TOML text → a book's own part, before inheritance; every value must have clause, source and evidence."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar, get_args

import msgspec
from msgspec import Struct

from jixiao.rulebook.entries import (
    Band,
    Cap,
    ExecutionStep,
    Golden,
    Grade,
    Labels,
    Let,
    Profile,
    Provenance,
    Reading,
    Section,
    Steps,
    Value,
    Written,
)
from jixiao.rulebook.errors import RulebookError
from jixiao.rulebook.places import Words

_T = TypeVar("_T")
_KNOWN: Final = frozenset(
    {
        "id", "title", "in_force_from", "in_force_to", "inherits", "default", "clauses", "values", "profiles", "bands",
        "labels", "grades", "caps", "execution_steps", "lets", "readings", "steps", "recognise", "golden",
    }
)  # fmt: skip


class Part(Struct, frozen=True):
    """What one file says, not yet joined with what it inherits.

    Attributes:
        file: the file's name as the caller gave it.
        since: first day in force.
        until: last day in force, `None` while it is.
        inherits: id of the book below ("cn"), or a file of the same book; "" for none.
        default: whether it is the book of an unknown place.
    """

    file: str
    id: str
    since: date
    until: date | None
    inherits: str
    default: bool
    zh: str
    en: str
    values: tuple[Value, ...]
    profiles: tuple[Profile, ...]
    bands: tuple[Band, ...]
    labels: tuple[Labels, ...]
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...]
    execution_steps: tuple[ExecutionStep, ...]
    lets: tuple[Let, ...]
    readings: tuple[Reading, ...]
    steps: Steps | None
    words: Words
    golden: tuple[Golden, ...]


def load_part(file: str, text: str) -> Part:
    """Read one book file.

    Raises:
        RulebookError: the text is not TOML, a key is unknown or missing, or a value has no clause, source or evidence;
            the error names file and key.
    """
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(file, "", zh=f"不是合法的 TOML：{error}", en=f"not valid TOML: {error}") from error
    return _Reader(file, table).part()


class _Reader:
    """Reads the tables of one file."""

    def __init__(self, file: str, table: Mapping[str, Any]) -> None:
        self.file = file
        self.table = table
        self.clauses: dict[str, Provenance] = {}

    def part(self) -> Part:
        for key in self.table:
            if key not in _KNOWN:
                self.refuse(key, f"没有这一项；可用：{' '.join(sorted(_KNOWN))}", "unknown key")
        self.clauses = {key: self._provenance(f"clauses.{key}", entry) for key, entry in self._tables("clauses")}
        since, until = self.table.get("in_force_from"), self.table.get("in_force_to")
        if not isinstance(since, date):
            self.refuse("in_force_from", "应为日期，如 2020-02-25", "a date is expected, as 2020-02-25")
        title = self.table.get("title", {})
        return Part(
            file=self.file, id=self.text("id", self.table),
            since=since, until=until if isinstance(until, date) else None,
            inherits=str(self.table.get("inherits", "")), default=bool(self.table.get("default", False)),
            zh=self.text("zh", title, "title"), en=self.text("en", title, "title"),
            values=self._each("values", self._value), profiles=self._each("profiles", self._profile),
            bands=self._each("bands", self._band), labels=self._each("labels", self._labels),
            grades=self._each("grades", self._grade), caps=self._each("caps", self._cap),
            execution_steps=self._each("execution_steps", self._step),
            lets=self._each("lets", self._let), readings=self._each("readings", self._reading),
            steps=self._steps(), words=self._words(), golden=self._golden(),
        )  # fmt: skip

    def refuse(self, key: str, zh: str, en: str) -> NoReturn:
        raise RulebookError(self.file, key, zh=zh, en=en)

    def text(self, key: str, table: Mapping[str, Any], above: str = "") -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{above}.{key}" if above else key, "应有文字", "a text is expected here")
        return value

    def _tables(self, section: str) -> list[tuple[str, Any]]:
        found = self.table.get(section, {})
        if isinstance(found, list):
            return [(str(at), entry) for at, entry in enumerate(found)]
        return [(str(key), entry) for key, entry in found.items()]

    def _each(self, section: str, read: Callable[[str, str, Mapping[str, Any]], _T]) -> tuple[_T, ...]:
        entries: list[_T] = []
        for key, entry in self._tables(section):
            versions = entry if isinstance(entry, list) else [entry]
            entries += [read(f"{section}.{key}", key, self._table(f"{section}.{key}", version)) for version in versions]
        return tuple(entries)

    def _table(self, key: str, entry: object) -> Mapping[str, Any]:
        if not isinstance(entry, dict):
            self.refuse(key, "应为表", "a table is expected here")
        return entry

    def _provenance(self, key: str, entry: Mapping[str, Any]) -> Provenance:
        evidence: Written = self.one_of(f"{key}.evidence", entry.get("evidence"), get_args(Written))
        texts = [self.text(name, entry, key) for name in ("document", "article", "source")]
        return Provenance(texts[0], texts[1], texts[2], evidence)

    def clause(self, key: str, entry: Mapping[str, Any]) -> Provenance:
        name = entry.get("clause")
        if name not in self.clauses:
            self.refuse(
                key,
                f"没有条款、来源和证据：clause 应为 {'、'.join(self.clauses) or '（[clauses] 为空）'} 之一",
                "no clause, source and evidence: `clause` must name one of this file's [clauses]",
            )
        return self.clauses[name]

    def one_of(self, key: str, value: object, allowed: tuple[_T, ...]) -> _T:
        found = [one for one in allowed if one == value]
        if not found:
            listed = " ".join(map(str, allowed))
            self.refuse(key, f"应为 {listed} 之一", f"one of {listed} is expected")
        return found[0]

    def number(self, key: str, entry: Mapping[str, Any], name: str) -> Decimal:
        value = entry.get(name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(f"{key}.{name}", "应为数", "a number is expected here")
        return Decimal(value)

    def truth(self, key: str, entry: Mapping[str, Any], name: str) -> bool:
        value = entry.get(name, False)
        if not isinstance(value, bool):
            self.refuse(f"{key}.{name}", "应为 true 或 false", "true or false is expected here")
        return value

    def _value(self, key: str, name: str, entry: Mapping[str, Any]) -> Value:
        value = entry.get("value")
        if not isinstance(value, bool | int | Decimal | str):
            self.refuse(f"{key}.value", "应为数、真假或文字", "a number, a truth or a text is expected here")
        since = entry.get("from", self.table.get("in_force_from"))
        kept = value if isinstance(value, bool | str) else Decimal(value)
        zh, en = self.text("zh", entry, key), self.text("en", entry, key)
        low, high = (self.number(key, entry, end) if end in entry else None for end in ("low", "high"))
        one_of = self._converted(f"{key}.one_of", entry.get("one_of", []), tuple[str, ...])
        return Value(name, kept, zh, en, str(since), self.clause(key, entry), one_of, low, high)

    def _profile(self, key: str, name: str, entry: Mapping[str, Any]) -> Profile:
        own = self._sections(key, entry) if "sections" in entry else ()
        parts = ("execution",) if own else ("execution", *_SECTIONS)
        points = dict.fromkeys(_SECTIONS, Decimal(0)) | {part: self.number(key, entry, part) for part in parts}
        sections = own or tuple(
            Section(*_SECTIONS[code], points[code], (_SECTIONS[code][0],)) for code in _SECTIONS if points[code]
        )
        zh, en = self.text("zh", entry, key), self.text("en", entry, key)
        whole = points["execution"] + sum(section.points for section in sections)
        if whole != _WHOLE:
            self.refuse(key, f"各类分值之和为 {whole}，应为 100", f"the points sum to {whole}, not to 100")
        return Profile(name=name, zh=zh, en=en, clause=self.clause(key, entry), sections=sections, **points)

    def _sections(self, key: str, entry: Mapping[str, Any]) -> tuple[Section, ...]:
        rows = [self._table(f"{key}.sections", row) for row in entry["sections"]]
        return tuple(
            Section(
                self.text("zh", row, key), self.text("en", row, key), self.number(f"{key}.sections", row, "points"),
                self._converted(f"{key}.sections.level1", row.get("level1"), tuple[str, ...]),
            )
            for row in rows
        )  # fmt: skip

    def _band(self, key: str, name: str, entry: Mapping[str, Any]) -> Band:
        low, high = self.number(key, entry, "low"), self.number(key, entry, "high")
        zh, en = self.text("zh", entry, key), self.text("en", entry, key)
        high_in, silent = (self.truth(key, entry, end) for end in ("high_in", "silent"))
        return Band(name, zh, en, low, high, high_in, self.clause(key, entry), silent)

    def _labels(self, key: str, _name: str, entry: Mapping[str, Any]) -> Labels:
        band = self.text("band", entry, key)
        whole, within = tuple(entry.get("whole", ())), tuple(entry.get("within", ()))
        return Labels(band, whole, within, self.clause(key, entry))

    def _grade(self, key: str, _name: str, entry: Mapping[str, Any]) -> Grade:
        name, en = self.text("name", entry, key), self.text("en", entry, key)
        low, high = self.number(key, entry, "low"), self.number(key, entry, "high")
        return Grade(name, en, low, high, self.truth(key, entry, "high_in"), self.clause(key, entry))

    def _cap(self, key: str, _name: str, entry: Mapping[str, Any]) -> Cap:
        rate_from, rate_to = self.number(key, entry, "rate_from"), self.number(key, entry, "rate_to")
        return Cap(rate_from, rate_to, self.number(key, entry, "at_most"), self.clause(key, entry))

    def _step(self, key: str, _name: str, entry: Mapping[str, Any]) -> ExecutionStep:
        rate_from, rate_to, share = (self.number(key, entry, name) for name in ("rate_from", "rate_to", "share"))
        return ExecutionStep(rate_from, rate_to, share, self.clause(key, entry))

    def _let(self, key: str, name: str, entry: Mapping[str, Any]) -> Let:
        text = self.text("text", entry, key)
        return Let(name, text, str(entry.get("zh", "")), str(entry.get("en", "")), self.clause(key, entry))

    def _reading(self, key: str, name: str, entry: Mapping[str, Any]) -> Reading:
        return Reading(name, self.text("zh", entry, key), self.text("en", entry, key), self.clause(key, entry))

    def _steps(self) -> Steps | None:
        return self._converted("steps", self.table["steps"], Steps) if "steps" in self.table else None

    def _golden(self) -> tuple[Golden, ...]:
        entries = self.table.get("golden", [])
        return tuple(self._converted(f"golden.{at}", entry, Golden) for at, entry in enumerate(entries))

    def _converted(self, key: str, entry: object, type_: type[_T]) -> _T:
        try:
            return msgspec.convert(entry, type_)
        except msgspec.ValidationError as error:
            self.refuse(key, f"格式不符：{error}", f"not of the schema: {error}")

    def _words(self) -> Words:
        """The `recognise` tables joined; a guard must be a regular expression."""
        joined: dict[str, list[str]] = {name: [] for name in Words.__struct_fields__}
        for at, entry in self._tables("recognise"):
            key = f"recognise.{at}"
            self.clause(key, entry)
            for name in entry.keys() - {"clause"}:
                if name not in joined:
                    self.refuse(f"{key}.{name}", f"没有这一项；可用：{' '.join(joined)}", "unknown key")
                joined[name] += self._converted(f"{key}.{name}", entry[name], list[str])
        for guard in (*joined["not_after"], *joined["not_before"]):
            self._pattern(guard)
        return Words(**{name: tuple(dict.fromkeys(words)) for name, words in joined.items()})

    def _pattern(self, guard: str) -> None:
        try:
            re.compile(guard)
        except re.error as error:
            self.refuse("recognise", f"“{guard}” 不是正则表达式：{error}", f"no regular expression: {error}")


_SECTIONS: Final = {
    "cost": ("成本指标", "cost"), "output": ("产出指标", "output"), "benefit": ("效益指标", "benefit"),
    "satisfaction": ("满意度指标", "satisfaction"),
}  # fmt: skip
_WHOLE: Final = 100

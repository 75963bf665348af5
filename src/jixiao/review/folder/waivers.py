"""Waivers 已说明: a finding that a person has explained, with a reason and an end date, is shown as waived.

A waiver is tied to the form (year, unit, project), the check, the cell and what was read there. It ends on its day, and
it lapses when the cell's row has changed: then the finding is open again, and the waiver is said not to hold. One that
meets no finding is said to be unused. Nothing is ever hidden.

    [[waiver]]
    year = 2024
    unit = "某某中心"
    project = "街道图书馆开放"
    code = ""                # 项目编码 where one is printed
    check = "JX204"
    pointer = "/funds/total"
    read = "9f86d081884c7d65"   # printed beside the finding
    who = "张三"
    reason = "年中按批复调减，见批复文件。"
    on = 2025-03-01
    until = 2026-03-01
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

import msgspec
from msgspec import Struct

from jixiao.form import Form
from jixiao.review.folder.brief import FormKey, Stamps, key_of
from jixiao.review.verdict import Finding
from jixiao.review.wording import squeeze
from jixiao.scoring.sheet import Text

State = Literal["holds", "expired", "not yet", "changed"]
_TEXTS: Final = ("check", "read", "who", "reason")
_FAULT: Final = re.compile(r"^(.*?)(?: - at `\$\.waiver\[(\d+)\](.*)`)?$")


class WaiversRefused(Exception):
    """A file of waivers is not of its format; the sentence names the waiver and the key, in 中文 and English."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh, self.en = zh, en


class Waiver(Struct, frozen=True, forbid_unknown_fields=True):
    """One explained finding; see the module for an example.

    Attributes:
        year, unit, project, code: which form, 0 and "" where it prints none; white space and full-width letters do
            not count.
        check: code of the check.
        pointer: JSON pointer of the finding.
        read: what was read there, as the report prints it beside the finding.
        who: who explained it.
        reason: why it needs no answer any more.
        on: the day it was given.
        until: the last day on which it holds.
    """

    year: int
    unit: str
    project: str
    check: str
    pointer: str
    read: str
    who: str
    reason: str
    on: date
    until: date
    code: str = ""

    @property
    def about(self) -> tuple[FormKey, str, str]:
        """Form, check and cell."""
        key = FormKey(self.year, squeeze(self.unit), squeeze(self.code), squeeze(self.project))
        return key, self.check, self.pointer


class Ruling(Struct, frozen=True):
    """What a waiver says of a finding: its place in the file, and whether it holds."""

    waiver: int
    state: State


def load_waivers(text: str) -> tuple[Waiver, ...]:
    """The waivers of a TOML text.

    Raises:
        WaiversRefused: it is no TOML, a key is missing, unknown or empty, the days are the wrong way round, or two are
            about the same finding.
    """
    try:
        page = msgspec.convert(tomllib.loads(text, parse_float=Decimal), _Page)
    except (msgspec.ValidationError, RecursionError) as fault:
        raise _refused(str(fault)) from fault
    except (ValueError, ArithmeticError) as fault:  # tomllib lets numbers out of range fall through
        raise WaiversRefused(f"不是有效的 TOML（{fault}）。", f"this is no TOML ({fault}).") from fault
    seen: dict[object, int] = {}
    for at, waiver in enumerate(page.waiver):
        _check(at, waiver)
        if seen.setdefault(waiver.about, at) != at:
            first = seen[waiver.about] + 1
            raise _at(
                at,
                f"与第 {first} 条说的是同一处疑点，请合为一条。",
                f"it is about what waiver {first} is; make them one.",
            )
    return page.waiver


class _Page(Struct, forbid_unknown_fields=True):
    waiver: tuple[Waiver, ...] = ()


def _check(at: int, waiver: Waiver) -> None:
    for key in _TEXTS:
        if not getattr(waiver, key).strip():
            raise _at(at, f"“{key}”是空的。", f"{key!r} is empty.")
    if waiver.until < waiver.on:
        raise _at(at, "until 早于 on。", "until is before on.")


def _refused(fault: str) -> WaiversRefused:
    match = _FAULT.match(fault)
    said, number, key = (match[1], match[2], match[3]) if match else (fault, None, "")
    if number is None:
        return WaiversRefused(f"格式不符（{fault}）。", f"not of the format ({fault}).")
    where = key.lstrip(".")
    return _at(int(number), f"{where}格式不符（{said}）。", f"{where} is not of the format ({said}).".lstrip())


def _at(at: int, zh: str, en: str) -> WaiversRefused:
    return WaiversRefused(f"第 {at + 1} 条 [[waiver]]：{zh}", f"[[waiver]] {at + 1}: {en}")


class Waivers:
    """Waivers as they stand on a day."""

    def __init__(self, waivers: Iterable[Waiver], day: date) -> None:
        """Order them by what they are about."""
        self.all = tuple(waivers)
        self.day = day
        self._places: Mapping[tuple[FormKey, str, str], int] = {one.about: at for at, one in enumerate(self.all)}

    def rulings(self, form: Form, findings: Iterable[Finding]) -> list[Ruling | None]:
        """For each finding of a form, what its waiver says; `None` where it has none."""
        if not self._places:
            return [None for _ in findings]
        key, stamps = key_of(form), Stamps(form)
        return [self._ruling(stamps, key, finding) for finding in findings]

    def _ruling(self, stamps: Stamps, key: FormKey, finding: Finding) -> Ruling | None:
        at = self._places.get((key, finding.code, finding.pointer))
        return None if at is None else Ruling(at, self._state(self.all[at], stamps.of(finding.pointer)))

    def _state(self, waiver: Waiver, stamp: str) -> State:
        if waiver.read != stamp:
            return "changed"
        if self.day > waiver.until:
            return "expired"
        return "holds" if self.day >= waiver.on else "not yet"


def draft(key: FormKey, check: str, pointer: str, read: str, day: date) -> str:
    """A waiver of a finding, to be filled in: who, reason and end are left to the person."""
    texts = {
        "unit": key.unit, "project": key.project, "code": key.code, "check": check, "pointer": pointer, "read": read,
        "who": "", "reason": "",
    }  # fmt: skip
    lines = [f"{name} = {_quoted(text)}" for name, text in texts.items()]
    head = ["[[waiver]]", f"year = {key.year}"]
    return "\n".join([*head, *lines, f"on = {day.isoformat()}", f"until = {day.isoformat()}"]) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON escapes are TOML escapes, and DEL is the one letter JSON leaves bare."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")


STATES: Final[dict[State, Text]] = {
    "holds": Text("有效", "holds"),
    "expired": Text("已过期", "expired"),
    "not yet": Text("尚未生效", "not yet in force"),
    "changed": Text("表上内容已变", "what was read has changed"),
}
"""The states in words."""

"""Judging the rows of a list of organisations."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from jixiao.office.people.duties import KIND_NAMES
from jixiao.office.people.lists.columns import KIND_OF_WORD, UNITS, bare
from jixiao.office.people.lists.sheet import Line
from jixiao.office.people.lists.verdicts import Change, Fault, Opinion, Unit, Verdict

_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
_RANK: Final = ("bureau", "department", "unit")
_LONGEST: Final = {"name": 120, "name_en": 200}


def judge_units(lines: list[Line], known: Mapping[str, Unit], foreign: frozenset[str] = frozenset()) -> list[Verdict]:
    """The verdict on each row.

    Args:
        lines: the rows of the lists of organisations.
        known: the organisations of the office, by code.
        foreign: codes of organisations that whoever applies the list does not manage.
    """
    first = {line.text("code"): line for line in reversed(lines)}
    alone = {line.spot: (*_foreign_faults(line, foreign), *_own_faults(line, first, known)) for line in lines}
    sound = {line.text("code"): _unit(line, known) for line in lines if not alone[line.spot]}
    faults = dict(alone)
    while True:
        every = {**known, **sound}
        highest = _highest_below(every)
        found = {
            line.spot: (
                *_tree_faults(line, sound[line.text("code")], every, first),
                *_below_faults(line, sound[line.text("code")], highest),
            )
            for line in lines
            if not faults[line.spot]
        }
        bad = {spot: wrong for spot, wrong in found.items() if wrong}
        if not bad:
            return [_verdict(line, faults[line.spot], known) for line in lines]
        faults |= bad
        sound = {line.text("code"): _unit(line, known) for line in lines if not faults[line.spot]}


def _own_faults(line: Line, first: Mapping[str, Line], known: Mapping[str, Unit]) -> Iterator[Fault]:
    code, kind = line.text("code"), line.text("kind")
    if not _CODE.fullmatch(code):
        yield _fault(line, "code", advice=_CODE_ADVICE if re.fullmatch(r"\d(\.\d+)?E\+\d+", code) else _FILL)
    elif first[code] is not line:
        yield Fault(
            line.spot_of("code"),
            code,
            ("每个编码只出现一次", "each code once"),
            (
                f"与 {first[code].spot_of('code')} 重复，请删去一行或改正编码。",
                f"The same as in {first[code].spot_of('code')}: take out one row, or mend the code.",
            ),
        )
    elif code in known and known[code].closed:
        yield Fault(
            line.spot_of("code"),
            code,
            ("未撤销的单位", "an organisation that is not closed"),
            (
                "该单位已撤销；请先在机构页恢复，或删去此行。",
                "It is closed: open it again on its page, or take out the row.",
            ),
        )
    for name, longest in _LONGEST.items():
        if len(line.text(name)) > longest or (name == "name" and not line.text(name)):
            yield _fault(line, name)
    if bare(kind) not in KIND_OF_WORD:
        yield _fault(line, "kind")


def _foreign_faults(line: Line, foreign: frozenset[str]) -> Iterator[Fault]:
    """A code that is another's: what stands behind it is neither told nor changed."""
    if line.text("code") in foreign:
        yield Fault(
            line.spot_of("code"),
            line.text("code"),
            ("您管理的单位的编码，或新的编码", "the code of an organisation that you manage, or a new one"),
            (
                "该编码属于您管理范围之外的单位；请核对编码，或删去此行。",
                "The code belongs to an organisation beyond those you manage: mend it, or take out the row.",
            ),
        )


_FILL: Final = ("请改正该单元格后重新上传。", "Mend the cell and upload again.")
_CODE_ADVICE: Final = (
    "表格软件把编码当成了数字；请把该列设为文本格式后重新填写。",
    "The spreadsheet took the code for a number: format the column as text and enter it again.",
)


def _fault(line: Line, name: str, advice: tuple[str, str] = _FILL) -> Fault:
    return Fault(line.spot_of(name), line.text(name), UNITS.column(name).hint, advice)


def _unit(line: Line, known: Mapping[str, Unit]) -> Unit:
    """The organisation a sound row describes; what it has no column for stays."""
    code = line.text("code")
    old = known.get(code)
    name_en = line.text("name_en") if "name_en" in line.cells else old.name_en if old else ""
    parent = line.text("parent") if "parent" in line.cells else old.parent if old else ""
    return Unit(code, line.text("name"), KIND_OF_WORD[bare(line.text("kind"))], parent, name_en)


def _tree_faults(line: Line, unit: Unit, every: Mapping[str, Unit], listed: Mapping[str, Line]) -> Iterator[Fault]:
    """Faults of its place in the tree, among all organisations that will be there."""
    parent = every.get(unit.parent)
    if unit.parent and parent is None:
        yield _no_parent(line, unit.parent, listed)
    elif parent is None and unit.kind != "bureau":
        yield Fault(
            line.spot_of("parent"),
            "",
            ("上级的编码", "the code of what it belongs to"),
            ("只有财政局可以没有上级。", "Only a finance bureau stands at the top."),
        )
    elif parent and parent.closed:
        yield Fault(
            line.spot_of("parent"),
            unit.parent,
            ("未撤销的单位", "an organisation that is not closed"),
            ("上级已撤销；请换一个上级，或先恢复它。", "It is closed: choose another, or open it again first."),
        )
    elif parent and _RANK.index(parent.kind) > _RANK.index(unit.kind):
        above, below = KIND_NAMES[parent.kind], KIND_NAMES[unit.kind]
        yield Fault(
            line.spot_of("parent"),
            unit.parent,
            (f"{below[0]}的上级不能是{above[0]}", f"a {below[1]} does not belong to a {above[1]}"),
            _FILL,
        )
    elif _in_circle(unit, every):
        yield Fault(
            line.spot_of("parent"),
            unit.parent,
            ("不在自己下级之中的上级", "nothing that is below it"),
            (
                "上下级互相循环，请改正其中一个上级编码。",
                "These rows are above each other in a circle: mend one parent code.",
            ),
        )


def _highest_below(every: Mapping[str, Unit]) -> dict[str, str]:
    """The highest kind of organisation directly below each, by code."""
    highest: dict[str, str] = {}
    for unit in every.values():
        if not unit.closed and (
            unit.parent not in highest or _RANK.index(unit.kind) < _RANK.index(highest[unit.parent])
        ):
            highest[unit.parent] = unit.kind
    return highest


def _below_faults(line: Line, unit: Unit, highest: Mapping[str, str]) -> Iterator[Fault]:
    """What stands below it must not be of a higher kind than it becomes."""
    below = highest.get(unit.code, unit.kind)
    if _RANK.index(below) < _RANK.index(unit.kind):
        zh, en = KIND_NAMES[below]
        yield Fault(
            line.spot_of("kind"),
            line.text("kind"),
            (f"其下有{zh}，类型不能低于它", f"nothing lower than the {en} below it"),
            _FILL,
        )


def _no_parent(line: Line, parent: str, listed: Mapping[str, Line]) -> Fault:
    if parent in listed:
        advice = (
            f"上级在 {listed[parent].spot} 行，该行有误；先改正那一行。",
            f"Its parent is in row {listed[parent].spot}, which is at fault: mend that row first.",
        )
    else:
        advice = (
            "表中和系统中都没有这个编码；请改正，或把上级也列入表中。",
            "Neither the list nor the office has this code: mend it, or list the parent too.",
        )
    return Fault(line.spot_of("parent"), parent, ("已有或表中的编码", "a code that exists or is listed"), advice)


def _in_circle(unit: Unit, every: Mapping[str, Unit]) -> bool:
    seen = {unit.code}
    above = every.get(unit.parent)
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = every.get(above.parent)
    return above is not None


def _verdict(line: Line, faults: tuple[Fault, ...], known: Mapping[str, Unit]) -> Verdict:
    code = line.text("code")
    if faults:
        return Verdict("units", line.spot, code, line.text("name"), "fault", {}, faults=faults)
    unit, old = _unit(line, known), known.get(code)
    fields = ("name", "kind", "parent", "name_en")
    values = {"code": code} | {name: str(getattr(unit, name)) for name in fields}
    changes = tuple(
        Change(name, str(getattr(old, name)), values[name])
        for name in fields
        if old and getattr(old, name) != values[name]
    )
    opinion: Opinion = "new" if old is None else "changed" if changes else "unchanged"
    return Verdict("units", line.spot, code, unit.name, opinion, values, changes)

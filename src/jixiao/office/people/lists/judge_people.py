"""Judging the rows of a list of people: accounts first, then the roles that are asked for."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from jixiao.office.people.duties import ROLE_NAMES, why_not
from jixiao.office.people.lists.columns import PEOPLE, roles_in
from jixiao.office.people.lists.sheet import Line
from jixiao.office.people.lists.verdicts import Change, Fault, Person, Standing, Unit, Verdict

_USERNAME: Final = re.compile(r"[\w.@+-]{1,60}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST: Final = {"name": 60, "email": 254, "phone": 30}
_FILL: Final = ("请改正该单元格后重新上传。", "Mend the cell and upload again.")


def judge_people(lines: list[Line], standing: Standing, listed: Mapping[str, Unit]) -> list[Verdict]:
    """The verdict on each row. A person may stand in several rows, one for each organisation.

    Args:
        lines: the rows of the lists of people.
        standing: what the office holds.
        listed: the organisations that will be there besides, from sound rows of the same file, by code.
    """
    units = {**standing.units, **listed}
    people = {key_of(username): person for username, person in standing.people.items()}
    first: dict[str, Line] = {}
    held: dict[str, set[str]] = {key: {kind for kind, _ in person.roles} for key, person in people.items()}
    verdicts = []
    for line in lines:
        key = key_of(line.text("username"))
        faults = tuple(_faults(line, first.setdefault(key, line), people.get(key), units))
        faults += tuple(_foreign_faults(line, standing.foreign_people))
        if not faults:
            faults = tuple(_role_faults(line, units[line.text("unit")], held.setdefault(key, set())))
        verdicts.append(_verdict(line, faults, people.get(key), again=first[key] is not line))
    return verdicts


def key_of(username: str) -> str:
    """User names that differ only in width or case are the same."""
    return unicodedata.normalize("NFKC", username).casefold()


def _faults(line: Line, first: Line, old: Person | None, units: Mapping[str, Unit]) -> Iterator[Fault]:
    if not _USERNAME.fullmatch(line.text("username")):
        yield _fault(line, "username")
    for name, longest in _LONGEST.items():
        text = line.text(name)
        if (
            len(text) > longest
            or (name == "name" and not text)
            or (name == "email" and text and not _EMAIL.fullmatch(text))
        ):
            yield _fault(line, name)
    if line.text("name") != first.text("name"):
        yield _differs(line, first)
    if old is not None and not old.active:
        yield Fault(
            line.spot_of("username"),
            line.text("username"),
            ("未停用的账号", "an account that is in use"),
            (
                "该账号已停用；请先在人员页启用，或删去此行。",
                "It is switched off: switch it on again on its page, or take out the row.",
            ),
        )
    unit = units.get(line.text("unit"))
    if unit is None or unit.closed:
        yield _no_unit(line, closed=unit is not None)


def _foreign_faults(line: Line, foreign: frozenset[str]) -> Iterator[Fault]:
    """A user name that is another's: what is known of the person is neither told nor changed."""
    if key_of(line.text("username")) in foreign:
        yield Fault(
            line.spot_of("username"),
            line.text("username"),
            ("您管理的人员的用户名，或新的用户名", "the user name of somebody you manage, or a new one"),
            (
                "该用户名已有人用，且不在您的管理范围；请换一个用户名，或删去此行。",
                "It is taken by somebody beyond those you manage: choose another user name, or take out the row.",
            ),
        )


def _fault(line: Line, name: str) -> Fault:
    return Fault(line.spot_of(name), line.text(name), PEOPLE.column(name).hint, _FILL)


def _differs(line: Line, first: Line) -> Fault:
    where, name = first.spot_of("name"), first.text("name")
    return Fault(
        line.spot_of("name"),
        line.text("name"),
        (f"与 {where} 相同的姓名“{name}”", f"the same name as in {where}, “{name}”"),
        (
            "同一用户名只能是同一个人；请改正姓名或用户名。",
            "One user name is one person: mend the name or the user name.",
        ),
    )


def _no_unit(line: Line, *, closed: bool) -> Fault:
    expected = ("未撤销的单位编码", "the code of an organisation that is not closed")
    advice = (
        ("该单位已撤销；请换一个，或先恢复它。", "It is closed: choose another, or open it again first.")
        if closed
        else (
            "系统和本表中都没有这个编码，或该单位所在行有误；请改正，或把单位也列入表中。",
            "Neither the office nor this file has it, or its row is at fault: mend it, or list the organisation too.",
        )
    )
    return Fault(line.spot_of("unit"), line.text("unit"), expected, advice)


def _role_faults(line: Line, unit: Unit, held: set[str]) -> Iterator[Fault]:
    """Faults of the roles a row asks for; those without are added to the roles held."""
    for written, kind in roles_in(line.text("roles")):
        if not kind:
            names = "、".join(zh for zh, _ in ROLE_NAMES.values()), ", ".join(en for _, en in ROLE_NAMES.values())
            yield Fault(line.spot_of("roles"), written, names, _FILL)
        elif reason := why_not(kind, unit.kind, held):
            yield Fault(line.spot_of("roles"), written, reason, _FILL)
        else:
            held.add(kind)


def _verdict(line: Line, faults: tuple[Fault, ...], old: Person | None, *, again: bool) -> Verdict:
    username, name = line.text("username"), line.text("name")
    if faults:
        return Verdict("people", line.spot, username, name, "fault", {}, faults=faults)
    kinds = list(dict.fromkeys(kind for _, kind in roles_in(line.text("roles"))))
    values = {"username": old.username if old else username, "name": name, "unit": line.text("unit")}
    values |= {field: line.text(field) for field in ("email", "phone") if line.text(field)} | {"roles": " ".join(kinds)}
    if old is None:
        return Verdict("people", line.spot, username, name, "changed" if again else "new", values)
    changes = tuple(_changes(values, kinds, old))
    return Verdict("people", line.spot, username, name, "changed" if changes else "unchanged", values, changes)


def _changes(values: Mapping[str, str], kinds: list[str], old: Person) -> Iterator[Change]:
    for field in ("name", "email", "phone"):
        if field in values and values[field] != getattr(old, field):
            yield Change(field, getattr(old, field), values[field])
    here = sorted(kind for kind, code in old.roles if code == values["unit"])
    if not set(kinds) <= set(here):
        yield Change("roles", " ".join(here), " ".join([*here, *(kind for kind in kinds if kind not in here)]))

"""Who and what stands in the demo, as the file `office.toml` says."""

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from jixiao.office.demonstration import DemoAccount

PASSWORD: Final = "Jixiao-demo-1"  # noqa: S105 -- no secret: the sign-in page of a demo shows it
"""The password of every demo account; it is shown to everybody."""

ROLES: Final = {
    "clerk": ("经办人", "clerk"),
    "head": ("单位负责人", "unit head"),
    "department": ("主管部门审核人", "department reviewer"),
    "finance": ("财政审核人", "finance reviewer"),
    "auditor": ("审计（只读）", "auditor, reading only"),
    "publisher": ("公开人", "publisher"),
    "system_admin": ("系统管理员", "system administrator"),
    "security_admin": ("安全管理员", "security administrator"),
    "audit_admin": ("审计管理员", "audit administrator"),
}


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation of the demo.

    Attributes:
        key: names it in the file.
        above: the key of what it stands below; empty for the bureau.
    """

    key: str
    kind: str
    name: str
    name_en: str
    code: str
    above: str = ""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person with one role."""

    username: str
    name: str
    role: str
    place: str


class Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round.

    Attributes:
        opens, unit_due, department_due, finance_due, publish_due: days from the day the demo is loaded.
        closed: whether nothing can be filed any more.
    """

    fiscal_year: int
    opens: int
    unit_due: int
    department_due: int
    finance_due: int
    publish_due: int
    closed: bool = False


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A project of a unit and its filings.

    Attributes:
        place: the unit.
        source: name of the published project whose form it is made from.
        name: its own name; empty for the published one.
        states: fiscal year (as text) to where the filing stands; "returned" is a draft that came back.
        spent: fiscal year to per cent of the budget that was spent, where it is not as published.
        reason: why it came back.
        approved: rows (from 0, as text) to targets that were approved otherwise than they are filed.
        cells: which cells are asked about, by their lasting names ("k3/actual").
    """

    place: str
    source: str
    states: dict[str, str]
    name: str = ""
    spent: dict[str, int] = {}
    approved: dict[str, str] = {}
    reason: str = ""
    cells: tuple[str, ...] = ()


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of the demo."""

    rulebook: str
    layout: str
    form_title: str
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    years: tuple[Year, ...]
    entries: tuple[Entry, ...]


@cache
def cast() -> Cast:
    """The demo as its file says."""
    text = (files("jixiao.office.demo") / "office.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Cast)


def sign_ins() -> tuple[DemoAccount, ...]:
    """The demo accounts, those of the first unit first; the role with its organisation."""
    places = {place.key: place for place in cast().places}
    return tuple(
        DemoAccount(
            person.username,
            person.name,
            f"{ROLES[person.role][0]}（{places[person.place].name}）",
            f"{ROLES[person.role][1]} ({places[person.place].name_en})",
            PASSWORD,
        )
        for person in cast().people
    )

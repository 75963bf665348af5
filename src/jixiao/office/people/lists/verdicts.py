"""What is thought of each row of a list: new, changed, unchanged, or at fault and why."""

from typing import Literal

from msgspec import Struct

Opinion = Literal["new", "changed", "unchanged", "fault"]


class Fault(Struct, frozen=True):
    """What is wrong with a cell.

    Attributes:
        where: its spot in the file ("单位!D7").
        read: what it says.
        expected: what belongs there, in 中文 and English.
        advice: what to do.
    """

    where: str
    read: str
    expected: tuple[str, str]
    advice: tuple[str, str]


class Change(Struct, frozen=True):
    """A field that will be another: its name, what it is now, what it will be."""

    field: str
    before: str
    after: str


class Verdict(Struct, frozen=True):
    """What is thought of a row.

    Attributes:
        list: "units" or "people".
        where: the row in the file ("单位!7").
        key: code or user name.
        name: as the row says.
        opinion: what applying it will do.
        values: the fields as they will be stored; for people, `unit` and `roles` too.
        changes: for what exists already.
        faults: for rows at fault; there is at least one, and the row is left out.
    """

    list: str
    where: str
    key: str
    name: str
    opinion: Opinion
    values: dict[str, str]
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()


class Unit(Struct, frozen=True):
    """An organisation as it stands in the office."""

    code: str
    name: str
    kind: str
    parent: str
    name_en: str = ""
    closed: bool = False


class Person(Struct, frozen=True):
    """A person as they stand in the office; roles as pairs of kind and code of the organisation."""

    username: str
    name: str
    email: str = ""
    phone: str = ""
    active: bool = True
    roles: frozenset[tuple[str, str]] = frozenset()


class Standing(Struct, frozen=True):
    """What the office holds before the list is applied, as far as whoever applies it manages it.

    Attributes:
        units: organisations by code.
        people: people by user name.
        foreign_codes: codes of organisations beyond that; no row may be about one.
        foreign_people: user names of people beyond that.
    """

    units: dict[str, Unit]
    people: dict[str, Person]
    foreign_codes: frozenset[str] = frozenset()
    foreign_people: frozenset[str] = frozenset()

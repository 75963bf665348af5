"""What a round can be held under: rulebooks with the version in force in its year, layouts that can be printed."""

from dataclasses import dataclass
from datetime import date

from jixiao.desk.documents import printed_layouts
from jixiao.desk.library import shelf
from jixiao.office.look.words import say


@dataclass(frozen=True, slots=True)
class InForce:
    """A rulebook as it stands in a year.

    Attributes:
        id: "cn-shanghai".
        name: in the language of the page.
        since: the day its newest own rules then in force began; none where it had none yet.
    """

    id: str
    name: str
    since: date | None


def in_force(identifier: str, year: int) -> InForce:
    """The version of a rulebook that is in force in a year."""
    day = date(year, 12, 31)
    book = shelf().on(identifier, day)
    begun = [since for since in shelf().versions(identifier) if since <= day]
    return InForce(identifier, say(book.zh, book.en), max(begun, default=None))


def rulebook_choices(year: int) -> list[tuple[str, str]]:
    """Rulebooks to choose from, each with its version in force in the year."""
    found = [in_force(identifier, year) for identifier in shelf().ids()]
    return [(one.id, f"{one.name} · {one.since or say('当年尚未施行', 'not in force then')}") for one in found]


def layout_choices() -> list[tuple[str, str]]:
    """Layouts that can be printed."""
    return [(family.id, family.name) for family in printed_layouts()]

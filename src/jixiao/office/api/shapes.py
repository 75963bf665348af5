"""What the API takes and gives, beside forms and reviews (whose contracts are jixiao/form/1 and jixiao/review/1).

Numbers are texts of digits; instants are ISO 8601 with their offset.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeVar

from django.db.models import Model
from ninja import Schema
from pydantic import Field

from jixiao.form import plain
from jixiao.office.filing.models import Decision, Filing, Save, Version
from jixiao.office.people.models import Organisation
from jixiao.office.publication.models import Publication
from jixiao.office.rounds.models import Project, Round

Digits = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
State = Literal["draft", "with_head", "with_department", "with_finance", "approved", "published"]
Text = Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]
Word = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]
After = Annotated[int, Field(ge=0, le=2**63 - 1, description="the id after which the page begins; from `next`")]
Limit = Annotated[int, Field(ge=1, le=200, description="how many items at most")]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Me(Schema):
    """Who the token belongs to, and what it is for."""

    username: str
    name: str
    scopes: list[str]
    roles: list[dict[str, str]]


class OrganisationOut(Schema):
    """An organisation 机构."""

    uid: str
    parent: str | None
    kind: Literal["bureau", "department", "unit"]
    code: str
    name: str
    name_en: str
    closed: bool


class RoundOut(Schema):
    """A filing round 批次."""

    id: int
    bureau: str
    fiscal_year: int
    title: str
    rulebook: str
    layout: str
    currency_unit: str
    opens: date
    unit_due: date
    department_due: date
    finance_due: date
    publish_due: date
    closed: bool


class ProjectOut(Schema):
    """A project 项目."""

    uid: str
    unit: str
    code: str
    name: str
    ended: int | None


class Summary(Schema):
    """A filing in a list: where it stands and its figures; points and 元 as digits."""

    id: int
    round: int
    project: str
    project_name: str
    unit: str
    state: State
    returned: bool
    version: int
    claimed: Digits | None
    computed: Digits | None
    low: Digits | None
    supported: Digits | None
    grade: str
    grade_computed: str
    initial: Digits | None
    adjusted: Digits | None
    executed: Digits | None
    arithmetic: int
    clause: int
    doubt: int
    codes: list[str]
    saved: datetime | None
    submitted: datetime | None


class SaveOut(Schema):
    """One save: which cells changed, from what to what; a refused one met another's change."""

    number: int
    base: int
    by: str | None
    at: datetime
    kind: str
    refused: bool
    changes: list[dict[str, Any]]


class VersionOut(Schema):
    """A frozen version: what it was frozen for, and the digest of its form."""

    number: int
    act: str
    by: str | None
    at: datetime
    sha256: str


class DecisionOut(Schema):
    """A step of the workflow."""

    act: str
    before: State
    after: State
    by: str | None
    at: datetime
    reason: str
    score: Digits | None
    version: int | None


class Page(Schema):
    """Part of a list; `next` is the value for `after` that continues it, `null` at its end."""

    next: int | None


class Rounds(Page):
    """Rounds."""

    items: list[RoundOut]


class Organisations(Page):
    """Organisations."""

    items: list[OrganisationOut]


class Projects(Page):
    """Projects."""

    items: list[ProjectOut]


class FormFilter(Schema):
    """Which filings; what is not given does not narrow.

    Attributes:
        round: id of the round.
        unit: uid of the unit.
        project: uid of the project.
        finding: code of a check that asks about them.
    """

    round: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    state: State | None = None
    unit: Word = ""
    project: Word = ""
    finding: Annotated[str, Field(max_length=5, pattern=r"^(JX[1-9][0-9]{2})?$")] = ""


class Summaries(Page):
    """Filings."""

    items: list[Summary]


class Saves(Page):
    """Saves."""

    items: list[SaveOut]


class Versions(Page):
    """Frozen versions."""

    items: list[VersionOut]


class Decisions(Page):
    """Decisions."""

    items: list[DecisionOut]


class PublicationOut(Schema):
    """A published form in a list; amounts in 元."""

    uid: str
    year: int
    edition: int
    name: str
    code: str
    unit: str
    unit_uid: str
    department: str
    department_uid: str
    initial: Digits | None
    adjusted: Digits | None
    executed: Digits | None
    claimed: str
    grade: str
    computed: str
    low: str
    computed_grade: str
    arithmetic: int
    clause: int
    doubt: int
    changed: datetime


class Publications(Page):
    """Published forms."""

    items: list[PublicationOut]


def publication_out(held: Publication) -> PublicationOut:
    """A published form."""
    names = ("initial", "adjusted", "executed")
    amounts = {name: _yuan(getattr(held, name)) for name in names}
    return _made(PublicationOut, held, **amounts)


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else digits(Decimal(fen).scaleb(-2))


def organisation_out(held: Organisation, uids: dict[int, str]) -> OrganisationOut:
    """An organisation; `uids` has its parent's public name."""
    parent = uids.get(held.parent_id) if held.parent_id else None
    return _made(OrganisationOut, held, parent=parent)


def round_out(held: Round) -> RoundOut:
    """A round."""
    return _made(RoundOut, held, bureau=held.bureau.uid)


def project_out(held: Project) -> ProjectOut:
    """A project."""
    return _made(ProjectOut, held, unit=held.unit.uid)


def summary(held: Filing) -> Summary:
    """A filing with its figures."""
    figures = {name: digits(getattr(held, name)) for name in _FIGURES}
    project = held.project
    named = {"project": project.uid, "project_name": project.name, "unit": held.unit.uid, "round": held.round_id}
    return _made(Summary, held, codes=held.codes.split(), **named, **figures)


def save_out(held: Save, changes: list[dict[str, Any]]) -> SaveOut:
    """A save."""
    return _made(SaveOut, held, by=held.by.username if held.by else None, changes=changes)


def version_out(held: Version) -> VersionOut:
    """A frozen version."""
    return _made(VersionOut, held, by=held.by.username if held.by else None)


def decision_out(held: Decision) -> DecisionOut:
    """A decision."""
    by, version = held.by.username if held.by else None, held.version.number if held.version else None
    return _made(DecisionOut, held, by=by, version=version, score=digits(held.score))


_FIGURES: Final = ("claimed", "computed", "low", "supported", "initial", "adjusted", "executed")
Shape = TypeVar("Shape", bound=Schema)


def _made(shape: type[Shape], held: Model, **differs: Any) -> Shape:
    """The shape filled from a record's fields of the same names, but for those that differ."""
    same = {name: getattr(held, name) for name in shape.model_fields if name not in differs}
    return shape.model_validate(same | differs)


def digits(value: Decimal | None) -> str | None:
    """A number as its digits, without the trailing zeros of its column; `None` for none."""
    if value is None:
        return None
    rest = value.normalize()
    return plain(rest.quantize(Decimal(1)) if rest == rest.to_integral() else rest)

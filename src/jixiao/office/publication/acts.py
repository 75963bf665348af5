"""Publishing, correcting and withdrawing 公开、更正、撤回: each one transaction with its event in the journal."""

from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from msgspec import Struct

from jixiao.form import Form
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.models import Filing
from jixiao.office.journal.record import record
from jixiao.office.people.models import Organisation
from jixiao.office.publication.frozen import Frozen, freeze
from jixiao.office.publication.models import Edition, Publication
from jixiao.office.publication.record import encode_review, encode_told, review_of
from jixiao.office.publication.search import forget, remember, searchable
from jixiao.office.publication.tasks import papers
from jixiao.office.rounds.models import Project
from jixiao.writing.telling.amounts import yuan_of

_LARGEST_FEN: Final = 2**63 - 1
_MOST_DIGITS: Final = 18
_MOST_LETTERS: Final = 80
"""Of a project's code in the list; the form has all of it."""
FOLLOWS: Final = (
    "上一年的公开内容有变动，本页与上一年的比较已重新生成。 "
    "The form of the year before changed; the comparison with it was made again."
)
"""The reason given for an edition that is made because the year before was corrected or withdrawn."""


class Prepared(Struct, frozen=True):
    """What publishing a filing will show, made before the transaction begins.

    Attributes:
        frozen: form, report and plain words.
        department: above the unit.
        beside: the edition of the year before that it is compared with; 0 for none.
    """

    frozen: Frozen
    department: Organisation
    beside: int


def prepare(filing: Filing) -> Prepared:
    """Make the public copy of a filing as it stands; reads only."""
    before = _current(filing.project.uid, filing.round.fiscal_year - 1)
    frozen = freeze(form_of(filing.form), form_of(before.form) if before else None, filing.round.rulebook)
    return Prepared(frozen, department_of(filing.unit), before.pk if before else 0)


def published_form(uid: str, year: int) -> Form | None:
    """The public form of a project for a year, as its current edition has it; `None` where none stands."""
    held = _current(uid, year)
    return form_of(held.form) if held else None


def _current(uid: str, year: int) -> Edition | None:
    """The edition that stands for a project and year."""
    standing = Edition.objects.filter(publication__uid=uid, publication__year=year, publication__withdrawn=None)
    return standing.filter(number=F("publication__edition")).first()


def one_at_a_time(filing: Filing) -> None:
    """Hold the project: what the public sees of it, year beside year, is changed by one at a time."""
    Project.objects.select_for_update(no_key=True).filter(pk=filing.project_id).values_list("pk").first()


def _still_beside(filing: Filing, made: Prepared) -> bool:
    """Whether the year before still is what a copy was compared with."""
    before = _current(filing.project.uid, filing.round.fiscal_year - 1)
    return made.beside == (before.pk if before else 0)


def department_of(unit: Organisation) -> Organisation:
    """The department above a unit, the unit itself where there is none."""
    above = [int(part) for part in unit.path.split("/") if part]
    found = Organisation.objects.filter(pk__in=above, kind="department").order_by("-path").first()
    return found or unit


@transaction.atomic
def publish(filing: Filing, *, by: Any, reason: str = "", prepared: Prepared | None = None) -> Publication:
    """Publish a filing as it stands; published before, it is a correction: a new edition at the same address.

    Args:
        filing: an approved filing; who may publish it, and its state, are the caller's business.
        by: who publishes; `None` for the system.
        reason: why a correction is made, for the public to read.
        prepared: what `prepare` made of the filing, where many are published at once.
    """
    one_at_a_time(filing)
    made = prepared if prepared and _still_beside(filing, prepared) else prepare(filing)
    now = timezone.now()
    held = Publication.objects.filter(uid=filing.project.uid, year=filing.round.fiscal_year).first()
    held = held or Publication(uid=filing.project.uid, year=filing.round.fiscal_year, first=now)
    held.filing, held.changed, held.withdrawn, held.notice = filing, now, None, ""
    held.edition += 1
    _note(held, filing, made)
    held.save()
    remember(held, searchable(held.name, made.frozen.form.project.name, held.code, held.unit, held.department))
    papers.enqueue(_add_edition(held, filing, made, by=by, reason=reason).pk)
    record(
        "publication.published", f"publication/{held.pk}", actor=by, organisation=filing.path,
        filing=str(filing.pk), edition=str(held.edition), reason=reason,
    )  # fmt: skip
    if held.edition > 1:
        _follow(held)
    return held


@transaction.atomic
def withdraw(filing: Filing, *, by: Any, reason: str) -> None:
    """Take a publication back; its address says since when and why, and shows nothing else.

    Args:
        filing: a published filing; one that is not published is left alone.
        by: who withdraws.
        reason: why, for the public to read.
    """
    one_at_a_time(filing)
    held = Publication.objects.filter(filing=filing, withdrawn__isnull=True).first()
    if held is None:
        return
    held.withdrawn = held.changed = timezone.now()
    held.notice = reason
    held.save(update_fields=["withdrawn", "changed", "notice"])
    forget(held)
    record(
        "publication.withdrawn", f"publication/{held.pk}", actor=by, organisation=filing.path,
        filing=str(filing.pk), reason=reason,
    )  # fmt: skip
    _follow(held)


def _follow(held: Publication) -> None:
    """The next year's page compares with this one: it is made again, so that it quotes nothing that is gone."""
    later = Publication.objects.filter(uid=held.uid, year=held.year + 1, withdrawn__isnull=True).first()
    if later is not None:
        publish(
            Filing.objects.select_related("round", "project", "unit").get(pk=later.filing_id), by=None, reason=FOLLOWS
        )


def _add_edition(held: Publication, filing: Filing, made: Prepared, *, by: Any, reason: str) -> Edition:
    text = form_text(made.frozen.form)
    return Edition.objects.create(
        publication=held,
        number=held.edition,
        at=held.changed,
        by=by,
        reason=reason,
        form=text,
        review=encode_review(review_of(made.frozen.report)),
        told=encode_told(made.frozen.told),
        layout=filing.round.layout,
        sha256=sha256(text.encode()).hexdigest(),
    )


def _note(held: Publication, filing: Filing, made: Prepared) -> None:
    """Copy into the columns what lists and search show."""
    form, report, department = made.frozen.form, made.frozen.report, made.department
    held.name, held.code = filing.project.name, (form.project.code or filing.project.code)[:_MOST_LETTERS]
    held.unit, held.unit_uid = filing.unit.name, filing.unit.uid
    held.department, held.department_uid = department.name, department.uid
    total, sheet = form.funds.total, report.sheet
    held.initial, held.adjusted, held.executed = (
        fen(yuan_of(form, amount)) for amount in (total.initial, total.adjusted, total.executed)
    )
    held.claimed, held.computed, held.low = (
        "" if number is None else f"{number:f}"[:40] for number in (sheet.claimed_score, sheet.score, sheet.low)
    )
    held.grade, held.computed_grade = (form.grade or "")[:16], sheet.grade or ""
    families = [finding.family for finding in report.review.findings]
    held.arithmetic, held.clause, held.doubt = (families.count(name) for name in ("arithmetic", "clause", "doubt"))


def fen(yuan: Decimal | None) -> int | None:
    """An amount in whole 分, half up, for lists and sums; `None` for none, and for one that no column holds."""
    if yuan is None:
        return None
    if yuan.adjusted() > _MOST_DIGITS:
        return None
    whole = int(yuan.scaleb(2).to_integral_value(ROUND_HALF_UP))
    return whole if abs(whole) <= _LARGEST_FEN else None

"""Answering an inquiry: rules tried on every form, or all forms reviewed together; packed, and unpacked again."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

import msgspec
from django.utils import timezone
from msgspec import Struct

from jixiao import __version__
from jixiao.desk.errors import WrongUse
from jixiao.desk.folder import Asked, Given, check_asked, review_given
from jixiao.desk.whatif import Scenario, moved_report, scenario_of, try_form
from jixiao.office.filing.judging import approved, attached, form_of, last_year, record_of, with_problems
from jixiao.office.filing.models import Filing
from jixiao.office.overview.filters import Filters
from jixiao.office.overview.models import RULES, Inquiry
from jixiao.office.overview.sentences import beside
from jixiao.office.overview.sight import Sight
from jixiao.review import Context
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.priority import Rank
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import WaiversRefused, load_waivers
from jixiao.review.folder.years import Changes, Pairing
from jixiao.review.whatif import Move
from jixiao.writing.folder.as_xlsx import write_folder_xlsx
from jixiao.writing.folder.report import FileError, FolderReport, Sample, UsedWaiver
from jixiao.writing.whatif.report import WhatIfReport

Watch = Callable[[int, int], None]
"""Is told how many of how many are done."""
_BATCH: Final = 200


class RulesAsked(Struct, frozen=True):
    """What is tried: another book, another base, other parameters ("name=value"); on which forms."""

    rulebook: str = ""
    base: str = ""
    settings: tuple[str, ...] = ()
    filters: Filters = Filters()


class ReviewAsked(Struct, frozen=True):
    """How all forms are reviewed: size and seed of a sample, waivers (TOML), with last year's or not; which forms."""

    sample: str = ""
    seed: str = "1"
    each_unit: bool = False
    last_year: bool = True
    waivers: str = ""
    filters: Filters = Filters()


class Kept(Struct, frozen=True):
    """What is kept of a review of all forms; as in `FolderReport`, and what changed since last year by place."""

    briefs: tuple[Brief, ...]
    ranks: tuple[Rank, ...]
    order: tuple[int, ...]
    units: tuple[Sums, ...]
    departments: tuple[Sums, ...]
    pairing: Pairing
    sample: Sample | None
    waivers: tuple[UsedWaiver, ...]
    errors: tuple[FileError, ...]
    changes: dict[int, Changes]


def _packed(value: object) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value))


def _unpacked(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return Fraction(value)
    raise NotImplementedError(kind)


_PACK: Final = msgspec.msgpack.Encoder(enc_hook=_packed)
_MOVES: Final = msgspec.msgpack.Decoder(tuple[Move, ...])
_KEPT: Final = msgspec.msgpack.Decoder(Kept, dec_hook=_unpacked)
_RULES: Final = msgspec.json.Decoder(RulesAsked)
_REVIEW: Final = msgspec.json.Decoder(ReviewAsked)


def scenario_asked(inquiry: Inquiry) -> Scenario:
    """The change that an inquiry tries, against the rulebook of its round.

    Raises:
        WrongUse: nothing is changed, or there is no such rulebook or parameter.
    """
    return scenario(_RULES.decode(inquiry.asked), inquiry.round.rulebook)


def scenario(asked: RulesAsked, baseline: str) -> Scenario:
    """The change that is asked for.

    Raises:
        WrongUse: as for `scenario_asked`.
    """
    return scenario_of(asked.rulebook or None, asked.base or None, asked.settings, baseline)


def review_asked(inquiry: Inquiry) -> ReviewAsked:
    """How an inquiry reviews."""
    return _REVIEW.decode(inquiry.asked)


def rules_asked(inquiry: Inquiry) -> RulesAsked:
    """What an inquiry tries."""
    return _RULES.decode(inquiry.asked)


def asked_of_folder(asked: ReviewAsked) -> Asked:
    """The same as the desk takes it.

    Raises:
        WrongUse: a size, a seed or a waiver is none.
    """
    try:
        waivers = load_waivers(asked.waivers) if asked.waivers.strip() else ()
    except WaiversRefused as refused:
        raise WrongUse(refused.zh, refused.en) from refused
    made = Asked(
        day=timezone.localdate(), sample=asked.sample or None, seed=asked.seed, each_unit=asked.each_unit,
        waivers=waivers,
    )  # fmt: skip
    check_asked(made)
    return made


def answer(inquiry: Inquiry, watch: Watch) -> None:
    """Put the answer into an inquiry, or why there can be none; nothing is saved here, and no filing changes."""
    filters = (_RULES if inquiry.kind == RULES else _REVIEW).decode(inquiry.asked).filters
    sight = Sight(inquiry.by, inquiry.round, inquiry.node, filters)
    try:
        if inquiry.kind == RULES:
            moves = tuple(_moves(sight, scenario_asked(inquiry), watch))
            inquiry.forms, inquiry.answer = len(moves), zlib.compress(_PACK.encode(moves))
        else:
            _review(inquiry, sight, watch)
        inquiry.answered = timezone.now()
    except WrongUse as wrong:
        inquiry.zh, inquiry.en = wrong.zh, wrong.en


def _filings(keys: list[int]) -> Iterator[Any]:
    """The filings of these numbers, some at a time, with what they are reviewed beside."""
    for at in range(0, len(keys), _BATCH):
        yield from beside(Filing.objects.filter(pk__in=keys[at : at + _BATCH]).order_by("path", "pk"))


def _moves(sight: Sight, tried: Scenario, watch: Watch) -> Iterator[Move]:
    keys = [row.key for row in sight.filings]
    for number, filing in enumerate(_filings(keys), 1):
        evidence = attached(record_of(filing), filing.standing_evidence)
        context = Context(last_year(filing), approved(filing), None, evidence)
        yield try_form(with_problems(form_of(filing.form)), tried, f"{filing.pk}", context)
        watch(number, len(keys))


def _review(inquiry: Inquiry, sight: Sight, watch: Watch) -> None:
    asked = review_asked(inquiry)
    given = list(_given(sight, with_last=asked.last_year))

    def counted(items: Iterable[Any], length: int) -> Iterable[Any]:
        for number, item in enumerate(items, 1):
            watch(number, length)
            yield item

    with review_given(given, asked_of_folder(asked), counted) as report:
        inquiry.forms = len(report.briefs)
        inquiry.answer = zlib.compress(_PACK.encode(_kept(report)))
        inquiry.book = write_folder_xlsx(report, "zh")


def _given(sight: Sight, *, with_last: bool) -> Iterator[Given]:
    projects = {row.known for row in sight.filings}
    then = [row for row in sight.then if row.known in projects or not sight.filters.is_set] if with_last else []
    rows = [*sight.filings, *then]
    for filing in _filings([row.key for row in rows]):
        evidence = attached(record_of(filing), filing.standing_evidence)
        targets = filing.approved_text.encode() if filing.approved_text else None
        yield Given(f"{filing.pk}", filing.form.encode(), targets, evidence)


def _kept(report: FolderReport) -> Kept:
    details = ((pair.now, report.detail(pair.now).changes) for pair in report.pairing.pairs)
    return Kept(
        tuple(report.briefs), tuple(report.ranks), tuple(report.order), tuple(report.units), tuple(report.departments),
        report.pairing, report.sample, tuple(report.waivers), tuple(report.errors),
        {at: changes for at, changes in details if changes is not None},
    )  # fmt: skip


def report_of_rules(inquiry: Inquiry) -> WhatIfReport:
    """The answer to an inquiry of rules."""
    return moved_report(_MOVES.decode(zlib.decompress(inquiry.answer)), scenario_asked(inquiry), __version__)


def kept_of_review(inquiry: Inquiry) -> Kept:
    """The answer to an inquiry of review."""
    return _KEPT.decode(zlib.decompress(inquiry.answer))

"""Mid-year monitoring 绩效运行监控: what it begins with, saving it, handing it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec.structs import replace

from jixiao.form import Form, parse_actual
from jixiao.office.filing.beginning import first_form
from jixiao.office.filing.judging import IN_YUAN, form_of, form_text
from jixiao.office.journal.record import record
from jixiao.office.rounds.lights import WORST_FIRST, Light, indicator_light, money_light, worst
from jixiao.office.rounds.models import Budget, Monitoring, Project, Round
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.scoring.sheet import Text


@dataclass(frozen=True, slots=True)
class RowTold:
    """What a unit says about one indicator: so far, expected, why it falls short, what is done about it."""

    actual: str = ""
    forecast: str = ""
    reason: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit says about a project: money in 元, the day it is of, its indicators in order."""

    budget: Decimal | None
    executed: Decimal | None
    forecast: Decimal | None
    until: date
    rows: tuple[RowTold, ...]


def monitored(round_: Round) -> QuerySet[Project]:
    """The projects that a round's monitoring asks for: all that go on in its year."""
    found = Project.objects.filter(unit__path__startswith=round_.bureau.path, unit__closed=False)
    return found.exclude(ended__lt=round_.fiscal_year).select_related("unit", "unit__parent")


def begin(round_: Round, project: Project) -> Monitoring:
    """A monitoring not yet kept: the targets of the year, the budget that was set."""
    form, _ = first_form(round_, project, "approved")
    set_ = (
        Budget.objects.filter(project=project, fiscal_year=round_.fiscal_year).values_list("amount", flat=True).first()
    )
    initial = form.funds.total.initial
    unit = IN_YUAN.get(form.currency_unit or round_.currency_unit, Decimal(1))
    of_form = None if initial is None else initial * unit
    return Monitoring(
        round=round_, project=project, path=project.unit.path, form=form_text(form), version=0,
        budget=of_form if set_ is None else set_, until=timezone.localdate(),
    )  # fmt: skip


def rows_of(held: Monitoring) -> list[RowTold]:
    """What was said about the indicators, in order."""
    more = msgspec.json.decode(held.rows, type=list[dict[str, str]])
    rows = form_of(held.form).indicators
    said = more + [{}] * (len(rows) - len(more))
    return [RowTold(actual=row.actual.text, **words) for row, words in zip(rows, said, strict=False)]


def lights_of(form: Form, told: Told) -> tuple[Light, list[Light]]:
    """The light of the money, and those of the indicators."""
    rows = zip(form.indicators, told.rows, strict=True)
    each = [indicator_light(row.target, said.forecast, form.fiscal_year) for row, said in rows]
    return money_light(told.budget, told.forecast), each


def unexplained(form: Form, told: Told) -> list[int]:
    """The numbers of indicators whose light is amber or red and that have no reason or no measure."""
    _, each = lights_of(form, told)
    return [
        number
        for number, (light, said) in enumerate(zip(each, told.rows, strict=True), 1)
        if light in ("amber", "red") and not (said.reason.strip() and said.measure.strip())
    ]


@transaction.atomic
def keep(held: Monitoring, told: Told, by: Any, *, hand_in: bool) -> Monitoring:
    """Save what was said, and hand it in where that is wanted.

    Raises:
        Refused: "closed", or "reason" where a light that is not green is not explained.
        Moved: it was saved by somebody else after it was read.
    """
    form = form_of(held.form)
    if held.round.closed:
        raise Refused("closed", _CLOSED)
    if hand_in and (open_rows := unexplained(form, told)):
        listed = "、".join(map(str, open_rows))
        raise Refused("reason", Text(_WHY.zh.format(listed), _WHY.en.format(listed)))
    columns = _columns(form, told, by) | {"handed_in": timezone.now() if hand_in else None}
    _write(held, columns)
    act = "monitoring.handed_in" if hand_in else "monitoring.saved"
    record(act, f"monitoring/{held.pk}", actor=by, organisation=held.path, worst=held.worst, version=str(held.version))
    return held


def _columns(form: Form, told: Told, by: Any) -> dict[str, Any]:
    money, each = lights_of(form, told)
    lit = [money, *each]
    rows = zip(form.indicators, told.rows, strict=True)
    actuals = tuple(replace(row, actual=parse_actual(said.actual)) for row, said in rows)
    more = [{"forecast": said.forecast, "reason": said.reason, "measure": said.measure} for said in told.rows]
    return {
        "form": form_text(replace(form, indicators=actuals)), "rows": msgspec.json.encode(more).decode(),
        "budget": told.budget, "executed": told.executed, "forecast": told.forecast, "until": told.until,
        "worst": worst(lit), "lights": " ".join(str(lit.count(light)) for light in reversed(WORST_FIRST)),
        "saved": timezone.now(), "saved_by": by,
    }  # fmt: skip


def _write(held: Monitoring, columns: dict[str, Any]) -> None:
    read = held.version
    for name, value in (columns | {"version": read + 1}).items():
        setattr(held, name, value)
    if read == 0:
        if Monitoring.objects.filter(round=held.round, project=held.project).exists():
            raise Moved
        held.save()
    elif not Monitoring.objects.filter(pk=held.pk, version=read).update(**columns, version=read + 1):
        raise Moved


def counts(found: Iterable[Monitoring]) -> dict[str, int]:
    """How many projects have which worst light."""
    held = [one.worst for one in found]
    return {light: held.count(light) for light in WORST_FIRST}


_CLOSED: Final = Text("本批次已关闭，监控不再收。", "The round is closed; no monitoring is taken.")
_WHY: Final = Text(
    "第 {} 行预计达不到目标，请写明原因和措施再提交；可先保存。",
    "Rows {} are expected to fall short: give reason and measure before handing in; you can save meanwhile.",
)

"""What the form itself says, told plainly: the promise, the money, what was achieved, the score it claims."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jixiao.form import Form, FundRow, Indicator
from jixiao.scoring.sheet import Text
from jixiao.writing.telling.amounts import money, per_cent, short, yuan_of
from jixiao.writing.telling.reached import reached
from jixiao.writing.telling.sentences import listed, tell
from jixiao.writing.telling.told import Section, section
from jixiao.writing.words import grade_text

_LEVELS: Final = {
    "成本指标": "cost", "产出指标": "output", "效益指标": "benefit", "满意度指标": "satisfaction",
}  # fmt: skip


def promised(form: Form) -> Section:
    """The goal of the year as printed, and how many indicators stand for it."""
    goal = form.goal.expected.strip()
    told = [tell("promised.goal", goal=goal) if goal else tell("promised.goal_none")]
    counts = Counter(line.level1 for line in form.indicators)
    parts = listed(tell("promised.part", level=_level(level), count=count) for level, count in counts.items())
    if counts:
        told.append(tell("promised.count", count=len(form.indicators), parts=parts))
    else:
        told.append(tell("promised.count_none"))
    return section("promised", told)


def _level(level1: str) -> Text:
    return Text(level1, _LEVELS.get(level1, level1)) if level1 else tell("promised.part_none")


def spent(form: Form) -> Section:
    """The total row of the funds: planned, available, spent, and what lies between them."""
    row = form.funds.total
    told = list(_unit_missing(form, row))
    told += [_amount(form, "initial", row.initial), _amount(form, "adjusted", row.adjusted)]
    told += _between(form, row.initial, row.adjusted)
    told.append(_amount(form, "executed", row.executed))
    told += _rest(form, row.adjusted, row.executed)
    rate = form.execution.rate
    told.append(tell("money.rate_none") if rate is None else tell("money.rate", rate=short(rate)))
    return section("money", told)


def _unit_missing(form: Form, row: FundRow) -> Iterator[Text]:
    known = next((amount for amount in (row.initial, row.adjusted, row.executed) if amount is not None), None)
    if known is not None and yuan_of(form, known) is None:
        yield tell("money.unit_none")


def _amount(form: Form, name: str, amount: Decimal | None) -> Text:
    return tell(f"money.{name}_none") if amount is None else tell(f"money.{name}", amount=amount_text(form, amount))


def amount_text(form: Form, amount: Decimal) -> Text:
    """An amount in a readable unit, or its digits where the form does not name their unit."""
    yuan = yuan_of(form, amount)
    return tell("words.raw", digits=short(amount)) if yuan is None else money(yuan)


def _between(form: Form, initial: Decimal | None, adjusted: Decimal | None) -> Iterator[Text]:
    """How the budget moved between the beginning and the end of the year."""
    if initial is None or adjusted is None:
        return
    gap = adjusted - initial
    if not gap:
        yield tell("money.same")
    elif initial > 0:
        word = "raised" if gap > 0 else "cut"
        yield tell(f"money.{word}", amount=amount_text(form, abs(gap)), share=per_cent(abs(gap), initial))
    elif not initial and gap > 0:
        yield tell("money.raised_from_nothing", amount=amount_text(form, gap))


def _rest(form: Form, adjusted: Decimal | None, executed: Decimal | None) -> Iterator[Text]:
    if adjusted is None or executed is None:
        return
    rest = adjusted - executed
    if rest > 0:
        yield tell("money.left", amount=amount_text(form, rest))
    elif rest < 0:
        yield tell("money.over", amount=amount_text(form, -rest))
    elif adjusted > 0:
        yield tell("money.all")


def achieved(form: Form) -> Section:
    """What the unit says it did, how many targets were reached by their numbers, and those that were not."""
    result = form.goal.actual.strip()
    told = [tell("achieved.result", result=result) if result else tell("achieved.result_none")]
    told += _counts(form.indicators)
    return section("achieved", told, [_unmet(line) for line in form.indicators if reached(line) is False])


def _counts(lines: tuple[Indicator, ...]) -> Iterator[Text]:
    answers = [reached(line) for line in lines]
    met, unmet = answers.count(True), answers.count(False)
    blank = sum(1 for line in lines if not line.actual.text.strip())
    words = len(lines) - met - unmet - blank
    if met or unmet:
        yield tell("achieved.count", count=len(lines), compared=met + unmet, met=met, unmet=unmet)
        if words:
            yield tell("achieved.words", count=words)
    elif words:
        yield tell("achieved.count_words", count=words)
    if blank:
        yield tell("achieved.blank", count=blank)


def _unmet(line: Indicator) -> Text:
    said: dict[str, Text | str | int] = {
        "name": name_text(line.name),
        "target": line.target.text.strip(),
        "actual": line.actual.text.strip(),
    }
    reason = line.deviation.strip()
    return tell("achieved.unmet_reason", **said, reason=reason) if reason else tell("achieved.unmet_no_reason", **said)


def name_text(name: str) -> Text:
    """The name of an indicator, or that it has none."""
    return Text(name, name) if name.strip() else tell("words.unnamed")


def claimed(form: Form) -> Section:
    """The total score and the grade that the unit gives itself."""
    score, weight = form.total.score, form.total.weight
    if score is None:
        told = [tell("score.claimed_none")]
    elif weight is None:
        told = [tell("score.claimed", score=short(score))]
    else:
        told = [tell("score.claimed_of", score=short(score), weight=short(weight))]
    told.append(tell("score.grade", grade=grade_text(form.grade)) if form.grade else tell("score.grade_none"))
    return section("score", told)

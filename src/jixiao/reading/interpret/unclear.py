"""What is told of tables whose rows may be confused: cells unclear, rows that do not add up, amounts without a name.

A table without rules is laid out by inference. A row taken for part of another leaves no trace in the fields that were
read; so the part of the form that it belongs to is told, and whoever trusts its numbers looks at the original first.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from jixiao.form import Extra, Form, LabelledFundRow, Place, Problem, parse_rate, plain
from jixiao.reading.interpret.draft import UNPLACED

INFERRED: Final = Decimal("0.85")
"""From here down a field's cell was inferred from white space, or its letters are hard to see."""
_UNCLEAR: Final = Decimal("0.6")
_SHOWN: Final = 40
_HUNDRED: Final = Decimal(100)
_PARTS: Final = {"/funds": ("项目资金", "the funds"), "/indicators": ("绩效指标", "the indicators")}


def tell_unclear(form: Form) -> Form:
    """The form with a problem for each part that was inferred and may lack rows, or have them confused."""
    told = tuple(_told(form))
    return replace(form, problems=(*form.problems, *told)) if told else form


def _told(form: Form) -> Iterator[Problem]:
    lost = [extra for extra in form.extras if extra.label == UNPLACED and _holds_a_form(extra.text)]
    if lost:
        yield _another_form(lost[0].text)
    nameless = [each for each in form.funds.more if not each.label and _amounts(each)]
    if nameless:
        yield _nameless([number for each in nameless for number in _amounts(each)])
    sure = {part: _least(form.places, part) for part in _PARTS}
    left = _numbers_left(form.extras, form.places)
    for part, least in sure.items():
        if least > INFERRED:
            continue
        if least <= _UNCLEAR:
            yield _unclear(part)
        elif left:
            yield _left_over(part, left)
        elif part == "/indicators" and not _adds_up(form):
            yield _not_all(part)


def _least(places: Mapping[str, Sequence[Place]], part: str) -> Decimal:
    """The lowest confidence of what was read for a part; 1 where nothing was."""
    return min(
        (each.confidence for pointer, found in places.items() if pointer.startswith(f"{part}/") for each in found),
        default=Decimal(1),
    )


def _numbers_left(extras: Sequence[Extra], places: Mapping[str, Sequence[Place]]) -> list[str]:
    """Numbers that stand in inferred cells and in no field."""
    return [
        extra.text
        for index, extra in enumerate(extras)
        if extra.label == UNPLACED
        and parse_rate(extra.text) is not None
        and any(place.confidence <= INFERRED for place in places.get(f"/extras/{index}", ()))
    ]


def _holds_a_form(text: str) -> bool:
    """Whether one unplaced text says what only a whole form says: a table that a program has flattened to a line."""
    return "项目名称" in text and "三级指标" in text and "得分" in text


def _another_form(text: str) -> Problem:
    shown = text[:_SHOWN]
    message = (
        f"表外有一段文字像是另一张自评表（“{shown}…”），没有表格可读，未读成表；请对照原件，或请提供者重新导出。"
        f"Outside the tables stands what looks like another form (“{shown}…”), flattened to a line and not read. "
        "Compare with the original, or ask for it again."
    )
    return Problem("", "not_read", message)


def _amounts(row: LabelledFundRow) -> list[Decimal]:
    return [amount for amount in (row.initial, row.adjusted, row.executed) if amount is not None]


def _nameless(amounts: Sequence[Decimal]) -> Problem:
    shown = "、".join(plain(amount) for amount in amounts[:5])
    message = (
        f"资金表中有一行金额（{shown}）旁没有名称，或与上下行的名称在一格中；各行金额或有错位，请对照原件。"
        f"A row of amounts ({shown}) has no name beside it, or shares a cell with those above or below: amounts may "
        "stand at the wrong name. Compare with the original."
    )
    return Problem("/funds", "unclear", message)


def _adds_up(form: Form) -> bool:
    """Whether the points of all indicators, with those of the execution or without, are the printed total, or 100."""
    points = [each.weight for each in form.indicators if each.weight is not None]
    if not points:
        return True
    total = form.total.weight if form.total.weight is not None else _HUNDRED
    return len(points) == len(form.indicators) and total in (sum(points), sum(points) + (form.execution.weight or 0))


def _unclear(part: str) -> Problem:
    zh, en = _PARTS[part]
    message = (
        f"{zh}的表格有看不清的格（没有框线，或框线、字迹不清），或有读错、读漏的行；请逐行对照原件。"
        f"Some cells of {en} are unclear (no rules, or rules or letters hard to see): rows may be wrong or missing. "
        "Compare each row with the original."
    )
    return Problem(part, "unclear", message)


def _left_over(part: str, numbers: Sequence[str]) -> Problem:
    zh, en = _PARTS[part]
    shown = "、".join(numbers[:5])
    message = (
        f"表格没有框线或看不清，有数字不知属于哪一格（{shown}），{zh}或有读错、读漏的行；请逐行对照原件。"
        f"The table has no rules or is hard to see, and some numbers ({shown}) could not be placed: rows of {en} may "
        "be wrong or missing. Compare each row with the original."
    )
    return Problem(part, "unclear", message)


def _not_all(part: str) -> Problem:
    zh, en = _PARTS[part]
    message = (
        f"表格没有框线或看不清，读到的各项分值之和不是总分，{zh}或有读错、读漏的行；请逐行对照原件。"
        f"The table has no rules or is hard to see, and the points read do not add up to the total: rows of {en} may "
        "be wrong or missing. Compare each row with the original."
    )
    return Problem(part, "unclear", message)

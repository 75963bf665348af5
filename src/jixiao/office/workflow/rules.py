"""The rules that an act must keep beside the table of acts: hands, days, what must be said. Pure; each may refuse."""

from datetime import date
from decimal import Decimal
from typing import Final

from jixiao.form import Form
from jixiao.office.doors.table import DRAFT, FILING
from jixiao.office.filing.cells import Record, cell_of
from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.cells import is_cell
from jixiao.office.workflow.complete import missing, unread
from jixiao.office.workflow.refusals import Refused
from jixiao.office.workflow.said import CellWords, Said
from jixiao.office.workflow.standing import Standing
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FormReport

SCORED: Final = ("score", "approve_department", "approve_finance", "return_department", "return_finance")
"""The acts with which a reviewer may give a score."""
_HUNDRED: Final = Decimal(100)
_MOST_NAMED: Final = 12


def check_hands(act: str, by: int, standing: Standing) -> None:
    """Four eyes 不相容岗位分离: the submitter does not approve for the unit; nobody approves a form at two levels.

    Raises:
        Refused: "own_hand" or "two_levels".
    """
    if act == "approve_unit" and by == standing.submitter:
        raise Refused("own_hand", _OWN_HAND)
    if act.startswith("approve_") and by in standing.approvers:
        raise Refused("two_levels", _TWO_LEVELS)


def check_days(filing: Filing, act: str, today: date) -> None:
    """What a closed round, one that has not begun and one that takes nothing late any more forbid.

    Raises:
        Refused: "closed", "early" or "late".
    """
    round_ = filing.round
    if round_.closed and (act == "submit" or FILING[act].after == DRAFT):
        raise Refused("closed", _CLOSED)
    if act != "submit":
        return
    if today < round_.opens:
        raise Refused("early", _day("本批次自 {day} 起填报。", "This round begins on {day}.", round_.opens))
    if filing.submitted is None and round_.late_until is not None and today > round_.late_until:
        raise Refused("late", _day(*_LATE, round_.late_until))


def is_late(round_: Round, today: date) -> bool:
    """Whether a first submission on that day is late."""
    return today > round_.unit_due


def check_words(act: str, said: Said) -> None:
    """That a reason is given where one is asked for.

    Raises:
        Refused: "reason".
    """
    if FILING[act].reason and not said.reason.strip():
        raise Refused("reason", _REASON)


def check_score(act: str, said: Said, form: Form) -> None:
    """That a reviewer's score is one: where it may be given, between 0 and the points there are, two decimals at most.

    Raises:
        Refused: "score".
    """
    given = [(said.score, form.total.weight or _HUNDRED)] if said.score is not None else []
    given += [(cell.score, _HUNDRED) for cell in said.cells if cell.score is not None]
    if given and act not in SCORED:
        raise Refused("score", _NO_SCORE)
    for score, most in given:
        if not score.is_finite() or not 0 <= score <= most or -int(score.normalize().as_tuple().exponent) > 2:
            zh = f"评分读到 {score}，应为 0 到 {most} 之间、最多两位小数的数。"
            raise Refused(
                "score", Text(zh, f"The score reads {score}; 0 to {most}, two decimals at most, is expected.")
            )


def check_cells(cells: tuple[CellWords, ...], record: Record) -> None:
    """That the cells named are cells of the form.

    Raises:
        Refused: "cell".
    """
    strange = tuple(cell.cell for cell in cells if not is_cell(record, cell.cell))
    if strange:
        zh = f"表上没有这些格子：{'、'.join(strange)}。请刷新后重新勾选。"
        raise Refused("cell", Text(zh, f"Not on the form: {', '.join(strange)}. Reload and choose again."), strange)


def check_complete(filing: Filing, report: FormReport, said: Said) -> None:
    """What can be handed in: all read, nothing obligatory empty, arithmetic findings answered (never forbidden).

    Raises:
        Refused: "unread", "empty" or "answer".
    """
    form, record = report.form, Record(report.form, filing.row_keys())
    for code, pointers, (zh, en) in (
        ("unread", unread(form), _UNREAD),
        ("empty", missing(form, filing.round.layout), _EMPTY),
    ):
        if pointers:
            names = _names(form, pointers)
            cells = tuple(cell_of(record, pointer) for pointer in pointers)
            raise Refused(code, Text(zh.format(names.zh), en.format(names.en)), cells)
    arithmetic = report.findings("arithmetic")
    if arithmetic and not said.reason.strip():
        cells = tuple(dict.fromkeys(cell_of(record, finding.pointer) for finding in arithmetic))
        raise Refused("answer", _ANSWER, cells)


def _names(form: Form, pointers: tuple[str, ...]) -> Text:
    """The cells in words, the first dozen of them, and how many there are in all."""
    names = [field_name(form, pointer) for pointer in pointers[:_MOST_NAMED]]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    rest = len(pointers) - len(names)
    return Text(f"{zh} 等 {len(pointers)} 处", f"{en} and {rest} more") if rest else Text(zh, en)


def _day(zh: str, en: str, day: date) -> Text:
    return Text(zh.format(day=day.isoformat()), en.format(day=day.isoformat()))


_OWN_HAND: Final = Text(
    "提交人不能为本单位审核自己提交的表。请由单位的另一位负责人审核。",
    "Who handed a form in does not approve it for the unit. Another head of the unit must.",
)
_TWO_LEVELS: Final = Text(
    "您已在前一级审核过这张表；同一人不能在两级审核。请由本级的另一位审核人处理。",
    "You approved this form at the level before; nobody approves a form at two levels. Another reviewer must.",
)
_CLOSED: Final = Text(
    "本批次已关闭，不再收表，也不能退回重填。请财政先重新打开批次。",
    "The round is closed: nothing is taken any more, and nothing goes back to be filled in. Finance can open it again.",
)
_LATE: Final = (
    "已过提交期限，逾期提交也只收到 {day}。请与财政联系，延长批次的逾期截止日。",
    "The last day is over, and late forms were taken until {day}. Ask finance to put off the round's last day.",
)
_REASON: Final = Text("请写明原因：对方要凭它修改或答复。", "Say why: the other side has only these words to go by.")
_NO_SCORE: Final = Text("只有审核人审核时才能给出复评分。", "Only reviewers give a score, and only while they decide.")
_UNREAD: Final = (
    "这些格子里有字、没有读成数或值：{}。请改成能读的值（或对照原件补录）后再提交。",
    "These cells hold something that was not read: {}. Enter a value (or copy it from the paper), then hand in.",
)
_EMPTY: Final = ("这些格子必须填写：{}。填好后再提交。", "These cells must be filled in: {}. Then hand in.")
_ANSWER: Final = Text(
    "表上有算不拢的地方。请改正；确实如此的，请在“说明”里答复，一并提交。",
    "Some figures contradict each other. Correct them; where they are right, say why in the answer and hand in.",
)

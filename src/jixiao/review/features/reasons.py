"""Where a form gives reasons: in the column beside a line, in a cell beside the funds, in one cell for all lines."""

import re
from collections.abc import Sequence
from typing import Final

from jixiao.form import Extra, Form, fold, is_nothing
from jixiao.language import Cell, Column
from jixiao.review.content import clipped, pairs
from jixiao.review.features.columns import flag, words
from jixiao.review.features.goals import admits_miss
from jixiao.review.lexicon import Lexicon, Lexicons
from jixiao.review.wording import bare, key, squeeze

STOPS: Final = "。.;；,，、"
"""What may end a cell without saying anything."""


def is_reason(text: str, lexicons: Lexicons) -> bool:
    """Whether a cell for reasons holds one: a dash, 无 and the like are none."""
    return not is_nothing(text) and not lexicons["no_reason"].matches(clipped(text, _LONGEST).rstrip(STOPS))


def notes(form: Form, label: Lexicon) -> str:
    """All that the form says to explain itself: reasons beside lines, cells for notes, the result."""
    deviations = [line.deviation for line in form.indicators if line.deviation]
    cells = [extra.text for extra in form.extras if label.matches(squeeze(extra.label)) and not is_nothing(extra.text)]
    return fold(" ".join([*deviations, *cells, form.goal.actual]))


def explained_rows(form: Form, lexicons: Lexicons) -> set[str]:
    """Rows of the form beside which a cell for reasons holds one."""
    return {
        "/execution" if extra.pointer and extra.pointer.startswith("/funds") else extra.pointer or ""
        for extra in form.extras
        if _holds_reason(extra, lexicons)
    }


def reason_below(form: Form, lexicons: Lexicons) -> bool:
    """Whether the reasons stand in one cell of their own, as in layouts without a column for them."""
    if any(line.deviation for line in form.indicators):
        return False
    return any(extra.pointer is None and _holds_reason(extra, lexicons) for extra in form.extras)


def _holds_reason(extra: Extra, lexicons: Lexicons) -> bool:
    return lexicons["reason_label"].matches(squeeze(extra.label)) and is_reason(extra.text, lexicons)


COLUMNS: Final[tuple[Column, ...]] = (
    flag("reason_says_done", "原因写的是已完成", "the reason says that all was done"),
    flag("reason_admits_miss", "原因承认未完成", "the reason admits that the target was missed"),
    words("reason_of_other", "原因所说的另一条指标", "the other line that the reason speaks of"),
    flag("reason_vague", "原因没有说明任何事", "the reason explains nothing"),
    flag("measure_missing", "有原因没有改进措施", "a reason without a measure"),
)
"""Features of the cell for reasons beside a line, read as `i.name`."""

_LONGEST: Final = 300
_LEAST_NAME: Final = 4
_MOST_LINES: Final = 100
_MEASURING: Final = re.compile(
    r"(?:数量|人数|次数|个数|面积|长度|里程|场次|数|(?:验收)?合格率|完成率|覆盖率|及时率|及时性|满意度|满意率|率)$"
)


def reasons(form: Form, lexicons: Lexicons) -> list[dict[str, Cell]]:
    """What the cell for reasons beside every line says, in the form's order."""
    bodies = [_MEASURING.sub("", key(clipped(line.name, _LONGEST))) for line in form.indicators]
    elsewhere = any(
        lexicons["measure_label"].matches(squeeze(extra.label)) and is_reason(extra.text, lexicons)
        for extra in form.extras
    )
    return [
        _said(clipped(line.deviation, _LONGEST).rstrip(STOPS), number, bodies, lexicons, elsewhere=elsewhere)
        if is_reason(line.deviation, lexicons)
        else dict(_NOTHING_SAID)
        for number, line in enumerate(form.indicators)
    ]


_NOTHING_SAID: Final[dict[str, Cell]] = {
    "reason_says_done": False,
    "reason_admits_miss": False,
    "reason_of_other": "",
    "reason_vague": False,
    "measure_missing": False,
}


def _said(reason: str, number: int, bodies: Sequence[str], lexicons: Lexicons, *, elsewhere: bool) -> dict[str, Cell]:
    done = lexicons["result_says_nothing"].matches(bare(reason)) and not lexicons["partly_done"].matches(reason)
    vague = not done and (lexicons["reason_vague"].matches(bare(reason)) or _repeats(reason, bodies[number]))
    other = "" if vague else _other(reason, number, bodies, lexicons)
    measured = elsewhere or lexicons["measure_words"].matches(reason)
    return {
        "reason_says_done": done,
        "reason_admits_miss": admits_miss(reason, lexicons),
        "reason_of_other": other,
        "reason_vague": vague,
        "measure_missing": not (done or vague or other or measured),
    }


def _repeats(reason: str, body: str) -> bool:
    """Whether a reason is the name again, with or without saying that it was not reached."""
    said = bare(reason)
    for word in ("未完成", "未达到", "未达标", "没有完成"):
        said = said.replace(word, "")
    said = _MEASURING.sub("", said)
    return len(said) >= 2 and said in body


def _other(reason: str, number: int, bodies: Sequence[str], lexicons: Lexicons) -> str:
    """The subject of another line that a reason names whole, while it shares nothing with its own line's name."""
    said = bare(reason)
    found = [body for body in bodies[:_MOST_LINES] if len(body) >= _LEAST_NAME and body in said]
    weightless = lexicons["weightless"]
    if not found or bodies[number] in found or pairs(reason, weightless) & pairs(bodies[number], weightless):
        return ""
    return found[0]

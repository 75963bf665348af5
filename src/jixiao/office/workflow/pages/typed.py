"""What a page sends with an act, as `Said`."""

from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict

from jixiao.office.workflow.refusals import Refused
from jixiao.office.workflow.said import CellWords, Said
from jixiao.scoring.sheet import Text

_LONGEST: Final = 2000
_MOST_DIGITS: Final = 20


def said_of(post: QueryDict) -> Said:
    """The reason, the marked cells with the words of their row, the scores.

    Raises:
        Refused: "score", where a score is no number.
    """
    marked = [CellWords(cell, _words(post, cell)) for cell in dict.fromkeys(post.getlist("cell"))]
    scored = [
        CellWords(f"{name.removeprefix('score:')}/score", "", score_of(str(post[name])))
        for name in post
        if name.startswith("score:") and str(post[name]).strip()
    ]
    return Said(_short(post.get("reason", "")), (*marked, *scored), score_of(post.get("score", "")))


def version_of(post: QueryDict) -> int | None:
    """The version that the page showed; none where it does not say."""
    text = post.get("version", "")
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else None


def score_of(text: str) -> Decimal | None:
    """A score as typed; none for nothing.

    Raises:
        Refused: "score", where it is no number.
    """
    if not text.strip():
        return None
    try:
        return Decimal(text.strip()[:_MOST_DIGITS])
    except InvalidOperation:
        shown = text.strip()[:_MOST_DIGITS]
        zh = f"评分读到“{shown}”，应为数字，如 92 或 92.5。"
        raise Refused(
            "score", Text(zh, f"The score reads “{shown}”; a number such as 92 or 92.5 is expected.")
        ) from None


def _words(post: QueryDict, cell: str) -> str:
    return _short(post.get(f"words:{cell.partition('/')[0]}", ""))


def _short(text: str) -> str:
    return text.strip()[:_LONGEST]

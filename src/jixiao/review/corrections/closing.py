"""The gap between lines and their total row: which line alone could close it, and how that is said."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal

from jixiao.form import plain
from jixiao.review.corrections.numbers import as_printed, total_of
from jixiao.review.corrections.pen import Pen
from jixiao.review.corrections.standing import Standing
from jixiao.scoring.sheet import Line, Text

Column = Literal["weight", "score"]
_MOST_NAMED: Final = 4


def suspects(standing: Standing, column: Column, gap: Decimal) -> tuple[list[str], list[str]]:
    """Lines that alone could close the gap to the total: those at odds with the rules until then, and all others."""
    convicted, possible = [], []
    for row, value in standing.cells(column).items():
        mended = as_printed(total_of((value, gap)), value)
        line = standing.having(f"{row}/{column}", mended).lines[row]
        if not _may_stand(standing, row, column, mended, line):
            continue
        possible.append(row)
        if standing.lines[row].agrees is False and line.agrees:
            convicted.append(row)
    return convicted, possible


def _may_stand(standing: Standing, row: str, column: Column, mended: Decimal, line: Line) -> bool:
    """Whether a line may have this weight or score: by the rules, or where nobody can tell up to full points."""
    if mended < 0 or line.agrees is False:
        return False
    if line.agrees:
        return True
    other = standing.cells("score" if column == "weight" else "weight").get(row)
    full, score = (mended, other) if column == "weight" else (other, mended)
    return full is None or score is None or score <= full


def either(
    pen: Pen, column: Column, gap: Decimal, ways: list[tuple[str, Decimal]], rows: list[str]
) -> Text:  # fmt: skip
    """What is said where the total row, or one of several lines, is wrong by the gap between them."""
    cells = pen.standing.cells(column)
    ways = ways + [(f"{row}/{column}", as_printed(total_of((cells[row], gap)), cells[row])) for row in rows]
    named = [(pen.label(pointer), plain(number)) for pointer, number in ways]
    zh = "，或".join(f"“{name.zh}”应为 {number}" for name, number in named[:_MOST_NAMED])
    en = ", or ".join(f"{name.en} should be {number}" for name, number in named[:_MOST_NAMED])
    if len(named) > _MOST_NAMED:
        zh, en = f"{zh}，等 {len(named)} 处", f"{en} ({len(named)} places in all)"
    zh, en = f"，本次不改：{zh}" if zh else "，哪一格有误表内无法判断", f": {en}" if en else ""
    what = Text("各项分值", "points") if column == "weight" else Text("各项得分", "scores")
    known, total = plain(total_of(cells.values())), plain(total_of((*cells.values(), gap)))
    ending = Text("请核实后改正。", "Please check and correct it.")
    if column == "weight":
        ending = Text("分值以批复为准，请核实后改正。", "Points are as approved; please check and correct them.")
    return Text(
        f"{what.zh}之和 {known}，总分行 {total}{zh}。{ending.zh}",
        f"The {what.en} add up to {known}, the total row says {total}; nothing was changed{en}. {ending.en}",
    )


def addition(numbers: Iterable[Decimal], known: Decimal) -> Text:
    """A sum in words: every number that is added, and what comes of them."""
    terms = " + ".join(map(plain, numbers))
    return Text(f"{terms} = {plain(known)}。", f"{terms} = {plain(known)}.")

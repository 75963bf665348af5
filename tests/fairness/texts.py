"""Goal and result of a generated form, told from its lines as people tell them."""

from collections.abc import Iterable

from jixiao.form import Indicator

_WORDS = {"≥": "不少于", "≤": "控制在", ">": "超过", "<": "低于", "=": ""}


def goal_text(aim: str, lines: Iterable[Indicator]) -> str:
    """The goal: the aim, and what the lines promise."""
    return f"{aim}：" + "，".join(map(_promise, lines)) + "。"


def result_text(lines: Iterable[Indicator]) -> str:
    """The result: what was done line by line, and what fell short."""
    rows = tuple(lines)
    told = "；".join(map(_done, rows))
    short = "、".join(line.name for line in rows if line.deviation)
    return f"全年实施结果：{told}。" + (f"其中{short}未达到年初目标，原因见表。" if short else "")


def _promise(line: Indicator) -> str:
    target = line.target
    if target.operator == "before":
        return f"{line.name}为{target.text}"
    number = target.text.lstrip("≥≤=><")
    word = "不高于" if target.operator == "≤" and target.unit == "%" else _WORDS.get(target.operator or "", "")
    if target.operator == "≥" and target.unit in {"%", "‰"}:
        word = "达到"
    return f"{line.name}{word}{number}"


def _done(line: Indicator) -> str:
    return f"{line.name}实际为{line.actual.text}"

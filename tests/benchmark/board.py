"""The leaderboard: what the judge said of every entrant, as tables of Markdown, put into docs/benchmark.md."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmark.judge import percent
from benchmark.running import Judged

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "benchmark.md"
_BOARD: Final = re.compile(r"(<!-- board (\d+) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEADS: Final = {
    "reading": ("fields right of true", "fields right of given", "amounts right of true", "documents whole"),
    "scores": ("scores right", "wrong", "left out", "forms with a wrong score"),
    "questions": ("arithmetic", "clause", "doubt"),
    "pairs": ("recall", "precision", "pairs missed", "pairs too many"),
}


def board(judged: Iterable[Judged], told: dict[str, Any], on: str) -> str:
    """The tables.

    Args:
        judged: every entrant.
        told: the description of the benchmark.
        on: machine and day.
    """
    held = list(judged)
    lines = [
        f"{told['forms']:,} forms, seed {told['seed']}, version {told['version']}, digest `{told['digest']}`. {on}",
        "",
    ]
    for task, heads in _HEADS.items():
        mine = [each for each in held if each.entrant.task == task]
        if mine:
            lines += [f"**{task}**", "", f"| entrant | {' | '.join(heads)} | CPU seconds |"]
            lines += ["|---" * (len(heads) + 2) + "|", *(_line(task, each, len(heads)) for each in mine), ""]
    return "\n".join(lines)


def _line(task: str, judged: Judged, width: int) -> str:
    name = judged.entrant.name
    if judged.missing:
        return f"| {name} | {judged.missing} {'| ' * width}|"
    cells = " | ".join(_CELLS[task](judged.found))
    return f"| {name} | {cells} | {judged.hundredths // 100}.{judged.hundredths % 100:02} |"


def _reading(found: dict[str, Any]) -> Iterator[str]:
    count = found["reading"]
    yield percent(count["fields right"], count["fields true"])
    yield percent(count["fields right"], count["fields given"])
    yield percent(count["amounts right"], count["amounts true"])
    yield f"{count['whole']} of {count['documents']}"


def _scores(found: dict[str, Any]) -> Iterator[str]:
    count = Counter(found["scores"])
    yield from (f"{count[what]:,}" for what in ("right", "wrong", "left out", "forms wrong"))


def _questions(found: dict[str, Any]) -> Iterator[str]:
    for family in _HEADS["questions"]:
        count = Counter(found["questions"]["families"].get(family, {}))
        exact = percent(count["right"], count["right"] + count["wrong"])
        yield f"precision {exact}, recall {percent(count['found'], count['found'] + count['missed'])}"


def _pairs(found: dict[str, Any]) -> Iterator[str]:
    count = found["pairs"]
    yield percent(count["right"], count["right"] + count["missed"])
    yield percent(count["right"], count["right"] + count["wrong"])
    yield from (f"{count['missed']:,}", f"{count['wrong']:,}")


_CELLS: Final = {"reading": _reading, "scores": _scores, "questions": _questions, "pairs": _pairs}


def written_into(page: str, forms: int, tables: str) -> str:
    """The page with the board of a size put in place of the one it has; that there is one is asked."""
    if f"<!-- board {forms} -->" not in page:
        raise LookupError(f"docs/benchmark.md has no board of {forms} forms")
    return _BOARD.sub(lambda at: f"{at[1]}{tables}\n{at[3]}" if int(at[2]) == forms else at[0], page)

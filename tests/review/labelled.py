"""The labelled texts: what a fair reviewer asks of each, and what the features say; `python -m review.labelled` prints.

Every second text of a list was kept aside: the lexicons were tuned on the other half only. The fresh texts were written
last and run once.
"""

import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from jixiao.language import Cell
from jixiao.review import specimen
from jixiao.review.features import form_features, indicator_features
from review import bench_of_books

HALVES: Final = ("tuned", "kept", "fresh")


@dataclass
class Count:
    """How a feature answers: right and wrong of those it marks, missed and left in peace of those it does not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    left: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, text: str, *, marked: bool, asked: bool) -> None:
        """Count one text."""
        self.right += marked and asked
        self.wrong += marked and not asked
        self.missed += asked and not marked
        self.left += not asked and not marked
        if marked is not asked:
            self.faults.append(("missed " if asked else "WRONG  ") + text)


@cache
def lists() -> dict[str, Any]:
    """The labelled texts by list; the fresh ones under "fresh"."""
    path = bench_of_books.HOUSE / "tests" / "data" / "labelled_texts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def of_form(differs: dict[str, Any], name: str) -> Cell:
    """A feature of a form that differs so from the sound one."""
    return form_features(specimen(differs), bench_of_books.lexicons())[name]


def of_lines(differs: dict[str, Any]) -> list[dict[str, Cell]]:
    """The features of the lines of such a form."""
    return indicator_features(specimen(differs), bench_of_books.lexicons())


def _direction(name: str, target: str) -> bool:
    return bool(of_lines({"indicators": [f"数量指标 | {name} | {target} | 1 | 10"]})[0]["sign_against"])


def _same_meaning(level: str, name: str, level_too: str, name_too: str, unit: str) -> bool:
    lines = [f"{level} | {name} | ≥5{unit} | 5{unit} | 10", f"{level_too} | {name_too} | ≥5{unit} | 5{unit} | 10"]
    return bool(of_lines({"indicators": lines})[1]["means_the_same"])


def _off_goal(project: str, goal: str, name: str) -> bool:
    heading = {"project": project, "goal": goal, "unit": "某中心", "department": "某局"}
    return bool(of_lines(heading | {"indicators": [f"数量指标 | {name} | ≥5 | 5 | 10"]})[0]["other_field"])


def _unmeasured_promise(goal: str, names: str) -> bool:
    lines = [f"数量指标 | {name} | ≥90% | 90% | 10" for name in names.split("/")]
    return bool(of_form({"goal": goal, "indicators": lines}, "promises_unmeasured"))


def _other_year(year: str, text: str) -> bool:
    funds = {"total": "9 9 9"}
    return bool(of_form({"year": int(year), "funds": funds, "goal": text}, "goal_other_year"))


def _part_copied(goal: str, result: str) -> bool:
    differs = {"goal": goal, "result": result}
    return bool(of_form(differs, "result_part_copied")) or bool(of_form(differs, "result_copied"))


def _below(goal: str, name: str, target: str) -> bool:
    lines = [f"数量指标 | {name} | {target} | 1 | 10"]
    return bool(of_lines({"goal": goal, "indicators": lines})[0]["below_promise"])


def _vague_name(level: str, name: str) -> bool:
    return bool(of_lines({"indicators": [f"{level} | {name} | ≥5 | 5 | 10"]})[0]["name_vague"])


def _reason(marks: tuple[str, ...], reason: str, name: str = "某项", score: int = 8) -> bool:
    row = of_lines({"indicators": [f"数量指标 | {name} | ≥5 | 5 | 10 | {score} | {reason}"]})[0]
    return any(row[mark] for mark in marks)


def _satisfaction(name: str, kind: str = "") -> bool:
    row = of_lines({"goal": "改造管网。", "indicators": [f"服务对象满意度指标 | {name} | ≥5% | 5% | 10"]})[0]
    marks = {"managers": "asks_managers", "nobody": "asks_nobody", "other": "no_satisfaction"}
    return bool(row[marks[kind]]) if kind else any(row[mark] for mark in marks.values())


def _misfit(level: str, name: str) -> bool:
    return bool(of_lines({"indicators": [f"{level} | {name} | ≥5 | 5 | 10"]})[0]["level2_proposed"])


JUDGES: Final[dict[str, Callable[..., bool]]] = {
    "direction": _direction,
    "same_meaning": _same_meaning,
    "off_goal": _off_goal,
    "unmeasured_promise": _unmeasured_promise,
    "money_goal": lambda goal: bool(of_form({"goal": goal}, "goal_only_money")),
    "other_year": _other_year,
    "part_copied": _part_copied,
    "result_short": lambda goal, result: bool(of_form({"goal": goal, "result": result}, "result_short")),
    "goal_against_target": _below,
    "vague_name": _vague_name,
    "reason_lost": lambda name, reason: _reason(("reason_vague", "reason_says_done"), reason, name),
    "reason_full": lambda reason: _reason(("reason_admits_miss",), reason, score=10),
    "no_measure": lambda reason: _reason(("measure_missing",), reason),
    "satisfaction": _satisfaction,
    "misfit": _misfit,
}
"""What marks a text of each list."""


def counts(name: str, half: str) -> Count:
    """How the features answer on one half of a list."""
    count = Count()
    for text, asked in _texts(name, half):
        marked = JUDGES[name](*(part.strip() for part in text.split("|")))
        count.add(text, marked=marked, asked=asked)
    return count


def _texts(name: str, half: str) -> Iterator[tuple[str, bool]]:
    held = lists()["fresh"][name] if half == "fresh" else lists()[name]
    start, step = (0, 1) if half == "fresh" else (HALVES.index(half), 2)
    for kind in ("ask", "leave"):
        yield from ((text, kind == "ask") for text in held[kind][start::step])


def main() -> None:
    """Print the figures; with a half named, its faults too."""
    for half in HALVES:
        print(f"{half:20} right wrong missed left")
        for name in JUDGES:
            count = counts(name, half)
            print(f"{name:20} {count.right:5} {count.wrong:5} {count.missed:6} {count.left:4}")
            if half in sys.argv:
                print("".join(f"    {fault}\n" for fault in count.faults), end="")


if __name__ == "__main__":
    main()

"""The tables of rules beside their evidence: what each item names must be there, and a test must be one that runs."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).resolve().parents[2]
ASVS: Final = HOUSE / "docs" / "compliance" / "asvs.toml"
DENGBAO: Final = HOUSE / "docs" / "compliance" / "dengbao.toml"
_SETTINGS: Final = "docs/howto/run-the-office.md"
_SHOWN: Final = ("met", "setting", "step")
_VERDICTS: Final = (*_SHOWN, "not met", "out")
_DASH: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a table.

    Attributes:
        id: "V1.2.1", "8.1.4.1 a".
        level: of ASVS; 0 where the rules have none.
        asks: in our words.
        verdict: met, setting, step, not met, out.
        by: what shows it.
        why: in words.
        seen: whether the clause was read in its own text, or is recalled from lists.
    """

    id: str
    level: int
    asks: str
    verdict: str
    by: tuple[str, ...] = ()
    why: str = ""
    seen: str = ""
    zh: str = ""


def items(table: Path) -> Iterator[Item]:
    """The lines of a table, in its order."""
    for chapter in tomllib.loads(table.read_text(encoding="utf-8")).values():
        for name, line in chapter.items() if isinstance(chapter, dict) else ():
            yield Item(
                name, int(line.get("level", 0)), str(line.get("asks", "")), str(line["is"]),
                tuple(line.get("by", ())), str(line.get("why", "")), str(line.get("seen", "")), str(line.get("zh", "")),
            )  # fmt: skip


def is_shown(item: Item) -> bool:
    """Whether an item holds by something that is named, or is out of scope for a reason."""
    return item.verdict in _SHOWN or item.verdict == "out"


def faults_of(item: Item, house: Path = HOUSE) -> Iterator[str]:
    """What is wrong with a line, in sentences."""
    if item.verdict not in _VERDICTS:
        yield f"{item.id}: {item.verdict!r} is no verdict"
    if item.verdict in _SHOWN and not item.by:
        yield f"{item.id}: {item.verdict}, by nothing"
    if item.verdict in ("not met", "out") and not item.why:
        yield f"{item.id}: {item.verdict}, for no reason"
    for named in item.by:
        fault = missing(named, house)
        if fault:
            yield f"{item.id}: {named}: {fault}"


def missing(named: str, house: Path = HOUSE) -> str:
    """Why a piece of evidence is none; empty if it is there."""
    if named.startswith("JIXIAO_"):
        table = (house / _SETTINGS).read_text(encoding="utf-8")
        return "" if f"| `{named}` |" in table else "no such setting in docs/howto/run-the-office.md"
    path, _, test = named.partition("::")
    path, _, heading = path.partition("#")
    file = house / path
    if not file.is_file():
        return "no such file"
    if test:
        return "" if test in _tests(file) else "no such test, or one that is skipped"
    if path.startswith("tests/"):
        return "" if _tests(file) else "no test in it"
    return "" if not heading or heading in _headings(file) else "no such heading"


@cache
def _tests(file: Path) -> frozenset[str]:
    """The tests that pytest collects from a file: functions of a module named test_*, not skipped."""
    if not file.name.startswith("test_"):
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _is_skipped(node)
    )


def _is_skipped(node: ast.FunctionDef) -> bool:
    return any(re.search(r"mark\.(skip|xfail)\b", ast.unparse(each)) for each in node.decorator_list)


@cache
def _headings(page: Path) -> frozenset[str]:
    """The anchors of a page, as hosts of repositories make them; a numbered heading also by its number."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    named = {_DASH.sub("", line.strip().lower()).replace(" ", "-") for line in lines}
    return frozenset(named | {number[1] for line in lines if (number := re.match(r"(\d+)\. ", line))})


def tests_named(table: Path) -> set[str]:
    """Every test that a table names."""
    return {named for item in items(table) for named in item.by if "::" in named}

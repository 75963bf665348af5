"""Where a rulebook can be changed by one operator or constant: numbers and truths of its tables, rule texts."""

import ast
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from mutation import python_sites
from mutation.site import Site

_ENTRY: Final = re.compile(
    r"^(?P<key>\w+) *= *(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<truth>true|false)"
    r"|(?P<quote>'''|\"\"\"|'|\")(?P<text>.*?)(?P=quote))",
    re.MULTILINE | re.DOTALL,
)
_TABLE: Final = re.compile(r"^\[\[?(\w+)", re.MULTILINE)
_COMPUTING: Final = frozenset(
    {"values", "profiles", "bands", "grades", "caps", "execution_steps", "lets", "steps_of_execution"}
)
_LEFT_OUT: Final = frozenset({"domain", "from", "low_bound", "high_bound"})


def sites(file: str, source: str) -> Iterator[Site]:
    """Every change of a number, a truth or a rule text in the tables that compute."""
    tables = [(match.start(), match[1]) for match in _TABLE.finditer(source)]
    for match in _ENTRY.finditer(source):
        table = next((name for begin, name in reversed(tables) if begin < match.start()), "")
        if table in _COMPUTING and match["key"] not in _LEFT_OUT:
            yield from _of(file, match, table)


def _of(file: str, match: re.Match[str], table: str) -> Iterator[Site]:
    if match["number"] is not None and not (table == "values" and match["key"] in {"low", "high"}):
        yield Site(file, *match.span("number"), str(Decimal(match["number"]) + 1))
    elif match["truth"] is not None:
        yield Site(file, *match.span("truth"), "false" if match["truth"] == "true" else "true")
    elif match["key"] == "text" and table == "lets":
        yield from _of_rule(file, match["text"], match.start("text"))


def _of_rule(file: str, text: str, begin: int) -> Iterator[Site]:
    """The changes of a rule text, which reads as Python; a line break in it counts as a blank."""
    flat = text.replace("\n", " ")
    lead = len(flat) - len(flat.lstrip())
    try:
        ast.parse(flat.strip(), mode="eval")
    except SyntaxError:
        return
    for site in python_sites.sites(file, flat[lead:]):
        put = site.put.strip("()") if site.put.startswith("(") else site.put
        yield Site(file, begin + lead + site.begin, begin + lead + site.end, put)


def is_book(text: str) -> bool:
    """Whether a changed book is still TOML; what is not would be refused for another reason than its sense."""
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError:
        return False
    return bool(table)

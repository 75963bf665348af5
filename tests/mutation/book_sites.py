"""Where a rulebook can be changed by one operator or constant: numbers, truths, choices, bands, rule texts."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from mutation import python_sites
from mutation.site import Site

_ENTRY: Final = re.compile(
    r"^(?P<key>\w+) *= *(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<truth>true|false)"
    r"|(?P<quote>'''|\"\"\"|'|\")(?P<text>.*?)(?P=quote))",
    re.MULTILINE | re.DOTALL,
)
_TABLE: Final = re.compile(r"^\[\[?(\w+)(?:\.(\w+))?", re.MULTILINE)
_POINTS: Final = re.compile(r"\bpoints *= *(\d+(?:\.\d+)?)")
_ONE_OF: Final = re.compile(r"^\[values\.(\w+)\][^\[]*?^one_of *= *(\[[^\]]*\])", re.MULTILINE)
_COMPUTING: Final = frozenset({"values", "profiles", "bands", "labels", "grades", "caps", "execution_steps", "lets"})
_LEFT_OUT: Final = frozenset({"low", "high", "from"})
"""Of a value, what bounds it: a narrower bound only refuses other books earlier."""
_NEXT: Final = {"achieved": "partly", "partly": "missed", "missed": "achieved"}

Choices = Mapping[str, tuple[str, ...]]
"""Parameter → the texts it may be."""


def choices(sources: Iterable[str]) -> Choices:
    """The texts that parameters may be, as the books declare them."""
    return {name: tuple(ast.literal_eval(texts)) for source in sources for name, texts in _ONE_OF.findall(source)}


def sites(file: str, source: str, known: Choices) -> Iterator[Site]:
    """Every change of a number, a truth, a choice, the band of a label or a rule text in the tables that compute."""
    tables = [(match.start(), match[1], match[2] or "") for match in _TABLE.finditer(source)]
    for match in _ENTRY.finditer(source):
        table, name = _table_at(tables, match)
        if table in _COMPUTING and not (table == "values" and match["key"] in _LEFT_OUT):
            yield from _of(file, match, table, known.get(name, ()))
    for points in _POINTS.finditer(source):  # sections of a profile, several in a line
        if _table_at(tables, points)[0] == "profiles":
            yield Site(file, *points.span(1), str(Decimal(points[1]) + 1))


def _table_at(tables: Sequence[tuple[int, str, str]], match: re.Match[str]) -> tuple[str, str]:
    """The table an entry stands in, and its name."""
    return next(((table, name) for begin, table, name in reversed(tables) if begin < match.start()), ("", ""))


def _of(file: str, match: re.Match[str], table: str, known: tuple[str, ...]) -> Iterator[Site]:
    if match["number"] is not None:
        yield Site(file, *match.span("number"), str(Decimal(match["number"]) + 1))
    elif match["truth"] is not None:
        yield Site(file, *match.span("truth"), "false" if match["truth"] == "true" else "true")
    elif match["key"] == "text" and table == "lets":
        yield from _of_rule(file, match["text"], match.start("text"))
    elif match["key"] == "band" and table == "labels":
        yield Site(file, *match.span("text"), _NEXT.get(match["text"], "achieved"))
    elif match["key"] == "value" and match["text"] in known:
        yield Site(file, *match.span("text"), known[known.index(match["text"]) - 1])


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

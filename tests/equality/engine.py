"""Programs in a JavaScript engine (V8 in a wheel): their source loaded, run on cases, raw values brought back."""

import atexit
import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from py_mini_racer import MiniRacer

from equality.cases import Case
from equality.table import Table, column, transposed
from jixiao.language import Program
from jixiao.language.closure import Raw
from jixiao.language.javascript import JsonCell, row_json

if TYPE_CHECKING:
    from equality.block import Block

RUNTIME: Final = Path(__file__).resolve().parents[2] / "src/jixiao/language/javascript/runtime.js"
LOADER: Final = """
var programs = [], asked = 0;
function places(number) {
  const { LETS, CONDITIONS } = programs[number], found = { ...CONDITIONS };
  for (const [name, slot] of Object.entries(LETS)) {
    found[name] = slot.num;
    if (slot.den) found[name + "/den"] = slot.den;
  }
  return JSON.stringify(found);
}
function raw(number, run, cases) {
  const program = programs[number], found = [];
  for (const [form, rows] of JSON.parse(cases)) {
    const result = program[run](form, rows);
    found.push([result.form, result.rows]);
  }
  try {
    BigInt.prototype.toJSON = function () { return JSON.rawJSON(String(this)); };
    return JSON.stringify(found);
  } finally {
    delete BigInt.prototype.toJSON;
  }
}
function told(number, form, rows) {
  const program = programs[number], result = program.run(JSON.parse(form), JSON.parse(rows));
  const shown = Object.keys(program.LETS).map((name) => [
    name, program.LETS[name].level === "form" ? result.shown(name) : result.rows.map((_, k) => result.shown(name, k)),
  ]);
  return JSON.stringify({ ...result.toJSON(), shown: Object.fromEntries(shown), exact: result.exact });
}
"""
SHARE: Final = 100


@cache
def engine() -> MiniRacer:
    """The one engine of this process."""
    made = MiniRacer()
    atexit.register(made.close)  # an engine left open keeps the process from ending
    made.eval(LOADER)
    return made


@cache
def runtime() -> str:
    """The runtime's text."""
    return RUNTIME.read_text(encoding="utf-8")


def source_of(program: Program) -> str:
    """The plain script of a program."""
    return program.javascript(runtime(), shape="script")


def loaded(source: str) -> int:
    """The number of a program after its source was loaded."""
    engine().eval(f"{source}\nprograms.push(jixiaoRules);")
    return int(str(engine().eval("programs.length - 1")))


def by_page(program: Program, run: str = "run") -> "Callable[[Block], Table]":
    """What the page's function gives, in the form that back ends are compared in."""
    number = loaded(source_of(program))
    return lambda block: table_of(number, run, block)


def table_of(number: int, run: str, block: "Block") -> Table:
    """The raw values that a loaded program gives for a block."""
    ran = [result for some in block.payloads for result in decoded(called("raw", number, run, some))]
    form, rows = transposed([form for form, _ in ran]), transposed([row for _, below in ran for row in below])
    places = json.loads(called("places", number))
    return {
        name: column((rows[at] if rows else ()) if below else form[at], block.of.outputs[name].type)
        for name, (below, at) in places.items()
    }


def payload(cases: Sequence[Case], read: frozenset[str]) -> str:
    """Cases as one text of JSON."""
    return json.dumps([as_json(case, read) for case in cases])


def called(function: str, *arguments: object) -> str:
    """The text a function of the loader gives."""
    return str(engine().call(function, *arguments))


def as_json(case: Case, read: frozenset[str]) -> tuple[dict[str, JsonCell], list[dict[str, JsonCell]]]:
    """A case's rows as a page gets them: only the columns that the rules read."""
    form, rows = case
    of_form, of_rows = _names(read, "f"), _names(read, "i")
    return row_json({name: form[name] for name in of_form}), [
        row_json({name: row[name] for name in of_rows}) for row in rows
    ]


@cache
def _names(read: frozenset[str], namespace: str) -> list[str]:
    return sorted(name[2:] for name in read if name.startswith(f"{namespace}."))


def decoded(text: str) -> list[tuple[list[Raw], list[list[Raw]]]]:
    """Raw values out of JSON; a number that is not whole is refused, for that would be a binary fraction."""
    found: list[tuple[list[Raw], list[list[Raw]]]] = json.loads(text, parse_float=_refused, object_hook=_ratio)
    return found


def _ratio(cell: dict[str, int]) -> Fraction:
    return Fraction(cell["num"], cell["den"])


def _refused(text: str) -> float:
    raise ValueError(f"{text} is a binary fraction")


def body_of(source: str, function: str) -> re.Match[str]:
    """Where one of the two generated functions stands in a source."""
    found = re.search(rf"function {function}\(f, rows\) {{\n(.*?)\n}}\n", source, re.DOTALL)
    if found is None:
        raise LookupError(function)
    return found

"""Programs in a JavaScript engine (V8 in a wheel): their source loaded, run on cases, raw values brought back."""

import atexit
import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from py_mini_racer import MiniRacer

from equality.cases import Case
from jixiao.language import Program
from jixiao.language.closure import FormRow, Raw
from jixiao.language.javascript import JsonCell, row_json

RUNTIME: Final = Path(__file__).resolve().parents[2] / "src/jixiao/language/javascript/runtime.js"
LOADER: Final = """
var programs = [], asked = 0;
function plain(cell) {
  if (typeof cell === "bigint") return { exact: String(cell) };
  return cell !== null && typeof cell === "object" ? { exact: `${cell.num}/${cell.den}` } : cell;
}
function raw(program, result) {
  const table = {};
  const put = (name, [below, at]) => {
    table[name] = below ? result.rows.map((row) => plain(row[at])) : [plain(result.form[at])];
  };
  for (const [name, slot] of Object.entries(program.LETS)) {
    put(name, slot.num);
    if (slot.den) put(name + "/den", slot.den);
  }
  for (const [code, place] of Object.entries(program.CONDITIONS)) put(code, place);
  return table;
}
function table(number, run, cases) {
  const program = programs[number], joined = {};
  for (const [form, rows] of JSON.parse(cases)) {
    const found = raw(program, program[run](form, rows));
    for (const name in found) (joined[name] ??= []).push(...found[name]);
  }
  return JSON.stringify(joined);
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


def by_page(program: Program, run: str = "run") -> Callable[[Sequence[Case]], Mapping[str, Sequence[Raw]]]:
    """What the page's function gives, in the form that back ends are compared in."""
    number, columns = loaded(source_of(program)), program.columns()

    def table(cases: Sequence[Case]) -> Mapping[str, Sequence[Raw]]:
        joined: dict[str, list[Raw]] = {}
        for start in range(0, len(cases), SHARE):
            for name, cells in table_of(number, run, payload(cases[start : start + SHARE], columns)).items():
                joined.setdefault(name, []).extend(cells)
        return joined

    return table


def payload(cases: Sequence[Case], columns: frozenset[str]) -> str:
    """Cases as one text of JSON."""
    return json.dumps([as_json(case, columns) for case in cases])


def table_of(number: int, run: str, cases: str) -> dict[str, list[Raw]]:
    """The raw values that a loaded program gives for a payload."""
    return decoded(called("table", number, run, cases))


def called(function: str, *arguments: object) -> str:
    """The text a function of the loader gives."""
    return str(engine().call(function, *arguments))


def as_json(case: Case, columns: frozenset[str]) -> tuple[dict[str, JsonCell], list[dict[str, JsonCell]]]:
    """A case's rows as a page gets them: only the columns that the rules read."""
    form, rows = case
    return _read(form, "f", columns), [_read(row, "i", columns) for row in rows]


def _read(row: FormRow, namespace: str, columns: frozenset[str]) -> dict[str, JsonCell]:
    return row_json({name: cell for name, cell in row.items() if f"{namespace}.{name}" in columns})


def decoded(text: str) -> dict[str, list[Raw]]:
    """Raw values out of JSON; a number that is not whole is refused, for that would be a binary fraction."""
    found: dict[str, list[Raw]] = json.loads(text, parse_float=_refused, object_hook=_exact)
    return found


def _exact(cell: dict[str, Any]) -> object:
    if set(cell) != {"exact"}:
        return cell
    return Fraction(cell["exact"]) if "/" in cell["exact"] else int(cell["exact"])


def _refused(text: str) -> float:
    raise ValueError(f"{text} is a binary fraction")


def body_of(source: str, function: str) -> re.Match[str]:
    """Where one of the two generated functions stands in a source."""
    found = re.search(rf"function {function}\(f, rows\) {{\n(.*?)\n}}\n", source, re.DOTALL)
    if found is None:
        raise LookupError(function)
    return found

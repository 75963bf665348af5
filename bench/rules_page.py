"""Speed of the rules in a page: all scores and checks of a form of 12 indicators in JavaScript, beside Python.

`./dev bench rules_page`. The same forms and rows go through the page's source in V8 (a wheel), the closure, and the
plain Decimal oracle, which only scores. Times are processor time of all threads, V8's compiler and collector included,
over blocks of forms; where node is installed, it times single forms by the clock too. Goal: less than 0.2 ms (p95).
"""

import gzip
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from equality.engine import as_json, called, engine, loaded
from jixiao.desk.library import page_rules
from jixiao.form import Form
from oracle import scorer as oracle
from oracle.right_forms import right_form
from review.bench_of_books import reviewer

FORMS: Final = 100
LINES: Final = 12
BLOCK: Final = 20
"""Forms between two looks at the clock."""
ROUNDS: Final = 40
READY: Final = """
var ready = [];
function prepare(number, cases) {
  ready = JSON.parse(cases).map(([form, rows]) => [programs[number], form, rows]);
  return 0;
}
function block(start, length) {
  let findings = 0;
  for (let at = start; at < start + length; at++) {
    const [program, form, rows] = ready[at], result = program.run(form, rows);
    for (const code in program.CONDITIONS) findings += result.verdict(code) === true;
  }
  return findings;
}
"""
BY_CLOCK: Final = """
const [form, rows] = [0, 1].map((at) => cases.map((one) => one[at]));
const took = [];
for (let at = 0; at < 60 * cases.length; at++) {
  const start = performance.now(), result = jixiaoRules.run(form[at % cases.length], rows[at % cases.length]);
  for (const code in jixiaoRules.CONDITIONS) result.verdict(code);
  took.push(performance.now() - start);
}
const warm = took.slice(took.length / 3).sort((one, other) => one - other);
console.log([0.5, 0.95].map((part) => Math.round(1000 * warm[Math.floor(part * warm.length)])).join(" "));
"""


def forms() -> list[Form]:
    """Different forms of 12 indicators."""
    made = [right_form(number) for number in range(FORMS)]
    return [
        replace(form, indicators=(form.indicators + other.indicators * 3)[:LINES])
        for form, other in zip(made, reversed(made), strict=True)
    ]


def figures(work: Callable[[int, int], object]) -> tuple[int, int]:
    """Median and 95th percentile of the processor time for one form, in nanoseconds, warm."""
    took = []
    for turn in range(ROUNDS * 3 // 2):
        for start in range(0, FORMS, BLOCK):
            before = time.process_time_ns()
            work(start, BLOCK)
            if turn >= ROUNDS // 2:
                took.append((time.process_time_ns() - before) // BLOCK)
    took.sort()
    return took[len(took) // 2], took[len(took) * 95 // 100]


def by_node(source: str, cases: str) -> str:
    """Single forms by the clock in node: "p50 p95" in microseconds; what to say where there is no node."""
    node = shutil.which("node")
    if node is None:
        return "not found on this machine, not run"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "rules.js"
        script.write_text(f"{source}\nconst cases = {cases};\n{BY_CLOCK}", encoding="utf-8")
        told = subprocess.run([node, str(script)], capture_output=True, text=True, check=True).stdout.split()
    return f"p50 {told[0]} µs, p95 {told[1]} µs (clock, one form at a time)"


def works(made: Sequence[Form], source: str, cases: str) -> dict[str, Callable[[int, int], object]]:
    """What is timed, by name: each takes the first form and how many."""
    page = reviewer()
    rows = [page.scorer.cells(form, page.features(form)) for form in made]
    engine().eval(READY)
    called("prepare", loaded(source), cases)
    codes = list(page.scorer.program.conditions)

    def closure(start: int, length: int) -> int:
        results = [page.scorer.closure(*case) for case in rows[start : start + length]]
        return sum(result.verdict(code) is True for result in results for code in codes)

    def decimal(start: int, length: int) -> None:
        for form in made[start : start + length]:
            oracle.standing(form)
            oracle.low(form)
            oracle.grade(oracle.total(form))

    return {
        "JavaScript, all values and checks": lambda start, length: engine().call("block", start, length),
        "closure, all values and checks": closure,
        "plain Decimal, scores alone": decimal,
    }


def main() -> None:
    """Print the table of figures."""
    page = reviewer()
    source = page_rules(page.scorer.book, shape="script")
    made = forms()
    columns = page.scorer.program.columns()
    cases = json.dumps([as_json(page.scorer.cells(form, page.features(form)), columns) for form in made])
    packed = len(gzip.compress(source.encode()))
    print(f"source of {page.scorer.book.id}, {len(page.checks)} checks: {len(source.encode()) // 1000} kB,", end=" ")
    print(f"{packed // 1000} kB packed")
    found = {name: figures(work) for name, work in works(made, source, cases).items()}
    least = found["JavaScript, all values and checks"][0]
    for name, (middle, late) in found.items():
        told = f"p50 {middle // 1000:5} µs, p95 {late // 1000:5} µs a form"
        ratio = middle * 10 // least
        print(f"  {name:34} {told}, {ratio // 10}.{ratio % 10} × JavaScript")
    print(f"  node: {by_node(source, cases)}")


if __name__ == "__main__":
    main()

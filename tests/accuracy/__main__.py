"""`./dev accuracy`: generated documents of every format are read, and what was read is measured against their truth."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from accuracy.causes import worst
from accuracy.plan import plan
from accuracy.running import Result, measured
from accuracy.table import Sums, grouped, report
from forms.producers import PRODUCERS
from forms.specimens import Specimen

_FOLDER = Path(__file__).resolve().parents[2] / "out" / "accuracy"
_ROUNDS = 2


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    missing = {name: lacking for name, producer in PRODUCERS.items() if (lacking := producer.missing())}
    chosen = [each for each in plan(asked.seed, 1 if asked.quick else asked.rounds) if _is_asked(each, asked)]
    for (format_, name), lacking in missing.items():
        count = sum(each.producer == (format_, name) for each in chosen)
        print(f"NOT FOUND on this machine: {lacking}; {format_} by {name} is not measured ({count} documents)")
    there = [each for each in chosen if each.producer not in missing]
    started = time.monotonic_ns()
    results = list(_told(measured(there, _FOLDER, asked.jobs), len(there)))
    print(report(results))
    print(f"\n== what fails most\n{worst(results)}")
    print(f"\n{len(results)} documents, seed {asked.seed}, {(time.monotonic_ns() - started) // 10**9} s")
    if asked.json:
        asked.json.write_text(json.dumps(_machine(results), ensure_ascii=False, indent=1), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev accuracy", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each producer prints each family once, fast ones only")
    parser.add_argument("--only", nargs="+", default=[], metavar="FORMAT", help="formats or parts of their names")
    side = parser.add_mutually_exclusive_group()
    side.add_argument("--held-out", action="store_true", help="the held-out side only")
    side.add_argument("--tuned", action="store_true", help="the tuned side only")
    parser.add_argument("--match", default="", metavar="TEXT", help="specimens with this in their name")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="how often each producer prints each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures and every wrong field, for a machine")
    return parser.parse_args()


def _is_asked(each: Specimen, asked: argparse.Namespace) -> bool:
    if asked.only and not any(word.lower() in each.format.lower() for word in asked.only):
        return False
    if asked.quick and not (PRODUCERS[each.producer].fast or each.picture):
        return False
    if (asked.held_out and not each.held_out) or (asked.tuned and each.held_out):
        return False
    return asked.match in each.name


def _told(results: Any, count: int) -> Any:
    for number, result in enumerate(results, 1):
        if sys.stderr.isatty() or number % 50 == 0:
            print(f"\r{number}/{count}", end="", file=sys.stderr, flush=True)
        yield result
    print("\r", end="", file=sys.stderr)


def _machine(results: Sequence[Result]) -> dict[str, Any]:
    """The sums by format and side, and each document with its wrong fields."""
    sides = {"tuned": False, "held_out": True}
    sums: dict[str, dict[str, Sums]] = {
        side: grouped(
            [each for each in results if bool(each.specimen.held_out) == held], lambda each: each.specimen.format
        )
        for side, held in sides.items()
    }
    return {
        "sums": {side: {name: each.figures() for name, each in groups.items()} for side, groups in sums.items()},
        "documents": [_document(result) for result in results],
    }


def _document(result: Result) -> dict[str, Any]:
    specimen, verdict = result.specimen, result.verdict
    wrong = [
        {"pointer": each.pointer, "want": each.want, "got": each.got, "confidence": str(each.confidence),
         "silent": each.silent, "lost": each.lost}
        for each in verdict.fields if not each.right
    ]  # fmt: skip
    return {
        "name": specimen.name, "format": specimen.format, "producer": specimen.producer[1], "layout": specimen.layout,
        "look": specimen.look, "wear": specimen.wear, "habits": specimen.habits, "held_out": specimen.held_out,
        "error": verdict.error, "forms": verdict.forms, "exact": verdict.exact, "fields": len(verdict.fields),
        "wrong": wrong,
    }  # fmt: skip


if __name__ == "__main__":
    main()

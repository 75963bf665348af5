"""`./dev drills [--ci] [ROW…] [--count N] [--seed S]`: the rows of the reliability table, each a count and a verdict.

--ci       CI's measure of every row (at most 25 minutes on two cores); without it, the long form of the rows named
--list     what rows there are
--keep     take this clone's runs into docs/drills.jsonl; --figures puts them into docs/figures.md
"""

import argparse
import sys
import time

from drills import ledger, shelf
from drills.running import Asked, run_all


def main() -> None:
    """Run what was asked for; exit 1 if a row failed."""
    words = _words()
    if words.list:
        print(
            "\n".join(f"{row.id:4}{row.ci:>9,} {row.full:>12,} {row.unit:14} {row.zh} {row.en}" for row in shelf.rows())
        )
    elif words.keep or words.figures:
        print(f"{ledger.keep()} runs in {ledger.KEPT}") if words.keep else None
        ledger.write_figures(ledger.HOUSE / "docs" / "figures.md") if words.figures else None
    else:
        sys.exit(_ran(words))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev drills", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help="A1, C2, …; all if none is named")
    for name in ("ci", "list", "keep", "figures"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--count", type=int, help="so many trials instead")
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    unknown = sorted({row.upper() for row in words.rows} - set(shelf.names()))
    if unknown:
        parser.error(f"no row {', '.join(unknown)}; there are {' '.join(shelf.names())}")
    return words


def _ran(words: argparse.Namespace) -> int:
    start = time.monotonic_ns()
    chosen = [row.upper() for row in words.rows] or list(shelf.names())
    asked = [Asked(row, words.count or (row.ci if words.ci else row.full), words.seed, full=not words.ci)
             for row in map(shelf.row, chosen)]  # fmt: skip
    failed = run_all(asked)
    seconds = (time.monotonic_ns() - start) // 10**9
    print(f"== drills: {len(asked)} rows, {seconds} s, " + (f"FAILED: {' '.join(failed)}" if failed else "all passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    main()

"""`./dev equal [COUNT [SEED]]`: every back end against the closure, on all books; stops with 1 if a cell differs.

COUNT forms (20,000), spread evenly over the distinct programs of all books with all checks: books whose compiled
nodes are the very same are compared once, and it is said which. `--legs columns` leaves out the page and the database.
A form that differs is named by the number of its case, which with the seed makes it again. On two cores a million forms
take about 20 minutes by column, an hour with all back ends.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from tempfile import TemporaryDirectory
from typing import Final

from equality.legs import LEGS
from equality.shares import Asked, Found, compared, distinct, prepared, shares

_EVERY: Final = 20 * 10**9
"""Nanoseconds between two lines of progress."""


def main(*arguments: str) -> None:
    """Compare the back ends and print what was compared."""
    options = _options(arguments)
    legs = tuple(leg.name for leg in LEGS if leg.by_column or options.legs == "all")
    programs = {str(book.id): same for book, same in distinct()}
    began = time.monotonic_ns()
    with TemporaryDirectory() as home:
        found = list(_run(list(programs), options, Asked(legs, options.seed, home)))
    for book, same in programs.items():
        _tell(book, same, [one for one in found if one.share.book == book], legs)
    _total(found, time.monotonic_ns() - began)
    if failed := sorted({one.share.book for one in found if any(one.wrong.values())}):
        sys.exit(f"not equal: {' '.join(failed)}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev equal", description=(__doc__ or "").split("\n\n", 1)[1])
    parser.add_argument("count", nargs="?", type=int, default=20000, help="forms in all, 20000")
    parser.add_argument("seed", nargs="?", type=int, default=2026, help="seed of all forms, 2026")
    parser.add_argument(
        "--legs", choices=["all", "columns"], default="all", help="columns: Polars and the kernel alone"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="at work at once, one a core")
    return parser.parse_args(arguments)


def _run(ids: Sequence[str], options: argparse.Namespace, asked: Asked) -> Iterator[Found]:
    """Compile everything once, then compare share by share; tells how far it is."""
    if options.processes > 1:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
    asked_for = list(shares(ids, options.count))
    clean = multiprocessing.get_context("spawn")  # a fork after the columns' threads have begun may hang
    with ProcessPoolExecutor(options.processes, clean) as pool:
        print(f"{len(ids)} programs made ready", flush=True)
        spent = sum(pool.map(prepared, ids, [asked] * len(ids)))
        print(f"  in {spent // 10**9} s of processor time", flush=True)
        work = [pool.submit(compared, share, asked) for share in asked_for]
        done, wrong, told = 0, 0, time.monotonic_ns()
        for future in as_completed(work):
            one = future.result()
            done, wrong = done + one.share.end - one.share.start, wrong + sum(one.wrong.values())
            for line in one.told:
                print(f"  {line}", flush=True)
            if time.monotonic_ns() - told > _EVERY:
                told = time.monotonic_ns()
                print(f"  {done:,} of {options.count:,} forms, {wrong} cells differ", flush=True)
            yield one


def _tell(book: str, same: Sequence[str], found: Sequence[Found], legs: Sequence[str]) -> None:
    forms = sum(one.share.end - one.share.start for one in found)
    within, cells = sum(one.within for one in found), sum(one.cells for one in found)
    also = f" (the same program: {', '.join(same)})" if same else ""
    print(f"{book}{also}: {forms:,} forms, {within:,} inside the domains, {cells:,} cells a back end")
    for leg in legs:
        print(f"  {leg}: {sum(one.wrong[leg] for one in found):,} differ")


def _total(found: Sequence[Found], elapsed_ns: int) -> None:
    forms, cells = sum(one.share.end - one.share.start for one in found), sum(one.cells for one in found)
    wrong, spent = sum(sum(one.wrong.values()) for one in found), sum(one.processor_ns for one in found)
    took = f"{elapsed_ns // 10**9} s, {spent // 10**9} s of processor time without compiling"
    print(f"in all {forms:,} forms, {cells:,} cells a back end, {wrong:,} differ; {took}")


if __name__ == "__main__":
    main(*sys.argv[1:])

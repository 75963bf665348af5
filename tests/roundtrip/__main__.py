"""./dev roundtrip [COUNT [SEED [KIND,... [LAYOUT,...]]]]: hard forms written in every format and layout, read back.

COUNT forms (1,000) for each format and layout; fails if one field differs, or a text became a formula.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from roundtrip import office
from roundtrip.contents import PRINTED, contents
from roundtrip.trip import KINDS, LETTERS, Tally, tried


def leg(kind: str, layout: str, count: int, seed: int) -> tuple[str, str, Tally, int]:
    """One format in one layout; what came of it, and the processor's milliseconds."""
    forms = contents(layout, LETTERS[kind], count, seed)
    started = time.process_time_ns()
    tally = tried(forms, kind, layout)
    return kind, layout, tally, (time.process_time_ns() - started) // 10**6


def main(count: str = "1000", seed: str = "1", kinds: str = ",".join(KINDS), layouts: str = ",".join(PRINTED)) -> None:
    """Run every leg, print a line for each, and stop with 1 if one is not what it has to be."""
    failed = 0
    with ProcessPoolExecutor() as pool:
        legs = [
            pool.submit(leg, kind, layout, int(count), int(seed))
            for kind in kinds.split(",")
            for layout in layouts.split(",")
        ]
        for each_leg in legs:
            failed += not said(*each_leg.result())
    if failed:
        sys.exit(f"{failed} of {len(legs)} are not the same")


def said(kind: str, layout: str, tally: Tally, milliseconds: int) -> bool:
    """Print what came of a leg; whether nothing differs."""
    good = tally.read == tally.forms and not tally.different and not tally.formulas
    print(
        f"{'ok ' if good else 'NOT'} {kind:5}{layout:10}{tally.forms:6} forms {tally.forms - tally.read} lost "
        f"{tally.different} different {tally.formulas} formulas from text {milliseconds} ms",
        flush=True,
    )
    for example in tally.examples:
        print(f"      {example[:400]}")
    return good


if __name__ == "__main__":
    if sys.argv[1:2] == ["--office"]:
        office.main(*sys.argv[2:])
    else:
        main(*sys.argv[1:])

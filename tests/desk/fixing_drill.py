"""The drill of corrected copies: generated documents of every family and kind, and right forms with planted faults.

`python -m desk.fixing_drill 3` (in tests/) goes through three of each and prints what came of them; a slice of it runs
every day. Whatever is written was read back and is what it should be, so only two things can go wrong: a copy that
could not be made, and a planted fault that did not come back as the right form.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from desk.fixing_samples import PRINTED, faults, fixed, planted, right, write
from forms.documents import FAMILIES
from forms.making import made
from forms.specimens import Specimen
from jixiao.desk.fixed_copy import difference
from jixiao.form import Form
from jixiao.reading import read_file
from jixiao.review.lookup import value_at
from jixiao.writing.fixing.report import Fixed

PRODUCERS: Final = (("XLSX", "xlsxwriter"), ("XLSX", "openpyxl"), ("DOCX", "python-docx"), ("PDF", "typst"))
"""What makes generated documents in the kinds that are given back corrected."""

GOOD: Final = frozenset({"corrected", "nothing to correct", "named"})
"""How a case may come out."""

Outcome = tuple[str, str]
"""A case, and what came of it: one of `GOOD`, or what went wrong."""


def generated(
    families: Iterator[str], seeds: range, folder: Path, producers: Sequence[tuple[str, str]] = PRODUCERS
) -> Iterator[Outcome]:
    """Documents of other programs, their totals changed: each is corrected, or has nothing that can be."""
    names = list(families)
    cases = [
        Specimen(name, seed, producer, habits=("wrong_sum",))
        for name in names for seed in seeds for producer in producers
    ]  # fmt: skip
    for case, data in zip(cases, made(cases), strict=True):
        source = folder / f"{case.name}.{case.ending}"
        source.write_bytes(data)
        result = fixed(source, source.with_name(f"copy.{case.ending}"))
        what = "corrected" if result.out else "nothing to correct"
        yield case.name, result.error.message.zh if result.error else what


def planted_faults(layouts: Iterator[str], numbers: range, folder: Path) -> Iterator[Outcome]:
    """Right forms in our own layouts, a fault planted in each: the copy reads as the right form's file does.

    Faults of fields that a layout does not print are left out.
    """
    for layout in layouts:
        for number in numbers:
            form = right(number)
            for kind in ("xlsx", "docx"):
                whole = read_file(write(folder / f"right.{kind}", form, layout))
                printed = [fault for fault in faults(form) if value_at(whole[0], fault[0]) is not None]
                for fault in printed:
                    source, copy = folder / f"wrong.{kind}", folder / f"copy.{kind}"
                    copy.unlink(missing_ok=True)
                    result = fixed(write(source, planted(form, fault), layout), copy)
                    name = f"{layout} {number} {kind} {fault[0]}"
                    yield name, _outcome(result, fault[0], whole, copy)


def _outcome(result: Fixed, pointer: str, whole: tuple[Form, ...], copy: Path) -> str:
    """What came of a planted fault: the right form again, or its field named as undecided; else what went wrong."""
    if result.error is not None:
        return result.error.message.zh
    if result.out is None:
        named = {each for form in result.forms for left in form.corrected.left for each in left.pointers}
        return "named" if pointer in named else "nothing was corrected, nothing said"
    other = difference(whole, read_file(copy))
    return "corrected" if other is None else other.zh


def main() -> None:
    """Print how many came out how, and every one that went wrong."""
    count = int(sys.argv[1])
    with TemporaryDirectory() as name:
        folder = Path(name)
        for title, outcomes in (
            ("generated", generated(iter(FAMILIES), range(count), folder)),
            ("planted", planted_faults(iter(PRINTED), range(count), folder)),
        ):
            tally: Counter[str] = Counter()
            for case, outcome in outcomes:
                known = outcome in GOOD
                tally[outcome if known else "WRONG"] += 1
                if not known:
                    print(f"{case}: {outcome}")
            print(f"{title}: {dict(tally)}")


if __name__ == "__main__":
    main()

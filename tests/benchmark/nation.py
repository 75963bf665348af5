"""`./dev nation FOLDER [--forms N]`: a folder of PDFs to begin with, as a dozen units might have filed them.

Every unit files one PDF with its forms. The forms are honest but for one unit's, which say that each number met its
target to the digit, all money was spent and all points are due: what the inflation meter is to show.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from fairness.planting import money, retold
from fairness.sound import PLACES, fields, settled, sound_form
from jixiao.desk.documents import Wanted, document_file, layout_named
from jixiao.form import Form, parse_actual
from jixiao.writing.official import lay_out

UNITS: Final = 12
FORMS: Final = 264
TOO_GOOD: Final = 6
"""The unit, from 0, whose forms are too good."""


def forms_of(unit: int, count: int) -> Iterator[Form]:
    """The forms of a unit."""
    field = fields()[unit % len(fields())]
    place = PLACES[unit % len(PLACES)]
    names = {"department": place + field.offices[0], "unit": place + field.offices[1]}
    for number in range(count):
        form = replace(sound_form(f"nation {unit} {number}"), **names)
        yield too_good(form) if unit == TOO_GOOD else form


def too_good(form: Form) -> Form:
    """The form with every number on its target, all money spent, and all points claimed."""
    lines = tuple(
        replace(
            line,
            actual=parse_actual(line.target.text.lstrip("≥≤=")) if line.actual.value is not None else line.actual,
            score=line.weight,
            deviation="",
        )
        for line in form.indicators
    )
    row = form.funds.total
    spent = money(replace(form, indicators=lines, extras=()), total=(row.initial, row.adjusted, row.adjusted))
    return settled(retold(spent))


def make(folder: Path, forms: int = FORMS) -> int:
    """Write the PDFs into a new or an empty folder; how many there are.

    Args:
        folder: where.
        forms: how many in all, shared out evenly.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty; name a new folder")
    wanted = Wanted("shanghai", "pdf", date(2025, 1, 1))
    layout = layout_named(wanted.layout)
    for unit in range(UNITS):
        laid = (lay_out(form, layout).document for form in forms_of(unit, max(1, forms // UNITS)))
        folder.joinpath(f"unit-{unit + 1:02}.pdf").write_bytes(b"".join(document_file(laid, wanted)))
    return UNITS


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(prog="./dev nation", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--forms", type=int, default=FORMS, metavar="N")
    asked = parser.parse_args()
    count = make(asked.folder, asked.forms)
    print(f"{asked.folder}: {count} PDFs")


if __name__ == "__main__":
    main()

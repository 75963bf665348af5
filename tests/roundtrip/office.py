"""./dev roundtrip --office [COUNT [SEED]]: what LibreOffice saves of our files reads back as the same forms.

OFD is left out: LibreOffice does not open it. Draw opens PDF and sets its lines anew as boxes of its own, in which
letters move and stand in other cells: how many forms differ is printed, and does not fail the run.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from jixiao.form import Form, decode_forms, encode_forms
from roundtrip.contents import PRINTED, contents
from roundtrip.trip import LETTERS, Tally, compare, files_of, same

ROUTES = (
    ("xlsx", "xlsx"),
    ("xlsx", "ods", "xlsx"),
    ("docx", "docx"),
    ("docx", "odt", "docx"),
    ("html", "odt", "docx"),
    ("pdf", "pdf"),
)


def without_escapes(form: Form) -> Form:
    """A form without a defect of LibreOffice 7.4, which saves a text _x0041_ of a DOCX as _x005F_x0041_."""
    (undone,) = decode_forms(encode_forms([form]).replace(b"_x005F_x", b"_x"))
    return undone


def convert(program: str, place: Path, kind: str, to: str) -> Path:
    """Every file of a folder in another format, by one start of LibreOffice; the folder of what it saved."""
    made = place.with_name(f"{place.name}-{to}")
    filters = ("--infilter=HTML (StarWriter)",) if kind == "html" else ()
    target = "pdf:draw_pdf_Export" if to == "pdf" else to
    sources = [str(path) for path in sorted(place.iterdir())]
    profile = f"-env:UserInstallation={(place.parent / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        *filters,
        "--convert-to",
        target,
        "--outdir",
        str(made),
        *sources,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=900)  # noqa: S603 -- our own files
    return made


def route(program: str, kinds: Sequence[str], layout: str, count: int, seed: int) -> Tally | None:
    """One format and layout through LibreOffice and back; `None` where it cannot open the format (PDF without Draw)."""
    tally, held = Tally(), list[list[Form]]()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "ours")
        place.mkdir()
        forms = contents(layout, LETTERS[kinds[0]], count, seed)
        for number, (some, data) in enumerate(files_of(forms, kinds[0], layout)):
            held.append(some)
            (place / f"{number:04}.{kinds[0]}").write_bytes(data)
        for kind, to in pairwise(kinds):
            place = convert(program, place, kind, to)
            if not place.is_dir():
                return None
        for number, some in enumerate(held):
            tally.forms += len(some)
            data, label = (place / f"{number:04}.{kinds[-1]}").read_bytes(), f"{layout}.{'-'.join(kinds)}"
            compare(some, data, label, tally, without_escapes if kinds[-1] == "docx" else same)
    return tally


def main(count: str = "12", seed: str = "1") -> None:
    """Run every route in every layout, print a line for each, and stop with 1 if one is not the same."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("LibreOffice（soffice）未安装，未试。LibreOffice (soffice) is not installed: nothing was tried.")
    failed = 0
    for kinds in ROUTES:
        for layout in PRINTED:
            tally = route(program, kinds, layout, int(count), int(seed))
            if tally is None:
                print(f"{'-'.join(kinds):15}{layout:10} NOT TRIED: LibreOffice here does not open it", flush=True)
                continue
            failed += tally.read != tally.forms or (tally.different > 0 and kinds[0] != "pdf")
            lost = tally.forms - tally.read
            print(
                f"{'-'.join(kinds):15}{layout:10}{tally.forms:5} forms {lost} lost {tally.different} different",
                flush=True,
            )
            for example in tally.examples:
                print(f"      {example[:400]}")
    if failed:
        sys.exit(f"{failed} routes are not the same")

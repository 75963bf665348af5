"""Documents to be read: generated forms of every layout as PDF, DOCX, XLSX and web pages, and the form of each."""

import hashlib
from pathlib import Path
from typing import Any, Final

import msgspec

from forms.documents import FAMILIES
from forms.making import made
from forms.specimens import Specimen
from jixiao.form.wire import encode, to_wire

PRODUCERS: Final = (
    ("PDF", "typst"),
    ("PDF", "fpdf2"),
    ("DOCX", "python-docx"),
    ("XLSX", "xlsxwriter"),
    ("HTML", "clean"),
)
ALL: Final = 2 * len(FAMILIES)


def specimens(seed: int) -> list[Specimen]:
    """Every layout, each printed by another producer than the one before it, the first ones twice."""
    families = list(FAMILIES) * 2
    return [
        Specimen(family, seed * 1_000 + number, PRODUCERS[number % len(PRODUCERS)])
        for number, family in enumerate(families)
    ]


def make(folder: Path, seed: int, most: int = ALL) -> dict[str, dict[str, Any]]:
    """Write the documents and their truth; the bytes of a document may change with its producer, the truth not."""
    chosen = specimens(seed)[:most]
    place, truth = folder / "documents", folder / "truth" / "reading"
    place.mkdir()
    truth.mkdir(parents=True)
    lines = []
    for number, (specimen, data) in enumerate(zip(chosen, made(chosen), strict=True)):
        name = f"{number:03}.{specimen.ending}"
        (place / name).write_bytes(data)
        (form,) = specimen.truth
        wire = to_wire(form)
        wire.pop("places")
        lines.append(msgspec.json.encode({"document": name}).removesuffix(b"}") + b',"data":' + encode(wire) + b"}\n")
    content = b"".join(lines)
    (truth / "reading-000000.jsonl").write_bytes(content)
    return {"truth/reading": {"lines": len(lines), "sha256": hashlib.sha256(content).hexdigest()}}

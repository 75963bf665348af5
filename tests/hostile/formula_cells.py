"""Texts that a spreadsheet would run, in every text field of a form; and what stands in the tables made of them."""

import csv
import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import openpyxl

from jixiao.form import Form
from jixiao.reading import read_file

LEADS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "|", "\n", "％", "＋")
"""What a spreadsheet takes for a formula, or would once a blank or a sign before it is taken off."""
RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which no text cell of a CSV file may begin."""
MARK: Final = "HYPERLINK(1)"
_SEED: Final = Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"
_KEPT: Final = frozenset({"schema", "pointer", "code", "operator", "currency_unit", "places", "problems", "kind"})


def form_of(lead: str) -> Form:
    """The first form of the seed, all of whose texts begin so."""
    first = read_file(_SEED)[0]
    wire = msgspec.to_builtins(first, builtin_types=())
    return msgspec.convert(_with(wire, lead), Form, strict=False)


def _with(value: Any, lead: str) -> Any:
    if isinstance(value, dict):
        return {key: each if key in _KEPT else _with(each, lead) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with(each, lead) for each in value]
    return f"{lead}{MARK}{value}" if isinstance(value, str) and value and not _is_number(value) else value


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isascii() and text.replace(".", "").replace("-", "").isdigit()


def texts_of(data: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """The cells of a table that hold one of our texts, each with what a spreadsheet makes of it, text or formula."""
    if kind == "csv":
        for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            yield from ((text, "formula" if text.startswith(RUNS) else "text") for text in line if MARK in text)
        return
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if MARK in str(cell.value):
                    yield str(cell.value), "formula" if cell.data_type != "s" else "text"


def in_libreoffice(program: str, data: bytes, kind: str, folder: Path) -> list[str]:
    """The formulas with one of our texts that LibreOffice sees in a table."""
    path = folder / f"table.{kind}"
    path.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)  # noqa: S603  # the installed office
    with zipfile.ZipFile(folder / "table.ods") as archive:
        content = archive.read("content.xml").decode()
    return [piece[:80] for piece in content.split("table:formula=")[1:] if MARK in piece.partition(">")[0]]

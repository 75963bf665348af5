"""Jobs for originals: marks at the places of forms, and what a package is made of."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from jixiao.form import Form, Place
from jixiao.writing.original.job import Change, Job, Kind, Mark, Row

KINDS: tuple[Kind, ...] = ("arithmetic", "clause", "doubt")
EMPTY = Job(
    "自评表复核意见", ("编号与批注一致。",), ("序号", "自评表", "位置", "意见"), (), (), (), "绩效复核", "2026-11-26"
)
BODY = "读到：93.00\n应为：=SUM(A1:A3) <94> & “95”\n请说明。"


def job_of(forms: Sequence[Form], every: int = 3) -> Job:
    """A job with a mark at every third place of each form; its heading names the field."""
    marks: list[Mark] = []
    rows: list[Row] = []
    for number, form in enumerate(forms, 1):
        for pointer, places in list(form.places.items())[::every]:
            at = len(marks) + 1
            marks.append(Mark(at, "JX101", KINDS[at % 3], places, f"{number}{pointer}", BODY))
            rows.append(
                Row(at, f"表{number}", places[0].cell or f"第 {places[0].line} 行", f"请看{pointer}", KINDS[at % 3])
            )
    return replace(EMPTY, marks=tuple(marks), rows=tuple(rows))


def mark_at(*cells: str, kind: Kind = "doubt", number: int = 1) -> Job:
    """A job with one mark at some cells."""
    places = tuple(Place("a", cell=cell) for cell in cells)
    row = Row(number, "表1", "、".join(cells), "请说明", kind)
    return replace(EMPTY, marks=(Mark(number, "JX101", kind, places, "请核对", BODY),), rows=(row,))


def change_at(cell: str, read: str, written: str, pointer: str = "/total/score") -> Job:
    """A job with one change of a cell."""
    change = Change(pointer, (Place("a", cell=cell),), read, written, f"{read} → {written}", "各项得分之和。")
    return replace(EMPTY, changes=(change,), rows=(Row(0, "表1", cell, f"{read} → {written}", "change"),))


def without(forms: Iterable[Form], *fields: str) -> list[Form]:
    """Forms without what may differ once there are comments: what was not read is told in their problems."""
    bare: dict[str, Any] = dict.fromkeys(("problems", *fields), ())
    return [replace(form, **bare) for form in forms]


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes | str]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def raw_parts(data: bytes) -> dict[str, bytes]:
    """The parts as they lie in the file, pressed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    ends = {info.filename: info.header_offset + 30 + len(info.orig_filename) + info.compress_size for info in infos}
    return {info.filename: data[info.header_offset : ends[info.filename]] for info in infos}

"""Documents whose forms are right but for a fault that was planted, for tests of the corrected copy."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from jixiao.desk.fixing import Asked, fix_files
from jixiao.form import Extra, Form, encode_forms
from jixiao.layout.families import load_families
from jixiao.review.corrections import put
from jixiao.writing.fixing.report import Fixed
from jixiao.writing.formats.docx import write_docx
from jixiao.writing.formats.xlsx import write_xlsx
from jixiao.writing.official import lay_out
from oracle.right_forms import right_form

DAY = "2024-12-31"
FAMILIES = {family.id: family for family in load_families()}
PRINTED = tuple(name for name, family in FAMILIES.items() if family.printing is not None)
"""Layouts that are printed."""

Fault = tuple[str, Decimal | str]


def right(number: int) -> Form:
    """A form without a fault, with rates beside its fund rows, as a document of the layout holds it."""
    form = replace(
        right_form(number),
        department="县文化局",
        unit="县图书馆",
        goal=replace(right_form(0).goal, expected="完成全年服务。"),
    )
    rows = (form.funds.current_year, form.funds.carryover, form.funds.other)
    names = ("current_year", "carryover", "other")
    rates = (f"{_rate(row.executed, row.adjusted)}" for row in rows)
    extras = tuple(Extra("执行率", rate, f"/funds/{name}") for name, rate in zip(names, rates, strict=True))
    return replace(form, extras=extras)


def _rate(executed: Decimal | None, adjusted: Decimal | None) -> Decimal:
    return ((executed or Decimal(0)) * 100 / (adjusted or Decimal(1))).quantize(Decimal("0.01"))


def faults(form: Form) -> Iterator[Fault]:
    """Faults that the form decides: a total, a grade, a rate, a score, the points of the total row."""
    total, rate = form.total.score or Decimal(0), form.execution.rate or Decimal(0)
    yield "/total/score", total + 30
    yield "/total/weight", Decimal("110.00")
    yield "/grade", "差" if form.grade != "差" else "优"
    yield "/execution/rate", rate + 7
    yield "/execution/score", (form.execution.score or Decimal(0)) + 3


def planted(form: Form, fault: Fault) -> Form:
    """The form with a fault."""
    return put(form, *fault)


def write(path: Path, form: Form, layout: str = "shanghai") -> Path:
    """A file that holds the form, in the kind its ending says, as a layout prints it."""
    if path.suffix == ".json":
        path.write_bytes(encode_forms([form]))
        return path
    document = lay_out(form, FAMILIES[layout]).document
    made = write_xlsx([document]) if path.suffix == ".xlsx" else write_docx([document])
    path.write_bytes(made if isinstance(made, bytes) else b"".join(made))
    return path


def fixed(path: Path, out: Path | None) -> Fixed:
    """What came of correcting a file."""
    (result,) = fix_files({path: out}, Asked(DAY))
    return result

"""A small published corpus for tests: two years of a project, a cell to be withheld, a formula for a name."""

import json
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fairness.generated import planted_form
from fairness.planting import PLANTERS
from fairness.sound import sound_form
from jixiao.corpus.building.run import Asked
from jixiao.corpus.publishing.about import Licence
from jixiao.corpus.publishing.run import Options
from jixiao.desk.corpus.building import Found, build_corpus, way_of
from jixiao.form import Extra, Form
from jixiao.form.wire import encode, to_wire

PRIVATE = "王小明 13912345678"
FORMULA = '=HYPERLINK("http://evil.example";"1")'
OPTIONS = Options(
    "示例数据", "示例财政局", "https://open.example", Licence("CC-BY-4.0", "CC BY 4.0", "https://l.example")
)
FORMS = 24
PART = 10


def some_forms() -> list[Form]:
    """Honest forms, forms to be asked about, one project in two years, and what must not come out."""
    honest = [sound_form(f"public {number}") for number in range(12)]
    asked = [planted_form(code) for code in sorted(PLANTERS)[:9]]
    later = replace(honest[0], fiscal_year=(honest[0].fiscal_year or 2023) + 1)
    hidden = replace(planted_form("JX104"), extras=(Extra("项目负责人及电话", PRIVATE, None),))
    named = replace(honest[2], project=replace(honest[2].project, name=FORMULA))
    return [*honest, *asked, later, hidden, named]


def corpus(folder: Path) -> Path:
    """The corpus of these forms, in parts of ten."""
    file = folder / "forms.json"
    wires: list[dict[str, Any]] = [to_wire(form) for form in some_forms()]
    file.write_bytes(b"[" + b",".join(map(encode, wires)) + b"]")
    assert len(json.loads(file.read_bytes())) == FORMS
    where = folder / "corpus"
    build_corpus(Found({"张三报送.json": file}), str(where), way_of(), Asked(PART, 1))
    return where

"""The allow-list: every field of the model is decided about, and what is not listed never gets out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from jixiao.form import Extra, Form, Indicator, Place, Problem, from_wire, to_wire
from jixiao.office.publication.frozen import Frozen, freeze
from jixiao.writing.public.allowed import Allowed, allowed, public_form, public_wire
from office.making import seed_forms

CANARY = "CANARY-7f3a"
EXAMPLES = Path(__file__).parents[3] / "examples"


def fields(model: type[msgspec.Struct], prefix: str = "") -> Iterator[str]:
    """The paths of every field of a structure that holds a value of its own."""
    for field in msgspec.structs.fields(model):
        path = f"{prefix}{field.name}"
        inner = [part for part in (field.type, *get_args(field.type)) if isinstance(part, type)]
        parts = [part for part in inner if issubclass(part, msgspec.Struct)]
        if path == "places" or not parts:
            yield path
        else:
            yield from fields(parts[0], f"{path}." if field.type is parts[0] else f"{path}[].")


def planted(value: Any) -> Any:
    """A tree of wire values with an unknown field planted into every structure."""
    if isinstance(value, dict):
        return {name: planted(item) for name, item in value.items()} | {"secret": CANARY}
    return [planted(item) for item in value] if isinstance(value, list) else value


def codes(frozen: Frozen) -> set[str]:
    """The checks that ask about a frozen copy."""
    return {finding.code for finding in frozen.report.review.findings}


def test_every_field_of_the_model_is_listed_or_withheld_with_a_reason() -> None:
    """A new field of the form fails here until somebody says whether the public may read it."""
    known = allowed()
    decided = known.public.keys() | known.withheld.keys()
    assert {path.split("[]")[0] if path.startswith("problems") else path for path in fields(Form)} == decided
    assert not known.public.keys() & known.withheld.keys()
    assert all(text.zh and text.en for text in (*known.public.values(), *known.withheld.values()))


def test_an_unlisted_field_is_private_at_every_depth() -> None:
    """A field that the list does not name is left out, in the form, a line, a fund row and a map of points."""
    form = Form(title="表", indicators=(Indicator(name="甲"),), extras=(Extra("原因", "乙"),))
    wire = planted(to_wire(form)) | {"declared_weights": {"产出指标": {"secret": CANARY}}}
    assert CANARY not in str(public_wire(wire))
    assert public_wire(to_wire(form))["indicators"][0]["name"] == "甲"


def test_a_field_taken_off_the_list_is_gone() -> None:
    """The list is what decides: without its line, a field that was public is private."""
    known = allowed()
    public = {path: text for path, text in known.public.items() if path != "indicators[].deviation"}
    wire = public_wire(to_wire(Form(indicators=(Indicator(deviation=CANARY),))), Allowed(public, {}, frozenset()))
    assert CANARY not in str(wire)


def test_places_problems_and_unlisted_cells_are_withheld() -> None:
    """Names of files, troubles of reading, and cells that may hold a person's name do not get out."""
    form = Form(
        places={"/title": (Place(f"{CANARY}.pdf"),)},
        problems=(Problem("/title", "unreadable", CANARY),),
        extras=(Extra("项目负责人及电话", CANARY), Extra("填报人", CANARY), Extra("改进措施", "加强管理")),
    )
    public = public_form(form)
    assert CANARY not in str(to_wire(public))
    assert public.extras == (Extra("改进措施", "加强管理"),)
    assert from_wire(to_wire(public)) == public


def test_the_frozen_copy_quotes_nothing_that_is_not_public() -> None:
    """Review and words are made of the public form: a withheld cell appears in neither."""
    form = Form(title="财政项目支出绩效自评表", extras=(Extra("联系人", CANARY), Extra("填报人", CANARY)))
    frozen = freeze(form)
    assert CANARY not in repr((frozen.form, frozen.report, frozen.told))


def test_a_question_that_the_leaving_out_made_is_not_asked() -> None:
    """An explanation in a cell that is not published still counts: nobody is asked in public for what was given."""
    form = seed_forms()[0]
    told = Extra("调减原因及依据", f"因政策调整，市级财政压减经费，{CANARY}")
    explained = msgspec.structs.replace(form, extras=(*form.extras, told))
    assert "JX204" in codes(freeze(form))
    assert "JX204" not in codes(freeze(explained))
    assert CANARY not in repr(freeze(explained).told)

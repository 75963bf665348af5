"""How much of a generated form was read: field by field against its labelled truth."""

from collections.abc import Iterator
from typing import Any

from jixiao.form import Form, to_wire


def fields_of(form: Form) -> dict[str, Any]:
    """The fields of a form that its truth labels, by pointer; empty ones left out."""
    wire = to_wire(form)
    for name in ("schema", "places", "extras", "problems"):
        wire.pop(name, None)
    return dict(_flat(wire, ""))


def _flat(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _flat(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _flat(item, f"{pointer}/{index}")
    elif value not in (None, ""):
        yield pointer, value


def differences(truth: Form, read: Form | None) -> list[tuple[str, Any, Any]]:
    """The fields in which a form read differs from its truth: pointer, what is true, what was read."""
    want, got = fields_of(truth), fields_of(read) if read else {}
    return [
        (key, want.get(key), got.get(key)) for key in sorted(want.keys() | got.keys()) if want.get(key) != got.get(key)
    ]

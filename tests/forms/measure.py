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


def filled_pointers(form: Form) -> list[str]:
    """The pointers of all fields of a form that hold something; a target or an actual value is one field."""
    wire = to_wire(form)
    del wire["places"], wire["schema"]
    wire.pop("problems", None)
    return list(_pointers(wire, ""))


def _pointers(value: Any, pointer: str) -> list[str]:
    whole = pointer.endswith(("/target", "/actual")) or (pointer.startswith("/extras/") and pointer.count("/") == 2)
    if isinstance(value, dict) and whole:
        return [pointer] if value["text"] else []
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in _pointers(item, f"{pointer}/{name}")]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _pointers(item, f"{pointer}/{index}")]
    return [pointer] if value not in (None, "") else []

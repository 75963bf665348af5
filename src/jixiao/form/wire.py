"""The form on the wire: JSON as the contract says, and its JSON Schema, both made from the model."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from jixiao.form.model import Form, Place
from jixiao.form.values import plain

_ABSENT_WHEN_EMPTY = ("declared_weights", "problems")
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FIRST = ("schema", "title")


def to_wire(form: Form) -> dict[str, Any]:
    """The form as plain JSON values: decimals as digit strings, `places` with numbers, empty optional parts absent."""
    wire: dict[str, Any] = msgspec.to_builtins(form, builtin_types=(Decimal,))
    places = wire.pop("places")
    wire = {name: wire[name] for name in _FIRST} | _digits(wire)
    if not wire["funds"]["more"]:
        del wire["funds"]["more"]
    for name in _ABSENT_WHEN_EMPTY:
        if not wire[name]:
            del wire[name]
    return wire | {"places": places}


def from_wire(value: object) -> Form:
    """A form from parsed JSON.

    Raises:
        msgspec.ValidationError: the value is not of the schema; the message names the path.
    """
    return msgspec.convert(value, Form, strict=False)


def encode(value: object) -> bytes:
    """Any tree of `to_wire` values as JSON bytes; a `Decimal` left in it (geometry, confidence) is a number."""
    return _ENCODER.encode(value)


def encode_forms(forms: Iterable[Form]) -> bytes:
    """The JSON array that `jixiao read --format json` prints, indented by two spaces."""
    return msgspec.json.format(encode([to_wire(form) for form in forms]), indent=2)


def decode_forms(data: bytes | str) -> tuple[Form, ...]:
    """The forms of a JSON array.

    Raises:
        msgspec.MsgspecError: the bytes are no JSON, or not of the schema; the message names the path.
    """
    return msgspec.json.decode(data, type=tuple[Form, ...])


def place_wire(place: Place) -> dict[str, Any]:
    """One place as the contract prints it."""
    wire: dict[str, Any] = msgspec.to_builtins(place, builtin_types=(Decimal,))
    return wire


def json_schema() -> dict[str, Any]:
    """JSON Schema of one form, generated from the model."""
    return msgspec.json.schema(Form)


def _digits(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {name: _digits(item) for name, item in value.items()}
    return [_digits(item) for item in value] if isinstance(value, list | tuple) else value

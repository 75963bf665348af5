"""The form on the wire: JSON as the contract says, made from the model."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from jixiao.form.model import Form, Place, Target
from jixiao.form.values import parse_number, plain

ABSENT_WHEN_EMPTY = ("declared_weights", "problems")
"""Parts of a form that are left out when they are empty; `funds.more` is another."""

_MOST_DIGITS = 64
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FIRST = ("schema", "title")
_ONE = msgspec.json.Decoder(Form)
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_REQUIRED = (*_FIRST, *(name for name in Form.__struct_fields__ if name not in (*_FIRST, *ABSENT_WHEN_EMPTY)))
_DUE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?")


def to_wire(form: Form) -> dict[str, Any]:
    """The form as plain JSON values: decimals as digit strings, `places` with numbers, empty optional parts absent."""
    wire: dict[str, Any] = msgspec.to_builtins(form, builtin_types=(Decimal,))
    places = wire.pop("places")
    wire = {name: wire[name] for name in _FIRST} | digits(wire)
    if not wire["funds"]["more"]:
        del wire["funds"]["more"]
    for name in ABSENT_WHEN_EMPTY:
        if not wire[name]:
            del wire[name]
    return wire | {"places": places}


def from_wire(value: object) -> Form:
    """A form from parsed JSON.

    Raises:
        msgspec.ValidationError: the value is not of the schema, a number is none that a form can print, or a target's
            value is not of its operator; the message names the path.
    """
    return _checked(msgspec.convert(value, Form))


def encode(value: object) -> bytes:
    """Any tree of `to_wire` values as JSON bytes; a `Decimal` left in it (geometry, confidence) is a number."""
    return _ENCODER.encode(value)


def encode_forms(forms: Iterable[Form]) -> bytes:
    """The JSON array that `jixiao read --format json` prints, indented by two spaces."""
    return msgspec.json.format(encode([to_wire(form) for form in forms]), indent=2)


def decode_forms(data: bytes | str) -> tuple[Form, ...]:
    """The forms of a JSON array.

    Raises:
        msgspec.MsgspecError: the bytes are no JSON, or not what `from_wire` takes; the message names the path.
    """
    return tuple(_checked(form) for form in msgspec.json.decode(data, type=tuple[Form, ...]))


def decode_form(data: bytes) -> Form:
    """One form from its own JSON text, as strict as the schema: every part there, no part that the schema lacks.

    Raises:
        msgspec.MsgspecError: the bytes are no JSON, or not of the schema; the message names the path.
        RecursionError: they are nested far deeper than any form.
        UnicodeDecodeError: they are not UTF-8.
    """
    _check_parts(_PARTS.decode(data))
    return _checked(_ONE.decode(data))


def place_wire(place: Place) -> dict[str, Any]:
    """One place as the contract prints it."""
    wire: dict[str, Any] = msgspec.to_builtins(place, builtin_types=(Decimal,))
    return wire


def _check_parts(parts: dict[str, msgspec.Raw]) -> None:
    for name in _REQUIRED:
        if name not in parts:
            raise msgspec.ValidationError(f"Object missing required field `{name}`")


def digits(value: Any, untouched: frozenset[str] = frozenset()) -> Any:
    """Plain values with every `Decimal` as a digit string; what stands under a name of `untouched` is left alone."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {name: item if name in untouched else digits(item, untouched) for name, item in value.items()}
    return [digits(item, untouched) for item in value] if isinstance(value, list | tuple) else value


def _checked(form: Form) -> Form:
    if any(_is_too_long(number) for number in _numbers(form)):
        path = next(path for path, number in _decimals(form, "$") if _is_too_long(number))
        raise msgspec.ValidationError(f"Expected a number of at most {_MOST_DIGITS} digits - at `{path}`")
    for index, indicator in enumerate(form.indicators):
        if not _fits(indicator.target):
            raise msgspec.ValidationError(
                f"Expected a value that suits the operator {indicator.target.operator!r},"
                f" got {indicator.target.value!r} - at `$.indicators[{index}].target.value`"
            )
    return form


def _is_too_long(number: Decimal) -> bool:
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return True
    exponent = number.as_tuple().exponent
    return not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS


def _numbers(form: Form) -> Iterator[Decimal]:
    """The numbers of a form, without where they stand: most forms have none that is too long."""
    for places in form.places.values():
        for place in places:
            yield from place.box or ()
            yield place.confidence
    waiting: list[object] = [form.funds, form.execution, form.indicators, form.total, form.declared_weights]
    while waiting:
        held = waiting.pop()
        if isinstance(held, Decimal):
            yield held
        elif isinstance(held, msgspec.Struct):
            waiting += (getattr(held, name) for name in held.__struct_fields__)
        elif isinstance(held, dict):
            waiting += held.values()
        elif isinstance(held, tuple):
            waiting += held


def _decimals(value: object, path: str) -> Iterator[tuple[str, Decimal]]:
    """The numbers of a form and where they stand; walked in place, for a copy would take as much memory again."""
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _decimals(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _decimals(item, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _decimals(item, f"{path}[{index}]")


def _fits(target: Target) -> bool:
    value = target.value
    if target.operator in (None, "qualitative"):
        return value is None
    if target.operator == "range":
        return isinstance(value, tuple) and all(_isdigits(end) for end in value)
    if not isinstance(value, str):
        return False
    return bool(_DUE.fullmatch(value)) if target.operator == "before" else _isdigits(value)


def _isdigits(value: str) -> bool:
    return len(value) <= _MOST_DIGITS and parse_number(value) is not None

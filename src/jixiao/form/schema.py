"""JSON Schema of the form as it stands on the wire, generated from the model."""

from inspect import cleandoc
from typing import Any

import msgspec

from jixiao.form.model import Form
from jixiao.form.wire import ABSENT_WHEN_EMPTY

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DIGITS = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_OPTIONAL = {"Form": ABSENT_WHEN_EMPTY, "Funds": ("more",)}
_IN_NUMBERS = ("Place",)


def json_schema() -> dict[str, Any]:
    """JSON Schema of one form as `to_wire` makes it: decimals are digit strings, those of a place are numbers.

    Every part is required but the few that are absent when they are empty.
    """
    made = msgspec.json.schema(Form)
    parts = {name: _part(name, part) for name, part in made["$defs"].items()}
    return {"$schema": _DIALECT, "title": "jixiao/form/1", "$ref": made["$ref"], "$defs": parts}


def _part(name: str, part: dict[str, Any]) -> dict[str, Any]:
    optional = _OPTIONAL.get(name, ())
    digits = {"type": "number"} if name in _IN_NUMBERS else _DIGITS
    properties = {field: _value(value, digits) for field, value in part["properties"].items()}
    for field in optional:
        properties[field] |= {"minProperties" if properties[field]["type"] == "object" else "minItems": 1}
    return {
        "title": name,
        "description": cleandoc(part["description"]),
        "type": "object",
        "properties": properties,
        "required": [field for field in properties if field not in optional],
        "additionalProperties": False,
    }


def _value(value: Any, digits: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_value(item, digits) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("format") == "decimal":
        return dict(digits)
    return {name: _value(item, digits) for name, item in value.items() if name != "default"}

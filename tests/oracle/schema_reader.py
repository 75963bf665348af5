"""A small reader of JSON Schema: as much of it as the published schemas use."""

import re
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
    "boolean": (bool,),
}
_ANNOTATIONS = {"$schema", "$defs", "title", "description"}
_OF_OBJECTS = {"properties", "required", "additionalProperties", "minProperties"}
_OF_NUMBERS = {"minimum", "maximum"}
_OF_ARRAYS = {"items", "prefixItems", "minItems", "maxItems"}
KNOWN = _ANNOTATIONS | _OF_OBJECTS | _OF_ARRAYS | _OF_NUMBERS | {"$ref", "type", "enum", "anyOf", "pattern"}


def faults(instance: object, schema: dict[str, Any]) -> list[str]:
    """Paths ("total/weight"; "" is the whole) at which an instance is not of a schema; empty if it is.

    Raises:
        ValueError: the schema uses a word that this reader does not know.
    """
    return _faults(instance, schema, schema.get("$defs", {}), "")


def _faults(value: Any, schema: dict[str, Any], parts: dict[str, Any], path: str) -> list[str]:
    if unknown := set(schema) - KNOWN:
        raise ValueError(f"unknown words in a schema: {sorted(unknown)}")
    if "$ref" in schema:
        return _faults(value, parts[schema["$ref"].rsplit("/", 1)[1]], parts, path)
    if "anyOf" in schema:
        found = [_faults(value, option, parts, path) for option in schema["anyOf"]]
        return [] if [] in found else min(found, key=len)
    if not _is_of_kind(value, schema):
        return [path]
    if isinstance(value, dict):
        return _of_object(value, schema, parts, path)
    return _of_array(value, schema, parts, path) if isinstance(value, list) else []


def _is_of_kind(value: Any, schema: dict[str, Any]) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema and not _is(value, schema["type"]):
        return False
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return False
    return not isinstance(value, str) or bool(re.search(schema.get("pattern", ""), value))


def _is(value: object, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _of_object(value: dict[str, Any], schema: dict[str, Any], parts: dict[str, Any], path: str) -> list[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    strange = value.keys() - known.keys()
    if set(schema.get("required", [])) - value.keys() or len(value) < schema.get("minProperties", 0):
        return [path]
    if strange and others is False:
        return [path]
    rest = others if isinstance(others, dict) else {}
    return [
        fault
        for name, item in value.items()
        for fault in _faults(item, known.get(name, rest), parts, f"{path}/{name}" if path else name)
    ]


def _of_array(value: list[Any], schema: dict[str, Any], parts: dict[str, Any], path: str) -> list[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return [path]
    first = schema.get("prefixItems", [])
    rest = schema.get("items", {})
    if rest is False and len(value) > len(first):
        return [path]
    return [
        fault
        for index, item in enumerate(value)
        for fault in _faults(item, first[index] if index < len(first) else rest, parts, f"{path}/{index}")
    ]

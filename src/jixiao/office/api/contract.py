"""The OpenAPI description: what ninja knows of the addresses, and the house's own contracts and errors beside it."""

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from jixiao.form.schema import json_schema
from jixiao.office.api.problems import MEDIA, TITLES
from jixiao.writing.json_report import review_schema

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong (RFC 9457): a code, a sentence, and sometimes more.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
_ALWAYS: Final = (400, 401, 403, 404, 422)


def ref(name: str) -> dict[str, str]:
    """A reference to one of the house's contracts: `Form` or `FormEntry`."""
    return {"$ref": f"#/components/schemas/{name}"}


def given(name: str, *more: int, etag: bool = False, description: str = "OK") -> dict[str, Any]:
    """The answer of an address that gives one of the house's contracts, and further errors it may give."""
    return answered({"application/json": {"schema": ref(name)}}, *more, etag=etag, description=description)


def answered(content: dict[str, Any], *more: int, etag: bool = False, description: str = "OK") -> dict[str, Any]:
    """The answer 200 of an address with its content, and further errors it may give."""
    good: dict[str, Any] = {"description": description, "content": content}
    responses: dict[int, Any] = {200: good, **{status: problem(status) for status in more}}
    if etag:
        good["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "the version"}}
        responses[304] = {"description": "not changed since the version of If-None-Match"}
    return {"responses": responses}


def taken(name: str) -> dict[str, Any]:
    """The body of a request that is one of the house's contracts."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": ref(name)}}}}


def if_match(responses: dict[int, Any]) -> dict[str, Any]:
    """The header that names the version a change was made from, and the errors that come with it."""
    header = {
        "in": "header",
        "name": "If-Match",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
        "description": "the ETag that was read",
    }
    return {"parameters": [header], "responses": responses}


def problem(status: int) -> dict[str, Any]:
    """An error in the description."""
    return {"description": TITLES[status][1], "content": {MEDIA: {"schema": ref("Problem")}}}


_TOO_MANY: Final = problem(429) | {
    "headers": {
        "Retry-After": {"schema": {"type": "integer"}, "description": "seconds until the window ends (RFC 6585)"},
        "RateLimit": {"schema": {"type": "string"}, "description": "what is left and for how many seconds"},
        "RateLimit-Policy": {"schema": {"type": "string"}, "description": "the limit and its window in seconds"},
    }
}
"""The answer to a token, or an address, that asks too often."""


class OfficeAPI(NinjaAPI):
    """The API, described with the house's contracts."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function that answers: short and stable."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The whole description."""
        made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schemas = made["components"].setdefault("schemas", {})
        schemas["Problem"] = PROBLEM
        for contract in (json_schema(), review_schema()):
            for name, part in contract["$defs"].items():
                schemas.setdefault(name, _renamed(part))
        for operations in made["paths"].values():
            for operation in operations.values():
                for status in _ALWAYS:
                    operation["responses"].setdefault(status, problem(status))
                operation["responses"].setdefault(429, _TOO_MANY)
        return made


def _renamed(part: Any) -> Any:
    """A part of a JSON Schema with its references pointing into the description; empty lists are taken, too."""
    if isinstance(part, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _renamed(value)
            for key, value in part.items()
            if key not in ("minItems", "minProperties")
        }
    return [_renamed(item) for item in part] if isinstance(part, list) else part

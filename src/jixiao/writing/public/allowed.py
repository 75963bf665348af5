"""The allow-list 公开清单: which fields of a form the public may read; what is not listed is not published."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from jixiao.form import Form, from_wire, to_wire
from jixiao.scoring.sheet import Text


class Allowed(Struct, frozen=True):
    """The list.

    Attributes:
        public: paths of the fields that are published, each with its name in both languages.
        withheld: paths of those that are not, each with the reason.
        labels: the labels under which cells without a field of their own are published.
    """

    public: dict[str, Text]
    withheld: dict[str, Text]
    labels: frozenset[str]


@cache
def allowed() -> Allowed:
    """The list as the package carries it."""
    page = tomllib.loads((files(__package__) / "public_fields.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    public, withheld = ({path: Text(*pair) for path, pair in page[part].items()} for part in ("public", "withheld"))
    return Allowed(public, withheld, frozenset(page["cells"]["labels"]))


def public_form(form: Form) -> Form:
    """The form with its public fields only; all else is empty."""
    return from_wire({"places": {}} | public_wire(to_wire(form)))


def public_wire(wire: dict[str, Any], listed: Allowed | None = None) -> dict[str, Any]:
    """The listed fields of a form on the wire; what no path of the list names is left out, whatever it holds."""
    known = listed or allowed()
    kept = {**wire, "extras": [cell for cell in wire.get("extras", []) if cell["label"] in known.labels]}
    made: dict[str, Any] = _kept(kept, "", known)
    return made


def _kept(value: dict[str, Any], prefix: str, listed: Allowed) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, item in value.items():
        path = f"{prefix}{name}"
        if path in listed.public:
            if _is_plain(item):
                made[name] = item
        elif isinstance(item, dict) and _leads(f"{path}.", listed):
            made[name] = _kept(item, f"{path}.", listed)
        elif isinstance(item, list) and _leads(f"{path}[].", listed):
            made[name] = [_kept(one, f"{path}[].", listed) for one in item if isinstance(one, dict)]
    return made


def _leads(prefix: str, listed: Allowed) -> bool:
    return any(path.startswith(prefix) for path in listed.public)


def _is_plain(item: object) -> bool:
    """Whether a listed field holds a value, several, or values by name: a structure inside it would not be listed."""
    inside = item.values() if isinstance(item, dict) else item if isinstance(item, list) else (item,)
    return all(one is None or isinstance(one, str | int) for one in inside)

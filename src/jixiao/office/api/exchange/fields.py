"""The fields as data, and values cut to their types with nothing lost unsaid."""

import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from msgspec import Struct

Part = Literal["evaluation", "goal", "indicator", "money"]
PARTS: Final[tuple[Part, ...]] = ("evaluation", "goal", "indicator", "money")
TITLES: Final[dict[Part, str]] = {"evaluation": "自评", "goal": "目标", "indicator": "指标", "money": "资金"}
"""The sheets of a workbook."""
_TYPE: Final = re.compile(r"C(\d+)|N\((\d+),(\d+)\)")


class Field(Struct, frozen=True):
    """One field of the platform.

    Attributes:
        name: the key in JSON files.
        zh: the head of its column.
        en: what it means.
        length: the most letters of a text; 0 for a number.
        digits, decimals: of a number; 0 and 0 for a text.
    """

    name: str
    zh: str
    en: str
    length: int
    digits: int
    decimals: int

    def fitted(self, value: str | Decimal | None) -> tuple[str | None, bool]:
        """The value as the platform takes it, and whether that is the whole of it.

        Numbers are rounded half up to the field's decimals; texts are cut at its length.
        """
        if value is None or value == "":
            return None, True
        if isinstance(value, Decimal):
            made = value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
            return f"{made:f}", made == value and len(made.as_tuple().digits) <= self.digits
        return value[: self.length], len(value) <= self.length


@cache
def fields(part: Part) -> tuple[Field, ...]:
    """The fields of a part, in order."""
    page = tomllib.loads((files(__package__) / "fields.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(_field(each) for each in page[part])


def _field(row: dict[str, str]) -> Field:
    found = _TYPE.fullmatch(row["type"])
    if found is None:
        raise ValueError(row["type"])
    length, digits, decimals = (int(group or 0) for group in found.groups())
    return Field(row["name"], row["zh"], row["en"], length, digits, decimals)

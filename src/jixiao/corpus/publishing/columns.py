"""The public columns of a corpus, their counterparts in two standards, and what is withheld with its reason."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from jixiao.corpus.schema import TABLES, Field, Table
from jixiao.scoring.sheet import Text

_FORM: Final = Field("form", "number", "表号（在本库内）", "number of the form in this corpus")
RESULTS: Final = Table("results", "重算结果", "recomputed totals, a row a form", (
    _FORM,
    Field("address", "text", "网页地址（在本数据的网站内）", "address of its page, below the site of this package"),
    Field("rulebook", "text", "所依规则集与日期", "rulebook and the day for which it was in force"),
    Field("computed_score", "number", "重算总分", "recomputed total", 2),
    Field("computed_low", "number", "重算下限", "recomputed total, lines of words at the bottom of their band", 2),
    Field("computed_grade", "text", "重算等级", "recomputed grade"),
    Field("arithmetic", "number", "算术问题数", "questions of the family arithmetic"),
    Field("clause", "number", "条款问题数", "questions of the family clause"),
    Field("doubt", "number", "疑问数", "questions of the family doubt"),
))  # fmt: skip
LINES: Final = Table("lines", "逐行重算", "recomputed scores, a row a scored line", (
    _FORM,
    Field("pointer", "text", "行（JSON 指针）", "the line, a JSON pointer into the form"),
    Field("claimed", "number", "自评得分", "claimed score", 2),
    Field("computed", "number", "重算得分", "recomputed score", 2),
    Field("low", "number", "重算下限", "low end of the recomputed score", 2),
    Field("agrees", "truth", "自评与重算是否一致", "whether claimed and recomputed agree"),
))  # fmt: skip
NAMES: Final = ("forms", "funds", "indicators", "results", "lines", "findings")
"""The published tables, in order."""
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "forms": ("form",), "funds": (), "indicators": ("form", "at"), "results": ("form",), "lines": ("form", "pointer"),
    "findings": (),
}  # fmt: skip
"""What tells the rows of a table apart; nothing where rows may be alike."""


class Listed(Struct, frozen=True):
    """The lists.

    Attributes:
        public: table to column to its counterparts in a Fiscal Data Package and in IATI.
        tables, columns, endings: what is withheld, by name of the table, of the column, or by the end of its name.
    """

    public: dict[str, dict[str, tuple[str, str]]]
    tables: dict[str, Text]
    columns: dict[str, Text]
    endings: dict[str, Text]


@cache
def listed() -> Listed:
    """The lists as the package carries them."""
    page = tomllib.loads((files(__package__) / "columns.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    withheld = {part: {name: Text(*pair) for name, pair in held.items()} for part, held in page["withheld"].items()}
    return msgspec.convert({"public": page["public"], **withheld}, Listed)


@cache
def tables() -> dict[str, Table]:
    """The published tables with their public columns, by name."""
    known = {**TABLES, RESULTS.name: RESULTS, LINES.name: LINES}
    return {name: _public(known[name]) for name in NAMES}


def _public(table: Table) -> Table:
    public = listed().public[table.name]
    return msgspec.structs.replace(table, fields=tuple(field for field in table.fields if field.name in public))


def reason_of(table: str, column: str) -> Text | None:
    """Why a column is withheld; `None` where it is not."""
    known = listed()
    if table in known.tables:
        return known.tables[table]
    ending = next((reason for end, reason in known.endings.items() if column.endswith(end)), None)
    return None if column in known.public.get(table, {}) else known.columns.get(column, ending)

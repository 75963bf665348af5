"""The published tables of a corpus, contract `jixiao/corpus/1`: names, kinds, scales and units of every column.

A corpus is a folder with one folder a table; files of the same name in all of them hold the same forms, a part. Numbers
are whole numbers of 64 bits at a written-down scale, never floats: 95.50 points at scale 2 are 9550.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec
import polars as pl

from jixiao.language import Column
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES
from jixiao.rulebook import SCHEMA

CORPUS_SCHEMA: Final = "jixiao/corpus/1"
Kind = Literal["number", "truth", "text"]
_DTYPES: Final[Mapping[str, pl.DataType]] = {"number": pl.Int64(), "truth": pl.Boolean(), "text": pl.String()}
_KINDS: Final[Mapping[str, Kind]] = {"number": "number", "boolean": "truth", "enum": "text", "text": "text"}
SAID: Final = "_said"
"""What is added to the name of a text column for the truth whether the text says anything (无, 暂无, / say nothing)."""


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column of a table.

    Attributes:
        name: as in the files.
        kind: number (Int64), truth (Boolean) or text (String).
        zh, en: its name for people.
        scale: decimals of a number; the cell holds the number times 10**scale.
        unit: of the number, as "元".
    """

    name: str
    kind: Kind
    zh: str
    en: str
    scale: int = 0
    unit: str = ""


class Table(msgspec.Struct, frozen=True):
    """One table: what a row is, and its columns in order."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """The columns as Polars types."""
        return {field.name: _DTYPES[field.kind] for field in self.fields}

    @property
    def metadata(self) -> dict[str, str]:
        """What each Parquet file says of itself: the contract, the table, and its columns as JSON."""
        columns = msgspec.json.encode(self.fields).decode()
        return {"schema": CORPUS_SCHEMA, "table": self.name, "columns": columns}


def _number(name: str, zh: str, en: str, scale: int = 0, unit: str = "") -> Field:
    return Field(name, "number", zh, en, scale, unit)


def _text(name: str, zh: str, en: str) -> Field:
    return Field(name, "text", zh, en)


_FORM: Final = _number("form", "表号（在本库内）", "number of the form in this corpus")
_AT: Final = _number("at", "指标序号（从 0 起）", "which indicator of its form, from 0")


def fields_of(columns: Iterable[Column]) -> tuple[Field, ...]:
    """Columns that rule texts read, as columns of a table; a text brings a truth whether it says anything."""
    found: list[Field] = []
    for one in columns:
        found.append(Field(one.name, _KINDS[one.kind], one.zh, one.en, one.scale, one.unit))
        if one.kind == "text":
            found.append(Field(one.name + SAID, "truth", f"{one.zh}有内容", f"{one.en} says something"))
    return tuple(found)


SOURCES: Final = Table("sources", "来源文件", "files read or set aside", (
    _text("sha256", "文件的 SHA-256", "SHA-256 of the file"),
    _text("file", "文件名", "name of the file"),
    _number("bytes", "字节数", "bytes of the file"),
    _number("forms", "表数", "forms found in it"),
    _text("verdict", "结论代码", "code of the verdict; read where it was read"),
    _text("zh", "原因", "reason, 中文"),
    _text("en", "原因（英文）", "reason, English"),
))  # fmt: skip
AS_READ: Final = Table("as_read", "原表", "forms as read", (
    _FORM, _text("json", "表（jixiao/form/1）", "the form, contract jixiao/form/1"),
))  # fmt: skip
FORMS: Final = Table("forms", "自评表", "forms", (
    _FORM,
    _text("key", "稳定编号", "stable key: SHA-256 of the file, a slash, the number in the file"),
    _text("file", "文件名", "name of the file"),
    _text("sha256", "文件的 SHA-256", "SHA-256 of the file"),
    _number("number", "文件内第几张", "which form of the file, from 1"),
    _text("rulebook", "所依规则集", "id of the rulebook in force"),
    _text("in_force", "规则集日期", "the day for which that book was in force, ISO"),
    _text("project_code", "项目编码", "project code; null where none is printed"),
    _text("currency_unit", "金额单位", "unit of money as printed; null where none is printed"),
    _number("lines", "指标数", "indicators of the form"),
    Field("beyond", "truth", "数超出范围", "has a number no cell can hold: its cells are null, as_read has it"),
    *fields_of(SCHEMA.columns["f"].values()),
))  # fmt: skip
FUNDS: Final = Table("funds", "项目资金", "fund rows", (
    _FORM,
    _text("row", "资金行", "total, current_year, carryover, other or more"),
    _text("label", "行标签", "printed label of a further row; else empty"),
    _number("initial", "年初预算数", "initial budget", 2, "元"),
    _number("adjusted", "全年预算数", "adjusted budget", 2, "元"),
    _number("executed", "全年执行数", "amount executed", 2, "元"),
))  # fmt: skip
INDICATORS: Final = Table("indicators", "指标", "indicators", (
    _FORM, _AT, _text("due", "期限", "ISO day or month of a deadline; null where there is none"),
    *fields_of(SCHEMA.columns["i"].values()),
))  # fmt: skip
FEATURES_OF_FORMS: Final = Table("features_of_forms", "表的文字特征", "features of forms", (
    _FORM, *fields_of(FORM_FEATURES),
))  # fmt: skip
FEATURES_OF_INDICATORS: Final = Table("features_of_indicators", "指标的文字特征", "features of indicators", (
    _FORM, _AT, *fields_of(INDICATOR_FEATURES),
))  # fmt: skip
PLACES: Final = Table("places", "出处", "where each value was read", (
    _FORM,
    _text("pointer", "字段（JSON 指针）", "field, as a JSON pointer"),
    _number("page", "页", "page, from 1; null where there are none"),
    _text("box", "位置（点：左 上 右 下）", "left, top, right, bottom in points, with blanks between; null without"),
    _text("cell", "单元格", "sheet and cell, Sheet1!C7; null without"),
    _number("line", "行", "line, from 1; null without"),
    _number("column", "列", "column in characters, from 1; null without"),
    _text("confidence", "把握", "1 for text that was copied, lower where it was recognised"),
))  # fmt: skip
FINDINGS: Final = Table("findings", "疑点", "findings", (
    _FORM,
    _number("at", "指标序号（从 0 起）", "which indicator, from 0; null of the form"),
    _text("code", "疑点代码", "code of the check"),
    _text("family", "类别", "arithmetic, clause or doubt: never to be added up"),
    _text("severity", "程度", "error, warning or info"),
    _text("pointer", "字段（JSON 指针）", "field, as a JSON pointer"),
    _text("read_zh", "读到", "what was read, 中文"),
    _text("read_en", "读到（英文）", "what was read, English"),
    _text("expected_zh", "应为", "what was expected, 中文"),
    _text("expected_en", "应为（英文）", "what was expected, English"),
    _text("ask_zh", "要问的", "the question, 中文"),
    _text("ask_en", "要问的（英文）", "the question, English"),
    _text("clause", "条款", "document and article; null where it rests on none"),
))  # fmt: skip
TABLES: Final[Mapping[str, Table]] = {
    one.name: one
    for one in (
        SOURCES, AS_READ, FORMS, FUNDS, INDICATORS, FEATURES_OF_FORMS, FEATURES_OF_INDICATORS, PLACES, FINDINGS,
    )
}  # fmt: skip
"""Every table that building writes, by name; scores and measures add tables of their own."""


def described() -> dict[str, Any]:
    """The whole contract as data."""
    return {
        "schema": CORPUS_SCHEMA,
        "tables": {
            one.name: {"zh": one.zh, "en": one.en, "columns": msgspec.to_builtins(one.fields)}
            for one in TABLES.values()
        },
    }

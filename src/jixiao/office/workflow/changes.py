"""What changed on a form between two moments 修改对比: cell by cell, by lasting names, was and now. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.form import Form, Indicator, plain
from jixiao.office.workflow.cells import cell_name
from jixiao.review.lookup import value_at
from jixiao.review.naming import FUND_COLUMNS, FUND_ROWS, INDICATOR_COLUMNS
from jixiao.scoring.sheet import Text

_FIXED = (
    "title", "fiscal_year", "project/name", "project/code", "department", "unit", "currency_unit",
    "goal/expected", "goal/actual", "execution/weight", "execution/rate", "execution/score",
    "total/weight", "total/score", "grade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one row that came or went.

    Attributes:
        cell: "k3/actual"; "k3" for a whole row.
        name: what people call it.
        was, now: the texts; none where the row was not there.
    """

    cell: str
    name: Text
    was: str | None
    now: str | None


def shown(value: object) -> str:
    """A value as its cell shows it; empty for nothing."""
    text = getattr(value, "text", value)
    return plain(text) if isinstance(text, Decimal) else "" if text is None else str(text)


def texts(form: Form, keys: tuple[str, ...]) -> dict[str, str]:
    """Every cell of a form with its text, by lasting name, in the order of the form."""
    return dict(_texts(form, keys))


def changes(was: Form, was_keys: tuple[str, ...], now: Form, now_keys: tuple[str, ...]) -> tuple[Change, ...]:
    """The cells that differ, in the order of the form as it is now; rows that are gone come last."""
    before, after = texts(was, was_keys), texts(now, now_keys)
    added, gone = set(now_keys) - set(was_keys), [key for key in was_keys if key not in now_keys]
    found = [
        Change(cell, cell_name(now, now_keys, cell), before.get(cell, ""), text)
        for cell, text in after.items()
        if cell.partition("/")[0] not in added and before.get(cell, "") != text
    ]
    found += (
        Change(key, cell_name(now, now_keys, key), None, _row(now, now_keys, key)) for key in now_keys if key in added
    )
    return (*found, *(Change(key, cell_name(was, was_keys, key), _row(was, was_keys, key), None) for key in gone))


def _texts(form: Form, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for cell in _FIXED:
        yield cell, shown(value_at(form, f"/{cell}"))
    for row in FUND_ROWS:
        for column in FUND_COLUMNS:
            yield f"funds/{row}/{column}", shown(value_at(form, f"/funds/{row}/{column}"))
    for more in form.funds.more:
        for column in FUND_COLUMNS:
            yield f"funds/more/{more.label}/{column}", shown(getattr(more, column))
    for key, indicator in zip(keys, form.indicators, strict=True):
        for column in INDICATOR_COLUMNS:
            yield f"{key}/{column}", shown(getattr(indicator, column))
    for number, extra in enumerate(form.extras):
        yield f"extras/{number}", f"{extra.label}：{extra.text}"


def _row(form: Form, keys: tuple[str, ...], key: str) -> str:
    indicator: Indicator = form.indicators[keys.index(key)]
    return " · ".join(filter(None, (shown(getattr(indicator, column)) for column in INDICATOR_COLUMNS)))

"""The file of similar projects, contract `jixiao/peers/1`, from columns: equal to the one made form by form."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from jixiao.corpus.peers.lines import WIDE, Lines
from jixiao.corpus.peers.spreads import Key, quartiles
from jixiao.form import Form
from jixiao.review.context import Peers, Similar, Spread
from jixiao.review.features.beside import base_unit, in_base, yuan
from jixiao.review.wording import key, squeeze

COUNTED: Final = "数量指标"
CENTS: Final = 100
_KEYS: Final = ("name", "unit")


def peers_of(lines: Lines, *, source: str, on: str, least: int) -> Peers:
    """The statistics of a corpus, as `review.statistics.peers_from` makes them of its forms.

    Args:
        lines: of the corpus.
        source: where the forms come from, in words.
        on: ISO day on which this is done.
        least: the fewest projects of which a statistic is made.
    """
    mine = lines.rows.filter(pl.col("level2") == COUNTED)
    once = mine.filter(pl.len().over("form", *_KEYS) == 1)
    ratios = once.select(
        *(pl.col(name).cast(pl.String()) for name in _KEYS),
        a=pl.col("achieved"),
        b=pl.lit(lines.whole, WIDE),
        paid=pl.col("spent") * lines.whole,
        done=pl.col("achieved") * CENTS,
    )
    whole = pl.concat([ratios, _of_beyond(lines)])
    actual = _told(quartiles(whole, _KEYS, ("a", "b"), least))
    cost = _told(quartiles(whole.filter(pl.col("paid").is_not_null()), _KEYS, ("paid", "done"), least))
    known = sorted(actual.keys() | cost.keys())
    similar = tuple(Similar(name[0], name[1], actual.get(name), cost.get(name)) for name in known)
    return Peers(source, on, lines.years, lines.forms, least, similar)


def _told(spreads: Iterable[tuple[Key, Spread]]) -> dict[Key, Spread]:
    """Those of which no quartile rounds to nothing."""
    return {name: spread for name, spread in spreads if spread.low}


def _of_beyond(lines: Lines) -> pl.DataFrame:
    """The same ratios of forms whose numbers no cell holds, taken from the forms themselves."""
    rows = [row for form in lines.beyond for row in _ratios(form)]
    names = dict.fromkeys(("a", "b", "paid", "done"), WIDE)
    return pl.DataFrame(rows, schema={"name": pl.String(), "unit": pl.String(), **names}, orient="row")


def _ratios(form: Form) -> list[tuple[str, str, int, int, int | None, int | None]]:
    spent = yuan(form, form.funds.total.executed)
    found: dict[tuple[str, str], list[tuple[int, int, int | None, int | None]]] = {}
    for line in form.indicators:
        if line.level2 == COUNTED and line.actual.value is not None and line.actual.value > 0 and line.name:
            value = in_base(line.actual.value, line.actual.unit or line.target.unit)
            cost = spent / value if spent is not None and spent > 0 else None
            paid = (None, None) if cost is None else cost.as_integer_ratio()
            found.setdefault((key(squeeze(line.name)), base_unit(line)), []).append((*value.as_integer_ratio(), *paid))
    return [(*name, *held[0]) for name, held in found.items() if len(held) == 1]

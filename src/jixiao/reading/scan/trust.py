"""How sure a reading is: a table of how often such readings were right on labelled pages (`trust.toml`).

Two models that read the same are trusted more than one that is sure of itself; a text of figures that is no number
is not trusted, whatever the models say, and a sign of comparison not wholly: "＞" looks like ">".
"""

import re
import tomllib
from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal

State = Literal["agree", "differ", "one"]
"""Both models read the same; they differ; only one was asked."""

_FIGURES = re.compile(r"[-+0-9.,:;·'’`°。，：；/|\\OoIlS]{2,}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[0-9]+/[0-9]+")
_NO_NUMBER = Decimal("0.4")
_TWO_WIDTHS = re.compile("[<>=＜＞＝]")
_WIDTH_UNTOLD = Decimal("0.985")


@lru_cache(maxsize=1)
def load_table() -> dict[str, tuple[list[Decimal], list[Decimal]]]:
    """For each state the lower ends of the models' probability, and how sure a reading from there on is."""
    data = tomllib.loads((files("jixiao.reading.scan") / "trust.toml").read_text("utf-8"), parse_float=Decimal)
    return {state: (data[state]["from"], data[state]["trust"]) for state in ("agree", "differ", "one")}


def trust_of(state: State, least: float, text: str) -> Decimal:
    """The confidence of a reading.

    Args:
        state: which models were asked, and whether they read the same.
        least: the probability of its least sure letter.
        text: what was read.
    """
    ends, trusts = load_table()[state]
    trust = trusts[max(bisect_right(ends, Decimal(str(round(least, 4)))) - 1, 0)]
    if _TWO_WIDTHS.search(text):
        trust = min(trust, _WIDTH_UNTOLD)
    return min(trust, _NO_NUMBER) if is_no_number(text) else trust


def is_no_number(text: str) -> bool:
    """Whether a text is of figures and points and yet is no number: "10.54.", "40,00"."""
    digits = sum(letter.isdigit() for letter in text)
    return bool(digits * 2 >= len(text) > 1 and _FIGURES.fullmatch(text) and not _NUMBER.fullmatch(text))

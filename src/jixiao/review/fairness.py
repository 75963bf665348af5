"""How fair a check was found to be 公道: what it asked about labelled forms, held against what ought to be asked."""

from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.review.refusal import PageRefusedError


class Fairness(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of one check, as `./dev fairness --write` puts them into its page.

    Attributes:
        fired: how often it asked.
        right: those of them that had to be asked.
        arguable: those that honest reviewers may ask or leave.
        wrong: the rest: a lawful form was asked about.
        missed: what it ought to have asked and did not.
        set: number of the set of labelled forms.
        measured: the day on which the figures were last found to differ.
    """

    fired: int
    right: int
    arguable: int
    wrong: int
    missed: int
    set: int
    measured: date

    @property
    def share(self) -> Fraction:
        """The share of right questions as far as the figures tell: an arguable one counts half, no figures are ½.

        One right and one wrong question are added to those that were counted, so that few figures say little.
        """
        return Fraction(2 * self.right + self.arguable + 2, 2 * self.fired + 4)


def fairness_of(file: str, page: dict[str, Any]) -> Fairness | None:
    """The figures in a page; `None` where it has not been measured.

    Raises:
        PageRefusedError: the table is not of the format, or its figures do not sum.
    """
    if "fairness" not in page:
        return None
    try:
        figures = msgspec.convert(page["fairness"], Fairness)
    except msgspec.ValidationError as fault:
        raise PageRefusedError(file, "fairness", f"格式不符（{fault}）。", f"not of the format ({fault}).") from fault
    if figures.fired != figures.right + figures.arguable + figures.wrong:
        zh, en = "fired 应为 right、arguable、wrong 之和。", "fired must be the sum of right, arguable and wrong."
        raise PageRefusedError(file, "fairness.fired", zh, en)
    return figures

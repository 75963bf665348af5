"""Scores: claimed beside recomputed, and what evidence bears out; means, grades, gaps."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from jixiao.office.overview.charts.model import Chart, Group, Series
from jixiao.office.overview.figures.bins import SCORES, place_of
from jixiao.office.overview.figures.exact import mean
from jixiao.office.overview.rows import Place, Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table, share
from jixiao.scoring.sheet import Text

Link = Callable[..., str]
EXCELLENT = "优"
"""The grade of which rules say how many may have it."""
_SERIES = (Series("claimed", Text("自评", "Claimed")), Series("computed", Text("重算", "Recomputed")))


class Scores(Struct, frozen=True):
    """The scores of some forms.

    Attributes:
        forms: how many there are.
        scored: how many can be recomputed.
        claimed, computed, low, supported: means over the forms that have one, rounded once to hundredths, halves up.
        asked: how many were asked for evidence.
        above: how many claim more than is recomputed.
        gap: the mean of claimed less recomputed, over forms that have both.
        excellent, recomputed: how many claim 优, and how many are recomputed as 优.
        claimed_grades, grades: grade → forms; "" for none.
    """

    forms: int
    scored: int
    claimed: Decimal | None
    computed: Decimal | None
    low: Decimal | None
    supported: Decimal | None
    asked: int
    above: int
    gap: Decimal | None
    excellent: int
    recomputed: int
    claimed_grades: dict[str, int]
    grades: dict[str, int]

    @property
    def excellent_share(self) -> Fraction | None:
        """Share of forms that claim 优."""
        return share(self.excellent, self.forms)

    @property
    def recomputed_share(self) -> Fraction | None:
        """Share of forms that are recomputed as 优."""
        return share(self.recomputed, self.forms)


def scores_of(rows: Sequence[Row]) -> Scores:
    """The scores of some forms."""
    claimed_grades, grades = Counter(row.claimed_grade for row in rows), Counter(row.grade for row in rows)
    gaps = [gap for row in rows if (gap := row.gap) is not None]
    supported = [row.supported for row in rows if row.supported is not None]
    return Scores(
        forms=len(rows),
        scored=sum(row.computed is not None for row in rows),
        claimed=mean([row.claimed for row in rows if row.claimed is not None]),
        computed=mean([row.computed for row in rows if row.computed is not None]),
        low=mean([row.low for row in rows if row.low is not None]),
        supported=mean(supported),
        asked=len(supported),
        above=sum(gap > 0 for gap in gaps),
        gap=mean(gaps),
        excellent=claimed_grades[EXCELLENT],
        recomputed=grades[EXCELLENT],
        claimed_grades=dict(claimed_grades),
        grades=dict(grades),
    )


def score_chart(rows: Iterable[Row], link: Link, *, name: str = "scores", title: Text | None = None) -> Chart:
    """How many forms claim, and how many are recomputed to, which totals; empty bins at the low end are left out."""
    held = list(rows)
    claimed = SCORES.counted(place_of(row.claimed) for row in held if row.claimed is not None)
    computed = SCORES.counted(place_of(row.computed) for row in held if row.computed is not None)
    bins = list(zip(SCORES.all, claimed, computed, strict=True))
    if not (claimed[-1] or computed[-1]):
        bins.pop()
    groups = tuple(Group(one.label, (said, found), link(score=one.name)) for one, said, found in bins)
    full, without = claimed[-2], sum(row.computed is None for row in held)
    zh, en = f"{len(held)} 张表中 {full} 张自评满分", f"{full} of {len(held)} forms claim full marks"
    if without:
        zh, en = f"{zh}，{without} 张算不出总分", f"{en}; {without} cannot be recomputed"
    heading = title or Text("得分分布", "Distribution of scores")
    return Chart(name, heading, Text(f"{zh}。", f"{en}."), Text("总分", "Total"), _SERIES, groups)


def score_columns() -> tuple[Column, ...]:
    """Heads of `score_cells`."""
    return (
        Column("forms", Text("表", "Forms"), "count"),
        Column("claimed", Text("自评均分", "Claimed, mean"), "points"),
        Column("computed", Text("重算均分", "Recomputed, mean"), "points"),
        Column("low", Text("下限均分", "Low end, mean"), "points"),
        Column("supported", Text("有据均分", "Supported, mean"), "points"),
        Column("gap", Text("平均高出", "Mean gap"), "points"),
        Column("above", Text("自评高于重算", "Claimed above recomputed"), "count"),
        Column("excellent", Text("自评优", "Claimed 优"), "share"),
        Column("recomputed", Text("重算优", "Recomputed 优"), "share"),
    )


def score_cells(scores: Scores) -> tuple[Cell, ...]:
    """The scores of some forms as cells."""
    return (
        scores.forms, scores.claimed, scores.computed, scores.low, scores.supported, scores.gap, scores.above,
        scores.excellent_share, scores.recomputed_share,
    )  # fmt: skip


def score_table(placed: Sequence[tuple[Place, list[Row]]]) -> Table:
    """Scores place by place."""
    heads = (Column("place", Text("单位", "Unit")), *score_columns())
    rows = [(Linked(place.name, place.href), *score_cells(scores_of(mine))) for place, mine in placed if mine]
    total = (Text("合计", "All"), *score_cells(scores_of([row for _, mine in placed for row in mine])))
    return Table("scores-by-place", Text("各单位得分", "Scores by unit"), heads, rows, total if len(rows) > 1 else ())

"""Layouts nobody has published: a family with other words for its labels, other columns in another order."""

from collections.abc import Sequence

from msgspec.structs import replace

from forms.dice import Dice
from jixiao.layout.families import Family, Label, Rows
from jixiao.layout.lexicon import load_lexicon

_STRANGE = (("extra", "责任科室"), ("extra", "佐证材料"), ("extra", "上年完成值"), ("extra", "完成率"))
_HEADINGS = ("level1", "level2", "name")
_TARGETS = ("sign", "target", "unit")


def variant(family: Family, seed: int) -> Family:
    """A layout made of a family and a seed; what it prints means the same."""
    dice = Dice(f"variant:{family.id}:{seed}")
    funds, goal, table = family.funds, family.goal, family.indicators
    columns = _reordered(dice, table.columns)
    side = dice.choice((table.side, "", "绩效指标", "年度绩效指标"))
    return replace(
        family,
        head=Rows(tuple(_renamed(dice, row, "head") for row in _head(dice, family))),
        funds=funds and replace(funds, columns=_renamed(dice, funds.columns, "fund_columns")),
        goal=goal and replace(goal, columns=_renamed(dice, goal.columns, "goal")),
        indicators=replace(table, side=side, columns=_renamed(dice, columns, "indicator_columns")),
        tail=Rows(tuple(_renamed(dice, row, "tail") for row in family.tail.rows)),
        unit_line=family.unit_line or f"单位：{family.currency_unit}",
    )


def _head(dice: Dice, family: Family) -> list[tuple[Label, ...]]:
    """The head's rows, sometimes with all pairs in rows of their own, or with a label more."""
    rows = list(family.head.rows)
    if dice.chance(40):
        rows = [(label,) for row in rows for label in row]
    if dice.chance(50):
        rows.append((Label(dice.choice(("项目负责人", "联系电话", "分管领导", "项目属性", "起止时间")), "extra"),))
    return rows


def _renamed(dice: Dice, labels: Sequence[Label], block: str) -> tuple[Label, ...]:
    """The same fields under other words of the lexicon; those without a field keep theirs."""
    known = load_lexicon().blocks[block]
    renamed = []
    for label in labels:
        others = [key for key, field in known.items() if field == label.field and key not in _TWICE and key[0] != "*"]
        fixed = label.field in ("extra", "more", "subtotal") or not others or not dice.chance(60)
        notes = "".join(part for part in ("（A）", "（B）", "（%）") if part in label.label)
        renamed.append(label if fixed else replace(label, label=dice.choice(others) + notes))
    return tuple(renamed)


_TWICE = ("指标", "单位", "性质", "原因", "预算", "年度", "说明", "四级指标", "具体指标")
"""Words that are labels only beside others."""


def _reordered(dice: Dice, columns: Sequence[Label]) -> list[Label]:
    headings = [label for label in columns if label.field in _HEADINGS]
    targets = [label for label in columns if label.field in _TARGETS]
    rest = [[label] for label in columns if label not in headings and label not in targets]
    if dice.chance(40):
        rest.append([Label(*reversed(dice.choice(_STRANGE)))])
    groups = dice.sample([targets, *rest], len(rest) + 1) if dice.chance(60) else [targets, *rest]
    return headings + [label for group in groups for label in group]

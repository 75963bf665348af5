"""Answers to inquiries as tables: what moves under other rules; ranks, sums, years, samples and waivers of a review."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from jixiao.office.overview.answers import Kept
from jixiao.office.overview.tables import Cell, Column, Linked, Table
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.priority import reasons
from jixiao.review.folder.summary import Sums
from jixiao.review.page import Check
from jixiao.review.whatif import Move, UnitShift
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.as_text import waiver_text
from jixiao.writing.folder.as_xlsx import ALONE, BY, grades_text, moved_text
from jixiao.writing.whatif.report import DIRECTION, WhatIfReport
from jixiao.writing.words import FAMILY

Href = Callable[[str], str]
_PROJECT = Column("project", Text("项目", "Project"))
_UNIT = Column("unit", Text("单位", "Unit"))


def moves_table(report: WhatIfReport, href: Href) -> Table:
    """Every form under both sets of rules, those that lose most first."""
    heads = (
        _PROJECT, _UNIT,
        Column("claimed", Text("自评", "Claimed"), "points"),
        Column("before", Text("现行", "In force"), "points"),
        Column("after", Text("试算", "Tried"), "points"),
        Column("difference", Text("分差", "Difference"), "points"),
        Column("direction", Text("变化", "Change")),
        Column("before_grade", Text("现行等级", "Grade in force")),
        Column("after_grade", Text("试算等级", "Grade tried")),
        Column("before_book", Text("现行规则集", "Rulebook in force")),
        Column("after_book", Text("试算规则集", "Rulebook tried")),
    )  # fmt: skip
    rows = [_move(move, href) for move in report.shift.moves]
    return Table("moves", Text("每张表", "Every form"), heads, rows)


def _move(move: Move, href: Href) -> tuple[Cell, ...]:
    return (
        Linked(move.project, href(move.file)), move.unit, move.claimed_score, move.before.score, move.after.score,
        move.difference, DIRECTION[move.direction], move.before.grade, move.after.grade, move.before.rulebook,
        move.after.rulebook,
    )  # fmt: skip


def moved_units_table(report: WhatIfReport) -> Table:
    """Which units lose and gain."""
    return _groups("moved-units", Text("各单位得失", "Which units lose and gain"), _UNIT, report.shift.units)


def moved_departments_table(report: WhatIfReport) -> Table:
    """Which departments of a corpus lose and gain."""
    title, head = Text("各主管部门得失", "Which departments lose and gain"), Text("主管部门", "Department")
    return _groups("moved-departments", title, Column("department", head), report.shift.departments)


def moved_places_table(report: WhatIfReport) -> Table:
    """Which places of a corpus lose and gain, by the rulebook in force there."""
    title = Text("各地得失（按所依规则集）", "Which places lose and gain (by rulebook)")
    return _groups("moved-places", title, Column("place", Text("规则集", "Rulebook")), report.shift.places)


def _groups(name: str, title: Text, first: Column, groups: Sequence[UnitShift]) -> Table:
    heads = (
        first,
        Column("difference", Text("平均分差", "Mean difference"), "points"),
        Column("before", Text("现行平均", "Mean in force"), "points"),
        Column("after", Text("试算平均", "Mean tried"), "points"),
        Column("compared", Text("可比", "Compared"), "count"),
        Column("forms", Text("表", "Forms"), "count"),
        Column("down", Text("降", "Down"), "count"),
        Column("up", Text("升", "Up"), "count"),
        Column("regraded", Text("等级变动", "Regraded"), "count"),
    )
    rows: list[tuple[Cell, ...]] = [
        (one.unit, one.difference, one.before, one.after, one.compared, one.forms, one.down, one.up, one.regraded)
        for one in groups
    ]
    return Table(name, title, heads, rows)


def moved_grades_table(report: WhatIfReport) -> Table:
    """How grades move: in force downwards, tried across."""
    names = report.grade_names()
    none = Text("无等级", "no grade")
    heads = (
        Column("grade", Text("现行 ＼ 试算", "In force \\ tried")),
        *(Column(f"grade-{at}", Text(name, name) if name else none, "count") for at, name in enumerate(names)),
    )
    rows: list[tuple[Cell, ...]] = [
        (old or none, *(report.shift.transitions.get((old, new), 0) for new in names)) for old in names
    ]
    return Table("moved-grades", Text("等级怎样移动", "How the grades move"), heads, rows)


def moved_checks_table(report: WhatIfReport) -> Table:
    """Checks that ask more or less."""
    heads = (
        Column("check", Text("检查", "Check")), Column("title", Text("名称", "Title")),
        Column("before", Text("现行", "In force"), "count"), Column("after", Text("试算", "Tried"), "count"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (code, report.titles.get(code, ""), old, new) for code, (old, new) in (report.shift.asked or {}).items()
    ]
    return Table("moved-checks", Text("疑点数的变化", "Questions asked"), heads, rows)


def ranking_table(kept: Kept, checks: dict[str, Check], href: Href) -> Table:
    """All forms in the order in which to open them, with why."""
    drawn = set(kept.sample.chosen) if kept.sample else set()
    heads = (
        Column("position", Text("位次", "Position"), "count"), Column("year", Text("年度", "Year")), _PROJECT, _UNIT,
        Column("why", Text("为什么", "Why")),
        Column("claimed", Text("自评", "Claimed"), "points"),
        Column("computed", Text("重算", "Recomputed"), "points"),
        Column("adjusted", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
        Column("waived", Text("已说明", "Waived"), "count"),
        Column("sampled", Text("抽中", "Sampled")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for position, at in enumerate(kept.order, 1):
        brief, why = kept.briefs[at], reasons(kept.briefs[at], kept.ranks[at], checks)
        told = Text("；".join(one.zh for one in why), "; ".join(one.en for one in why))
        rows.append((
            position, str(brief.key.year or ""), _linked(brief, href), brief.key.unit, told, brief.claimed,
            brief.computed, brief.money.adjusted, sum(brief.waived.values()),
            Text("是", "yes") if at in drawn else None,
        ))  # fmt: skip
    return Table("ranking", Text("先看哪张", "Open these first"), heads, rows)


def _linked(brief: Brief, href: Href) -> Linked:
    return Linked(brief.key.project, href(brief.file))


def sums_table(sums: tuple[Sums, ...], name: str, title: Text) -> Table:
    """Sums unit by unit or department by department."""
    heads = (
        Column("name", Text("名称", "Name")), Column("year", Text("年度", "Year")),
        Column("forms", Text("表", "Forms"), "count"),
        Column("claimed", Text("自评均分", "Claimed, mean"), "points"),
        Column("median", Text("自评中位", "Claimed, median"), "points"),
        Column("computed", Text("重算均分", "Recomputed, mean"), "points"),
        Column("low", Text("下限均分", "Low end, mean"), "points"),
        Column("grades", Text("自评等级", "Grades claimed")),
        Column("adjusted", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
        *(Column(family, words, "count") for family, words in FAMILY.items()),
        Column("exact", Text("恰好等于指标值", "Exactly the target"), "share"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.name, str(one.year or ""), one.forms, one.claimed_mean, one.claimed_median, one.computed_mean,
            one.low_mean, grades_text(one.claimed_grades), one.money.adjusted, *one.asked.values(),
            Fraction(one.exact, one.compared) if one.compared else None,
        )
        for one in sums
    ]  # fmt: skip
    return Table(name, title, heads, rows)


def changes_table(kept: Kept, href: Href) -> Table:
    """Two years beside each other: what changed in targets, points and texts; who has no partner, and why."""
    heads = (
        _PROJECT, _UNIT, Column("by", Text("配对", "Paired")),
        Column("then", Text("上年年初预算（元）", "Initial, last year"), "money"),
        Column("now", Text("今年年初预算（元）", "Initial, this year"), "money"),
        Column("lowered", Text("目标降低", "Targets lowered")), Column("raised", Text("目标提高", "Targets raised")),
        Column("weights", Text("分值变动", "Points moved")), Column("added", Text("新增指标", "New indicators")),
        Column("dropped", Text("去掉的指标", "Indicators dropped")),
        Column("copied", Text("照抄上年的文字", "Texts copied"), "count"),
    )  # fmt: skip
    return Table("changes", Text("两年对照", "Two years"), heads, list(_changes(kept, href)))


def _changes(kept: Kept, href: Href) -> Iterator[tuple[Cell, ...]]:
    for pair in kept.pairing.pairs:
        brief, moved = kept.briefs[pair.now], kept.changes.get(pair.now)
        if moved is not None:
            yield (
                _linked(brief, href), brief.key.unit, BY[pair.by], moved.then.initial, moved.now.initial,
                moved_text(moved.lowered), moved_text(moved.raised), moved_text(moved.weights),
                "；".join(moved.added), "；".join(moved.dropped), len(moved.copied),
            )  # fmt: skip
    for single in kept.pairing.singles:
        brief = kept.briefs[single.at]
        yield (_linked(brief, href), brief.key.unit, ALONE[single.why], *([None] * 8))


def sample_table(kept: Kept, href: Href) -> Table:
    """The forms drawn for spot checks, with the probability of each."""
    heads = (
        Column("position", Text("位次", "Position"), "count"), _PROJECT, _UNIT,
        Column("probability", Text("入样概率", "Probability"), "share"),
        Column("exact", Text("入样概率（精确）", "Probability (exact)")),
    )  # fmt: skip
    positions = {at: position for position, at in enumerate(kept.order, 1)}
    sample = kept.sample
    rows: list[tuple[Cell, ...]] = [
        (positions[at], _linked(kept.briefs[at], href), kept.briefs[at].key.unit, sample.probabilities[at],
         str(sample.probabilities[at]))
        for at in sorted(sample.chosen, key=positions.__getitem__)
    ] if sample else []  # fmt: skip
    return Table("sample", Text("抽查样本", "Sample for spot checks"), heads, rows)


def waivers_table(kept: Kept) -> Table:
    """What each waiver that was handed in did."""
    heads = (
        Column("year", Text("年度", "Year")), _PROJECT, _UNIT, Column("check", Text("检查", "Check")),
        Column("who", Text("说明人", "Who")), Column("reason", Text("理由", "Reason")),
        Column("until", Text("至", "Until"), "day"), Column("state", Text("现状", "State")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            str(used.waiver.year), used.waiver.project, used.waiver.unit, used.waiver.check, used.waiver.who,
            used.waiver.reason, used.waiver.until, waiver_text(used),
        )
        for used in kept.waivers
    ]  # fmt: skip
    return Table("waivers", Text("已说明的疑点", "Waivers"), heads, rows)


def answer_tables(kept: Kept, checks: dict[str, Check], href: Href) -> list[Table]:
    """All tables of a review that have something to say, the ranking first."""
    every = [
        ranking_table(kept, checks, href),
        sample_table(kept, href),
        sums_table(kept.units, "unit-sums", Text("单位", "Units")),
        sums_table(kept.departments, "department-sums", Text("主管部门", "Departments")),
        changes_table(kept, href),
        waivers_table(kept),
    ]
    return [table for table in every if table.rows or table.name == "ranking"]

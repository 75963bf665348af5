"""A book's tables as rule texts, so that bands, grades, caps and weight profiles compute by the same language."""

from collections.abc import Iterable, Sequence
from typing import Final

from jixiao.rulebook.entries import Band, Cap, ExecutionStep, Grade, Let, Profile, Provenance, Section

_STRENGTH: Final = ("changed", "recalled", "practice", "text-seen")


def _weakest(entries: Sequence[Band] | Sequence[Grade] | Sequence[Cap] | Sequence[Profile]) -> Provenance:
    """The clause that a table's named value cites: of the entry that is evidenced worst, for any of them may decide."""
    return min((entry.clause for entry in entries), key=lambda clause: _STRENGTH.index(clause.evidence))


def band_lets(bands: Sequence[Band]) -> list[Let]:
    """band_low, band_high (per cent of the points) and band_high_in of an indicator's label, or of its completion."""
    if not bands:
        return []
    clause = _weakest(bands)
    ends = {
        "band_low": [(band, str(band.low)) for band in bands],
        "band_high": [(band, str(band.high)) for band in bands],
        "band_high_in": [(band, str(band.high_in)) for band in bands],
    }
    names = {"band_low": ("档次下限%", "lower end of band %"), "band_high": ("档次上限%", "upper end of band %")}
    return [Let(name, _band_text(found), *names.get(name, ("", "")), clause) for name, found in ends.items()]


def _band_text(ends: Sequence[tuple[Band, str]]) -> str:
    """An end of the band a label names, or of that in which the completion of a line scored by bands lies."""
    of_label = ", ".join(f'"{band.code}": {end}' for band, end in ends)
    parted = [(band, end) for band, end in ends if not band.silent]
    of_completion = " else ".join(f"{end} if {_within(band)}" for band, end in parted)
    return f"case(i.band, {{{of_label}}}, None) if qualitative else ({of_completion} else None) if graded else None"


def _within(band: Band) -> str:
    return f"{band.low} <= share_pro_rata * 100 {'<=' if band.high_in else '<'} {band.high}"


def grade_lets(grades: Sequence[Grade]) -> list[Let]:
    """grade_computed of the computed total and grade_claimed, the grade the claimed total should have."""
    if not grades:
        return []
    clause = _weakest(grades)
    return [
        Let("grade_computed", _grade_text("total", grades), "评分等级", "grade", clause),
        Let(
            "grade_claimed", _grade_text("f.total_score", grades), "自评总分对应等级", "grade of claimed total", clause
        ),
    ]


def _grade_text(total: str, grades: Iterable[Grade]) -> str:
    best_first = sorted(grades, key=lambda grade: grade.low, reverse=True)
    branches = " else ".join(f'"{grade.name}" if {total} >= {grade.low}' for grade in best_first)
    return f"None if {total} is None else {branches} else None"


def cap_lets(caps: Sequence[Cap]) -> list[Let]:
    """total_cap, the most a total may be at this rate (null: no cap), and total with it; none without caps.

    Without an amount nobody knows which cap holds, so there is no total; a budget of 0 has no rate and no cap.
    """
    if not caps:
        return []
    clause = _weakest(caps)
    branches = " else ".join(f"{cap.at_most} if {cap.rate_from} <= rate < {cap.rate_to}" for cap in caps)
    known = "None if f.executed is None or execution_budget is None else "
    capped = known + "{0} if total_cap is None else min({0}, total_cap)"
    return [
        Let("total_cap", f"{branches} else None", "总分上限", "cap of the total", clause),
        Let("total", capped.format("total_plain"), "总分", "total", clause),
        Let("total_low", capped.format("total_low_plain"), "总分下限", "low total", clause),
    ]


def step_lets(steps: Sequence[ExecutionStep]) -> list[Let]:
    """execution_share_exact by the step the rate lies in; none where the book scores execution in proportion."""
    if not steps:
        return []
    *below, best = sorted(steps, key=lambda step: step.rate_from)
    branches = "".join(f"{step.share} / 100 if rate < {step.rate_to} else " for step in below)
    share = f"None if rate is None else {branches}{best.share} / 100"
    text = f"p.zero_budget_share if execution_budget == 0 else {share}"
    return [
        Let("execution_share_exact", text, "执行得分比例", "share of execution", best.clause),
        Let("execution_reading", '"execution_steps"', "", "", best.clause),
    ]


def profile_lets(profiles: Sequence[Profile]) -> list[Let]:
    """weights_profile: the name of the profile whose first-level points the form has, "" for none; and what it needs.

    sections_known: every weighed line stands in a section of some profile. section_fits, of a line: the points that
    the scores of its section imply fit those of the first profile, or those printed in headings.
    """
    if not profiles:
        return []
    clause = _weakest(profiles)
    tests = " else ".join(f'"{profile.name}" if {_has(profile)}' for profile in profiles)
    known = dict.fromkeys(name for profile in profiles for section in profile.sections for name in section.level1)
    outside = f"i.weight is not None and i.level1 not in {_members(tuple(known))}"
    return [
        *(Let(f"{code}_points", _sum((name,)), f"{name}分值", f"points of {code}", clause) for code, name in _FOUR),
        Let("weights_profile", f'{tests} else ""', "权重类型", "weight profile", clause),
        Let("sections_known", f"not any({outside})", "", "", clause),
        *_fit_lets(profiles[0]),
    ]


_FOUR: Final = (("cost", "成本指标"), ("output", "产出指标"), ("benefit", "效益指标"), ("satisfaction", "满意度指标"))


def _has(profile: Profile) -> str:
    """Whether a form has a profile's points; of the four sections those without points have none."""
    named = {name for section in profile.sections for name in section.level1}
    empty = [f"{code}_points == 0" for code, name in _FOUR if name not in named]
    sums = [f"{_sum(section.level1)} == {section.points}" for section in profile.sections]
    return " and ".join([f"execution_points == {profile.execution}", *sums, *empty])


def _fit_lets(profile: Profile) -> list[Let]:
    lets = [let for at, section in enumerate(profile.sections) for let in _section_lets(profile, at, section)]
    branches = "".join(
        f"section_{at}_fits if i.level1 in {_members(section.level1)} else "
        for at, section in enumerate(profile.sections)
    )
    text = f"True if p.points_column else {branches}None"
    return [*lets, Let("section_fits", text, "", "", profile.clause)]


def _section_lets(profile: Profile, at: int, section: Section) -> list[Let]:
    """The points of a section, those its scores imply, and whether they fit; nothing where points have a column."""
    here = f"i.level1 in {_members(section.level1)}"
    undecided = f"count({here}) == 0 or count({here} and implied_low is None) > 0"
    fits = f"None if {undecided} else implied_{at}_low <= section_{at} <= implied_{at}_high"
    lets = [
        Let(f"section_{at}", _printed(section), f"{section.zh}分值", f"points of {section.en}", profile.clause),
        Let(f"section_{at}_fits", f"True if p.points_column else {fits}", "", "", profile.clause),
    ]
    for end, zh, en in (
        ("low", "反推分值下限", "least points implied"),
        ("high", "反推分值上限", "most points implied"),
    ):
        text = f"0 if p.points_column else sum(implied_{end} if {here} else 0)"
        lets.append(Let(f"implied_{at}_{end}", text, f"{section.zh}{zh}", f"{section.en}: {en}", profile.clause))
    return lets


def _printed(section: Section) -> str:
    """The points of a section: those printed in its headings, else those of the profile."""
    printed = [f"f.declared_{code}" for code, name in _FOUR if name in section.level1]
    if not printed:
        return str(section.points)
    declared = " + ".join(f"({column} if {column} is not None else 0)" for column in printed)
    none = " and ".join(f"{column} is None" for column in printed)
    return f"{section.points} if p.points_column or {none} else {declared}"


def _sum(level1: Sequence[str]) -> str:
    return f"sum(i.weight if i.level1 in {_members(level1)} else 0)"


def _members(names: Sequence[str]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ",)"

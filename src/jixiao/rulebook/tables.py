"""A book's tables as rule texts, so that bands, grades, caps and weight profiles compute by the same language."""

from collections.abc import Iterable, Sequence

from jixiao.rulebook.entries import Band, Cap, Grade, Let, Profile, Provenance


def band_lets(bands: Sequence[Band]) -> list[Let]:
    """band_low, band_high (per cent of the points) and band_high_in of the band of an indicator's label."""
    if not bands:
        return []
    clause = bands[0].clause
    lows = ", ".join(f'"{band.code}": {band.low}' for band in bands)
    highs = ", ".join(f'"{band.code}": {band.high}' for band in bands)
    ins = ", ".join(f'"{band.code}": {band.high_in}' for band in bands)
    return [
        Let("band_low", f"case(i.band, {{{lows}}}, None)", "档次下限%", "lower end of band %", clause),
        Let("band_high", f"case(i.band, {{{highs}}}, None)", "档次上限%", "upper end of band %", clause),
        Let("band_high_in", f"case(i.band, {{{ins}}}, None)", "", "", clause),
    ]


def grade_lets(grades: Sequence[Grade]) -> list[Let]:
    """The grades of the totals: computed (grade_computed), claimed (grade_claimed), supported (grade_supported)."""
    if not grades:
        return []
    clause = grades[0].clause
    return [
        Let("grade_computed", _grade_text("total", grades), "评分等级", "grade", clause),
        Let(
            "grade_claimed", _grade_text("f.total_score", grades), "自评总分对应等级", "grade of claimed total", clause
        ),
        Let("grade_supported", _grade_text("total_supported", grades), "有据等级", "grade of supported total", clause),
    ]


def _grade_text(total: str, grades: Iterable[Grade]) -> str:
    best_first = sorted(grades, key=lambda grade: grade.low, reverse=True)
    branches = " else ".join(f'"{grade.name}" if {total} >= {grade.low}' for grade in best_first)
    return f"None if {total} is None else {branches} else None"


def cap_lets(caps: Sequence[Cap]) -> list[Let]:
    """total_cap, the most the total may be at this execution rate, and total with it; none where the book has none."""
    if not caps:
        return []
    clause = caps[0].clause
    branches = " else ".join(f"{cap.at_most} if {cap.rate_from} <= rate < {cap.rate_to}" for cap in caps)
    text = f"None if f.executed is None or execution_budget is None else {branches} else 100"
    return [
        Let("total_cap", text, "总分上限", "cap of the total", clause),
        Let("total", "min(total_plain, total_cap)", "总分", "total", clause),
        Let("total_low", "min(total_low_plain, total_cap)", "总分下限", "low total", clause),
    ]


def profile_lets(profiles: Sequence[Profile]) -> list[Let]:
    """weights_profile: the name of the profile whose first-level points the form has; "" for none."""
    if not profiles:
        return []
    clause: Provenance = profiles[0].clause
    sections = {
        "cost": "成本指标",
        "output": "产出指标",
        "benefit": "效益指标",
        "satisfaction": "满意度指标",
    }
    sums = [
        Let(
            f"{code}_points",
            f'sum(i.weight if i.level1 == "{name}" else 0)',
            f"{name}分值",
            f"points of {code}",
            clause,
        )
        for code, name in sections.items()
    ]
    tests = " else ".join(
        f'"{profile.name}" if execution_points == {profile.execution} and cost_points == {profile.cost}'
        f" and output_points == {profile.output} and benefit_points == {profile.benefit}"
        f" and satisfaction_points == {profile.satisfaction}"
        for profile in profiles
    )
    return [*sums, Let("weights_profile", f'{tests} else ""', "权重类型", "weight profile", clause)]

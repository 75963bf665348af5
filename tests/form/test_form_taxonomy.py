"""Printed headings become the canonical names of the taxonomy; the rest stays as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import LEVEL1, LEVEL2, TAXONOMY, canonical_level, parents, split_points


@pytest.mark.parametrize(
    ("printed", "level", "canonical"),
    [
        ("产出指标", 1, "产出指标"),
        ("产\n出\n指\n标", 1, "产出指标"),
        ("产 出 指 标", 1, "产出指标"),
        ("产出\u3000指标", 1, "产出指标"),
        ("产出", 1, "产出指标"),
        ("产出指标（50分）", 1, "产出指标"),
        ("产出指标\n(50分)", 1, "产出指标"),
        ("产出指标50分", 1, "产出指标"),
        ("效益指标(30.5分)", 1, "效益指标"),
        ("一、产出指标", 1, "产出指标"),
        ("1.产出指标", 1, "产出指标"),
        ("1、数量指标", 2, "数量指标"),
        ("II.效益指标", 1, "效益指标"),
        ("满意度", 1, "满意度指标"),
        ("满意度指标", 2, "满意度指标"),
        ("数量\n指标", 2, "数量指标"),
        ("时效", 2, "时效指标"),
        ("成本指标", 1, "成本指标"),
        ("成本指标", 2, "成本指标"),
        ("经济成本", 2, "经济成本指标"),
        ("生态环境\n成本指标", 2, "生态环境成本指标"),
        ("可持续影响", 2, "可持续影响指标"),
        ("可持续指标", 2, "可持续影响指标"),
        ("服务对象\n满意度\n指标", 2, "服务对象满意度指标"),
        ("服务对象满意指标", 2, "服务对象满意度指标"),
    ],
)
def test_a_printed_heading_becomes_its_canonical_name(printed: str, level: int, canonical: str) -> None:
    """Vertical setting, wrapped lines, points, numbering and a missing 指标 do not hide a heading."""
    assert canonical_level(printed, level) == canonical


@pytest.mark.parametrize(
    ("printed", "level", "kept"),
    [
        ("决策", 1, "决策"),
        ("过程管理（25分）", 1, "过程管理"),
        ("数量指标", 1, "数量指标"),
        ("项目 效益", 1, "项目效益"),
        ("", 1, ""),
        ("2023年指标", 2, "2023年指标"),
        ("★其中", 2, "★其中"),
    ],
)
def test_a_heading_outside_the_taxonomy_stays_as_printed(printed: str, level: int, kept: str) -> None:
    """What the taxonomy does not know keeps its words: nothing is forced into a class."""
    assert canonical_level(printed, level) == kept


@pytest.mark.parametrize(
    ("printed", "words", "points"),
    [
        ("预算执行情况(20分)", "预算执行情况", "20"),
        ("产出指标（５０分）", "产出指标", "50"),
        ("产出\n(12.50 分)", "产出", "12.50"),
        ("满意度10分", "满意度", "10"),
        ("产出指标", "产出指标", None),
        ("50分", "", "50"),
        ("得分", "得分", None),
        ("评分(分)", "评分(分)", None),
    ],
)
def test_points_in_a_heading_are_data(printed: str, words: str, points: str | None) -> None:
    """Points printed in a heading are split off exactly."""
    assert split_points(printed) == (words, None if points is None else Decimal(points))


@given(st.sampled_from(sorted(LEVEL1 | LEVEL2)), st.integers(0, 100), st.data())
def test_every_heading_survives_vertical_setting_with_points(name: str, points: int, data: st.DataObject) -> None:
    """Any heading of the taxonomy, broken at any places and with points behind it, is found again."""
    level = 1 if name in LEVEL1 else 2
    printed = "".join(letter + data.draw(st.sampled_from(["", " ", "\n"])) for letter in name)
    assert canonical_level(f"{printed}（{points}分）", level) == name


@given(st.text(max_size=30), st.sampled_from([1, 2]))
def test_naming_a_heading_twice_changes_nothing_in_the_taxonomy(text: str, level: int) -> None:
    """A canonical name is its own canonical name."""
    name = canonical_level(text, level)
    if name in LEVEL1 | LEVEL2:
        assert canonical_level(name, 2 if name in LEVEL2 else level) == name


def test_every_second_level_heading_has_a_parent() -> None:
    """Each second-level heading stands under a first-level one; 成本指标 is both."""
    assert all(parents(level2) for level2 in LEVEL2)
    assert parents("成本指标") == ("产出指标",)
    assert parents("数量指标") == ("产出指标",)
    assert parents("决策") == ()
    assert "成本指标" in TAXONOMY

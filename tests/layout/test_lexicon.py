"""The words of the forms: how a printed label is folded, and which field it names."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jixiao.layout.families import load_families
from jixiao.layout.lexicon import build_lexicon, label_key, label_points, label_unit, load_lexicon, money_unit


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("项目资金（万元）", "项目资金"),
        ("项 目\n资 金", "项目资金"),
        ("得分（20分*执行率）", "得分"),
        ("执行率（B/A×100%）", "执行率"),
        ("其中：当年财政\n拨款", "当年财政拨款"),
        ("(一)年度资金总额：", "年度资金总额"),
        ("项目（政策）名称", "项目政策名称"),
        ("其中：", "其中"),
        ("★实施单位（盖章）", "实施单位"),
    ],
)
def test_label_key_drops_what_is_not_the_word(printed: str, key: str) -> None:
    """White space, width, notes in brackets, numbering and 其中 do not change which label a text is."""
    assert label_key(printed) == key


@pytest.mark.parametrize(
    ("block", "printed", "field"),
    [
        ("head", "项目（政策）名称", "project_name"),
        ("head", "主管部门（及代码）", "department"),
        ("section", "预算执行情况(万元)(20分)", "funds"),
        ("section", "年度目标2：（40分）", "goal"),
        ("fund_columns", "全年预算数（A）", "adjusted"),
        ("fund_rows", "其中：本年财政拨款", "current_year"),
        ("fund_rows", "年度资金总额|", "total"),
        ("indicator_columns", "年度指标值（填写数字）", "target"),
        ("tail", "自评等级", "grade"),
        ("tail", "某局自拟的说法", None),
    ],
)
def test_find_names_the_field(block: str, printed: str, field: str | None) -> None:
    """A printed label names its field in its block; an unknown one names none."""
    assert load_lexicon().find(block, printed) == field


def test_an_earlier_label_is_preferred() -> None:
    """自评得分 is the score where a form also prints 得分, for it stands first."""
    lexicon = load_lexicon()
    assert lexicon.rank("indicator_columns", "自评得分") < lexicon.rank("indicator_columns", "得分")
    assert lexicon.rank("indicator_columns", "得分") < lexicon.rank("indicator_columns", "没有的标签")


def test_points_and_units_printed_in_a_label_are_read() -> None:
    """预算执行情况(万元)(20分) carries 20 points and the unit 万元; a plain label carries neither."""
    assert label_points("预算执行情况（万元）（20分）") == Decimal(20)
    assert label_points("得分(20分*执行率)") == Decimal(20)
    assert label_points("年度指标值") is None
    assert label_unit("项目资金（单位：元）") == "元"
    assert label_unit("预算执行情况(万元)(20分)") == "万元"
    assert label_unit("项目资金") is None
    assert money_unit("人民币万元") == "万元"
    assert money_unit("万人") is None


def test_one_label_under_two_fields_is_refused() -> None:
    """A label cannot name two fields of one block: the loader says which."""
    with pytest.raises(ValueError, match="总分"):
        build_lexicon({"tail": {"total": ["总分"], "grade": ["总 分"]}})


def test_every_shipped_label_finds_its_own_field() -> None:
    """No label of the shipped lexicon is shadowed by another."""
    lexicon = load_lexicon()
    assert all(
        lexicon.find(block, key) == field for block, keys in lexicon.blocks.items() for key, field in keys.items()
    )


def test_a_layout_that_names_a_field_there_is_not_is_refused() -> None:
    """A slip in a layout's field would lose a column in silence: the file, the label and the known fields are named."""
    family = load_families()[0]
    columns = tuple(
        replace(label, field="aktual") if label.field == "actual" else label for label in family.indicators.columns
    )
    slipped = replace(family, indicators=replace(family.indicators, columns=columns))
    source: dict[str, dict[str, list[str]]] = {
        block: {field: [] for field in set(keys.values())} for block, keys in load_lexicon().blocks.items()
    }
    with pytest.raises(ValueError, match=f"{family.id}.toml .*aktual.*actual"):
        build_lexicon(source, [slipped])

"""Near-duplicate texts: the scheme stays, both ways agree, nothing alike is missed, what is left out is said."""

from fractions import Fraction

import polars as pl
import pytest

from corpus.similar.plainly import alike, jaccard, keys_of
from corpus.similar.planted import sentences
from jixiao.corpus.similar import by_kernel, by_polars, similar_texts
from jixiao.corpus.similar.finding import MEMBERS
from jixiao.corpus.similar.normal import bared
from jixiao.corpus.similar.scheme import BUCKET, LEAST
from jixiao.review.wording import bare

TEXTS = list(dict.fromkeys(text for text, _ in sentences(900)))
TRUTH = list(alike(TEXTS, LEAST))
RARE = "𠀀𠀁𠀂 ＡｂＣ１２（三）【四】\u2212\xa0\u3000\x1fe—①"


def rows(texts: list[str], field: str = "goal_actual") -> pl.DataFrame:
    """Texts as a corpus has them: a form each, three units and two years in turn."""
    count = range(len(texts))
    columns = {
        "field": [field for _ in count], "form": list(count), "at": [None for _ in count],
        "unit": [f"单位{at % 3}" for at in count], "year": [2023 + at % 2 for at in count], "text": texts,
    }  # fmt: skip
    return pl.DataFrame(columns, schema={name: MEMBERS.get(name, pl.String()) for name in columns})


def test_texts_are_bared_as_the_checks_bare_them() -> None:
    """By column a text loses the same marks and folds the same letters as by itself."""
    texts = [RARE, "", "完成，良好。", *TEXTS[:50], *(f"{text[:9]}，{RARE}{text[9:]}" for text in TEXTS[:50])]
    assert bared(pl.Series(texts)).to_list() == [bare(text) for text in texts]


def test_keys_are_those_of_the_scheme_that_is_written_down() -> None:
    """Polars and the compiled loops give the keys of the oracle, number for number, beyond the first plane, too."""
    texts = [*TEXTS[:20], "𠀀𠀁𠀂𠀀𠀁", "aaaa"]
    wanted = [keys_of(text) for text in texts]
    assert [list(row) for row in by_polars.keys_of(pl.Series(texts)).iter_rows()] == wanted
    assert by_kernel.sketches(pl.Series(texts))[0].T.tolist() == wanted


def test_the_scheme_does_not_move() -> None:
    """A key is the number that it was when the scheme was written down: sketches of other years stay comparable."""
    assert keys_of("开展消防安全培训并按时足额支付补助资金")[:3] == [4137760231, 3618197052, 1722157692]


def test_both_ways_find_the_same_groups() -> None:
    """With and without the extra `kernel` the groups are the same to the last row."""
    quick, plain = (similar_texts(rows(TEXTS), kernel=kernel) for kernel in (True, False))
    assert quick.members.equals(plain.members)
    assert quick.groups.equals(plain.groups)
    assert quick.left_out == plain.left_out
    assert (quick.kernel, plain.kernel) == (True, False)


def test_no_pair_that_is_alike_is_missed() -> None:
    """Of all pairs of index 0.7 or more, counted exactly, each stands in one group."""
    group = dict(similar_texts(rows(TEXTS)).members.select("form", "group").iter_rows())
    assert len(TRUTH) > 50
    assert [(one, other, index) for one, other, index in TRUTH if group.get(one, -1) != group.get(other, -2)] == []


def test_groups_hang_together_by_pairs_that_are_alike() -> None:
    """Two texts stand in one group only where a chain of alike pairs leads from one to the other."""
    found = similar_texts(rows(TEXTS)).members
    linked = {form for one, other, _ in TRUTH for form in (one, other)}
    assert set(found["form"]) == linked


def test_the_index_to_the_representative_is_exact() -> None:
    """The index of each member is that of its text and the representative, times 10,000, rounded down."""
    found = similar_texts(rows(TEXTS))
    heads = dict(found.groups.select("group", "text").iter_rows())
    for group, form, index in found.members.select("group", "form", "jaccard").iter_rows():
        assert index == jaccard(TEXTS[form], heads[group]) * 10_000 // 1


def test_copies_stand_in_a_group_and_count_units_and_years() -> None:
    """Equal texts are one wording; the group says in how many forms, units and years it stands."""
    text = "围绕年度重点任务组织专题培训并完成设备更新改造"
    found = similar_texts(rows([text, f"{text}。", text, "另一段完全不同的说明文字，与上文没有关系。"]))
    assert found.groups.rows(named=True) == [
        {
            "field": "goal_actual",
            "group": 0,
            "texts": 3,
            "forms": 3,
            "units": 3,
            "years": 2,
            "wordings": 1,
            "text": text,
        }
    ]


def test_a_text_repeated_within_one_form_is_no_group() -> None:
    """What one form says twice is not copied from another."""
    twice = rows(["因天气原因部分工作顺延至次年一季度完成"] * 2, "deviation").with_columns(form=pl.lit(7, pl.Int64))
    assert similar_texts(twice).groups.is_empty()


@pytest.mark.parametrize("kernel", [True, False])
def test_what_is_left_out_is_counted(kernel: bool) -> None:  # noqa: FBT001
    """Short texts, boilerplate, and comparisons beyond the first of a large bucket are said."""
    many = [f"围绕年度重点任务组织专题培训并完成设备更新改造第{chr(0x4E00 + at)}批" for at in range(BUCKET + 10)]
    texts = [*many, "已完成", "圆满完成年初设定的绩效目标，达到预期效果，取得了良好成绩"]
    found = similar_texts(rows(texts), ["完成", "年初设定的绩效目标", "达到预期效果"], kernel=kernel)
    left = found.left_out[0]
    assert (left.compared, left.short, left.boilerplate) == (len(many), 1, 1)
    assert left.pairs == 26
    assert found.groups["texts"].to_list() == [len(many)]


def test_texts_of_different_fields_are_not_compared() -> None:
    """A goal that stands as a result elsewhere is no near-duplicate: fields are compared with themselves."""
    text = ["围绕年度重点任务组织专题培训并完成设备更新改造"]
    goal, result = rows(text, "goal_expected"), rows(text).with_columns(form=pl.lit(1, pl.Int64))
    assert similar_texts(pl.concat([goal, result])).groups.is_empty()


def test_nothing_gives_nothing() -> None:
    """A corpus without texts has no groups."""
    found = similar_texts(rows([]))
    assert found.members.is_empty()
    assert found.left_out == ()


def test_a_pair_at_the_bound_is_alike() -> None:
    """Fourteen pairs of twenty shared is 0.7, and enough; thirteen of twenty-one is not: nothing is rounded."""
    one, at, below = (
        "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来",
        "天地玄黄宇宙洪荒日月盈昃辰宿列秋收冬",
        "天地玄黄宇宙洪荒日月盈昃辰宿秋收冬藏",
    )
    assert (jaccard(one, at), jaccard(one, below)) == (LEAST, Fraction(13, 21))
    found = similar_texts(rows([one, at]))
    assert found.members["jaccard"].to_list() == [10_000, 7_000]
    assert similar_texts(rows([one, below])).members.is_empty()

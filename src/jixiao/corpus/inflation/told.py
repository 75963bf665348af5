"""The meter in sentences: what each share is, beside what it stands, what else could explain it, who is asked."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal

from jixiao.corpus.inflation.counting import LEVELS, MEASURES
from jixiao.corpus.inflation.heaping import Heaping
from jixiao.corpus.inflation.meter import Inflation, Judged, Verdict
from jixiao.corpus.inflation.statistics import Count, ratio, shown, wilson
from jixiao.scoring.sheet import Text

Language = Literal["zh", "en"]
INTRODUCTION: Final = Text(
    "这里量的是许多张表合起来的样子，不是哪张表错了。份额高只是一个问题：先看底数和区间，再看别的解释，最后才去问。",
    "This measures what many forms look like together; it does not say that any form is wrong. A high share is a"
    " question: look at the counts and the interval, then at other explanations, and only then ask.",
)
VERDICTS: Final[Mapping[Verdict, Text]] = {
    "asks": Text("要问", "to ask"),
    "as others": Text("与其余相近", "as the others"),
    "cannot decide": Text("太少，不能判断", "too few to decide"),
}
_SHOWN: Final = 20
_LEAST_CHANCE: Final = Decimal("0.0001")


def percent(share: Decimal) -> str:
    """A share in per cent with one decimal."""
    return f"{shown(share * 100, 1)}%"


def counted(count: Count) -> Text:
    """A share with its counts and its interval."""
    low, high = wilson(count)
    if not count[1]:
        return Text("没有可计数的", "nothing to count")
    told = f"{percent(ratio(count))} ({count[0]:,}/{count[1]:,}; 95 % {percent(low)}–{percent(high)})"
    return Text(told, told)


def chance(value: Decimal) -> str:
    """A chance with four decimals; one that rounds to nothing is below the least of them, and never none."""
    return str(shown(value, 4)) if value >= _LEAST_CHANCE else f"< {_LEAST_CHANCE}"


def asked_told(one: Judged) -> Text:
    """Why a group is asked."""
    measure, level = MEASURES[one.measure], LEVELS[one.level]
    base, adjusted = percent(one.base or Decimal(0)), chance(one.adjusted or Decimal(0))
    return Text(
        f"{level.zh}“{one.name}”：{measure.title.zh} {counted(one.count).zh}，其余 {base}；"
        f"若与其余相同，偶然这么高的概率（按比较的组数校正）{adjusted}。"
        f"也可能是：{measure.otherwise.zh}。",
        f"{level.en} {one.name}: {measure.title.en} {counted(one.count).en}, the others {base}; were it like"
        f" the others, the chance of so high a share, adjusted for how many were compared: {adjusted}. It may also be:"
        f" {measure.otherwise.en}.",
    )


def heaps_told(heaps: Heaping) -> Iterator[Text]:
    """The heaps in sentences, each with its reference."""
    near = shown(Decimal(heaps.near) / 2, 1)
    yield Text(
        f"恰为 100 分的 {heaps.full:,} 张；98 至 100 分（不含）平均每分 {near:,} 张。",
        f"Exactly 100: {heaps.full:,} forms; from 98 to below 100 there are {near:,} a point.",
    )
    others = counted(heaps.others)
    for heap in heaps.lines:
        if heap.above[1]:
            share = counted(heap.above)
            yield Text(
                f"{heap.line} 分线：上下各 1 分之内，线上占 {share.zh}；其他整分点合计 {others.zh}。",
                f"Line {heap.line}: within a point of it, above {share.en}; at all other whole points {others.en}.",
            )
    fives = counted(heaps.fives)
    yield Text(
        f"50 至 99 的整数总分中，5 的倍数占 {fives.zh}；没有偏好时为 20%。",
        f"Of whole totals from 50 to 99, multiples of five are {fives.en}; 20 % where none is preferred.",
    )


def limits_told(found: Inflation) -> Text:
    """How the verdicts were made."""
    few = sum(one.verdict == "cannot decide" for one in found.groups)
    return Text(
        f"每组与其余所有组比；少于 {found.least} 个的组不判断（{few:,} 项）；同一单位的表彼此相像，已按组间离散放宽；"
        "多组比较按 Benjamini–Hochberg 控制，每个量、每一级各自的错误发现率 5%。",
        f"Each group is held against all others; groups of fewer than {found.least} are not judged ({few:,} cases);"
        " forms of one unit resemble each other, which is allowed for by the spread between groups; many comparisons"
        " are controlled after Benjamini and Hochberg at a false discovery rate of"
        " 5 % for each measure and level.",
    )


def not_measured(found: Inflation) -> Text | None:
    """What the meter could not show."""
    if "copied" in found.overall:
        return None
    return Text(
        "未量雷同文字：先运行 jixiao corpus similar。",
        "Copied texts were not measured: run jixiao corpus similar first.",
    )


def write_text(found: Inflation, language: Language) -> str:
    """The meter as text."""
    return "\n".join(getattr(line, language) for line in _lines(found))


def _lines(found: Inflation) -> Iterator[Text]:
    yield Text(f"虚高量尺：{found.forms:,} 张自评表", f"Inflation meter: {found.forms:,} forms")
    yield INTRODUCTION
    for name, count in found.overall.items():
        measure, told = MEASURES[name], counted(count)
        yield Text(
            f"{measure.title.zh}：{told.zh}。{measure.what.zh}", f"{measure.title.en}: {told.en}. {measure.what.en}"
        )
    for operator, count in found.operators.items():
        told = counted(count)
        yield Text(f"  恰好命中，{operator}：{told.zh}", f"  exact hits, {operator}: {told.en}")
    if found.mean_gap is not None:
        gap = shown(found.mean_gap, 2) + 0  # no minus before a nought
        yield Text(f"自评减重算，平均 {gap} 分。", f"Claimed minus recomputed, {gap} points in the mean.")
    yield from heaps_told(found.heaps)
    if left := not_measured(found):
        yield left
    asked = found.asked
    yield Text(f"要问的组：{len(asked):,} 项", f"Groups to ask: {len(asked):,}")
    yield from map(asked_told, asked[:_SHOWN])
    if len(asked) > _SHOWN:
        more = len(asked) - _SHOWN
        yield Text(f"另有 {more:,} 项，见 --format csv。", f"{more:,} more: see --format csv.")
    yield limits_told(found)

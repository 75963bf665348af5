"""A page reads typed texts as the server does: numbers, rates, targets, deadlines, actual values, units."""

from datetime import date
from random import Random
from typing import Any, Final

from jixiao.form import is_nothing, parse_actual, parse_number, parse_rate, parse_span, parse_target, plain, tidy
from jixiao.form.values import unit_scale
from office.filing.live_page import live

WORDS: Final = r"""
≥ ≤ > < = ≧ 不低于 不超过 控制在 大于等于 定性 10 7.00 100 1,234.50 0.5 0
007 95 95.5 % ％ ‰ 次 (次) （次） 人次 万元 万人次 元 项 以上 以内 及以上 以下 - —
~ ～ 至 到 [ ] ( ) （ ） （含） (含本数) 年 月 日 12 11 31 30 2 9 2024
2023年 2024.12 20241231 2024-12-31 2024/6/30 9月底 12月31日 前 之前
年底 年底前 本年 全年 完成 已完成 达到 约 左右 每 不 。 ; ， 提高 显著提升 优良 率 覆盖率 m 2
㎡ 平方米 天 个月 多 余 １２ ０ ． ＋ + ٣ ߂ 😀 𝟗 含 内 1-3 80%-90% [10,20]
同比 / 无 无数据 \ ≥≤ 百分比 万 亿 千 百 1e5 二 满意度≥ =100% 2月29日
2023年2月29日 于11月 −
"""
PIECES: Final = [*WORDS.split(), " ", "\u3000", "\n", "\t", "\x1c", "\x85", "\ufeff", "\u180e"]
YEARS: Final = (None, 2024, 2023)
READ: Final = """(texts) => texts.map(([text, year]) => {
  const { values, texts } = held, scale = values.scale(text);
  const target = held.targets.target(text, year), actual = held.targets.actual(text);
  return [[target.operator, target.value, target.unit], [actual.value, actual.unit], values.number(text),
    values.rate(text), held.deadlines.span(text, year), scale.map(String), texts.tidy(text), texts.is_nothing(text)];
})"""


def made_up(count: int, seed: int) -> list[tuple[str, int | None]]:
    """Texts put together of what people print, and of what trips a reader."""
    dice = Random(seed)  # noqa: S311 -- chance that can be repeated
    lengths = (1, 1, 2, 2, 3, 3, 4, 5, 7)
    texts = ("".join(dice.choice(PIECES) for _ in range(dice.choice(lengths))) for _ in range(count))
    return [(text, dice.choice(YEARS)) for text in texts]


def by_server(text: str, year: int | None) -> list[Any]:
    """What Python reads in a text, in the form the page gives it."""
    target, actual, span = parse_target(text, year), parse_actual(text), parse_span(text, year)
    number, rate, (base, factor) = parse_number(text), parse_rate(text), unit_scale(text)
    value = list(target.value) if isinstance(target.value, tuple) else target.value
    return [
        [target.operator, value, target.unit],
        [None if actual.value is None else plain(actual.value), actual.unit],
        None if number is None else plain(number),
        None if rate is None else plain(rate),
        None if span is None else [_day(day) for day in span],
        [base, *map(str, factor.as_integer_ratio())],
        tidy(text),
        is_nothing(text),
    ]


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def test_a_page_reads_any_text_as_the_server_does() -> None:
    """Of 8,000 made-up texts every number, target, deadline, actual value and unit is the same; all kinds occur."""
    texts = made_up(8_000, seed=11)
    right = [by_server(*text) for text in texts]
    told = live().run(READ, texts)
    assert [(text, page) for text, page, server in zip(texts, told, right, strict=True) if page != server] == []
    assert {row[0][0] for row in right} == {"≥", ">", "=", "<", "≤", "range", "before", "qualitative", None}


def test_the_comparison_can_fail() -> None:
    """Where the page's digits were those of ASCII alone, the comparison would say so."""
    texts = [("٣月前", 2024)]
    live().engine.eval('held.ascii = { ...held.words, classes: { ...held.words.classes, d: "0-9" } };')
    told = live().run(
        """(texts) => texts.map(([text, year]) => new modules["live/deadlines.js"].Deadlines(
        new modules["live/texts.js"].Texts(held.ascii)).read(text, year))""",
        texts,
    )
    assert told == [None]
    assert parse_target(*texts[0]).value == "2024-03"

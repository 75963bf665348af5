"""Short texts with near-duplicates planted, and every pair of them whose Jaccard similarity is 0.7 or more.

A text is an aim or a reason as forms print them; families of edited copies are scattered among single ones. The pairs
are found exactly, by the prefix filter: two sets with a similarity of t share a member among the rarest
n - ceil(t n) + 1 of each, so whoever shares none needs no look.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Final

from fairness.sound import fields
from forms.dice import Dice

WIDTH: Final = 3
"""A shingle is so many letters in a row."""
THRESHOLD: Final = Fraction(7, 10)
_WORDS: Final = (
    "按月开展", "提前完成", "组织专家", "委托第三方", "分批实施", "加强巡查", "完善台账", "落实责任",
    "严格验收", "现场核查", "逐户走访", "建立清单", "及时整改", "公开招标", "统一采购", "跟踪问效",
    "签订合同", "按季通报", "定期回访", "专人负责", "错峰施工", "补充人手", "更新设备", "优化流程",
    "核减支出", "盘活存量", "联合执法", "集中培训", "延长服务", "缩短工期",
)  # fmt: skip
MOST: Final = 100_000
"""More texts than this are not made: the pairs are to be exact, and found in a minute."""


@cache
def _letters() -> tuple[str, ...]:
    """Some hundreds of letters: those of the trades' words."""
    words = "".join(row.split("|")[0] for field in fields() for rows in field.lines.values() for row in rows)
    return tuple(sorted({letter for letter in words if "一" <= letter <= "龥"}))


def texts(count: int, seed: int) -> Iterator[str]:
    """So many texts; about one in ten is an edited copy of one before it, one in twenty an exact one."""
    kept: list[str] = []
    for number in range(count):
        dice = Dice(f"text {seed} {number}")
        lot = dice.below(100)
        if kept and lot < 15:
            text = dice.choice(kept)
            yield text if lot < 5 else _edited(dice, text)
        else:
            text = _single(dice)
            if dice.chance(30):
                kept.append(text)
            yield text


def _single(dice: Dice) -> str:
    field = dice.choice(fields())
    line = dice.choice([row.split("|")[0].strip() for rows in field.lines.values() for row in rows])
    words = "，".join(dice.sample(_WORDS, dice.between(2, 4)))
    spots = "、".join("".join(dice.choice(_letters()) for _ in range(4)) for _ in range(dice.between(6, 9)))
    return f"{field.aim}：{words}，{line}达到{dice.between(11, 9999)}；涉及{spots}等处。"


def _edited(dice: Dice, text: str) -> str:
    """The text with one to four letters changed, left out or put in."""
    letters = list(text)
    for _ in range(dice.between(1, 4)):
        at, way = dice.below(len(letters)), dice.below(3)
        letters[at : at + (way != 2)] = [] if way == 1 else [dice.choice(_letters())]
    return "".join(letters)


def shingles(text: str) -> frozenset[str]:
    """The set of all runs of three letters; of a shorter text the text itself."""
    return frozenset(text[at : at + WIDTH] for at in range(max(1, len(text) - WIDTH + 1)))


def pairs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every pair of texts, the lower number first, that are as similar as the threshold says; in order."""
    sets = [shingles(text) for text in words]
    count = Counter(one for held in sets for one in held)
    seen: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(sets):
        rare = sorted(held, key=lambda one: (count[one], one))[: _prefix(len(held))]
        others = {other for one in rare for other in seen[one]}
        yield from ((other, number) for other in sorted(others) if similar(sets[other], held))
        for one in rare:
            if count[one] > 1:
                seen[one].append(number)


def _prefix(size: int) -> int:
    return size - -(-size * THRESHOLD.numerator // THRESHOLD.denominator) + 1


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets share so much of what both hold."""
    shared = len(one & other)
    return shared * THRESHOLD.denominator >= (len(one) + len(other) - shared) * THRESHOLD.numerator

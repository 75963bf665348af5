"""Sentences made of administrative words, some of them copies and edits of others, by a fixed seed."""

import random
from collections.abc import Iterator
from typing import Final

WORDS: Final = (
    "建设服务保障管理工作项目资金群众社区人员培训开展活动设备采购维护环境卫生教育医疗养老就业创业文化体育宣传推广治理安全生产监督检查执法"
    "信息系统平台数据网络农业水利林业生态交通道路改造提升优化完善机制流程效率质量满意覆盖达到预期年度计划按时足额支付到位确保稳定运行有效促进经济社会发展"
)
"""Letters of two-letter words."""
_COPIES: Final = 5
_EDITS: Final = 15


def sentences(count: int, seed: int = 1) -> Iterator[tuple[str, int | None]]:
    """Texts of 16 to 300 letters, 57 in the mean: 5 % are copies, 10 % edits of one before, whose number is given.

    Half of the others begin with one of 300 phrases that many share, as forms do.
    """
    chance = random.Random(seed)  # noqa: S311 -- the same texts in every run
    words = ["".join(chance.choice(WORDS) for _ in range(chance.choice((2, 2, 3, 4)))) for _ in range(4_000)]
    phrases = ["".join(chance.choice(words) for _ in range(4)) for _ in range(300)]
    made: list[str] = []
    for _ in range(count):
        what, source = chance.randrange(100), chance.randrange(len(made)) if made else None
        if source is None or what >= _EDITS:
            source, text = None, _fresh(chance, words, phrases)
        else:
            text = made[source] if what < _COPIES else _edited(chance, made[source])
        made.append(text)
        yield text, source


def _fresh(chance: random.Random, words: list[str], phrases: list[str]) -> str:
    long = max(16, min(int(chance.lognormvariate(3.95, 0.4)), 300))
    text = chance.choice(phrases) if chance.randrange(2) else ""
    while len(text) < long:
        text += min(chance.choice(words), chance.choice(words))
    return text


def _edited(chance: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(max(1, len(text) * chance.choice((2, 5, 10, 15)) // 100)):
        at, what = chance.randrange(len(letters)), chance.randrange(3)
        if what == 0:
            letters[at] = chance.choice(WORDS)
        elif what == 1:
            letters.insert(at, chance.choice(WORDS))
        elif len(letters) > 20:
            del letters[at]
    return "".join(letters)

"""The indicator taxonomy (一级, 二级指标) and how a printed heading becomes its canonical name.

Source: 财预〔2020〕10号 and 财预〔2021〕101号 (evidence: recalled), the older 可持续影响 included.
"""

import re
from decimal import Decimal

from jixiao.form.values import fold

TAXONOMY: dict[str, tuple[str, ...]] = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
"""First-level heading to its second-level headings; 成本指标 is a second level in forms of the 2020 family."""

LEVEL1 = frozenset(TAXONOMY)
LEVEL2 = frozenset(level2 for below in TAXONOMY.values() for level2 in below)

_ALIASES = {
    "服务对象满意指标": "服务对象满意度指标",
    "可持续指标": "可持续影响指标",
    "可持续发展指标": "可持续影响指标",
    "可持续影响效益指标": "可持续影响指标",
}
_BLANK = re.compile(r"\s+")
_POINTS = re.compile(r"\(?(?<![0-9.])([0-9]+(?:\.[0-9]+)?)分\)?$")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[IVX]+\.|\d+[.、](?!\d))")


def split_points(text: str) -> tuple[str, Decimal | None]:
    """A heading and the points printed in it: "产出指标（50分）" is ("产出指标", 50); no points is `None`.

    All white space goes, for headings are set vertically or wrapped.
    """
    squeezed = fold(_BLANK.sub("", text))
    match = _POINTS.search(squeezed)
    if not match:
        return squeezed, None
    return squeezed[: match.start()], Decimal(match[1])


def canonical_level(text: str, level: int) -> str:
    """The canonical name of a printed heading of the given level (1 or 2); outside the taxonomy, as printed.

    White space, points in brackets and numbering are taken out; 产出 becomes 产出指标.
    """
    heading, _ = split_points(text)
    heading = _NUMBERING.sub("", heading)
    known = LEVEL1 if level == 1 else LEVEL2 | LEVEL1
    for candidate in (heading, heading + "指标", _ALIASES.get(heading, ""), _ALIASES.get(heading + "指标", "")):
        if candidate in known:
            return candidate
    return heading


def parents(level2: str) -> tuple[str, ...]:
    """The first-level headings a second-level heading may stand under; empty outside the taxonomy."""
    return tuple(level1 for level1, below in TAXONOMY.items() if level2 in below)

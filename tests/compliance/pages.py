"""The tables of rules as pages to read, made by `./dev docs`: each item, how it stands, by what, and why."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from compliance.evidence import ASVS, DENGBAO, Item, items

_WORDS: Final = {
    "met": "达到 met", "setting": "由设置 by a setting", "step": "由部署 by deployment",
    "not met": "**未达到 not met**", "out": "不适用 not applicable",
}  # fmt: skip


def pages() -> dict[str, str]:
    """Both pages by name."""
    return {
        "asvs.md": _page("OWASP ASVS 5.0.0", ASVS),
        "dengbao.md": _page("等保三级、密评、网络安全法 Chinese protection scheme, level 3", DENGBAO),
    }


def _page(title: str, table: Path) -> str:
    found = list(items(table))
    counts = Counter(item.verdict for item in found)
    told = " · ".join(f"{_WORDS[name]}: {number}" for name, number in counts.items())
    head = "| | 要求 asks | 状态 | 凭据 by | 说明 why |\n|---|---|---|---|---|"
    return "\n".join([f"# {title}", "", told, "", head, *map(_line, found), ""])


def _line(item: Item) -> str:
    asks = f"{item.zh} {item.asks}".strip()
    seen = f" ({item.seen})" if item.seen else ""
    level = f" L{item.level}" if item.level else ""
    return f"| {item.id}{level}{seen} | {asks} | {_WORDS[item.verdict]} | {'<br>'.join(_links(item))} | {item.why} |"


def _links(item: Item) -> Iterator[str]:
    """What shows it, as code; paths are those of the clone."""
    return (f"`{named}`" for named in item.by)

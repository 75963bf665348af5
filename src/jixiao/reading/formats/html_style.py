"""What style says of an element, as far as a table depends on it: not shown, or a table, row, cell, line of boxes.

Only inline styles and rules for one class, identifier or element are understood; others are left alone.
"""

import re
from collections.abc import Mapping
from typing import Final

_COMMENT: Final = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_RULE: Final = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_SIMPLE: Final = re.compile(r"(?:([a-z][a-z0-9]*)?\.([\w-]+)|#([\w-]+)|([a-z][a-z0-9]*))", re.IGNORECASE)
_DISPLAY: Final = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"(?:^|[;\s])(?:visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)
_PRINT: Final = re.compile(r"@media\b(?![^{]*\b(?:screen|all)\b)[^{]*\{", re.IGNORECASE)
_MOST_RULES: Final = 20_000

HIDDEN: Final = "none"


def display_of(style: str) -> str | None:
    """What a declaration block makes of an element: `HIDDEN`, its display, or `None` where it says nothing."""
    if _INVISIBLE.search(style):
        return HIDDEN
    found = _DISPLAY.findall(style)
    return found[-1].lower() if found else None


class Styles:
    """The rules of a page's style sheets that bear on tables."""

    def __init__(self, sheets: list[str]) -> None:
        """Take the texts of the style elements."""
        self._by_class: dict[tuple[str, str], str] = {}
        self._by_id: dict[str, str] = {}
        self._by_tag: dict[str, str] = {}
        for sheet in sheets:
            if "display" in sheet or "visibility" in sheet or "mso-hide" in sheet:
                self._take(_without_print(_COMMENT.sub(" ", sheet)))

    def __bool__(self) -> bool:
        """Whether there is any such rule."""
        return bool(self._by_class or self._by_id or self._by_tag)

    def of(self, tag: str, attributes: Mapping[str, str | None]) -> str | None:
        """What rules and the inline style make of an element; the inline style wins."""
        style = attributes.get("style")
        inline = display_of(style) if style else None
        if inline is not None or not self:
            return inline
        found = self._by_tag.get(tag)
        for name in (attributes.get("class") or "").split():
            found = self._by_class.get((tag, name)) or self._by_class.get(("", name)) or found
        return self._by_id.get(attributes.get("id") or "") or found

    def _take(self, sheet: str) -> None:
        for number, rule in enumerate(_RULE.finditer(sheet)):
            display = display_of(rule[2])
            if number > _MOST_RULES:
                return
            if display is not None:
                for selector in rule[1].split(","):
                    self._put(selector.strip(), display)

    def _put(self, selector: str, display: str) -> None:
        match = _SIMPLE.fullmatch(selector)
        if not match:
            return
        if match[2]:
            self._by_class[(match[1] or "").lower(), match[2]] = display
        elif match[3]:
            self._by_id[match[3]] = display
        else:
            self._by_tag[match[4].lower()] = display


def _without_print(sheet: str) -> str:
    """The sheet without the blocks that are for paper only."""
    kept, start = [], 0
    while (match := _PRINT.search(sheet, start)) is not None:
        kept.append(sheet[start : match.start()])
        depth, end = 1, match.end()
        while depth and end < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        start = end
    return "".join((*kept, sheet[start:]))

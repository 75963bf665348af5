"""The style sheet of a page: what never changes, and a rule for each page format and kind of paragraph that occurs."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from jixiao.writing.paper.model import Page, Text

_FACES: Final = {
    "title": '"方正小标宋简体","FZXiaoBiaoSong-B05S","STZhongsong","Noto Serif CJK SC","SimSun",serif',
    "body": '"仿宋_GB2312","FangSong","STFangsong","Noto Serif CJK SC","SimSun",serif',
    "label": '"SimSun","Songti SC","Noto Serif CJK SC",serif',
}  # fmt: skip
_BY_LABELS: Final = '"SimHei","Heiti SC","Noto Sans CJK SC",sans-serif'
"""Of headings that are set in the face of labels."""
_RUNNING: Final = 1400
"""From this size on (四号) text is the running text of a paper, on lines further apart."""


@dataclass(slots=True)
class Sheet:
    """The rules that the page has asked for so far; each is named at its first use."""

    _rules: dict[str, str] = field(default_factory=dict)

    def format(self, page: Page) -> str:
        """The class of what is printed on a page format."""
        return self._named("s", _page_rule(page))

    def text(self, text: Text, page: Page) -> str:
        """The class of a heading or a paragraph."""
        return self._named("p", f"{{{_text_rule(text, page)}}}")

    def rows(self, least: int) -> str:
        """The class of a table whose rows have a least height."""
        return self._named("h", f" tr{{height:{points(least)}}}")

    def room(self, least: int) -> str:
        """The class of a row with room of its own; it counts more than what the table says of all."""
        return self._named("r", f"table tr.&{{height:{points(least)}}}")

    def written(self) -> str:
        """All of it; there is no other style in the page."""
        own = "".join(rule.replace("&", name) for rule, name in self._rules.items())
        return f"{_always()}{own}"

    def _named(self, letter: str, rule: str) -> str:
        key = rule if "&" in rule else f".&{rule}"
        return self._rules.setdefault(key, f"{letter}{len(self._rules) + 1}")


@cache
def _always() -> str:
    return files(__package__).joinpath("document.css").read_text(encoding="utf-8")


def points(length: int) -> str:
    """A length for a style sheet."""
    whole, rest = divmod(length, 100)
    return f"{whole}{f'.{rest:02}'.rstrip('0') if rest else ''}pt"


def _page_rule(page: Page) -> str:
    """How a document of a format looks: its text, the sheet on a screen, the sheet of paper."""
    margins = " ".join(points(edge) for edge in (page.top, page.right, page.bottom, page.left))
    number = '@bottom-center{content:"第 " counter(page) " 页　共 " counter(pages) " 页";font-size:9pt}'
    return (
        f".&{{font-size:{points(page.size)};page:&}}"
        f"@media screen and (min-width:831px){{.&{{width:{points(page.across)};padding:{margins}}}}}"
        f"@page &{{size:{points(page.width)} {points(page.height)};margin:{margins};{number if page.numbered else ''}}}"
    )


def _text_rule(text: Text, page: Page) -> str:
    size = text.size or page.size
    face = _BY_LABELS if text.level and text.face == "label" else _FACES[text.face]
    align = "justify" if text.indent and text.align == "left" else text.align
    said = [f"font:{points(size)}/{175 if page.size >= _RUNNING else 140}% {face}", f"text-align:{align}"]
    if text.before or text.after:
        said.append(f"margin:{points(text.before)} 0 {points(text.after)}")
    if text.indent:
        said.append(f"text-indent:{text.indent}em")
    return ";".join(said)

"""Labelled documents of any family, content, producer, look and wear: described by a few words, made when asked for."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from forms.content import make
from forms.cover import list_before
from forms.dice import Dice
from forms.documents import FAMILIES, HEADINGS
from forms.habits import MANY, adopt
from forms.producers import PRODUCERS, Job
from forms.sheet import Sheet, lay_out
from forms.splits import reasons
from forms.truth import truth_of
from forms.typst_pdf import Rules, Style
from forms.variants import variant
from forms.wear import WEARS
from jixiao.form import Form
from jixiao.layout.families import Family

Picture = Literal["", "scan PDF", "PNG", "JPEG", "TIFF"]
PICTURE_ENDINGS: dict[Picture, str] = {"scan PDF": "pdf", "PNG": "png", "JPEG": "jpg", "TIFF": "tif"}
_MANY_COLUMNS = 9
_RULES: dict[str, Rules] = {
    "thin": "thin", "thick": "thick", "dotted": "dotted", "dashed": "dashed", "double": "double", "open": "open",
    "rows": "rows", "borderless": "none",
}  # fmt: skip
LOOKS = ("full", *_RULES, "shaded", "tight", "small", "landscape", "two forms a page", "cut rows")
"""How a page looks, by name: how it is ruled, or what else is special about it."""


@dataclass(frozen=True)
class Specimen:
    """One document to be made.

    Attributes:
        family: id of its family.
        seed: of its contents.
        producer: format and name, of `PRODUCERS`.
        look: of `LOOKS`.
        habits: of `HABITS`.
        variant: 0 for the published layout, else the seed of one made of it.
        picture: the picture that is made of its pages; empty for none.
        wear: what happens to the pictures, of `WEARS`.
        forms: how many it holds.
        listed: whether a list of projects stands before them.
        many: whether it has as many indicators as there are names for.
    """

    family: str
    seed: int
    producer: tuple[str, str]
    look: str = "full"
    habits: tuple[str, ...] = ()
    variant: int = 0
    picture: Picture = ""
    wear: str = ""
    forms: int = 1
    listed: bool = False
    many: bool = False

    @property
    def layout(self) -> str:
        """The layout's name in tables."""
        return f"{self.family}~{self.variant}" if self.variant else self.family

    @property
    def format(self) -> str:
        """The format's name in tables; scans are told apart as the goals tell them."""
        if not self.picture:
            return self.producer[0]
        wear = WEARS[self.wear]
        if self.picture != "scan PDF":
            return self.picture
        return "photo" if wear.photo else f"scan {wear.dpi} dpi" if wear.dpi < 200 else "scan ≥ 200 dpi"

    @property
    def held_out(self) -> tuple[str, ...]:
        """Why it is held out; empty if it is tuned."""
        return reasons(self.producer, self.variant, self.look, self.wear)

    @property
    def name(self) -> str:
        """A name of its own, for files and reports."""
        parts = (self.layout, "-".join(self.producer), self.look, self.picture, self.wear, str(self.seed))
        return "_".join(part.replace(" ", "-").replace("'", "").replace(",", "") for part in parts if part)

    @property
    def ending(self) -> str:
        """The ending of its file."""
        return PICTURE_ENDINGS[self.picture] if self.picture else PRODUCERS[self.producer].ending

    @cached_property
    def _content(self) -> tuple[tuple[Sheet, ...], tuple[Form, ...]]:
        family = self.laid_out
        printed = [make(self.seed * 10 + index, family, MANY if self.many else 0) for index in range(self.forms)]
        for index, form in enumerate(printed):
            adopt(form, family, self.habits, Dice(f"habits:{self.seed}:{index}"))
        paged = self.producer[0] in ("PDF", "OFD", "text")
        headings = Dice(f"headings:{self.seed}").choice(HEADINGS["page" if paged else "sheet"])
        sheets = [lay_out(form, family, self.style.width, headings) for form in printed]
        if self.listed:
            sheets.insert(0, list_before(printed, self.style.width))
        return tuple(sheets), tuple(truth_of(form, family) for form in printed)

    @cached_property
    def laid_out(self) -> Family:
        """The layout."""
        family = FAMILIES[self.family]
        return variant(family, self.variant) if self.variant else family

    @property
    def truth(self) -> tuple[Form, ...]:
        """The forms it holds, as labelled."""
        return self._content[1]

    @property
    def job(self) -> Job:
        """What its producer is given."""
        return Job(self._content[0], self.style, self.seed)

    @cached_property
    def style(self) -> Style:
        """How it is printed."""
        dice = Dice(f"look:{self.family}:{self.seed}:{self.look}")
        many = len(self.laid_out.indicators.columns) >= _MANY_COLUMNS
        style = Style(
            font=dice.choice(("serif", "serif", "sans")),
            size=9 if not many else 8,
            landscape=self.look == "landscape" or many,
            top=dice.between(12, 35),
            middle=dice.chance(80),
            numbered=dice.chance(40),
            rules=_RULES.get(self.look, "full"),
            shaded=self.look == "shaded",
            tight=self.look == "tight",
        )
        if self.look == "small":
            return replace(style, size=6)
        if self.look == "cut rows":
            return replace(style, top=dice.between(60, 120), repeats=dice.chance(50))
        return replace(style, pages=self.look != "two forms a page")

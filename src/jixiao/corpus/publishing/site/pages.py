"""The pages of the site: one template each, in 中文 and in English at an address of its own; no page needs a script."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from msgspec import Struct

from jixiao.corpus.publishing.about import About
from jixiao.corpus.publishing.columns import listed
from jixiao.corpus.publishing.naming import Named
from jixiao.corpus.publishing.opening import Opened
from jixiao.scoring.sheet import Text
from jixiao.writing.html.bilingual import environment
from jixiao.writing.report import FAMILIES
from jixiao.writing.telling.amounts import money, short
from jixiao.writing.telling.changes import changed
from jixiao.writing.telling.of_form import achieved, claimed, promised, spent
from jixiao.writing.telling.of_review import recomputed
from jixiao.writing.words import FAMILY, FAMILY_MEANS, grade_text

_WIDTH: Final = 250
_ROW: Final = 44
_CENT: Final = Decimal("0.01")


class Sum(Struct, frozen=True):
    """Forms that belong together, added up.

    Attributes:
        label: the year, or a name.
        count: forms.
        budget, spent: in 分; `None` where no form states one.
        address: of their page; empty for none.
    """

    label: str
    count: int
    budget: int | None
    spent: int | None
    address: str = ""


class Bar(Struct, frozen=True):
    """One row of a chart: where it stands, and the lengths of its bars."""

    label: str
    count: int
    budget: int | None
    spent: int | None
    address: str
    top: int
    budget_width: int
    spent_width: int


def bars(sums: Iterable[Sum]) -> list[Bar]:
    """The rows of a chart, all to one scale."""
    held = list(sums)
    most = max((abs(amount or 0) for one in held for amount in (one.budget, one.spent)), default=0)
    return [
        Bar(
            one.label,
            one.count,
            one.budget,
            one.spent,
            one.address,
            at * _ROW,
            _wide(one.budget, most),
            _wide(one.spent, most),
        )
        for at, one in enumerate(held)
    ]


def _wide(amount: int | None, most: int) -> int:
    return max(0, amount or 0) * _WIDTH // most if most else 0


class Pages:
    """Writes pages below a folder."""

    def __init__(self, folder: Path, about: About) -> None:
        """Say what the site is, and where it goes."""
        self._folder, self._about = folder, about

    def write(self, template: str, address: str, **held: Any) -> None:
        """A page in both languages, at `address` and at `en/` + `address`; {zh, en} pairs of `held` are told in one."""
        for english in (False, True):
            path = self._folder / ("en" if english else "") / address
            path.parent.mkdir(parents=True, exist_ok=True)
            base = "../" * address.count("/")
            root = base + ("../" if english else "")
            other = f"{root}{'' if english else 'en/'}{address}"
            told = {name: _told(value, english=english) for name, value in held.items()}
            page = _environment(english=english).get_template(f"{template}.j2").render(
                about=self._about, english=english, base=base, root=root, other=other, **told
            )  # fmt: skip
            path.write_text(page, encoding="utf-8")

    def form(self, one: Opened, history: Sequence[Named]) -> None:
        """The page of a form: plain words, money, questions, indicators, the other years of its project."""
        form, sheet = one.form, one.sheet
        sections = [promised(form), spent(form), achieved(form), claimed(form), recomputed(form, sheet, one.book)]
        lines = {line.pointer: line for line in sheet.lines}
        asked = [
            (FAMILY[family], FAMILY_MEANS[family], rows)
            for family in FAMILIES
            if (rows := [row for row in one.questions if row["family"] == family])
        ]
        self.write(
            "form", one.named.address, one=one.named, sheet=sheet, book=one.book, history=history, questions=asked,
            sections=[*sections, *([changed(form, one.before)] if one.before else [])],
            counts=[one.count(family) for family in FAMILIES], bars=bars(map(of_form, history)),
            lines=[(line, lines.get(f"/indicators/{at}")) for at, line in enumerate(form.indicators)],
        )  # fmt: skip

    def plain(self, files_of_data: Sequence[str]) -> None:
        """The pages of search and of notes, the style sheet and the scripts."""
        withheld = list((listed().tables | listed().columns).items())
        self.write("search", "search.html")
        self.write("about", "about.html", files=files_of_data, withheld=withheld)
        for name in ("site.css", "search.js", "find.js"):
            self._folder.joinpath(name).write_text(_text(name), encoding="utf-8")


def of_form(named: Named) -> Sum:
    """One form as a row of a chart."""
    return Sum(str(named.year or "—"), 1, named.budget, named.spent, named.address)


def _told(value: Any, *, english: bool) -> Any:
    return (value.en if english else value.zh) if isinstance(value, Text) and value.zh != value.en else value


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment(*, english: bool) -> Environment:
    made = environment(lambda name: _text(f"templates/{name}"))
    pick: Callable[[str, str], str] = (lambda _, en: en) if english else (lambda zh, _: zh)

    def told(text: Text | str) -> str:
        return text if isinstance(text, str) else pick(text.zh, text.en)

    made.globals |= {
        "w": pick, "t": told, "amount": lambda cents: told(_amount(cents)),
        "grade": lambda word: told(grade_text(word)),
        "points": lambda cents: _digits(None if cents is None else cents * _CENT), "digits": _digits,
    }  # fmt: skip
    return made


def _amount(cents: int | None) -> Text:
    return Text("—", "—") if cents is None else money(cents * _CENT)


def _digits(number: Decimal | None) -> str:
    return "—" if number is None else short(number)

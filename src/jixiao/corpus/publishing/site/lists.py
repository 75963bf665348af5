"""The lists of the site: years, departments, units, each with its sums, in pages of so many forms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from jixiao.corpus.publishing.naming import Named
from jixiao.corpus.publishing.site.pages import Pages, Sum, bars
from jixiao.scoring.sheet import Text

Key = Callable[[Named], tuple[str, str]]
"""Name and short name of what a form belongs to."""
SHOWN: Final = 200
"""Forms of a page."""
_ON_HOME: Final = 30


def write_lists(pages: Pages, names: Sequence[Named]) -> None:
    """Write them, and the pages that lead there.

    Args:
        pages: writes them.
        names: every form, in the order of lists.
    """
    years = list(_by_year(names))
    departments = _grouped(names, lambda one: (one.department, one.department_uid))
    below = [_sum(key[0] or "—", held, f"departments/{key[1]}.html") for key, held in departments.items()]
    largest = sorted(below, key=lambda one: (-one.count, one.label))
    pages.write("home", "index.html", years=bars(years), departments=largest[:_ON_HOME])
    _list(pages, "departments", [], name=Text("部门", "Departments"), below=sorted(below, key=lambda one: one.label))
    for year, held in _grouped(names, lambda one: (str(one.year or "—"), str(one.year or "undated"))).items():
        _list(pages, f"years/{year[1]}", held, name=Text(f"{year[0]} 年度", f"Fiscal year {year[0]}"))
    for key, held in departments.items():
        _department(pages, key, held)


def _department(pages: Pages, key: tuple[str, str], held: Sequence[Named]) -> None:
    units = _grouped(held, lambda one: (one.unit, one.unit_uid))
    below = [_sum(unit[0] or "—", forms, f"units/{unit[1]}.html") for unit, forms in units.items()]
    within = (key[0] or "—", f"departments/{key[1]}.html")
    _list(pages, f"departments/{key[1]}", held, name=within[0], below=below, years=bars(_by_year(held)))
    for unit, forms in units.items():
        _list(pages, f"units/{unit[1]}", forms, name=unit[0] or "—", within=within, years=bars(_by_year(forms)))


def _list(pages: Pages, address: str, rows: Sequence[Named], **held: object) -> None:
    count = max(1, -(-len(rows) // SHOWN))
    addresses = [f"{address}.html", *(f"{address}-{page}.html" for page in range(2, count + 1))]
    plain = {"within": None, "years": [], "below": [], "below_title": Text("实施单位", "Units")} | held
    if address == "departments":
        plain["below_title"] = Text("部门", "Departments")
    for at, here in enumerate(addresses):
        shown = rows[at * SHOWN : (at + 1) * SHOWN]
        pages.write("list", here, rows=shown, pages=addresses, here=here, **plain)


def _by_year(names: Iterable[Named]) -> Iterator[Sum]:
    """The sums of each year, newest first."""
    held = sorted(names, key=lambda one: -one.year)
    for year, forms in groupby(held, key=lambda one: one.year):
        yield _sum(str(year or "—"), list(forms), f"years/{year or 'undated'}.html")


def _sum(label: str, names: Sequence[Named], address: str) -> Sum:
    return Sum(label, len(names), _added(one.budget for one in names), _added(one.spent for one in names), address)


def _added(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _grouped(names: Iterable[Named], key: Key) -> dict[tuple[str, str], list[Named]]:
    """The forms by name and short name, in the order in which they come."""
    held: dict[tuple[str, str], list[Named]] = {}
    for one in names:
        held.setdefault(key(one), []).append(one)
    return held

"""Addresses of the overview's own pages, and of the pages of forms it leads to; nothing else makes them."""

from collections.abc import Callable
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from jixiao.office.overview.filters import Filters
from jixiao.office.overview.rows import Row


def page_link(page: str, round_: int, node: int, filters: Filters, **more: str) -> str:
    """A page of the overview for a round and a node, with filters."""
    return reverse(page, kwargs={"round_id": round_, "node_id": node, **more}) + filters.address()


def linking(page: str, round_: int, node: int, filters: Filters) -> Callable[..., str]:
    """Makes addresses of a page with some filters changed: `link(stage="draft")`."""
    plain = reverse(page, kwargs={"round_id": round_, "node_id": node})
    return lambda **changed: plain + filters.address(**changed)


def form_link(key: int, cell: str = "") -> str:
    """The page of a filing, at one of its cells; "" where there is no filing."""
    if not key:
        return ""
    try:
        page = reverse("filing", args=[key])
    except NoReverseMatch:
        page = reverse("decide", args=[key])
    return f"{page}#{quote(cell)}" if cell else page


def row_link(row: Row) -> str:
    """The page of a row's filing."""
    return form_link(row.key)

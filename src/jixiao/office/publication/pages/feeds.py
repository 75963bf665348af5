"""For machines that follow along: what is new as Atom and RSS, the map of the site, what robots may read."""

from calendar import timegm
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date

from jixiao.office.look.words import say
from jixiao.office.publication.models import Publication
from jixiao.office.publication.pages.answering import BASE, ENGLISH_BASE, Made, absolute, answer, is_english, public
from jixiao.office.publication.pages.lists import changed, standing

_NEWEST = 50
_IN_A_MAP = 10_000
_MAPS = 50_000
"""Maps that an index of them can hold (sitemaps.org)."""


def _newest() -> list[Publication]:
    return list(standing().order_by("-changed")[:_NEWEST])


def _summary(held: Publication) -> str:
    if held.edition > 1:
        return say(
            f"{held.unit}，{held.year}年度，更正后第{held.edition}版",
            f"{held.unit}, {held.year}, edition {held.edition}",
        )
    return say(f"{held.unit}，{held.year}年度", f"{held.unit}, {held.year}")


def _site(request: HttpRequest) -> tuple[str, str]:
    """The address of the site's first page in the language asked for, and the site's name."""
    base = ENGLISH_BASE if is_english(request) else BASE
    return absolute(request, base), say("项目支出绩效公开", "Budget performance, in public")


def _address(home: str, held: Publication) -> str:
    return f"{home}projects/{held.uid}/{held.year}/"


@public
def atom(request: HttpRequest) -> HttpResponse:
    """The newest publications and corrections as an Atom feed."""
    return answer(request, changed(), partial(_atom, request))


def _atom(request: HttpRequest) -> Made:
    home, title = _site(request)
    language = say("zh-CN", "en")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
    ]
    lines += [f"<title>{title}</title>", f"<id>{home}</id>", f'<link href="{home}"/>']
    lines += [f'<link rel="self" href="{home}feed.atom"/>', f"<updated>{_stamp(changed())}</updated>"]
    for held in _newest():
        address = _address(home, held)
        lines += ["<entry>", f"<title>{escape(held.name)} {held.year}</title>", f"<id>{address}</id>"]
        lines += [f'<link href="{address}"/>', f"<updated>{_stamp(held.changed)}</updated>"]
        lines += [f"<published>{_stamp(held.first)}</published>", f"<author><name>{escape(held.unit)}</name></author>"]
        lines += [f"<summary>{escape(_summary(held))}</summary>", "</entry>"]
    return "\n".join([*lines, "</feed>\n"]).encode(), "application/atom+xml; charset=utf-8"


@public
def rss(request: HttpRequest) -> HttpResponse:
    """The same as RSS 2.0."""
    return answer(request, changed(), partial(_rss, request))


def _rss(request: HttpRequest) -> Made:
    home, title = _site(request)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<rss version="2.0"><channel>']
    lines += [f"<title>{title}</title>", f"<link>{home}</link>", f"<description>{title}</description>"]
    for held in _newest():
        address = _address(home, held)
        lines += ["<item>", f"<title>{escape(held.name)} {held.year}</title>", f"<link>{address}</link>"]
        lines += [f'<guid isPermaLink="false">{address}#{held.edition}</guid>']
        lines += [f"<description>{escape(_summary(held))}</description>"]
        lines += [f"<pubDate>{http_date(timegm(held.changed.utctimetuple()))}</pubDate>", "</item>"]
    return "\n".join([*lines, "</channel></rss>\n"]).encode(), "application/rss+xml; charset=utf-8"


def _stamp(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the maps of the site."""
    return answer(request, changed(), partial(_index, request))


def _index(request: HttpRequest) -> Made:
    root = absolute(request, BASE)
    pages = max(1, -(-standing().count() // _IN_A_MAP))
    inner = (f"<sitemap><loc>{root}sitemap-{page}.xml</loc></sitemap>" for page in range(1, pages + 1))
    return _map("sitemapindex", inner)


@public
def sitemap_page(request: HttpRequest, page: int) -> HttpResponse:
    """One map: ten thousand pages of projects in 中文, each with its English twin."""
    return answer(request, changed(), partial(_entries, request, page))


def _entries(request: HttpRequest, page: int) -> Made:
    root, english = absolute(request, BASE), absolute(request, ENGLISH_BASE)
    ordered = standing().order_by("pk").values_list("uid", "year", "changed")
    rows = list(ordered[(page - 1) * _IN_A_MAP : page * _IN_A_MAP]) if 0 < page <= _MAPS else []
    if not rows and page != 1:
        raise Http404
    pages = (f"projects/{uid}/{year}/" for uid, year, _ in rows)
    days = (moment.date().isoformat() for *_, moment in rows)
    return _map("urlset", (_entry(root, english, path, day) for path, day in zip(pages, days, strict=True)))


def _entry(root: str, english: str, path: str, day: str) -> str:
    twin = f'<xhtml:link rel="alternate" hreflang="en" href="{english}{path}"/>'
    return f"<url><loc>{root}{path}</loc><lastmod>{day}</lastmod>{twin}</url>"


def _map(kind: str, entries: Iterable[str]) -> Made:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    body = "\n".join(['<?xml version="1.0" encoding="utf-8"?>', f"<{kind} {space}>", *entries, f"</{kind}>\n"])
    return body.encode(), "application/xml; charset=utf-8"


def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what is public, but need not search."""
    address = absolute(request, f"{BASE}sitemap.xml")
    lines = ["User-agent: *", "Disallow: /", f"Allow: {BASE}", "Allow: /static/"]
    lines += [f"Disallow: {base}search/" for base in (BASE, ENGLISH_BASE)]
    body = "\n".join([*lines, f"Sitemap: {address}", ""])
    return HttpResponse(body, content_type="text/plain; charset=utf-8")

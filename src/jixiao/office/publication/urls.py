"""Addresses of the public site: the same pages below /open/ in 中文 and below /open/en/ in English. They are stable."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, include, path

from jixiao.office.publication.pages import data, downloads, feeds, home, journal, lists, project

_PROJECT = "projects/<slug:uid>/<int:year>/"


def _paged(route: str, view: Callable[..., HttpResponseBase]) -> list[URLPattern]:
    """A list and its further pages, each at a path of its own, so that a copy of files can hold them."""
    return [path(route, view), path(f"{route}page-<int:page>/", view)]


pages = [
    path("", home.home),
    path("about/", home.about),
    path("search/", lists.search),
    *_paged("years/<int:year>/", lists.year),
    path("departments/", lists.departments),
    *_paged("departments/<slug:uid>/", lists.department),
    *_paged("departments/<slug:uid>/<int:year>/", lists.department),
    *_paged("units/<slug:uid>/", lists.unit),
    *_paged("units/<slug:uid>/<int:year>/", lists.unit),
    path("projects/<slug:uid>/", project.latest),
    path(_PROJECT, project.project),
    path(f"{_PROJECT}form.json", project.form_json),
    path(f"{_PROJECT}record.json", project.record_json),
    path(f"{_PROJECT}official.<slug:kind>", downloads.official),
    path("data/", data.data),
    path("data/form.schema.json", data.schema),
    path("data/dictionary.md", data.words),
    path("data/<slug:scope>/<str:name>", data.file),
    path("journal/", journal.journal),
    path("journal/checkpoints.txt", journal.checkpoints),
    path("journal/key.pub", journal.key),
    path("feed.atom", feeds.atom),
    path("feed.rss", feeds.rss),
    path("sitemap.xml", feeds.sitemap),
    path("sitemap-<int:page>.xml", feeds.sitemap_page),
]

urlpatterns = [
    path("robots.txt", feeds.robots),
    path("open/en/", include(pages)),
    path("open/", include(pages)),
]

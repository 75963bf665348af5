"""Addresses of the public site: the same pages below /open/ in 中文 and below /open/en/ in English. They are stable."""

from django.urls import include, path

from jixiao.office.publication.pages import data, downloads, feeds, home, lists, project

_PROJECT = "projects/<slug:uid>/<int:year>/"

pages = [
    path("", home.home),
    path("about/", home.about),
    path("search/", lists.search),
    path("years/<int:year>/", lists.year),
    path("departments/", lists.departments),
    path("departments/<slug:uid>/", lists.department),
    path("units/<slug:uid>/", lists.unit),
    path("projects/<slug:uid>/", project.latest),
    path(_PROJECT, project.project),
    path(f"{_PROJECT}form.json", project.form_json),
    path(f"{_PROJECT}record.json", project.record_json),
    path(f"{_PROJECT}official.<slug:kind>", downloads.official),
    path("data/", data.data),
    path("data/form.schema.json", data.schema),
    path("data/dictionary.md", data.words),
    path("data/<slug:scope>/<str:name>", data.file),
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

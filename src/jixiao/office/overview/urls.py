"""Addresses of the overview: a round and a node of the tree, and what is looked at there."""

from typing import Final

from django.urls import include, path

from jixiao.office.overview.views import findings, forms, law, overall

_AT: Final = [
    path("", overall.overall, name="overview-node"),
    path("forms/", forms.forms, name="overview-forms"),
    path("findings/", findings.findings, name="overview-findings"),
    path("compare/", forms.places, name="overview-places"),
    path("last-year/", forms.years, name="overview-years"),
    path("tables/<slug:name>.<slug:kind>", overall.table_file, name="overview-table"),
]

urlpatterns = [
    path("overview/", overall.entrance, name="overview"),
    path("overview/checks/", law.checks, name="checks"),
    path("overview/checks/<slug:code>/", law.check, name="check"),
    path("overview/rulebooks/", law.rulebooks, name="rulebooks"),
    path("overview/rulebooks/<slug:identifier>/<slug:day>/", law.rulebook, name="rulebook"),
    path("overview/<int:round_id>/<int:node_id>/", include(_AT)),
]

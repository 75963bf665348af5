"""Addresses of the overview: a round and a node of the tree, and what is looked at there."""

from typing import Final

from django.urls import include, path

from jixiao.office.overview.views import asking, findings, forms, law, overall, trying

_AT: Final = [
    path("", overall.overall, name="overview-node"),
    path("forms/", forms.forms, name="overview-forms"),
    path("findings/", findings.findings, name="overview-findings"),
    path("compare/", forms.places, name="overview-places"),
    path("last-year/", forms.years, name="overview-years"),
    path("rules/", asking.rules, name="rule-lab-node"),
    path("rules/corpora/<str:name>/", trying.corpus, name="rule-lab-corpus"),
    path("review/", asking.review, name="overview-review"),
    path("answers/<int:number>", asking.inquiry, name="inquiry"),
    path("answers/<int:number>/state", asking.waiting, name="inquiry-state"),
    path("answers/<int:number>/<slug:name>.<slug:kind>", asking.answer_file, name="inquiry-file"),
    path("tables/<slug:name>.<slug:kind>", overall.table_file, name="overview-table"),
]

urlpatterns = [
    path("overview/", overall.entrance, name="overview"),
    path("rules/", asking.lab_entrance, name="rule-lab"),
    path("overview/checks/", law.checks, name="checks"),
    path("overview/checks/<slug:code>/", law.check, name="check"),
    path("overview/rulebooks/", law.rulebooks, name="rulebooks"),
    path("overview/rulebooks/<slug:identifier>/<slug:day>/", law.rulebook, name="rulebook"),
    path("overview/<int:round_id>/<int:node_id>/", include(_AT)),
]

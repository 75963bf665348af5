"""Addresses of the room."""

from django.urls import path

from jixiao.office.workflow.pages import bulk, decide, my_work, rectification

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("decisions/", bulk.bulk, name="bulk"),
    path("filings/<int:number>/decide/", decide.decide, name="decide"),
    path("filings/<int:number>/rectify/", rectification.rectify, name="rectify"),
    path("filings/<int:number>/earlier/", rectification.earlier, name="filing-earlier"),
    path("rectification/", rectification.rectification, name="rectification"),
    path("rectification/<int:number>/", rectification.item, name="rectification-item"),
    path("filings/<int:number>/act/<slug:name>", decide.act, name="act"),
]

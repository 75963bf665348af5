"""Addresses of the room."""

from django.urls import path

from jixiao.office.workflow.pages import decide, my_work

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("filings/<int:number>/decide/", decide.decide, name="decide"),
    path("filings/<int:number>/act/<slug:name>", decide.act, name="act"),
]

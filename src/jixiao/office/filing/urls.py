"""Addresses of the room."""

from django.urls import path

from jixiao.office.filing.pages.save import save_cells

urlpatterns = [
    path("filings/<int:number>/save", save_cells, name="filing-save"),
]

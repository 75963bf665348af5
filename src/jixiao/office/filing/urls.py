"""Addresses of the room."""

from django.urls import path

from jixiao.office.filing.pages import document, filings, form, rules, save, steps

urlpatterns = [
    path("filings/", filings.filings, name="filings"),
    path("filings/new", filings.new, name="filing-new"),
    path("filings/<int:number>/", form.form_page, name="filing-form"),
    path("filings/<int:number>/save", save.save_cells, name="filing-save"),
    path("filings/<int:number>/table", form.form_table, name="filing-table"),
    path("filings/<int:number>/state", steps.state, name="filing-state"),
    path("filings/<int:number>/steps", steps.steps, name="filing-steps"),
    path("filings/<int:number>/document.<slug:kind>", document.document, name="filing-document"),
    path("rules/<str:fingerprint>.js", rules.rules, name="filing-rules"),
    path("rules/words.json", rules.words, name="filing-words"),
    path("rules/<str:fingerprint>.json", rules.book, name="filing-book"),
]

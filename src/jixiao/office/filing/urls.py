"""Addresses of the room."""

from django.urls import path

from jixiao.office.filing.pages import cell, document, filings, form, history, rules, save, steps, suggest

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
    path("filings/<int:number>/cell", cell.cell_panel, name="filing-cell"),
    path("filings/<int:number>/evidence", cell.attach_file, name="filing-attach"),
    path("filings/<int:number>/evidence/<int:piece>", cell.fetch_file, name="filing-file"),
    path("filings/<int:number>/evidence/<int:piece>/remove", cell.remove_file, name="filing-file-remove"),
    path("filings/<int:number>/comments", cell.add_comment, name="filing-comment"),
    path("filings/<int:number>/comments/<int:thread>/resolve", cell.close_thread, name="filing-resolve"),
    path("filings/<int:number>/suggest", suggest.suggest, name="filing-suggest"),
    path("filings/<int:number>/history", history.history, name="filing-history"),
    path("filings/<int:number>/history/<int:save>/restore", cell.restore, name="filing-restore"),
    path("filings/<int:number>/versions/<int:pk>", history.version, name="filing-version"),
    path("rules/words.json", rules.words, name="filing-words"),
    path("rules/<str:fingerprint>.json", rules.book, name="filing-book"),
]

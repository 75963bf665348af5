"""Addresses of the room."""

from django.urls import path

from jixiao.office.year.pages import lists, monitoring, projects, rounds, targets

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round-new"),
    path("rounds/<int:number>/", rounds.round_page, name="round"),
    path("rounds/<int:number>/edit/", rounds.round_edit, name="round-edit"),
    path("rounds/<int:number>/close/", rounds.round_close, name="round-close"),
    path("rounds/<int:number>/open/", rounds.round_open, name="round-open"),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.project_new, name="project-new"),
    path("projects/import/", lists.lists, name="year-lists"),
    path("projects/<int:number>/", projects.project, name="project"),
    path("projects/<int:number>/edit/", projects.project_edit, name="project-edit"),
    path("projects/<int:number>/end/", projects.project_end, name="project-end"),
    path("projects/<int:number>/targets/new/", targets.target_new, name="target-new"),
    path("targets/<int:number>/", targets.target, name="target"),
    path("monitoring/", monitoring.monitoring, name="monitoring"),
    path("monitoring/<int:number>/<int:project>/", monitoring.monitoring_sheet, name="monitoring-sheet"),
    path("filings/<int:number>/monitoring/", monitoring.beside, name="filing-monitoring"),
]

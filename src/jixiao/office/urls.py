"""The addresses of the office: each room has its own, in its `urls.py`."""

from django.urls import include, path

urlpatterns = [
    path("", include("jixiao.office.look.urls")),
    path("api/", include("jixiao.office.api.urls")),
    path("setup/", include("jixiao.office.setup.urls")),
    path("", include("jixiao.office.publication.urls")),
    path("", include("jixiao.office.workflow.urls")),
    path("", include("jixiao.office.year.urls")),
    path("", include("jixiao.office.intake.urls")),
    path("", include("jixiao.office.overview.urls")),
    path("", include("jixiao.office.filing.urls")),
    path("", include("jixiao.office.accounts.urls")),
    path("", include("jixiao.office.backup.urls")),
]

handler400 = "jixiao.office.look.failing.refused"
handler500 = "jixiao.office.look.failing.failed"

"""The API as one object; `urls.py` mounts it."""

from django.http import HttpRequest, HttpResponse

from jixiao.office.api import changing, forms, lists, routes, sending  # noqa: F401 -- each adds its addresses to the table
from jixiao.office.api.contract import OfficeAPI
from jixiao.office.api.problems import not_found, set_handlers

api = OfficeAPI(
    title="Jixiao 绩效自评",
    version="1",
    description=(
        "Budget performance self-evaluation: forms, scores, findings, rounds, decisions, publication. "
        "Lists continue with `after`; changes name the version they were made from in `If-Match`; "
        "errors are problem details (RFC 9457)."
    ),
    docs_url=None,
    urls_namespace="api",
)
set_handlers(api)
api.add_router("", routes.router)


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address of the API that does not exist."""
    return not_found()

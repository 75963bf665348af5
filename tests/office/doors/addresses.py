"""Who may come to each address of the office. An address that is not listed here fails `test_every_address`."""

from collections.abc import Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC: Final = "open/"
"""Below it nobody is asked who they are, and nothing is shown that was not published."""
API: Final = "api/v1/"
"""Below it a token is asked for, but at `FREE`."""
FREE: Final = {"openapi.json", "", "publications", "publications/<uid>/<year>"}

ANYBODY: Final = {
    "robots.txt", "language/", "setup/", "setup/demo/", r"api/^(?P<rest>.*)$", "account/alive/",
    "accounts/login/", "accounts/logout/", "accounts/inactive/", "accounts/invitation/<str:token>/",
    "accounts/2fa/authenticate/", "accounts/oidc/cancelled/", "accounts/oidc/error/",
    r"accounts/oidc/^(?P<provider_id>[^/]+)/login/", r"accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/",
}  # fmt: skip
"""Whoever comes: to sign in, to switch the language, to begin. `account/alive/` says that nobody is signed in."""

SIGNED_IN: Final = {
    "", "account/", "accounts/again/", "accounts/reauthenticate/", "accounts/password/change/",
    "accounts/password/set/", "accounts/2fa/", "accounts/2fa/reauthenticate/", "accounts/2fa/totp/activate/",
    "accounts/2fa/totp/deactivate/", "accounts/2fa/recovery-codes/", "accounts/2fa/recovery-codes/generate/",
    "accounts/2fa/recovery-codes/download/", "api/tokens/", "api/tokens/make/",
    "overview/checks/", "overview/checks/<slug:code>/", "overview/rulebooks/",
    "overview/rulebooks/<slug:identifier>/<slug:day>/", "rules/words.json", "rules/<str:fingerprint>.js",
    "rules/<str:fingerprint>.json", "rounds/", "monitoring/", "projects/", "filings/", "rectification/",
}  # fmt: skip
"""Whoever has signed in: one's own things, the law, and lists that hold only what the person may see."""

ROLE: Final = {
    "decisions/": "head", "filings/new": "clerk", "rounds/new/": "finance", "projects/new/": "clerk",
    "projects/import/": "clerk", "intake/": "clerk", "overview/": "clerk", "rules/": "department",
    "backups/": "system_admin",
    "people/": "system_admin", "people/add/": "system_admin", "people/lists/": "system_admin",
    "people/lists/template.xlsx": "system_admin", "organisations/": "system_admin",
    "organisations/add/": "system_admin", "organisations/find/": "system_admin", "roles/": "security_admin",
    "roles/decide/": "security_admin", "journal/": "audit_admin", "journal/export.csv": "audit_admin",
    "journal/log/": "audit_admin", "journal/log/export/": "audit_admin",
}  # fmt: skip
"""Whoever has a certain role somewhere, and one who has it."""

_FILING: Final = {
    "": "clerk", "decide/": "head", "earlier/": "head", "monitoring/": "head", "save": "clerk", "table": "clerk",
    "state": "clerk", "steps": "clerk", "document.<slug:kind>": "clerk", "cell": "clerk", "evidence": "clerk",
    "evidence/<int:piece>": "clerk", "evidence/<int:piece>/remove": "clerk", "comments": "clerk",
    "comments/<int:thread>/resolve": "clerk", "history": "clerk", "history/<int:save>/restore": "clerk",
    "versions/<int:pk>": "clerk", "act/<slug:name>": "clerk", "suggest": "clerk",
}  # fmt: skip
_NODE: Final = {
    "": "department", "forms/": "department", "findings/": "department", "compare/": "department",
    "last-year/": "department", "rules/": "department", "review/": "department",
    "rules/corpora/<str:name>/": "department",
    "answers/<int:number>": "department", "answers/<int:number>/state": "department",
    "answers/<int:number>/<slug:name>.<slug:kind>": "department", "tables/<slug:name>.<slug:kind>": "department",
}  # fmt: skip
_INTAKE: Final = (
    "<int:number>/", "<int:number>/lines/", "<int:number>/take/", "<int:number>/stop/", "<int:number>/again/",
    "<int:number>/verdicts.<str:kind>", "form/<int:number>/", "form/<int:number>/pages/",
    "form/<int:number>/page/<int:page>.png", "form/<int:number>/field/", "form/<int:number>/confirm/",
    "form/<int:number>/project/", "form/<int:number>/leave/", "form/<int:number>/file/", "file/<int:number>/",
)  # fmt: skip
THING: Final = {
    **{f"filings/<int:number>/{rest}": who for rest, who in _FILING.items()},
    **{f"overview/<int:round_id>/<int:node_id>/{rest}": who for rest, who in _NODE.items()},
    **{f"intake/{rest}": "department" for rest in _INTAKE},
    "filings/<int:number>/rectify/": "finance", "rectification/<int:number>/": "clerk",
    "rounds/<int:number>/": "finance", "rounds/<int:number>/edit/": "finance",
    "rounds/<int:number>/close/": "finance", "rounds/<int:number>/open/": "finance",
    "projects/<int:number>/": "department", "projects/<int:number>/edit/": "department",
    "projects/<int:number>/end/": "department", "projects/<int:number>/targets/new/": "department",
    "targets/<int:number>/": "department", "monitoring/<int:number>/<int:project>/": "clerk",
    "api/tokens/<int:number>/end/": "clerk", "account/sessions/<int:number>/end/": "clerk",
    "people/lists/<int:number>/": "system_admin", "people/lists/<int:number>/apply/": "system_admin",
    "people/<int:number>/": "system_admin", "people/<int:number>/invite/": "system_admin",
    "people/<int:number>/switch/": "system_admin", "people/<int:number>/unlock/": "system_admin",
    "people/<int:number>/sign-out/": "system_admin", "organisations/<str:uid>/": "system_admin",
    "organisations/<str:uid>/move/": "system_admin", "organisations/<str:uid>/close/": "system_admin",
    "roles/of/<int:number>/": "security_admin", "roles/of/<int:number>/remove-factor/": "security_admin",
    "roles/of/<int:number>/link/": "security_admin",
    "roles/<int:number>/take-back/": "security_admin", "journal/<int:number>/proof.json": "audit_admin",
}  # fmt: skip
"""Whoever may see the thing that the address names, and one who may; to everybody else it looks missing."""


def routes() -> Iterator[str]:
    """Every address of the office, as its parts are written down."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: "list[URLPattern | URLResolver]", before: str) -> Iterator[str]:
    for one in patterns:
        here = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, here)
        else:
            yield here

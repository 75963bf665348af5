"""How an act is tried: by the page's own address and method, through the API, by the link of a file."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.form import encode
from matrix.rules import REASON, filing_rules
from matrix.town import Thing, Town, entry_of
from office.making import seed_forms

Way = Literal["page", "api", "file", "bulk"]
Body = dict[str, Any]
EVENTS: Final = {
    "submit": "filing.submitted", "recall": "filing.recalled", "approve_unit": "filing.unit_approved",
    "return_unit": "filing.unit_returned", "approve_department": "filing.department_approved",
    "return_department": "filing.department_returned", "approve_finance": "filing.finance_approved",
    "return_finance": "filing.finance_returned", "reopen": "filing.reopened", "publish": "filing.published",
    "unpublish": "filing.unpublished", "score": "filing.scored",
}  # fmt: skip
_BESIDE: Final = {"publish": "publication.published", "unpublish": "publication.withdrawn"}
"""What the public site's own event says, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Try:
    """One way of trying an act.

    Attributes:
        act: of the rules.
        way: by page, API, file link, or the page that decides many at once.
        method: of HTTP.
        path: the address.
        body: what is sent; bytes are JSON.
        events: what the journal says afterwards where it is allowed; none for looking.
        scope: that a token needs.
    """

    act: str
    way: Way
    method: str
    path: str
    body: Body | bytes | None = None
    events: tuple[str, ...] = ()
    scope: str = ""

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.act} by {self.way}: {self.method} {self.path}"


def on_thing(thing: Thing) -> list[Try]:
    """Every way to every act on a filing."""
    return [*_reading(thing), *_doing(thing), *_deciding(thing), *_by_api(thing)]


def _reading(thing: Thing) -> list[Try]:
    at = f"/filings/{thing.filing.pk}/"
    pages = ("", "table", "state", "steps", "decide/", "history", "cell", f"versions/{thing.version}", "earlier/",
             "monitoring/")  # fmt: skip
    links = (f"evidence/{thing.piece}", f"evidence/{thing.piece + 1}", "document.docx")
    found = [Try("read", "page", "GET", at + page) for page in pages]
    found += [Try("read", "file", "GET", at + link) for link in links]
    return [*found, Try("see_items", "page", "GET", f"/rectification/{thing.item}/")]


def _doing(thing: Thing) -> list[Try]:
    at, cell = f"/filings/{thing.filing.pk}/", "k2/deviation"
    changes = [{"cell": cell, "was": _deviation(thing), "now": "天气原因"}]
    saved = msgspec.json.encode({"base": thing.filing.version, "changes": changes})
    upload = SimpleUploadedFile("新.txt", b"x")
    wanted = {"words": "请整改", "due": "2999-01-01", "cell": ""}
    return [
        Try("edit", "page", "POST", f"{at}save", saved, ("filing.saved",)),
        Try("edit", "page", "POST", f"{at}evidence", {"cell": "k1/actual", "file": upload},
            ("filing.evidence_attached",)),
        Try("edit", "page", "POST", f"{at}evidence/{thing.piece}/remove", {}, ("filing.evidence_removed",)),
        Try("edit", "page", "POST", f"{at}history/{thing.save}/restore", {"cell": "k1/deviation"}, ("filing.saved",)),
        Try("edit", "page", "GET", f"{at}suggest?cell=k1/name"),
        Try("comment", "page", "POST", f"{at}comments", {"cell": "k1/actual", "words": "请看"}, ("filing.commented",)),
        Try("comment", "page", "POST", f"{at}comments/{thing.thread}/resolve", {}, ("filing.comment_resolved",)),
        Try("rectify", "page", "GET", f"{at}rectify/"),
        Try("rectify", "page", "POST", f"{at}rectify/", wanted, ("item.raised",)),
        Try("answer_item", "page", "POST", f"/rectification/{thing.item}/", {"kind": "reply", "words": "已改"},
            ("item.replied",)),
    ]  # fmt: skip


def _deviation(thing: Thing) -> str:
    from jixiao.office.filing.judging import form_of

    return form_of(thing.filing.form).indicators[1].deviation


def _deciding(thing: Thing) -> list[Try]:
    """Each act that moves a filing, on its own page; those that decide on the page of many, too."""
    found, number, version = [], thing.filing.pk, thing.filing.version
    for act in EVENTS:
        said: Body = {"version": str(version), "reason": "请核对" if act in REASON or act == "submit" else ""}
        said |= {"score": "88"} if act == "score" else {}
        found.append(Try(act, "page", "POST", f"/filings/{number}/act/{act}", said, _events(act)))
    for state, on, back in _MANY:
        if state == thing.state:
            for act, way in ((on, "on"), (back, "back")):
                given: Body = {"filing": f"{number}:{version}", "way": way, "reason": "请核对"}
                found += [Try(act, "bulk", "POST", "/decisions/", given, _events(act))] if act else []
    return found


_MANY: Final = (
    ("with_head", "approve_unit", "return_unit"), ("with_department", "approve_department", "return_department"),
    ("with_finance", "approve_finance", "return_finance"), ("approved", "publish", ""),
)  # fmt: skip


def _events(act: str) -> tuple[str, ...]:
    return tuple(filter(None, (EVENTS[act], _BESIDE.get(act, ""))))


def _by_api(thing: Thing) -> list[Try]:
    at = f"/api/v1/forms/{thing.filing.pk}"
    pages = ("", "/summary", "/review", "/history", "/versions", "/decisions")
    found = [Try("read", "api", "GET", at + page, scope="forms:read") for page in pages]
    found.append(Try("read", "api", "GET", f"{at}/document?kind=docx", scope="forms:read"))
    changes = [{"cell": "k2/deviation", "was": _deviation(thing), "now": "天气原因"}]
    patch = msgspec.json.encode({"changes": changes})
    found.append(Try("edit", "api", "PATCH", at, patch, ("filing.saved",), "forms:write"))
    whole = encode(seed_forms()[3]) if thing.state == "draft" else thing.filing.form.encode()
    found.append(Try("edit", "api", "PUT", at, whole, ("filing.saved",), "forms:write"))
    for act in EVENTS:
        said = {"act": act, "reason": "请核对" if act in REASON or act == "submit" else ""}
        said |= {"score": "88"} if act == "score" else {}
        body = msgspec.json.encode(said)
        found.append(Try(act, "api", "POST", f"{at}/decisions", body, _events(act), "decisions:write"))
    return found


@dataclass(frozen=True, slots=True)
class InPlace:
    """A way of trying an act of the office at a place.

    Attributes:
        seen_by: the act that lets somebody see the thing; who may see it and not do this is refused, not shown the
            door. Empty where whoever may not do it may not see it either.
    """

    tried: Try
    place: str
    seen_by: str = ""


def in_places(town: Town) -> list[InPlace]:
    """Every way to every act of the office."""
    kinds = (_overview, _projects, _imports, _rounds, _people, _roles)
    return [one for kind in kinds for one in kind(town)]


def _overview(town: Town) -> list[InPlace]:
    found = []
    round_ = town.rounds["bureau", False].pk
    for place in ("centre", "science"):
        at = f"/overview/{round_}/{town.organisations[place].pk}/"
        pages = ("", "forms/", "findings/", "findings/?family=doubt", "compare/", "last-year/")
        tries = [Try("see_overview", "page", "GET", at + page) for page in pages]
        tries += [Try("see_overview", "file", "GET", f"{at}tables/forms.{kind}") for kind in ("csv", "xlsx")]
        tries += [Try("try_rules", "page", "GET", f"{at}{page}") for page in ("rules/", "review/")]
        tries.append(Try("try_rules", "page", "POST", f"{at}rules/", {"base": "initial"}, ("overview.asked",)))
        found += [InPlace(one, place) for one in tries]
    lab = f"/overview/{round_}/{town.organisations['science'].pk}/rules/corpora/{town.corpus}/"
    found += [InPlace(Try("try_rules", "page", method, lab), "science") for method in ("GET", "POST")]
    answer = f"/overview/{round_}/{town.organisations['science'].pk}/answers/{town.inquiries['science']}"
    tries = [Try("try_rules", "page", "GET", answer + more) for more in ("", "/state")]
    tries.append(Try("try_rules", "file", "GET", f"{answer}/moves.csv"))
    return found + [InPlace(one, "science") for one in tries]


def _projects(town: Town) -> list[InPlace]:
    project = town.at("centre", "draft").filing.project
    at, sheet = f"/projects/{project.pk}/", f"/monitoring/{town.rounds['bureau', False].pk}/{project.pk}/"
    edited = {"name": "改名", "code": "", "unit": town.organisations["centre"].pk}
    targets: Body = {"year": "2025", "json": encode(seed_forms()[1]).decode(), "confirmed": "1"}
    tries = [
        Try("see_overview", "page", "GET", at),
        Try("see_overview", "page", "GET", f"/targets/{town.targets['centre']}/"),
        Try("see_overview", "page", "GET", sheet),
        Try("manage_projects", "page", "GET", f"{at}edit/"),
        Try("manage_projects", "page", "POST", f"{at}edit/", edited, ("project.changed",)),
        Try("manage_projects", "page", "POST", f"{at}end/", {"year": "2030"}, ("project.ended",)),
        Try("approve_targets", "page", "GET", f"{at}targets/new/"),
        Try("approve_targets", "page", "POST", f"{at}targets/new/", targets, ("targets.approved",)),
        Try("monitor", "page", "POST", sheet, {"version": "1", "executed": "1"}, ("monitoring.saved",)),
    ]  # fmt: skip
    return [InPlace(one, "centre", "see_overview") for one in tries]


def _imports(town: Town) -> list[InPlace]:
    found = []
    for place in ("centre", "science"):
        batch, source, entry = town.batches[place], town.sources[place], entry_of(town, place)
        form, out = f"/intake/form/{entry.pk}/", ("intake.left_out",)
        tries = [Try("import_forms", "page", "GET", f"/intake/{batch.pk}/{more}") for more in ("", "lines/")]
        tries += [Try("import_forms", "page", "GET", form + more) for more in ("", "pages/")]
        tries += [Try("import_forms", "file", "GET", f"/intake/{batch.pk}/verdicts.{kind}") for kind in ("csv", "xlsx")]
        tries += [Try("import_forms", "file", "GET", where) for where in (f"/intake/file/{source.pk}/",
                                                                          f"{form}page/1.png")]  # fmt: skip
        tries += [
            Try("import_forms", "page", "POST", f"{form}leave/", {"out": "1"}, out),
            Try("import_forms", "page", "POST", f"{form}confirm/", {}, ("intake.confirmed",)),
        ]
        found += [InPlace(one, place) for one in tries]
    begun = {"round": town.rounds["bureau", False].pk, "project": town.free.uid,
             "form": msgspec.json.decode(encode(seed_forms()[2]))}  # fmt: skip
    begin = Try("import_forms", "api", "POST", "/api/v1/forms", msgspec.json.encode(begun), ("filing.started",),
                "forms:write")  # fmt: skip
    return [*found, InPlace(begin, "centre")]


def _rounds(town: Town) -> list[InPlace]:
    at = f"/rounds/{town.rounds['bureau', False].pk}/"
    tries = [
        Try("manage_rounds", "page", "GET", f"{at}edit/"), Try("manage_rounds", "page", "GET", f"{at}open/"),
        Try("manage_rounds", "page", "POST", f"{at}close/", {"closed": "1"}, ("round.closed",)),
    ]  # fmt: skip
    return [InPlace(one, "bureau", "round") for one in tries]


def _people(town: Town) -> list[InPlace]:
    user, node = town.user("clerk-centre"), town.organisations["centre"]
    at, of = f"/people/{user.pk}/", f"/organisations/{node.uid}/"
    changed = {"name": "改名", "email": "", "phone": "", "organisation": node.code}
    renamed = {"name": "改名", "kind": "unit", "code": node.code, "name_en": ""}
    tries = [
        Try("manage_people", "page", "GET", at), Try("manage_people", "page", "GET", of),
        Try("manage_people", "page", "POST", at, changed, ("user.changed",)),
        Try("manage_people", "page", "POST", f"{at}switch/", {}, ("user.switched_off",)),
        Try("manage_people", "page", "POST", f"{at}unlock/", {}, ("user.unlocked",)),
        Try("manage_people", "page", "POST", f"{at}sign-out/", {}, ("user.sessions_ended",)),
        Try("manage_people", "page", "POST", f"{at}invite/", {}, ("user.invited",)),
        Try("manage_people", "page", "POST", of, renamed, ("organisation.changed",)),
        Try("manage_people", "page", "POST", f"{of}close/", {}, ("organisation.closed",)),
        Try("manage_people", "page", "POST", f"{of}move/", {"parent": town.organisations["schools"].code},
            ("organisation.moved",)),
    ]  # fmt: skip
    return [InPlace(one, "centre") for one in tries]


def _roles(town: Town) -> list[InPlace]:
    user = town.user("clerk-centre")
    at, role = f"/roles/of/{user.pk}/", user.roles.get().pk
    granted = {"organisation": town.organisations["centre"].code, "kind": "auditor"}
    tries = [
        Try("grant_roles", "page", "GET", at),
        Try("grant_roles", "page", "POST", at, granted, ("role.granted",)),
        Try("grant_roles", "page", "POST", f"{at}link/", {}, ("user.invited",)),
        Try("grant_roles", "page", "POST", f"{at}remove-factor/", {}, ("user.second_factor_reset",)),
        Try("grant_roles", "page", "POST", f"/roles/{role}/take-back/", {}, ("role.taken_back",)),
    ]  # fmt: skip
    return [InPlace(one, "centre") for one in tries]


def anywhere() -> list[Try]:
    """What asks for a role somewhere, wherever that is."""
    pages = {
        "decide": ("/decisions/",),
        "manage_people": ("/people/", "/organisations/", "/people/lists/", "/people/add/", "/organisations/add/"),
        "grant_roles": ("/roles/",), "read_journal": ("/journal/", "/journal/log/"), "manage_rounds": ("/rounds/new/",),
        "manage_projects": ("/projects/new/", "/projects/import/"), "import_forms": ("/intake/",),
        "keep_backups": ("/backups/",),
    }  # fmt: skip
    files = {"read_journal": "/journal/export.csv", "manage_people": "/people/lists/template.xlsx"}
    found = [Try(act, "page", "GET", path) for act, paths in pages.items() for path in paths]
    return found + [
        Try(act, "file", "GET", path, events=("journal.exported",) if act == "read_journal" else ())
        for act, path in files.items()
    ]


assert set(EVENTS) >= {name for name, (_, leads) in filing_rules().items() if leads}

"""One thing of every kind in the tests' office, by which addresses are filled in; and an office beside it."""

import re
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from time import time_ns
from typing import Any, Final

import msgspec
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from jixiao.office.api.tokens import make_token
from jixiao.office.filing import files
from jixiao.office.filing.commenting import comment
from jixiao.office.filing.evidence import attach
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing, Version
from jixiao.office.filing.saving import save
from jixiao.office.intake.models import Shown
from jixiao.office.journal.models import Event
from jixiao.office.overview.answers import RulesAsked, answer
from jixiao.office.overview.models import RULES, Inquiry
from jixiao.office.people.models import Organisation, PeopleList, Role, User
from jixiao.office.people.tree import add_organisation
from jixiao.office.rounds.models import Round
from jixiao.office.rounds.targets import approve_targets
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.rectify import Wanted, raise_item
from office.intake.lines_of import batch_of, line
from office.making import Office, make_filing, make_round, seed_forms

MISSING: Final = 10**9
"""A number that nothing has."""
HUGE: Final = 10**40
"""A number that no column holds."""
NO_LINES: Final = '{"lines": [], "unread": [], "bare_sheets": []}'
METHODS: Final = "account_authentication_methods"
METHODS_OF: Final = _AUTHENTICATION_METHODS_USER_SESSION_KEY
_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Things:
    """What addresses name: by the beginning of the address, then by the name of the part."""

    office: Office
    named: dict[str, dict[str, object]] = field(default_factory=dict)

    def parts(self, route: str) -> dict[str, object]:
        """The parts of an address; of several beginnings that fit the longest holds."""
        fitting = sorted((one for one in self.named if route.startswith(one)), key=len)
        found = {name: value for one in fitting for name, value in self.named[one].items()}
        return {name: found[name] for name in _PART.findall(route)}


def address(route: str, parts: dict[str, object]) -> str:
    """An address with its parts filled in."""
    return "/" + _PART.sub(lambda one: str(parts[one[1]]), route)


def elsewhere(route: str, parts: dict[str, object], number: object) -> str:
    """The same address of things that are not there: every number another, names of organisations unknown."""
    there = {name: value if isinstance(value, str) and name != "uid" else number for name, value in parts.items()}
    return address(route, there)


def make_things(office: Office) -> Things:
    """One of everything, in the centre of the office."""
    people, places = office.people, office.organisations
    User.objects.filter(pk__in=[one.pk for one in people.values()]).update(organisation=places["centre"])
    Round.objects.filter(pk=office.round.pk).update(monitoring_due=date(2999, 7, 31))
    filing, item = _filled(office), _item(office)
    handed_in = make_filing(office, number=2)
    act(handed_in, "submit", people["clerk"])
    batch, held = _batch(office)
    asked = _inquiry(office)
    people_list = PeopleList.objects.create(by=people["system_admin"], name="名单.xlsx", sha256="", lists=NO_LINES)
    targets = approve_targets(filing.project, 2024, seed_forms()[0], by=None, source="entered")
    role, node = Role.objects.get(user=people["head"]), places["centre"]
    person: dict[str, object] = {"number": people["other_clerk"].pk}
    found: dict[str, dict[str, object]] = {
        "filings/<int:number>/": {"number": filing.pk, **_of(filing), "kind": "pdf", "name": "submit"},
        "filings/<int:number>/rectify/": {"number": _filing(item).pk},
        "filings/<int:number>/versions/": {"number": handed_in.pk, "pk": Version.objects.get(filing=handed_in).pk},
        "rectification/": {"number": item.pk},
        "overview/<int:round_id>/": {"round_id": office.round.pk, "node_id": places["science"].pk},
        "overview/<int:round_id>/<int:node_id>/answers/": {"number": asked.pk, "name": "moves", "kind": "csv"},
        "overview/<int:round_id>/<int:node_id>/tables/": {"name": "forms", "kind": "csv"},
        "overview/<int:round_id>/<int:node_id>/rules/corpora/": {"name": corpus_at(places["science"])},
        "intake/": {"number": batch.pk, "kind": "csv"},
        "intake/form/": {"number": held.pk, "page": 1},
        "intake/file/": {"number": held.source_id},
        "rounds/": {"number": office.round.pk},
        "projects/": {"number": filing.project_id},
        "targets/": {"number": targets.pk},
        "monitoring/": {"number": office.round.pk, "project": filing.project_id},
        "api/tokens/": {"number": make_token(people["clerk"], "试验", ["forms:read"], 30)[0].pk},
        "account/sessions/": {"number": _session(people["clerk"]).pk},
        "people/": person,
        "people/lists/": {"number": people_list.pk},
        "organisations/": {"uid": node.uid},
        "roles/of/": person,
        "roles/": {"number": role.pk},
        "journal/": {"number": Event.objects.exclude(organisation="").order_by("pk")[0].pk},
    }
    return Things(office, found)


def _filled(office: Office) -> Filing:
    """A draft with evidence, a comment and a save."""
    filing, clerk = make_filing(office), office.people["clerk"]
    save(clerk, filing.pk, Asked(filing.version, (Change("k1/name", "", "改过的指标"),)))
    attach(clerk, filing.pk, "k1/actual", SimpleUploadedFile("附件.pdf", b"%PDF-1.4"), "")
    comment(clerk, filing.pk, "k1/actual", "请看附件。")
    return Filing.objects.get(pk=filing.pk)


def _of(filing: Filing) -> dict[str, object]:
    """The things of a filing."""
    return {
        "piece": filing.evidence.get().pk, "thread": filing.comments.get().pk, "save": filing.saves.get().pk,
    }  # fmt: skip


def _item(office: Office) -> Any:
    filing = make_filing(office, number=1, state="with_finance")
    return raise_item(filing, office.people["finance"], Wanted("请整改。", timezone.localdate(), "k1/actual"))


def _filing(item: Any) -> Filing:
    found: Filing = item.filing
    return found


def _batch(office: Office) -> tuple[Any, Any]:
    """A batch whose file is in the store, with a picture of its first page."""
    batch = batch_of(office, [seed_forms()[3]], place="science")
    held, picture = line(batch), BytesIO()
    Image.new("1", (1, 1)).save(picture, "png")
    stored = files.put([picture.getvalue()])
    held.source.sha256 = stored.sha256
    held.source.save(update_fields=["sha256"])
    Shown.objects.create(sha256=stored.sha256, number=1, page=1, width=1, height=1, picture=stored.sha256)
    return batch, held


def _inquiry(office: Office) -> Inquiry:
    """Rules that were tried, with the answer."""
    made = Inquiry(
        kind=RULES, round=office.round, node=office.organisations["science"], by=office.people["department"],
        asked=msgspec.json.encode(RulesAsked(base="initial")).decode(), forms=1,
    )  # fmt: skip
    answer(made, lambda _done, _total: None)
    made.save()
    return made


def corpus_at(node: Organisation) -> str:
    """The name of a corpus that is given to a node, of which there is the manifest alone."""
    settings.CORPORA = str(Path(settings.DATA) / "corpora")
    folder = Path(settings.CORPORA) / str(node.pk) / "全区2024"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.json").write_bytes(b"{}")
    return folder.name


def _session(user: User) -> UserSession:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="", data={}
    )


def stranger() -> User:
    """Somebody of another tree who has every role there, more than one person can be granted."""
    bureau = add_organisation(None, "bureau", "邻市财政局")
    department = add_organisation(bureau, "department", "邻市科委")
    unit = add_organisation(department, "unit", "邻市中心")
    make_round(bureau)
    made = User.objects.create_user("stranger", "pass-Word-2024", organisation=unit)
    places = {"clerk": unit, "head": unit, "department": department}
    Role.objects.bulk_create(
        Role(user=made, organisation=places.get(kind, bureau), kind=kind) for kind, _ in Role.KINDS
    )
    return made


def browser(user: User) -> Client:
    """A browser in which a person has just signed in by password, with a second factor."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session, now = client.session, time_ns() // 10**9
    told = [{"method": "password", "at": now, "username": user.username}]
    session.update({"second_factor": True, "seen": now, METHODS: told, METHODS_OF: str(user.pk)})
    session.save()
    return client

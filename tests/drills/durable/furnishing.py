"""One thing of every kind in the office of the drills, and a filing in every state."""

from datetime import date, timedelta
from time import time_ns
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from drills.durable.base import Base
from jixiao.form import encode, to_wire
from jixiao.office.api.models import Token
from jixiao.office.api.tokens import make_token
from jixiao.office.filing.files import path_of
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Comment, Evidence, Filing, Save
from jixiao.office.filing.saving import save
from jixiao.office.intake.models import Batch, Entry
from jixiao.office.intake.received import receive
from jixiao.office.jobs.models import Job
from jixiao.office.jobs.worker import work_off
from jixiao.office.people.accounts import add_account
from jixiao.office.people.lists.acts import keep
from jixiao.office.people.lists.sheet import read_lists
from jixiao.office.people.models import Proposal, Role, User
from jixiao.office.people.roles import propose
from jixiao.office.publication.models import Edition, Paper
from jixiao.office.workflow.models import Item
from jixiao.office.workflow.rectify import Wanted, raise_item, reply
from office.accounts.test_managing import workbook as people_workbook
from office.doors.things import browser, make_things
from office.intake.lines_of import batch_of, line
from office.making import Office, make_filing, make_office, make_project, seed_forms
from office.workflow.walking import walked

STEPS = {"with_head": 1, "with_department": 2, "with_finance": 3, "approved": 4, "published": 5}


def furnish(base: Base) -> Base:
    """Everything that the acts need."""
    office = make_office()
    things = make_things(office)
    base.named = {
        **{name: node.pk for name, node in office.organisations.items()},
        **{f"uid_{name}": node.uid for name, node in office.organisations.items()},
        **{f"user_{name}": user.pk for name, user in office.people.items()},
        "round": office.round.pk,
    }
    _filings(base, office, things)
    forms = base.folder / "forms.json"
    forms.write_bytes(b"[" + b",".join(encode(to_wire(form)) for form in seed_forms()) + b"]")
    base.named["forms"] = str(forms)
    _people(base, office)
    _imports(base, office)
    now = time_ns() // 10**9
    for name, user in office.people.items():
        client = browser(User.objects.get(pk=user.pk))
        session = client.session
        session["seen"] = now + 10**6
        session.save()
        base.keys[name] = str(session.session_key)
    base.token = make_token(office.people["clerk"], "演练", ["forms:read", "forms:write", "decisions:write"], 300)[1]
    Token.objects.update(used=timezone.now() + timedelta(days=30))
    work_off()
    Job.objects.exclude(state="done").delete()
    for paper in Paper.objects.filter(edition=base.named["edition"]):
        path_of(paper.sha256).unlink()
        paper.delete()
    return base


def _filings(base: Base, office: Office, things: Any) -> None:
    named, clerk = base.named, office.people["clerk"]
    draft = Filing.objects.get(pk=things.named["filings/<int:number>/"]["number"])
    save(clerk, draft.pk, Asked(draft.version, (Change("k1/deviation", "", "改过一次"),)))
    draft.refresh_from_db()
    named |= {
        "draft": draft.pk, "version": draft.version, "piece": Evidence.objects.get(filing=draft).pk,
        "thread": Comment.objects.get(filing=draft).pk, "save": Save.objects.filter(filing=draft).latest("pk").pk,
        "project": draft.project_id, "session": things.named["account/sessions/"]["number"],
        "end_token": things.named["api/tokens/"]["number"],
    }  # fmt: skip
    named["complete"] = make_filing(office, number=3).pk
    make_filing(office, "institute", number=0)
    for state, steps in STEPS.items():
        for number in range(2):
            named[f"{state}{number or ''}"] = walked(office, steps, 4 + number).pk
    named["edition"] = Edition.objects.latest("pk").pk
    new = make_project(office.organisations["centre"], "没有自评表的项目")
    named |= {"new_project": new.pk, "new_project_uid": new.uid}
    finance, filing = office.people["finance"], Filing.objects.get(pk=named["with_finance"])
    item = raise_item(filing, finance, Wanted("请整改。", date(2999, 1, 1)))
    answered = raise_item(filing, finance, Wanted("请再整改。", date(2999, 1, 1)))
    reply(answered, clerk, "已整改。")
    named |= {"item": item.pk, "answered": Item.objects.get(pk=answered.pk).pk}


def _people(base: Base, office: Office) -> None:
    named, system = base.named, office.people["system_admin"]
    made = add_account("li.si", "李四", office.organisations["centre"], by=system)
    propose(made, office.organisations["centre"], "clerk", by=system)
    units = [["103", "市水务局", "主管部门", "001"], ["103001", "水文站", "预算单位", "103"]]
    data = people_workbook(units, [["王五", "wangwu", "103001", "经办人", ""]]).getvalue()
    kept = keep(read_lists(data, "名单.xlsx"), data, "名单.xlsx", by=system)
    named |= {
        "invited": made.pk, "proposal": Proposal.objects.get(user=made).pk, "list": kept.pk,
        "acts": len(units) + 1,
        "role": Role.objects.get(user=office.people["head"]).pk,
    }  # fmt: skip


def _imports(base: Base, office: Office) -> None:
    named, people = base.named, office.people
    ready = make_project(office.organisations["centre"], seed_forms()[6].project.name)
    batch = batch_of(office, [seed_forms()[6], seed_forms()[1]], place="science")
    entries = list(Entry.objects.filter(batch=batch).order_by("number"))
    Entry.objects.filter(batch=batch).update(checked="[]")
    uploads: list[Any] = [SimpleUploadedFile("表.csv", "今天的菜单".encode())]
    waiting = receive(office.round, office.organisations["science"], "forms", uploads, by=people["department"])
    Job.objects.filter(pk=waiting.job or 0).update(state="failed", due_at=None, unique_key=None)
    named |= {
        "batch": batch.pk, "entry": entries[0].pk, "other_entry": entries[1].pk, "ready": ready.pk,
        "unread": waiting.pk,
    }  # fmt: skip
    busy = Batch.objects.get(pk=batch_of(office, [seed_forms()[2]], place="science").pk)
    running = Job.objects.create(kind="intake.read", payload='{"batch": 0}', due_at=timezone.now())
    Batch.objects.filter(pk=busy.pk).update(job=running.pk)
    named["busy"] = busy.pk
    assert line(batch).pk == named["entry"]

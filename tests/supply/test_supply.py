"""What the program is made of: pinned with hashes, listed whole, no refused licence, flaws not overlooked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supply import parts as supply

HOUSE = supply.HOUSE
FILES = [HOUSE / "requirements" / f"{name}.txt" for name in supply.PINNED]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_part_is_pinned_with_hashes(file: Path) -> None:
    """No line without `==` and a SHA-256."""
    found = supply.parts(file)
    assert found
    assert all(len(each) == 64 for part in found for each in part.hashes)


def test_a_part_without_a_hash_is_told(tmp_path: Path) -> None:
    """A loose version, or a pin without a digest, is refused by name."""
    for text in ("django>=5.2\n", "django==5.2.19\n", "django==5.2.19 \\\n    --hash=md5:0\n"):
        (tmp_path / "run.txt").write_text(text)
        with pytest.raises(ValueError, match="django"):
            supply.parts(tmp_path / "run.txt")


def test_no_file_names_a_registry() -> None:
    """Where packages come from is a matter of the machine."""
    files = [*FILES, *(HOUSE / "requirements").glob("*.in"), *(HOUSE / "requirements").glob("*.toml")]
    assert supply.addresses(files) == []


def test_an_address_is_told(tmp_path: Path) -> None:
    """An index in a requirements file is seen."""
    (tmp_path / "run.txt").write_text("--index-url x\n")
    assert supply.addresses([tmp_path / "run.txt"]) == ["run.txt"]


def test_the_list_of_parts_is_whole() -> None:
    """Every pinned part stands in it with version, digests and licence; made twice it is the same."""
    found = supply.parts()
    listed = supply.sbom(found)
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert [(each["name"], each["version"]) for each in listed["components"]] == [(p.name, p.version) for p in found]
    assert all(each["hashes"] for each in listed["components"])
    assert supply.sbom(found) == listed


def test_no_licence_is_refused() -> None:
    """Nothing that we run is under GPL or AGPL; what is not installed here is for another system."""
    told = {part.name: supply.licence(part.name) for part in supply.parts()}
    assert {name for name, text in told.items() if supply.is_refused(text)} == set()
    assert {name for name, text in told.items() if not text} <= {"colorama", "tzdata"}


@pytest.mark.parametrize(
    ("text", "refused"),
    [("AGPL-3.0-or-later", True), ("GPL-2.0-only", True), ("GNU General Public License v3 (GPLv3)", True),
     ("LGPL-3.0-only", False), ("MIT", False), ("GPL-2.0-or-later OR MIT", False),
     ("GNU Lesser General Public License v3 (LGPLv3)", False)],
)  # fmt: skip
def test_licences_are_told_apart(text: str, refused: bool) -> None:  # noqa: FBT001  # of a table
    """The lesser licence may be used, and so may a choice that has another way."""
    assert supply.is_refused(text) is refused


def test_a_flaw_is_told_and_a_skipped_part_is_no_clean_one() -> None:
    """pip-audit says "no known vulnerabilities" also where it could ask nobody; we say that nobody was asked."""
    told: list[dict[str, Any]] = [
        {"name": "a", "version": "1", "vulns": [{"id": "X-1"}]},
        {"name": "b", "version": "1", "vulns": []},
        {"name": "c", "skip_reason": "not found"},
    ]
    found = supply.judged(told, date(2026, 11, 27))
    assert (found.asked, found.flaws, found.not_asked) == (2, ("a 1: X-1",), ("not found",))


def test_an_accepted_flaw_counts_again_after_its_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Until its day it is none, the day after it is one."""
    (tmp_path / "accepted.toml").write_text('X-1 = { why = "not reached", until = 2026-12-01 }\n')
    monkeypatch.setattr(supply, "ACCEPTED", tmp_path / "accepted.toml")
    told: list[dict[str, Any]] = [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]
    assert supply.judged(told, date(2026, 12, 1)).flaws == ()
    assert supply.judged(told, date(2026, 12, 2)).flaws == ("a 1: X-1",)

"""The generated documentation: built whole from the program, and not kept beside it."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import jixiao.review as review_room
from jixiao.cli import ExitCode, jixiao
from jixiao.office.doors.table import FILING, OFFICE
from jixiao.office.people.duties import ROLE_NAMES
from rulebook.golden_forms import BOOKS

HOUSE = Path(__file__).resolve().parents[2]
CHECKS = Path(review_room.__file__).parent / "checks"
_LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The tool that builds docs/reference."""
    spec = importlib.util.spec_from_file_location("reference", HOUSE / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(reference: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page as built into an empty folder, by its name below it."""
    folder = tmp_path_factory.mktemp("reference")
    reference.main(folder)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_check_has_its_section(built: dict[str, str]) -> None:
    """Each page of a check in the package is a section of checks.md, and there is no other."""
    sections = re.findall(r"^### (JX\d+) ", built["checks.md"], flags=re.MULTILINE)
    assert sorted(sections) == sorted(path.name[:5] for path in CHECKS.glob("*.toml"))


def test_every_version_of_a_book_has_its_page(built: dict[str, str]) -> None:
    """Each file of a rulebook in the package has a page of its own, and there is no other."""
    wanted = {f"rulebooks/{path.parent.name}-{path.stem}.md" for path in BOOKS.rglob("*.toml")}
    assert {name for name in built if name.startswith("rulebooks/")} == wanted


def test_the_other_pages_are_built(built: dict[str, str]) -> None:
    """Beside checks and books there are the schemas, the hostile files and the tables of rules."""
    rest = {name for name in built if not name.startswith("rulebooks/")}
    names = ("form", "review", "folder", "letter", "summary", "fix", "verify", "seal")
    schemas = {f"{name}.schema.json" for name in names}
    pages = {"checks.md", "permissions.md", "hostile-files.md", "asvs.md", "dengbao.md", "corpus.md"}
    assert rest == pages | {"corpus-tables.json", *schemas}
    assert all(text.strip() for text in built.values())


def test_the_table_of_acts_is_on_its_page(built: dict[str, str]) -> None:
    """Every act of the office's table has one line in both languages, with its roles in each state."""
    lines = built["permissions.md"].splitlines()
    for name, act in (FILING | OFFICE).items():
        (line,) = [one for one in lines if f"`{name}` |" in one]
        assert line.startswith(f"| {act.zh} {act.en} ")
        for role in act.roles:
            assert ROLE_NAMES[role][1] in line
    (line,) = [one for one in lines if "`reopen` |" in one]
    assert [cell.strip() for cell in line.strip("|").split("|")[1:]] == [
        "—", "—", "—", "—", "财政审核人 finance reviewer", "—", "填报中 being filled in", "是 yes",
    ]  # fmt: skip


def test_an_old_page_goes_and_the_hand_written_one_stays(reference: ModuleType, tmp_path: Path) -> None:
    """Building again takes away the page of a book that is none any more, and leaves README.md alone."""
    (tmp_path / "rulebooks").mkdir()
    old, kept = tmp_path / "rulebooks" / "cn-atlantis-2020-01-01.md", tmp_path / "README.md"
    for path in (old, kept):
        path.write_text("x", encoding="utf-8")
    reference.main(tmp_path)
    assert not old.exists()
    assert kept.read_text(encoding="utf-8") == "x"


def test_built_pages_are_not_kept() -> None:
    """Git ignores what is built, and only that; the page that says how to build it names every page."""
    ignored = (HOUSE / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/docs/reference/*", "!/docs/reference/README.md"} <= set(ignored)
    said = (HOUSE / "docs" / "reference" / "README.md").read_text(encoding="utf-8")
    for name in ("./dev docs", "checks.md", "rulebooks/", "hostile-files.md", "form.schema.json", "review.schema.json"):
        assert name in said


def _pages() -> list[Path]:
    return [*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("*.md"), *(HOUSE / "docs").glob("*/*.md")]


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_a_link_leads_to_what_a_fresh_clone_has(page: Path) -> None:
    """No page links to what is only there once built: links lead to files of the house, or out of it."""
    if page.parent.name == "reference" and page.name != "README.md":
        return  # a built page, if ./dev docs was run here
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            there = (page.parent / target).resolve()
            assert there.exists(), target
            assert there.parent.name != "reference" or there.name == "README.md", target


def test_readmes_agree_with_the_command() -> None:
    """Both first pages give the two commands, every sub-command and every exit code."""
    for name in ("README.md", "README.zh-CN.md"):
        text = (HOUSE / name).read_text(encoding="utf-8")
        for word in ("./dev demo", "./dev test", *(f"jixiao {command}" for command in jixiao.commands)):
            assert word in text, f"{name} lacks {word}"
        assert all(f"| {code.value} |" in text for code in ExitCode)
    assert "./dev test" in (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")

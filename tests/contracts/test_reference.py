"""The generated documentation says what the program does today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The tool that writes docs/reference."""
    spec = importlib.util.spec_from_file_location("reference", HOUSE / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_as_it_would_be_made_today(reference: ModuleType) -> None:
    """Each page of docs/reference equals what ./dev docs would write, and there is no other page."""
    made = reference.pages()
    kept = {
        path.relative_to(reference.REFERENCE).as_posix() for path in reference.REFERENCE.rglob("*") if path.is_file()
    }
    assert kept == set(made)
    for name, text in made.items():
        assert (reference.REFERENCE / name).read_text(encoding="utf-8") == text, f"{name}: run ./dev docs"


def test_readmes_agree_with_the_command(reference: ModuleType) -> None:
    """Both first pages give the two commands, every sub-command and every exit code."""
    from jixiao.cli import ExitCode, jixiao

    for name in ("README.md", "README.zh-CN.md"):
        text = (HOUSE / name).read_text(encoding="utf-8")
        for word in ("./dev demo", "./dev test", *(f"jixiao {command}" for command in jixiao.commands)):
            assert word in text, f"{name} lacks {word}"
        assert all(f"| {code.value} |" in text for code in ExitCode)
    assert "./dev test" in (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")

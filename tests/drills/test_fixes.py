"""The row of fixes can fail: a test that passed before, one that fails after, a trailer without a test, no history."""

import subprocess
from pathlib import Path

import pytest

from drills.fixes import Fix, Shallow, fixes, judged

_SETTINGS = "[tool.pytest.ini_options]\naddopts = ['--import-mode=importlib']\n"
_TEST = "def test_sum():\n    import sums\n    assert sums.add(1, 2) == 3\n"


def commit(house: Path, message: str, **files: str) -> str:
    """Write files and commit them; gives the hash."""
    for name, text in files.items():
        path = house / name.replace("__", "/")
        path = path.with_suffix(".toml") if name == "pyproject" else path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    subprocess.run(["git", "add", "-A"], cwd=house, check=True)
    subprocess.run(["git", *who, "commit", "-qm", message], cwd=house, check=True)
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=house, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a fault in it, whose tests need no plug-in."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    made = tmp_path / "house"
    made.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=made, check=True)
    commit(made, "first", pyproject=_SETTINGS, src__sums="def add(a, b):\n    return a - b\n")
    return made


def test_a_true_fix_passes(house: Path, tmp_path: Path) -> None:
    """Its test fails on the parent and passes on itself."""
    commit(house, "sums: added\n\nFault: tests/test_sums.py::test_sum", src__sums="def add(a, b):\n    return a + b\n",
           tests__test_sums=_TEST)  # fmt: skip
    (found,) = fixes(house)
    assert judged(house, found, tmp_path).faults == ()


def test_a_test_that_passed_before_is_told(house: Path, tmp_path: Path) -> None:
    """It shows nothing of the fault."""
    commit(house, "sums\n\nFault: tests/test_sums.py::test_sum", src__sums="def add(a, b):\n    return a + b\n",
           tests__test_sums="def test_sum():\n    assert True\n")  # fmt: skip
    (found,) = fixes(house)
    assert "does not fail on the parent" in judged(house, found, tmp_path).faults[0]


def test_a_test_that_fails_after_is_told(house: Path, tmp_path: Path) -> None:
    """Nothing was mended."""
    commit(house, "sums\n\nFault: tests/test_sums.py::test_sum", tests__test_sums=_TEST)
    (found,) = fixes(house)
    assert "does not pass (failed)" in judged(house, found, tmp_path).faults[0]


def test_a_test_that_is_not_there_is_told(house: Path, tmp_path: Path) -> None:
    """The trailer names none that exists, or none at all."""
    head = commit(house, "sums\n\nFault: tests/test_sums.py::test_other", tests__test_sums=_TEST)
    assert "not found" in judged(house, fixes(house)[0], tmp_path).faults[0]
    assert "names no test" in judged(house, Fix(head, ()), tmp_path).faults[0]


def test_a_shallow_clone_is_told(house: Path, tmp_path: Path) -> None:
    """Without the history nobody can say."""
    commit(house, "second", src__sums="def add(a, b):\n    return a + b\n")
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{house}", str(tmp_path / "shallow")], check=True)
    with pytest.raises(Shallow):
        fixes(tmp_path / "shallow")
    with pytest.raises(Shallow):
        fixes(tmp_path)

"""The page on running the office names every setting, and what it says can be done."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[3]
PAGE = (HOUSE / "docs" / "howto" / "run-the-office.md").read_text(encoding="utf-8")
READ = re.compile(
    r"""(?:environ(?:\.get|\.setdefault)?[\(\[]|getenv\(|whole\(|chosen\(|environment\.get\(|envvar=)\s*["']([A-Z_]+)["']"""
)
OF_DJANGO = {"DJANGO_SETTINGS_MODULE", "USER"}


def test_every_setting_stands_in_the_table() -> None:
    """Whatever the office reads from the environment has a line in the table of settings."""
    sources = [*(HOUSE / "src/jixiao/office").rglob("*.py"), HOUSE / "src/jixiao/cli/serve.py"]
    read = {name for file in sources for name in READ.findall(file.read_text(encoding="utf-8"))} - OF_DJANGO
    assert {"JIXIAO_DATA", "JIXIAO_WORKERS", "DATABASE_URL"} <= read
    assert {name for name in read if f"| `{name}` |" not in PAGE} == set()


def test_deploy_files_start_the_command_that_there_is() -> None:
    """The unit and the container file start `jixiao serve` with options that the command has."""
    from jixiao.cli import jixiao

    options = {name for parameter in jixiao.commands["serve"].params for name in parameter.opts}
    for name in ("jixiao.service", "Containerfile"):
        text = (HOUSE / "deploy" / name).read_text(encoding="utf-8")
        start = next(line for line in text.splitlines() if line.startswith(("ExecStart=", "CMD ")))
        assert "serve" in start
        assert set(re.findall(r"--[a-z]+", start)) <= options

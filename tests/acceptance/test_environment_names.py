"""Names in the environment: one that the commands of the desk read means the same to the office."""

import re
from pathlib import Path

import click

import jixiao.office as office_room
from jixiao.cli import jixiao

OFFICE = Path(office_room.__file__).parent
_READ = re.compile(r"\b(?:chosen|whole|environ\.get|environ)[(\[]\s*\"(JIXIAO_[A-Z_]+)\"")
SHARED = {"JIXIAO_DATA", "JIXIAO_BACKUP_PASSPHRASE_FILE"}
"""The data folder, and what seals the keys in a backup, made by command or every day: the same to both."""


def test_no_name_means_two_things() -> None:
    """A setting of the office is no default of an option of a command: `jixiao check` would take one for the other."""
    options = [each for command in jixiao.commands.values() for each in command.params]
    named = {each.envvar for each in options if isinstance(each, click.Option) and each.envvar}
    read = {name for file in OFFICE.rglob("*.py") for name in _READ.findall(file.read_text(encoding="utf-8"))}
    assert "JIXIAO_ANCHOR" in read
    assert "JIXIAO_LIMITS" in named
    assert named & read <= SHARED

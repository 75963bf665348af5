"""The command `jixiao`, run in the process of a test as its entry point would be."""

import sys

import pytest

from jixiao import cli


class Command:
    """Runs the command with the arguments it is called with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        """Keep the fixtures that set the arguments and catch what is printed."""
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Run with these arguments; exit code, stdout, stderr."""
        self._monkeypatch.setattr(sys, "argv", ["jixiao", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = self._capfd.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, out, err

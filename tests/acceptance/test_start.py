"""How the program begins."""

import sys

import pytest

from jixiao import __main__


def test_an_interrupt_while_it_loads(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C before the command is there is told in a sentence, with the exit code of an interrupt."""

    class Interrupted:
        def __getattr__(self, name: str) -> object:
            if name != "main":
                raise AttributeError(name)
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "jixiao.cli", Interrupted())
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 130
    assert "已中断" in capsys.readouterr().err

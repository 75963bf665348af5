"""The office's JavaScript modules in a JavaScript engine (V8 in a wheel): loaded in the order of their imports."""

import atexit
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from py_mini_racer import MiniRacer

HOUSE: Final = Path(__file__).resolve().parents[3]
STATIC: Final = HOUSE / "src/jixiao/office/filing/static/filing"
_IMPORT: Final = re.compile(r'^import (\{.*?\}) from "(.*?)";\n', re.MULTILINE | re.DOTALL)
_EXPORT: Final = re.compile(r"^export (?:async )?(?:class|function|const) (\w+)", re.MULTILINE)


class Page:
    """An engine with modules loaded: `run` evaluates an expression in which they stand under `modules`."""

    def __init__(self) -> None:
        """Start an engine."""
        self.engine = MiniRacer()
        self.engine.eval("var modules = {}, held = {};")
        self._loaded: set[str] = set()

    def load(self, name: str) -> None:
        """Load a module by its path below the static folder, those it imports first."""
        if name in self._loaded:
            return
        self._loaded.add(name)
        source = (STATIC / name).read_text(encoding="utf-8")
        for match in _IMPORT.finditer(source):
            self.load(_path(name, match[2]))
        body = _IMPORT.sub(lambda match: f"const {match[1]} = modules[{json.dumps(_path(name, match[2]))}];\n", source)
        names = ", ".join(_EXPORT.findall(source))
        body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
        self.engine.eval(f"modules[{json.dumps(name)}] = (() => {{\n{body}\nreturn {{ {names} }};\n}})();")

    def run(self, expression: str, *values: object) -> Any:
        """The value of a JavaScript function (as text) on JSON values, through JSON."""
        given = ", ".join(f"JSON.parse({json.dumps(json.dumps(value))})" for value in values)
        return json.loads(str(self.engine.eval(f"JSON.stringify((({expression})({given})) ?? null)")))


def _path(name: str, told: str) -> str:
    """The path below the static folder of what a module imports as ./x.js or ../y/x.js."""
    folder = name.rsplit("/", 1)[0]
    return (STATIC / folder / told).resolve().relative_to(STATIC.resolve()).as_posix()


@cache
def page() -> Page:
    """The one engine of this process."""
    made = Page()
    atexit.register(made.engine.close)
    return made

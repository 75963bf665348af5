"""The scripts of tools/ as modules: where the browser and the judge of accessibility come from."""

import importlib.util
import sys
from pathlib import Path
from typing import Any, Final

HOUSE: Final = Path(__file__).parents[2]


def tool(name: str) -> Any:
    """A script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", HOUSE / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module

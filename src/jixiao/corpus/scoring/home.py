"""Where compiled kernels are kept: in a folder of the user, one small module a program, numba's own files beside it."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from jixiao.language.kernel import Home, Names

_PRIVATE = 0o700


def folder_of_kernels() -> Path:
    """The user's folder for what can be made again: $XDG_CACHE_HOME, or what the system has for it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "jixiao" / "kernels"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "jixiao" / "kernels"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jixiao" / "kernels"


def home_in(folder: str) -> Home:
    """A home in a folder, which is made for this user alone."""

    def at_home(key: str, source: str, names: Names) -> Callable[..., int]:
        from numba import njit

        module = _module(Path(folder), key, source)
        vars(module).update(names)
        made: Callable[..., int] = njit(nogil=True, cache=True)(module.run)
        return made

    return at_home


def _module(folder: Path, key: str, source: str) -> ModuleType:
    """The module of a text, written where it is not there to the letter; numba keeps machine code by its file."""
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
    path = folder / f"rules_{key[:32]}.py"
    if not path.is_file() or path.read_text(encoding="utf-8") != source:
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(source, encoding="utf-8")
        aside.replace(path)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # numba looks a kept function's module up by its name
    spec.loader.exec_module(module)
    return module

"""What every page in two languages is made with: sentences of which the style sheet shows one, and a strict policy."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from jixiao.scoring.sheet import Text

_CHINESE: Final = Markup('<span class="zh" lang="zh-CN">')
_ENGLISH: Final = Markup('</span><span class="en" lang="en">')
_PRINTED: Final = Markup('<span class="printed" lang="zh-CN">')
_END: Final = Markup("</span>")


def environment(load: Callable[[str], str]) -> Environment:
    """A strict, escaping template environment that knows `w(zh, en)` and `t(text)`.

    Args:
        load: name of a template → its text.
    """
    made = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"t": both, "w": sentence}
    return made


@cache
def shared(name: str) -> str:
    """A style sheet or script of the report that other pages share."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """A content security policy under which only these two texts of ours are applied and run."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1024)
def sentence(zh: str, en: str) -> Markup:
    """A sentence of the page in both languages, of which the style sheet shows one."""
    return _CHINESE + zh + _ENGLISH + en + _END


def both(text: Text) -> Markup:
    """A text in both languages; once where they are the same, for then it is a printed value."""
    return _PRINTED + text.zh + _END if text.zh == text.en else sentence(text.zh, text.en)

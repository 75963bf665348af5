"""The sentences of `sentences.toml`, filled in both languages at once."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files

from jixiao.scoring.sheet import Text


@cache
def sentences() -> dict[str, tuple[str, str]]:
    """Every sentence by its key ("money.initial"), in 中文 and English."""
    page = tomllib.loads((files(__package__) / "sentences.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {f"{part}.{name}": (zh, en) for part, held in page.items() for name, (zh, en) in held.items()}


def tell(key: str, **fields: Text | str | int) -> Text:
    """The sentence of a key; a field that is the same in both languages may be given as text or number.

    Raises:
        KeyError: there is no such sentence, or a field of it was not given.
    """
    zh, en = sentences()[key]
    return Text(
        zh.format_map({name: value.zh if isinstance(value, Text) else value for name, value in fields.items()}),
        en.format_map({name: value.en if isinstance(value, Text) else value for name, value in fields.items()}),
    )


def listed(texts: Iterable[Text]) -> Text:
    """Texts one after another, with the mark between the items of a list."""
    told = list(texts)
    mark = tell("words.list")
    return Text(mark.zh.join(text.zh for text in told), mark.en.join(text.en for text in told))

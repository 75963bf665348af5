"""What a parameter may be: its kind and its domain, for the files of a book and for what a person changes."""

from decimal import Decimal
from typing import Final, NoReturn

from jixiao.rulebook.entries import Scalar, Value
from jixiao.rulebook.errors import RulebookError

_KINDS: Final[dict[type, tuple[str, str]]] = {
    bool: ("真假（true 或 false）", "true or false"),
    Decimal: ("数", "a number"),
    str: ("文字", "a text"),
}


def admitted(file: str, known: Value, value: object) -> Scalar:
    """A value as the parameter may have it.

    Args:
        file: the book or its file, for the error.
        known: the parameter, with its domain.
        value: what it is to be; a whole number counts as a number.

    Raises:
        RulebookError: it is of another kind, or outside the domain.
    """
    kept = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    kind = next(kind for kind in _KINDS if isinstance(known.value, kind))
    if not isinstance(kept, bool | Decimal | str) or not isinstance(kept, kind):
        _refuse(file, known, value, *_KINDS[kind])
    if isinstance(kept, str) and known.one_of and kept not in known.one_of:
        _refuse(file, known, value, f"{'、'.join(known.one_of)} 之一", f"one of {', '.join(known.one_of)}")
    if isinstance(kept, Decimal) and not _within(known, kept):
        _refuse(file, known, value, f"{known.low} 至 {known.high}", f"a number from {known.low} to {known.high}")
    return kept


def _within(known: Value, number: Decimal) -> bool:
    above = known.low is None or (number.is_finite() and known.low <= number)
    return above and (known.high is None or (number.is_finite() and number <= known.high))


def _refuse(file: str, known: Value, value: object, zh: str, en: str) -> NoReturn:
    raise RulebookError(
        file,
        f"values.{known.name}",
        zh=f"“{value}” 不行；{known.zh} 应为{zh}",
        en=f"{value!s} will not do: {en} is expected",
    )

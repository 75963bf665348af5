"""The loops around the bodies, compiled by numba: over rows, from forms down to their indicators, and back by sums.

A loop gets a column as an address. What is written here is compiled together with the bodies of one program.
"""

from collections.abc import Mapping
from typing import Any, Final

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from jixiao.language.kernel.lanes import FULL, LANES, Builder
from jixiao.language.kernel.layout import Of

_BITS: Final[Mapping[Of, int]] = {"full": 64, "half": 32, "byte": 8}
OF: Final[tuple[Of, ...]] = ("full", "half", "byte", "bits")
"""Kinds of cells by their numbers in the tables of loops."""
HALVES, BYTES, FLAGS = 1, 2, 3
_WITHIN: Final = 57
"""Bits that a word holds, whichever bit of its first byte they begin at."""


def _reader(of: Of) -> Any:
    """What reads the cell with a number in a column at an address."""
    cell = ir.IntType(_BITS[of])

    @intrinsic
    def read(_typing: Any, _address: Any, _at: Any) -> Any:
        def write(_context: Any, builder: Builder, _signature: Any, args: Any) -> Any:
            loaded = builder.load(builder.gep(builder.inttoptr(args[0], cell.as_pointer()), [args[1]]))
            return loaded if cell is FULL else builder.sext(loaded, FULL)

        return types.int64(types.int64, types.int64), write

    return read


def _writer(of: Of) -> Any:
    """What writes the cell with a number in a column at an address."""
    cell = ir.IntType(_BITS[of])

    @intrinsic
    def write(_typing: Any, _address: Any, _at: Any, _value: Any) -> Any:
        def put(context: Any, builder: Builder, _signature: Any, args: Any) -> Any:
            value = args[2] if cell is FULL else builder.trunc(args[2], cell)
            builder.store(value, builder.gep(builder.inttoptr(args[0], cell.as_pointer()), [args[1]]))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), put

    return write


def _counter() -> Any:
    """What counts the bits of a word that are set."""

    @intrinsic
    def ones(_typing: Any, _word: Any) -> Any:
        def write(_context: Any, builder: Builder, _signature: Any, args: Any) -> Any:
            return builder.ctpop(args[0])

        return types.int64(types.int64), write

    return ones


def _copier() -> Any:
    """What copies bytes from one address to another."""
    byte, bit = ir.IntType(8).as_pointer(), ir.IntType(1)

    @intrinsic
    def copy(_typing: Any, _source: Any, _target: Any, _size: Any) -> Any:
        def write(context: Any, builder: Builder, _signature: Any, args: Any) -> Any:
            memcpy = builder.module.declare_intrinsic("llvm.memcpy", [byte, byte, FULL])
            source, target = (builder.inttoptr(address, byte) for address in args[:2])
            builder.call(memcpy, [target, source, args[2], bit(0)])
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), write

    return copy


_ones = _counter()
copied = _copier()
full, _half, _byte = (_reader(of) for of in ("full", "half", "byte"))
_put_full, _put_half, _put_byte = (_writer(of) for of in ("full", "half", "byte"))


@njit(nogil=True)
def lowered(above: int, below: int, of: int, starts: Any, forms: int) -> None:
    """A column of forms repeated for each of their indicators; `starts` has the first indicator of each form."""
    for form in range(forms):
        if of == BYTES:
            value = _byte(above, form)
            for row in range(starts[form], starts[form + 1]):
                _put_byte(below, row, value)
        elif of == HALVES:
            value = _half(above, form)
            for row in range(starts[form], starts[form + 1]):
                _put_half(below, row, value)
        else:
            value = full(above, form)
            for row in range(starts[form], starts[form + 1]):
                _put_full(below, row, value)


@njit(nogil=True)
def summed(of_rows: int, of_forms: int, of: int, starts: Any, forms: int) -> None:
    """A column of the indicators summed for each form."""
    for form in range(forms):
        begin, end = starts[form], starts[form + 1]
        total = 0
        if of == FLAGS:
            total = marked(of_rows, begin, end)
        elif of == HALVES:
            for row in range(begin, end):
                total += _half(of_rows, row)
        else:
            for row in range(begin, end):
                total += full(of_rows, row)
        _put_full(of_forms, form, total)


@njit(nogil=True)
def marked(bits: int, begin: int, end: int) -> int:
    """How many bits are set from one place to before another; the seven bytes after the last may be read."""
    total = 0
    while begin < end:
        length = min(_WITHIN, end - begin)
        word = full(bits + (begin >> 3), 0) >> (begin & 7)
        total += _ones(word & ((1 << length) - 1))
        begin += length
    return total


@njit(nogil=True)
def ranked(starts: Any, forms: int, ranks: int) -> None:
    """Which indicator of its form each row is."""
    for form in range(forms):
        for row in range(starts[form], starts[form + 1]):
            _put_full(ranks, row, row - starts[form])


@njit(nogil=True)
def counted(starts: Any, forms: int, counts: int) -> None:
    """How many indicators each form has."""
    for form in range(forms):
        _put_full(counts, form, starts[form + 1] - starts[form])


def looped(body: Any, name: str) -> Any:
    """The loop over rows, so many at once, around a body.

    Machine code finds it by its name: no other body may have the same one, though another process compiled it.
    """

    def loop(table: int, first: int, count: int) -> None:
        for at in range(0, count, LANES):
            body(table, first + at, at)

    loop.__qualname__ = loop.__name__ = name
    return njit(nogil=True)(loop)

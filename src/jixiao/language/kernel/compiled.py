"""The function of a layout: its bodies as intrinsics, the loops around them, all compiled by numba."""

from collections.abc import Callable, Mapping
from types import CodeType, FunctionType
from typing import Any

import llvmlite
import numba
from numba import njit, types
from numba.extending import intrinsic

from jixiao.language.kernel.body import Body
from jixiao.language.kernel.lanes import Builder
from jixiao.language.kernel.layout import Layout, Stage
from jixiao.language.kernel.loops import copied, counted, looped, lowered, marked, ranked, summed

VERSIONS = f"numba {numba.__version__}, llvmlite {llvmlite.__version__}"
"""What compiles; a kept function of other versions is compiled anew."""
Names = Mapping[str, Any]
Home = Callable[[str, str, Names], Callable[..., int]]
"""Makes a function of its key, its text and the names the text uses; a home on disk keeps what was compiled."""


def at_home(_key: str, source: str, names: Names) -> Callable[..., int]:
    """The function compiled for this process alone: nothing is kept."""
    module = compile(source, "<kernel>", "exec")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    made: Callable[..., int] = njit(nogil=True)(FunctionType(code, {**BUILT_IN, **names}))
    return made


BUILT_IN: Names = {"range": range, "min": min, "len": len}


def names_of(layout: Layout, codes: Mapping[str, int], key: str) -> Names:
    """The names that the text of a layout uses; nothing is compiled yet."""
    names: dict[str, Any] = {
        "copied": copied, "counted": counted, "lowered": lowered, "marked": marked, "ranked": ranked, "summed": summed,
    }  # fmt: skip
    for at, stage in enumerate(layout.stages):
        for name, per_row in ((f"form_{at}", False), (f"rows_{at}", True)):
            names[name] = looped(_body(layout, stage, codes, per_row=per_row), f"{name}_{key}")
    return names


def _body(layout: Layout, stage: Stage, codes: Mapping[str, int], *, per_row: bool) -> Any:
    """One body as numba takes it: address of the table, number of the first row, its number in the tile."""

    @intrinsic
    def body(_typing: Any, _table: Any, _row: Any, _local: Any) -> Any:
        def write(context: Any, builder: Builder, _signature: Any, args: Any) -> Any:
            Body(builder, layout, codes, args).write(stage, per_row=per_row)
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), write

    return body

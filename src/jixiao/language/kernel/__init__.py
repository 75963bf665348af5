"""Back end as one fused loop: the integer nodes compiled to machine code by numba; cell for cell the closure.

Needs the extra `kernel` (numba); nothing else imports it.

    kernel = program.kernel(["rate", "JX001"])     # takes and gives what program.by_column does
    results = kernel.run(kernel.frames(rows))

Each node is one operation on many rows side by side, whole numbers only; truths are words of bits, so three-valued
logic costs one operation for all rows. Columns are read and written where they lie. Compiling takes seconds, once for a
rulebook and its checks where a `home` keeps what was compiled.
"""

from jixiao.language.kernel.compiled import Home, Names
from jixiao.language.kernel.run import Kernel

__all__ = ["Home", "Kernel", "Names"]

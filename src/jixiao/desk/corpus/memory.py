"""What Polars does with the memory of columns it is done with: keep it for the next ones."""

import os
from typing import Final

_SETTING: Final = "_RJEM_MALLOC_CONF"
_KEPT: Final = "dirty_decay_ms:10000,muzzy_decay_ms:-1"


def keep_freed_memory() -> None:
    """Have Polars keep what it frees for some seconds, here if nothing imported it yet, and in processes begun later.

    Scoring makes and drops some thousand columns a part. Polars' allocator (jemalloc, https://jemalloc.net/jemalloc.3)
    gives memory back after half a second, and the system clears each page that is asked for again: a seventh of all
    the time. Who has set the allocator otherwise is left alone.
    """
    os.environ.setdefault(_SETTING, _KEPT)

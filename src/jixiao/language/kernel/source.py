"""The text of the function that goes through the tiles, and the key under which what is compiled may be kept."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from jixiao.language.ir import Node, reachable
from jixiao.language.kernel.lanes import LANES
from jixiao.language.kernel.layout import Answered, Layout, roots

VERSION: Final = 4
"""Raised whenever what is written for the same nodes changes."""

_HEAD: Final = '''"""Loops around the rules of one rulebook, compiled by numba; written by jixiao, key {key}."""


def run(table, addresses, down, totals, given, ranks, starts, forms, tile):
    beyond = 0
    local = starts[: tile + 1].copy()
    for first in range(forms[0], forms[1], tile):
        count = min(tile, forms[1] - first)
        row = starts[first]
        for at in range(count + 1):
            local[at] = starts[first + at] - row
        rows = local[count]
        counted(local, count, addresses[{counts}])
        ranked(local, count, ranks + 8 * row)
'''
_STAGE: Final = """
        form_{at}(table, first, count)
        for one in range(len(down[{at}])):
            lowered(addresses[down[{at}][one, 0]], addresses[down[{at}][one, 1]], down[{at}][one, 2], local, count)
        rows_{at}(table, row, rows)
        for one in range(len(totals[{at}])):
            summed(addresses[totals[{at}][one, 0]], addresses[totals[{at}][one, 1]], totals[{at}][one, 2], local, count)
"""
_GIVEN: Final = """
        beyond += marked(addresses[{forms}], 0, count) + marked(addresses[{rows}], 0, rows)
        for one in range(len(given)):
            begin, cells = (row, rows) if given[one, 3] else (first, count)
            copied(addresses[given[one, 0]], given[one, 1] + begin * given[one, 2], cells * given[one, 2])
    return beyond
"""
"""Columns are given tile by tile: to write each of them at every few rows would be in too many places at once."""


def source_of(layout: Layout, key: str) -> str:
    """The text of the function."""
    head = _HEAD.format(key=key, counts=layout.counts.at)
    stages = "".join(_STAGE.format(at=at) for at in range(len(layout.stages)))
    return head + stages + _GIVEN.format(forms=layout.beyond[False].at, rows=layout.beyond[True].at)


def key_of(outputs: Mapping[str, Node | Answered], per_row: frozenset[str], versions: str) -> str:
    """The key of what is compiled from some outputs by some versions: the same nodes have the same key."""
    nodes = reachable(node for output in outputs.values() for node in roots(output))
    told = [
        (
            node.index, node.kind, [arg.index for arg in node.args], node.payload, node.type, node.low, node.high,
            node.sign, node.nullable, node.per_row, node.stage,
        )
        for node in nodes
    ]  # fmt: skip
    named = [
        (name, [node.index for node in roots(output)], isinstance(output, Node)) for name, output in outputs.items()
    ]
    return sha256(repr((VERSION, LANES, versions, told, named, sorted(per_row))).encode()).hexdigest()

"""Nodes of several programs as one program: what two rulebooks have in common is one node, computed once."""

from collections.abc import Iterable, Mapping

from jixiao.language.ir import Node, reachable


class Joined:
    """Nodes of any number of programs; equal nodes are one node."""

    def __init__(self) -> None:
        """No nodes."""
        self._nodes: dict[tuple[object, ...], Node] = {}

    def add(self, roots: Iterable[Node], renamed: Mapping[str, str] = {}) -> list[Node]:
        """The nodes that stand here for some nodes of one program, in their order.

        Args:
            roots: the nodes.
            renamed: columns that have another name here.
        """
        wanted = list(roots)
        here: dict[int, Node] = {}
        for node in reachable(wanted):
            here[node.index] = self._kept(node, tuple(here[arg.index] for arg in node.args), renamed)
        return [here[node.index] for node in wanted]

    def _kept(self, node: Node, args: tuple[Node, ...], renamed: Mapping[str, str]) -> Node:
        payload = renamed.get(str(node.payload), node.payload) if node.kind == "column" else node.payload
        key = (
            node.kind, node.type, type(payload), payload, node.sign, node.nullable,
            *(arg.index for arg in args),
        )  # fmt: skip
        if key not in self._nodes:
            self._nodes[key] = Node(
                len(self._nodes), node.kind, args, payload, node.type, node.low, node.high, node.sign,
                node.nullable, node.per_row, node.stage,
            )  # fmt: skip
        return self._nodes[key]

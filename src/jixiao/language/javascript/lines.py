"""Straight-line JavaScript made from the nodes, in the order of the closure: stage by stage, one loop a stage.

A written function takes `f`, the form's cells, and `rows`, an array of cells for each indicator, all in the order of
the columns. It returns the exports of the form and, for each indicator, those of the row.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from jixiao.language.closure import single_use
from jixiao.language.ir import Node, reachable
from jixiao.language.javascript.numbers import Numbers

_MAX_INLINE: Final = 160
_BOTH: Final = {"and": ("both", "&&"), "or": ("either", "||")}


@dataclass(frozen=True, slots=True)
class Lines:
    """A written function and where its results stand.

    Attributes:
        source: the function's body, without its head.
        form: node index → position among the form's exports.
        rows: node index → position among a row's exports.
    """

    source: str
    form: Mapping[int, int]
    rows: Mapping[int, int]


@dataclass(slots=True)
class Writer:
    """Writes one function.

    Attributes:
        wanted: the nodes to export.
        numbers: how numbers are written.
        columns: column ("i.target") → its position among the cells.
        members: texts of a membership test → the name of the set of them; grows while writing.
    """

    wanted: list[Node]
    numbers: Numbers
    columns: Mapping[str, int]
    members: dict[tuple[str, ...], str]
    names: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    inlined: set[int] = field(default_factory=set)
    saved: list[Node] = field(default_factory=list)

    def write(self) -> Lines:
        """The function that computes the exported nodes of one form."""
        nodes = reachable(self.wanted)
        self.inlined = single_use(nodes, {node.index for node in self.wanted})
        self.lines.append("const out = rows.map(() => []);")
        for stage in range(1 + max((node.stage for node in nodes), default=0)):
            here = [node for node in nodes if node.stage == stage]
            self._emit(node for node in here if not node.per_row)
            self._loop(stage, here, nodes)
        form = [node for node in self.wanted if not node.per_row]
        self.lines.append(f"return [[{', '.join(map(self._ref, form))}], out];")
        rows = {node.index: at for at, node in enumerate(self.saved)}
        return Lines("\n".join(self.lines), {node.index: at for at, node in enumerate(form)}, rows)

    def _loop(self, stage: int, here: list[Node], nodes: list[Node]) -> None:
        per_row = [node for node in here if node.per_row]
        totals = [node for node in nodes if node.kind == "total" and node.args[0].stage == stage]
        if not per_row and not totals:
            return
        for total in totals:
            self.names[total.index] = f"t{total.index}"
            self.lines.append(f"let t{total.index} = {self.numbers.zero(total)};")
        self.lines.append("for (let k = 0; k < rows.length; k++) {")
        self.lines.append("const i = rows[k], o = out[k];")
        self._emit(per_row)
        self.lines += [self._counted(total) for total in totals]
        self._save(stage, per_row, nodes)
        self.lines.append("}")

    def _counted(self, total: Node) -> str:
        ref = self._ref(total.args[0])
        added = self.numbers.added(total, self.names[total.index], ref)
        return f"if ({ref} !== null) {added}" if total.args[0].nullable else added

    def _save(self, stage: int, per_row: list[Node], nodes: list[Node]) -> None:
        """Keep what is exported and what a later loop reads; from now on it is read from there."""
        kept = {node.index for node in self.wanted} | {
            arg.index for node in nodes if node.stage > stage and node.kind != "total" for arg in node.args
        }
        saved = [node for node in per_row if node.index in kept]
        if not saved:
            return
        self.lines.append(f"o.push({', '.join(map(self._ref, saved))});")
        self.names |= {node.index: f"o[{len(self.saved) + at}]" for at, node in enumerate(saved)}
        self.saved += saved

    def _emit(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.kind in ("const", "null", "total"):
                continue
            code = self._code(node)
            if node.index in self.inlined and len(code) < _MAX_INLINE:
                self.names[node.index] = f"({code})"
            else:
                self.names[node.index] = f"v{node.index}"
                self.lines.append(f"const v{node.index} = {code};")

    def _ref(self, node: Node) -> str:
        if node.kind == "null":
            return "null"
        if node.kind != "const":
            return self.names[node.index]
        if isinstance(node.payload, bool):
            return "true" if node.payload else "false"
        return self.numbers.constant(node.payload) if isinstance(node.payload, int) else quoted(node.payload)

    def _code(self, node: Node) -> str:
        refs = [self._ref(arg) for arg in node.args]
        if node.kind == "column":
            name = str(node.payload)
            return f"{name[0]}[{self.columns[name]}]"
        if node.kind == "choose":
            return self.numbers.choice(node, refs) if node.type == "number" else f"{refs[0]} ? {refs[1]} : {refs[2]}"
        if node.kind == "logic" and node.payload != "not":
            call, operator = _BOTH[str(node.payload)]
            if not node.args[0].nullable:
                return f"{refs[0]} {operator} {refs[1]}"
            return f"{call}({refs[0]}, {refs[1]})" if node.args[1].nullable else f"{refs[1]} {operator} {refs[0]}"
        if node.kind == "missing":
            return f"{refs[0]} === null"
        return f"blank({refs[0]})" if node.kind == "blank" else self._guarded(node, refs)

    def _guarded(self, node: Node, refs: list[str]) -> str:
        nullable = [ref for ref, arg in zip(refs, node.args, strict=True) if arg.nullable]
        guard = " || ".join(f"{ref} === null" for ref in dict.fromkeys(nullable))
        code = self._plain(node, refs)
        return f"{guard} ? null : {code}" if guard else code

    def _plain(self, node: Node, refs: list[str]) -> str:
        if node.kind == "member":
            return f"{self._members(node)}.has({refs[0]})"
        if node.kind == "logic":
            return f"!{refs[0]}"
        return self.numbers.value(node, refs)

    def _members(self, node: Node) -> str:
        values = tuple(str(value) for value in node.payload) if isinstance(node.payload, tuple) else ()
        return self.members.setdefault(values, f"M{len(self.members)}")


def quoted(text: object) -> str:
    """A text, or a list of texts, as JavaScript that may also stand inside a page."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace(
        "\u2029", "\\u2029"
    )  # fmt: skip

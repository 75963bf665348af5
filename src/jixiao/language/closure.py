"""Back end for one form: straight-line Python source made from the nodes, one local name a value, integers throughout.

Aggregates need a loop each over the indicators per stage; a program without aggregates of aggregates has one loop.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Final

from jixiao.language.ir import Node, reachable
from jixiao.language.schema import Cell

FormRow = Mapping[str, Cell]
Raw = Cell
Run = Callable[[FormRow, Sequence[FormRow]], tuple[tuple[Raw, ...], list[tuple[Raw, ...]]]]

BLANK: Final = frozenset({"", "-", "--", "—", "——", "/", "无", "无。", "暂无", "没有"})
"""Texts that say nothing, after white space is taken off both ends."""
SPACES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""White space as `str.strip` knows it; the trim of pages and of databases knows another set."""
_MAX_INLINE: Final = 160


@dataclass(frozen=True, slots=True)
class Generated:
    """A Python function and where its results stand.

    Attributes:
        run: form row and indicator rows → values of the form's exports, and of the indicators' exports a row.
        form: node index → position among the form's exports.
        rows: node index → position among a row's exports.
        source: the generated source, for people who want to see it.
    """

    run: Run
    form: Mapping[int, int]
    rows: Mapping[int, int]
    source: str


def generate(exports: Iterable[Node]) -> Generated:
    """Make the function that computes the exported nodes of one form."""
    wanted = list({node.index: node for node in exports}.values())
    return _Writer(wanted).write()


@dataclass(slots=True)
class _Writer:
    """Writes the source, stage by stage."""

    wanted: list[Node]
    names: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    inlined: set[int] = field(default_factory=set)
    saved: list[list[Node]] = field(default_factory=list)

    def write(self) -> Generated:
        nodes = reachable(self.wanted)
        self.inlined = single_use(nodes, {node.index for node in self.wanted})
        stages = 1 + max((node.stage for node in nodes), default=0)
        for stage in range(stages):
            here = [node for node in nodes if node.stage == stage]
            self._emit([node for node in here if not node.per_row], "  ")
            self._loop(stage, here, nodes)
        form = [node for node in self.wanted if not node.per_row]
        order = [node for saved in self.saved for node in saved]
        self.lines.append(f"  return {_tuple(self._ref(node) for node in form)}, {self._joined()}")
        source = "\n".join(["def run(f, rows):", *self.lines])
        positions = {node.index: at for at, node in reversed(list(enumerate(order)))}
        return Generated(
            self._function(source), {node.index: at for at, node in enumerate(form)}, positions, source
        )  # fmt: skip

    def _loop(self, stage: int, here: list[Node], nodes: list[Node]) -> None:
        per_row = [node for node in here if node.per_row]
        totals = [node for node in nodes if node.kind == "total" and node.args[0].stage == stage]
        later = {arg.index for node in nodes if node.stage > stage and node.kind != "total" for arg in node.args}
        exported = {node.index for node in self.wanted}
        saved = [node for node in per_row if node.index in exported or node.index in later]
        if not per_row and not totals:
            self.saved.append([])
            return
        for total in totals:
            self.names[total.index] = f"t{total.index}"
            self.lines.append(f"  t{total.index} = 0")
        self.lines += [f"  s{stage} = []", f"  for i{self._unpacked()} in {self._zipped()}:"]
        self._emit(per_row, "    ")
        self.lines += [f"    {self._counted(total)}" for total in totals]
        self.lines.append(f"    s{stage}.append({_tuple(self._ref(node) for node in saved)})")
        self.saved.append(saved)

    def _counted(self, total: Node) -> str:
        """One line added to a total; a line that is only counted (1 or 0) is no number of its own."""
        counted, name = total.args[0], self.names[total.index]
        if counted.index in self.inlined and counted.kind == "choose" and _is_count(counted):
            return f"if {self._ref(counted.args[0])}: {name} += 1"
        ref = self._ref(counted)
        return f"if {ref} is not None: {name} += {ref}" if counted.nullable else f"{name} += {ref}"

    def _earlier(self) -> list[int]:
        return [stage for stage, saved in enumerate(self.saved) if saved]

    def _unpacked(self) -> str:
        return "".join(f", {_tuple(self._ref(node) for node in self.saved[stage])}" for stage in self._earlier())

    def _zipped(self) -> str:
        earlier = self._earlier()
        return f"zip(rows, {', '.join(f's{stage}' for stage in earlier)})" if earlier else "rows"

    def _joined(self) -> str:
        kept = self._earlier()
        if len(kept) < 2:
            return f"s{kept[0]}" if kept else "[()] * len(rows)"
        names = [f"r{stage}" for stage in kept]
        return f"[{' + '.join(names)} for {', '.join(names)} in zip({', '.join(f's{stage}' for stage in kept)})]"

    def _emit(self, nodes: Iterable[Node], indent: str) -> None:
        for node in nodes:
            if node.kind in ("const", "null") or node.kind == "total":
                continue
            code = self._code(node)
            if node.index in self.inlined and len(code) < _MAX_INLINE:
                self.names[node.index] = f"({code})"
            else:
                self.names[node.index] = f"v{node.index}"
                self.lines.append(f"{indent}v{node.index} = {code}")

    def _ref(self, node: Node) -> str:
        if node.kind == "null":
            return "None"
        return repr(node.payload) if node.kind == "const" else self.names[node.index]

    def _code(self, node: Node) -> str:
        refs = [self._ref(arg) for arg in node.args]
        match node.kind:
            case "column":
                return f"{str(node.payload)[0]}[{str(node.payload)[2:]!r}]"
            case "choose":
                return f"{refs[1]} if {refs[0]} else {refs[2]}"
            case "missing":
                return f"{refs[0]} is None"
            case "blank":  # most texts are empty: told without a call
                return f"not {refs[0]} or {refs[0]}.strip() in BLANK"
            case "logic" if node.payload != "not" and node.nullable:
                return _three_valued(node, *refs)
        nullable = [ref for ref, arg in zip(refs, node.args, strict=True) if arg.nullable]
        guard = " or ".join(f"{ref} is None" for ref in dict.fromkeys(nullable))
        code = self._plain(node, refs)
        return f"None if {guard} else {code}" if guard else code

    def _plain(self, node: Node, refs: list[str]) -> str:
        if node.kind == "bound":
            return _clamped(refs[0], node.payload)
        if node.kind == "member":
            return f"{refs[0]} in {self._members(node)}"
        if node.kind == "logic" and node.payload == "not":
            return f"not {refs[0]}"
        if node.kind != "divide":
            return f"{refs[0]} {node.payload} {refs[1]}"
        num, den = refs
        if node.payload == "floor":
            return f"{num} // {den}"
        up = f"(2 * {num} + {den}) // (2 * {den})"
        return up if node.args[0].sign >= 0 else f"{up} if {num} >= 0 else -(({den} - 2 * {num}) // (2 * {den}))"

    def _members(self, node: Node) -> str:
        values = tuple(str(value) for value in node.payload) if isinstance(node.payload, tuple) else ()
        return self.texts.setdefault(values, f"M{len(self.texts)}")

    def _function(self, source: str) -> Run:
        """The function of a source, taken out of its module's constants: nothing else is executed."""
        module = compile(source, "<rules>", "exec")
        code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
        members = {name: frozenset(values) for values, name in self.texts.items()}
        return FunctionType(code, {"BLANK": BLANK, "zip": zip, "len": len, **members})


def single_use(nodes: list[Node], exported: set[int]) -> set[int]:
    """Nodes that may be written inside the one node that reads them."""
    uses: dict[int, list[Node]] = {}
    for node in nodes:
        for arg in node.args:
            uses.setdefault(arg.index, []).append(node)
    single = set()
    for node in nodes:
        readers = uses.get(node.index, [])
        if len(readers) == 1 and node.index not in exported and node.kind not in ("column", "total"):
            reader = readers[0]
            plain = reader.kind == "choose" or (
                reader.kind in ("arithmetic", "compare", "logic") and not any(arg.nullable for arg in reader.args)
            )
            beside = plain and (reader.per_row, reader.stage) == (node.per_row, node.stage)
            if beside or (reader.kind == "total" and not node.nullable):
                single.add(node.index)
    return single


def _is_count(node: Node) -> bool:
    """Whether a choice is 1 where its test holds and else 0."""
    return all(arg.kind == "const" and arg.payload == value for arg, value in zip(node.args[1:], (1, 0), strict=True))


def _tuple(refs: Iterable[str]) -> str:
    return "(" + "".join(f"{ref}, " for ref in refs) + ")"


def _three_valued(node: Node, left: str, right: str) -> str:
    """And, or of truths that may be null: Python's own gives the same where its first operand is never null."""
    if not node.args[0].nullable:
        return f"{left} {node.payload} {right}"
    if not node.args[1].nullable:
        return f"{right} {node.payload} {left}"
    if node.payload == "and":
        return f"False if {left} is False else {right} if {left} else {right} and None"
    return f"True if {left} else {right} if {left} is False else {right} or None"


def _clamped(ref: str, bounds: object) -> str:
    """Strict comparisons one below and above, so that a number with more decimals than its scale stays itself."""
    low, high = bounds if isinstance(bounds, tuple) else (None, None)
    code = ref
    if high is not None:
        code = f"{ref} if {ref} < {high + 1} else {high}"
    if low is not None:
        code = f"{low} if {ref} <= {low - 1} else {code}"
    return code

"""年度总体目标: what was expected and what was done, in columns under their headers; several goals are joined."""

from dataclasses import dataclass
from typing import Final

from jixiao.form import is_nothing
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import under
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.outline import Part

_FIRST: Final = ("adjusted", "expected", "initial")
_NAMES: Final = {"adjusted": "调整后绩效目标", "expected": "预期目标", "initial": "年初绩效目标"}


@dataclass(slots=True)
class GoalReader:
    """Reads the goal rows of one form into the draft."""

    draft: Draft
    lexicon: Lexicon

    def read(self, part: Part) -> None:
        """Read one row under a goal header; rows join in order, whether a page cut them or they are several goals."""
        if part.header is None:
            return
        for item in part.row.filled:
            column = under(item, part.header.columns)
            if column is None:
                self.draft.lay_aside([] if part.header.is_beside(item, self.lexicon) else [item])
            elif column.field is None:
                self.draft.keep(column.label, item)
            elif not is_nothing(item.text):
                self.draft.put(f"/goal/{column.field}", [item], column.label)

    def settle(self) -> None:
        """Of initial, expected and adjusted goal, keep one as the expected; the others become extras."""
        present = [name for name in _FIRST if self.draft.text(f"/goal/{name}")]
        chosen = {name: self.draft.fields.pop(f"/goal/{name}") for name in present}
        for name in _FIRST:
            self.draft.fields.pop(f"/goal/{name}", None)
        for name in present[1:]:
            label = self.draft.labels.get(f"/goal/{name}", _NAMES[name])
            self.draft.keep_text(label.rstrip("：:"), chosen[name].text, chosen[name].places)
        if present:
            self.draft.fields["/goal/expected"] = chosen[present[0]]

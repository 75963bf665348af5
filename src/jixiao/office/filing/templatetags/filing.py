"""Tags of the form page: what belongs to a cell by its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from jixiao.office.doors.states import WORDS
from jixiao.office.doors.table import FILING
from jixiao.office.look.words import say, told

register = template.Library()


@register.simple_tag(takes_context=True)
def official_table(context: Any) -> SafeString:
    """The official table of the page."""
    from jixiao.office.filing.drawing import draw

    return draw(context.flatten())


@register.filter
def at(held: Mapping[str, Any], name: str) -> Any:
    """What is held under a name; empty for nothing."""
    return held.get(name, "")


@register.filter
def is_score(cell: str) -> bool:
    """Whether a cell holds the score of a line that is computed."""
    return cell.endswith("/score") and not cell.startswith("total")


@register.filter
def recomputed(lines: Mapping[str, Any], cell: str) -> str:
    """What the rules give for a line, where that is not what is claimed."""
    line = lines.get(cell.partition("/")[0])
    if not line or line["computed"] is None or line["agrees"]:
        return ""
    return say(f"复算 {line['computed']}", f"recomputed {line['computed']}")


@register.filter
def differs(lines: Mapping[str, Any], cell: str) -> bool:
    """Whether claimed and recomputed differ on a line."""
    return (lines.get(cell.partition("/")[0]) or {}).get("agrees") is False


@register.filter
def share(width: int, widths: Sequence[int]) -> str:
    """A width in per cent of all."""
    whole, tenths = divmod(width * 1000 // sum(widths), 10)
    return f"{whole}.{tenths}"


@register.filter
def act_words(name: str) -> str:
    """What an act is called; its name where the table of acts has none such."""
    found = FILING.get(name)
    return say(found.zh, found.en) if found else name


@register.filter
def state_name(state: str) -> str:
    """What a state is called."""
    return told(WORDS[state])


@register.filter
def state_class(state: str) -> str:
    """The colour of a state's tag."""
    return {"draft": "tag-warn", "approved": "tag-good", "published": "tag-good"}.get(state, "tag-info")

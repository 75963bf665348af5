"""Words for acts and states."""

from datetime import date
from typing import Final

from django import template
from django.utils import timezone

from jixiao.office.filing.templatetags.filing import act_words
from jixiao.office.look.words import say, told
from jixiao.office.workflow.pages.steps import STATE_WORDS
from jixiao.review.verdict import Family
from jixiao.writing.words import FAMILY

register = template.Library()
register.filter("act_words", act_words)
_TAGS: Final = {"draft": "", "approved": "tag-good", "published": "tag-good"}


@register.filter
def family_words(family: Family) -> str:
    """What a family of findings is called."""
    return told(FAMILY[family])


@register.filter
def state_words(state: str) -> str:
    """What a state is called."""
    return say(*STATE_WORDS[state])


@register.filter
def state_tag(state: str) -> str:
    """The class of a state's tag."""
    return _TAGS.get(state, "tag-info")


@register.filter
def days_left(day: date) -> str:
    """How many days there are until a day: 还有 12 天, today, or how long it is over."""
    left = (day - timezone.localdate()).days
    if left == 0:
        return say("今天", "today")
    if left < 0:
        return say(f"已过 {-left} 天", f"{-left} days over")
    return say(f"还有 {left} 天", f"in {left} days")

"""Words for acts and states."""

from datetime import date

from django import template
from django.utils import timezone

from jixiao.office.filing.templatetags.filing import act_words, state_class, state_name
from jixiao.office.look.words import say, told
from jixiao.review.verdict import Family
from jixiao.writing.words import FAMILY

register = template.Library()
register.filter("act_words", act_words)
register.filter("state_words", state_name)
register.filter("state_tag", state_class)


@register.filter
def family_words(family: Family) -> str:
    """What a family of findings is called."""
    return told(FAMILY[family])


@register.filter
def days_left(day: date) -> str:
    """How many days there are until a day: 还有 12 天, today, or how long it is over."""
    left = (day - timezone.localdate()).days
    if left == 0:
        return say("今天", "today")
    if left < 0:
        return say(f"已过 {-left} 天", f"{-left} days over")
    return say(f"还有 {left} 天", f"in {left} days")

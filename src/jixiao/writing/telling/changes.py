"""What changed since the form of the year before: money, score, indicators, targets; exact, by the names of lines."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jixiao.form import Form, Indicator
from jixiao.review.wording import bare
from jixiao.scoring.sheet import Text
from jixiao.writing.telling.amounts import money, short, yuan_of
from jixiao.writing.telling.of_form import name_text
from jixiao.writing.telling.sentences import listed, tell
from jixiao.writing.telling.told import Section, section


def changed(form: Form, before: Form | None) -> Section:
    """What changed; that nothing can be compared, where there is no form of the year before."""
    if before is None:
        return section("changed", [tell("changed.none")])
    told = [] if before.fiscal_year is None else [tell("changed.with_year", year=before.fiscal_year)]
    told += [*_money(form, before), *_score(form, before)]
    lines = list(_lines(form.indicators, before.indicators))
    return section("changed", told if lines else [*told, tell("changed.lines_same")], lines)


def _money(form: Form, before: Form) -> Iterator[Text]:
    pairs = {
        name: (yuan_of(before, getattr(before.funds.total, name)), yuan_of(form, getattr(form.funds.total, name)))
        for name in ("adjusted", "executed")
    }
    if None in pairs["adjusted"]:
        yield tell("changed.money_none")
    for name, (then, now) in pairs.items():
        if then is not None and now is not None:
            told = {"before": money(then), "now": money(now), "amount": money(abs(now - then))}
            yield tell(f"changed.{name}_{_direction(now - then)}", **told)


def _score(form: Form, before: Form) -> Iterator[Text]:
    then, now = before.total.score, form.total.score
    if then is not None and now is not None:
        gap = now - then
        yield tell(f"changed.score_{_direction(gap)}", gap=short(abs(gap)), before=short(then), now=short(now))


def _direction(gap: Decimal) -> str:
    return "more" if gap > 0 else "less" if gap < 0 else "same"


def _lines(now: Iterable[Indicator], then: Iterable[Indicator]) -> Iterator[Text]:
    """Lines are the same where their name is; a name that stands more than once is not compared."""
    new, old = _by_name(now), _by_name(then)
    yield from _named("changed.added", [line for name, line in new.items() if name not in old])
    yield from _named("changed.dropped", [line for name, line in old.items() if name not in new])
    for name, line in new.items():
        was = old.get(name)
        if line is not None and was is not None and bare(line.target.text) != bare(was.target.text):
            told = {"name": name_text(line.name), "before": _target(was), "now": _target(line)}
            yield tell("changed.target", **told)


def _by_name(lines: Iterable[Indicator]) -> dict[str, Indicator | None]:
    """The lines by the letters of their names; `None` where several have one name."""
    held = list(lines)
    often = Counter(bare(line.name) for line in held)
    return {bare(line.name): line if often[bare(line.name)] == 1 else None for line in held if bare(line.name)}


def _named(key: str, lines: Iterable[Indicator | None]) -> Iterator[Text]:
    names = [tell("words.name", name=line.name) for line in lines if line is not None]
    if names:
        yield tell(key, count=len(names), names=listed(names))


def _target(line: Indicator) -> Text:
    text = line.target.text.strip()
    return Text(text, text) if text else tell("words.blank")

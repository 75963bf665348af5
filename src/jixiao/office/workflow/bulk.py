"""Deciding many at once 批量: each filing by itself, in chunks, with a verdict for every one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, Literal, TypeVar

from django.db import transaction

from jixiao.office.filing.door import NotNow, in_order, visible_filings
from jixiao.office.filing.judging import with_beside
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import User
from jixiao.office.workflow.acts import Ready, carry_out, ready
from jixiao.office.workflow.refusals import Refused
from jixiao.office.workflow.said import Said
from jixiao.office.workflow.standing import standings
from jixiao.office.workflow.waiting import forward
from jixiao.scoring.sheet import Text

Made = TypeVar("Made")
CHUNK: Final = 20
"""Filings moved in one transaction: others who write wait no longer than for these."""
MOST: Final = 500
"""Filings taken at once; a page shows no more."""
Way = Literal["on", "back"]
"""`on`: what brings each nearer to publication; `back`: returned to who fills it in."""
_BACK: Final = {
    "with_head": "return_unit", "with_department": "return_department", "with_finance": "return_finance",
}  # fmt: skip
_MISSING: Final = Text("没有这张表，或您无权查看。", "There is no such form, or you may not see it.")
_NOT_NOW: Final = Text("这张表现在不在您手里。", "This form is not in your hands now.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filing that was ticked, and its version as the page showed it."""

    number: int
    version: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one filing.

    Attributes:
        number: of the filing.
        filing: it; none where there is none that the person may see.
        done: whether it was moved.
        code: why not, as `Refused` has it, or "missing", "not_now"; empty where it was moved.
        words: the same for people.
    """

    number: int
    filing: Filing | None
    done: bool
    code: str = ""
    words: Text = Text("", "")  # noqa: RUF009 -- frozen


def decide_many(by: User, chosen: Sequence[Chosen], way: Way, said: Said) -> list[Verdict]:
    """Move many filings, each as if it had been moved alone; one that cannot go keeps no other back.

    Args:
        by: who decides.
        chosen: the filings; more than `MOST` are not looked at.
        way: on or back.
        said: the words that go with every one.
    """
    rest = iter({one.number: one for one in chosen[:MOST]}.values())
    return [verdict for chunk in _chunks(rest) for verdict in _decide(by, chunk, way, said)]


def act_for(state: str, way: Way) -> str:
    """The act that a way means for a filing in some state; empty for none."""
    return forward(state) if way == "on" else _BACK.get(state, "")


def _chunks(rest: Iterator[Chosen]) -> Iterator[list[Chosen]]:
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _decide(by: User, chunk: Iterable[Chosen], way: Way, said: Said) -> list[Verdict]:
    """Look at each of a chunk, then write those that can go, in one transaction and in one order for everybody."""
    looked = _looked(by, chunk, way, said)
    able = [it for it in looked.values() if isinstance(it, Ready)]
    with transaction.atomic():
        written = {it.filing.pk: _written(it) for it in sorted(able, key=lambda it: in_order(it.filing))}
    return [it if isinstance(it, Verdict) else written[number] for number, it in looked.items()]


def _looked(by: User, chunk: Iterable[Chosen], way: Way, said: Said) -> dict[int, Ready | Verdict]:
    wanted = {one.number: one for one in chunk}
    found = with_beside(visible_filings(by)).filter(pk__in=wanted).select_related("round", "project", "unit")
    filings = {filing.pk: filing for filing in found}
    known = standings(filings.values())
    looked: dict[int, Ready | Verdict] = {}
    for number, one in wanted.items():
        filing = filings.get(number)
        if filing is None:
            looked[number] = Verdict(number, None, done=False, code="missing", words=_MISSING)
            continue
        name = act_for(filing.state, way)
        looked[number] = _tried(filing, partial(ready, filing, name, by, said, one.version, standing=known[number]))
    return looked


def _written(it: Ready) -> Verdict:
    made = _tried(it.filing, partial(carry_out, it))
    return made if isinstance(made, Verdict) else Verdict(it.filing.pk, it.filing, done=True)


def _tried(filing: Filing, step: Callable[[], Made]) -> Made | Verdict:
    """What a step makes; why it is not done, where it is not."""
    try:
        return step()
    except NotNow:
        return Verdict(filing.pk, filing, done=False, code="not_now", words=_NOT_NOW)
    except Refused as refused:
        return Verdict(filing.pk, filing, done=False, code=refused.code, words=refused.text)

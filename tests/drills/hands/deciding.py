"""One of two who decide at the same instant: a process with a connection of its own, told what to do over a pipe."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What one is to do.

    Attributes:
        kind: "act", "bulk" or "save".
        by: username.
        filings: numbers; one, or those ticked.
        act: name of the act; of a bulk "on" or "back".
        late: whether both begin at once with all that is to be done, or only with writing it.
    """

    kind: str
    by: str
    filings: tuple[int, ...]
    act: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it.

    Attributes:
        done: numbers of the filings that it moved or saved.
        codes: why not, by number of the filing.
        words: the sentences of refusal.
        broke: an error of the program; empty for none.
    """

    done: tuple[int, ...] = ()
    codes: tuple[tuple[int, str], ...] = ()
    words: tuple[str, ...] = ()
    broke: str = ""


def serve(pipe: Connection, start: Barrier, data: str) -> None:
    """Do what is told until there is no more."""
    os.environ |= {"JIXIAO_DATA": data, "DJANGO_SETTINGS_MODULE": "jixiao.office.settings"}
    import django

    django.setup()
    from jixiao.office.filing.judging import warm

    warm()
    while (told := pipe.recv()) is not None:
        pipe.send(_came(told, lambda: start.wait(PATIENCE)))


def _came(told: Told, together: Callable[[], Any]) -> Came:
    ways = {"act": _act, "bulk": _bulk, "save": _save}
    waited: list[bool] = []

    def once() -> None:
        waited.append(True)
        together()

    try:
        return ways[told.kind](told, once)
    except Exception as fault:  # noqa: BLE001 -- every error of the program is a fault
        return Came(broke=f"{told.kind} {told.act}: {type(fault).__name__}: {fault}")
    finally:
        if not waited:
            together()  # the other one waits for us


def _person(name: str) -> Any:
    from jixiao.office.people.models import User

    return User.objects.get(username=name)


def _filing(number: int) -> Any:
    from jixiao.office.filing.models import Filing

    return Filing.objects.select_related("round", "project", "unit").get(pk=number)


def _act(told: Told, together: Callable[[], None]) -> Came:
    from jixiao.office.filing.door import NotNow
    from jixiao.office.workflow.acts import carry_out, ready
    from jixiao.office.workflow.refusals import Refused
    from jixiao.office.workflow.said import Said

    by, filing, (number,) = _person(told.by), _filing(told.filings[0]), told.filings
    try:
        if not told.late:
            together()
        it = ready(filing, told.act, by, Said("请核对。"), filing.version)
        if told.late:
            together()
        carry_out(it)
    except NotNow:
        return Came(codes=((number, "not_now"),), words=("not now",))
    except Refused as refused:
        return Came(codes=((number, refused.code),), words=(str(refused),))
    return Came((number,))


def _bulk(told: Told, together: Callable[[], None]) -> Came:
    from jixiao.office.workflow.bulk import Chosen, decide_many
    from jixiao.office.workflow.said import Said

    by = _person(told.by)
    chosen = [Chosen(number, _filing(number).version) for number in told.filings]
    together()
    verdicts = decide_many(by, chosen, "back" if told.act == "back" else "on", Said("请核对。"))
    not_done = [one for one in verdicts if not one.done]
    return Came(
        tuple(one.number for one in verdicts if one.done),
        tuple((one.number, one.code) for one in not_done),
        tuple(one.words.zh for one in not_done),
    )


def _save(told: Told, together: Callable[[], None]) -> Came:
    from jixiao.office.filing.merging import Asked, Change
    from jixiao.office.filing.saving import Refused, save

    by, filing, (number,) = _person(told.by), _filing(told.filings[0]), told.filings
    text = f"第 {filing.version} 版之后"
    together()
    try:
        save(by, number, Asked(filing.version, (Change("goal/actual", "", text),)))
    except Refused as refused:
        return Came(codes=((number, refused.code),), words=(refused.words,))
    return Came((number,))

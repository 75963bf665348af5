"""The rows of many hands can fail: each fault that they are there to find, planted, is told."""

import json
from dataclasses import replace
from typing import Any

import pytest

from drills.hands import chain, journal, pairs
from drills.hands.chain import History, Kept
from drills.hands.deciding import Came, Told
from drills.hands.pairs import After

ASKED = {"base": 1, "changes": [{"cell": "goal/actual", "was": "", "now": "甲"}], "rows": None, "token": "e1.0"}
LATER = {"base": 1, "changes": [{"cell": "goal/actual", "was": "", "now": "乙"}], "rows": None, "token": "e2.0"}
SHOWN = {"refused": "conflict", "version": 2, "kept": 2,
         "conflicts": [{"cell": "goal/actual", "now": "乙", "theirs": "甲", "by": "某人"}]}  # fmt: skip
TAKEN = Kept(1, 2, 1, refused=False, token="e1.0", changes=(("goal/actual", "", "甲"),))  # noqa: S106
REFUSED = Kept(2, 2, 1, refused=True, token="e2.0", changes=(("goal/actual", "", "乙"),))  # noqa: S106
SOUND = History(
    (
        {"editor": 1, "attempt": 0, "asked": ASKED}, {"editor": 1, "attempt": 0, "answer": {"version": 2, "keys": {}}},
        {"editor": 2, "attempt": 0, "asked": LATER}, {"editor": 2, "attempt": 0, "answer": SHOWN},
    ),
    (TAKEN, REFUSED), {"goal/actual": ""}, {"goal/actual": "甲"}, 2,
)  # fmt: skip


def test_a_sound_history_has_no_fault() -> None:
    """One save taken, one refused with both texts: nothing is told."""
    assert list(chain.faults(SOUND)) == []
    assert chain.tally(SOUND) == {"taken": 1, "conflict": 1}


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        (replace(SOUND, saves=(TAKEN, replace(TAKEN, pk=3), REFUSED)), "forks: twins [2]"),
        (replace(SOUND, version=3), "gaps [3]"),
        (replace(SOUND, saves=(REFUSED,)), "1 saves were acknowledged, 0 stand"),
        (replace(SOUND, saves=(replace(TAKEN, changes=(("goal/actual", "", "丙"),)), REFUSED)), "put '甲' into"),
        (replace(SOUND, saves=(TAKEN,)), "what was refused is not in the history"),
        (replace(SOUND, last={"goal/actual": "丁"}), "the saves in order make"),
        (replace(SOUND, attempts=SOUND.attempts[:1]), "never answered"),
        (
            replace(SOUND, attempts=(*SOUND.attempts[:3], {"editor": 2, "attempt": 0, "answer": {"refused": "busy"}})),
            "without a conflict: busy",
        ),
        (
            replace(SOUND, attempts=(*SOUND.attempts[:3], {"editor": 2, "attempt": 0, "answer": SHOWN | {
                "conflicts": [SHOWN["conflicts"][0] | {"theirs": ""}]}})),  # type: ignore[index]
            "as the other's text; it was '甲'",
        ),
    ],
)  # fmt: skip
def test_a_planted_fault_of_saving_is_told(planted: History, words: str) -> None:
    """A fork, a gap, a lost save, a lost text, a refusal that shows one side: each is told."""
    assert any(words in fault for fault in chain.faults(planted)), list(chain.faults(planted))


PAIR = Told("act", "head", (7,), "approve_unit"), Told("act", "head2", (7,), "return_unit")
WON, LOST = Came((7,)), Came(codes=((7, "moved"),), words=("已被别人处理",))
ONE = (After(7, decisions=1, events=1, saves=0),)


@pytest.mark.parametrize(
    ("came", "after", "words"),
    [
        ((WON, LOST), ONE, ""),
        ((WON, WON), (After(7, 2, 2, 0),), "2 were heard"),
        ((LOST, LOST), (After(7, 0, 0, 0),), "0 were heard"),
        ((WON, Came(codes=((7, "reason"),), words=("写明原因",))), ONE, "was told ['reason']"),
        ((WON, replace(LOST, words=())), ONE, "a refusal without words"),
        ((WON, Came(broke="OperationalError: deadlock detected")), ONE, "deadlock"),
        ((WON, LOST), (After(7, 1, 0, 0),), "0 events"),
    ],
)
def test_a_planted_fault_of_a_pair_is_told(came: tuple[Came, Came], after: tuple[After, ...], words: str) -> None:
    """Both heard, none heard, the wrong words, no words, an error, a trace too few: each is told."""
    told = list(pairs.faults(PAIR, came, after))
    assert any(words in fault for fault in told) if words else told == []


def test_gaps_and_twins_of_numbers_are_told() -> None:
    """Documents 1, 2 of two are sound; 1, 3 and 1, 1 are not."""
    assert list(pairs.numbering([(1, 1, 2), (1, 2, 2)])) == []
    assert list(pairs.numbering([(1, 1, 2), (1, 3, 2)]))
    assert list(pairs.numbering([(1, 1, 2), (1, 1, 2)]))


def _log() -> list[dict[str, Any]]:
    """A form begun, saved, handed in and approved through to the public, by people whose roles were given."""
    people = [(1, "clerk", "/1/2/3/"), (2, "head", "/1/2/3/"), (3, "department", "/1/2/"), (4, "finance", "/1/"),
              (5, "publisher", "/1/")]  # fmt: skip
    told: list[tuple[int | None, str, str, str, dict[str, str]]] = [
        (None, "organisation.added", "organisation/2", "/1/2/", {"kind": "department"}),
        *((None, "role.granted", f"user/{who}", path, {"role": role}) for who, role, path in people),
        (1, "filing.started", "filing/7", "/1/2/3/", {"kind": "empty", "round": "1", "project": "9", "after": "draft",
                                                      "version": "1"}),
        (1, "filing.saved", "filing/7", "/1/2/3/", {"version": "2", "kind": "typed"}),
    ]  # fmt: skip
    way = ("submitted", "unit_approved", "department_approved", "finance_approved", "published")
    states = ("draft", "with_head", "with_department", "with_finance", "approved", "published")
    for who, name in enumerate(way, 1):
        details = {"before": states[who - 1], "after": states[who], "version": "2"}
        told.append((who, f"filing.{name}", "filing/7", "/1/2/3/", details))
    told.append((5, "publication.published", "publication/1", "/1/2/3/", {"filing": "7", "edition": "1"}))
    return [
        {"place": place, "number": place + 1, "actor": who, "name": str(who or ""), "act": act, "subject": subject,
         "organisation": path, "details": json.dumps(details)}
        for place, (who, act, subject, path, details) in enumerate(told)
    ]  # fmt: skip


def _judged(log: list[dict[str, Any]]) -> list[str]:
    renumbered = [event | {"place": place} for place, event in enumerate(log)]
    return list(journal.faults(journal.read(json.dumps(event) for event in renumbered)))


def test_a_sound_journal_has_no_fault() -> None:
    """The straight way of a form, with every role given: nothing is told."""
    assert _judged(_log()) == []


@pytest.mark.parametrize("place", range(1, 14))
def test_a_journal_without_one_act_is_told(place: int) -> None:
    """Each act left out is missed: a role, the beginning, a save, a step; what follows was not allowed without it."""
    log = _log()
    assert _judged(log[:place] + log[place + 1 :]) != []


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (7, {"actor": 2}), (7, {"details": '{"version": "3", "kind": "typed"}'}), (8, {"actor": 2}), (9, {"actor": 1}),
        (9, {"details": '{"before": "draft", "after": "with_department", "version": "2"}'}),
        (10, {"details": '{"before": "with_department", "after": "approved", "version": "2"}'}),
        (11, {"details": '{"before": "with_finance", "after": "approved", "version": "1"}'}),
        (12, {"organisation": "/1/2/4/"}), (13, {"details": '{"filing": "7", "edition": "2"}'}),
        (13, {"act": "publication.withdrawn"}), (8, {"act": "filing.unheard_of"}), (9, {"number": 3}),
    ],
)  # fmt: skip
def test_an_altered_act_is_told(place: int, change: dict[str, Any]) -> None:
    """Another actor, version, state, place, edition, number or act than there was: each is told."""
    log = _log()
    log[place] = log[place] | change
    assert _judged(log) != []


@pytest.mark.parametrize("act", [
    (4, "round.closed", "round/1", "/1/", {}), (4, "role.taken_back", "user/2", "/1/2/3/", {"role": "head"}),
    (None, "user.switched_off", "user/2", "", {}), (1, "filing.saved", "filing/7", "/1/2/3/", {"version": "3"}),
    (1, "filing.recalled", "filing/7", "/1/2/3/", {"before": "with_head", "after": "draft", "version": "2"}),
])  # fmt: skip
def test_an_inserted_act_is_told(act: tuple[Any, ...]) -> None:
    """A round closed, a role lost, a save or a step put in between: what follows was not allowed, and is told."""
    log = _log()
    who, name, subject, path, details = act
    made = {"place": 0, "number": 99, "actor": who, "name": "", "act": name, "subject": subject, "organisation": path,
            "details": json.dumps(details)}  # fmt: skip
    at = 8 if name == "round.closed" else 9
    assert _judged([*log[:at], made, *log[at:]]) != []

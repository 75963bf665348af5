"""Judging an office from its exported journal alone: roles, states and versions are replayed, act by act.

Nothing of the product is imported: who may do what in which state is written down here a second time.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]

OWN = {"clerk", "head"}
"""Roles that act in their own unit only; the others below their place, too."""
LIVE = {"draft", "with_head", "with_department", "with_finance", "approved"}
REVIEWED = {"with_department", "with_finance", "approved", "published"}
MOVES: dict[str, tuple[str, str, str]] = {
    "filing.submitted": ("clerk", "draft", "with_head"),
    "filing.recalled": ("clerk", "with_head", "draft"),
    "filing.unit_approved": ("head", "with_head", "with_department"),
    "filing.unit_returned": ("head", "with_head", "draft"),
    "filing.department_approved": ("department", "with_department", "with_finance"),
    "filing.department_returned": ("department", "with_department", "draft"),
    "filing.finance_approved": ("finance", "with_finance", "approved"),
    "filing.finance_returned": ("finance", "with_finance", "draft"),
    "filing.reopened": ("finance", "approved", "draft"),
    "filing.published": ("publisher", "approved", "published"),
    "filing.unpublished": ("publisher", "published", "approved"),
}
"""Act: whose, from which state, to which."""
APPROVALS = {"filing.unit_approved", "filing.department_approved", "filing.finance_approved"}
SHUT_OUT = {"filing.submitted", "filing.recalled", "filing.reopened",
            "filing.unit_returned", "filing.department_returned", "filing.finance_returned"}  # fmt: skip
"""What a closed round forbids, beside filling in."""
QUIET = ("user.", "token.", "journal.", "organisation.", "list.", "setup.", "reminder.", "office.")
"""Rooms whose acts move no filing."""


@dataclass
class Filing:
    """What the journal has told of a filing so far."""

    path: str
    round: str
    project: str
    state: str
    version: int
    submitter: int | None = None
    approvers: set[int] = field(default_factory=set)
    editions: int = 0


@dataclass
class Seen:
    """Everything that the journal has told so far."""

    roles: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    off: set[int] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    filings: dict[str, Filing] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    owed: list[tuple[str, str, int | None]] = field(default_factory=list)
    imported: set[tuple[str, str]] = field(default_factory=set)
    publications: dict[str, tuple[int, bool]] = field(default_factory=dict)


def read(lines: Iterable[str]) -> list[Event]:
    """The events of an exported log, with their details as they are."""
    events = [json.loads(line) for line in lines]
    return [event | {"details": json.loads(event["details"])} for event in events]


def faults(events: Iterable[Event]) -> Iterator[str]:
    """Each act that was not allowed as things stood, or that lacks its cause or its consequence."""
    seen, numbers = Seen(), set()
    for place, event in enumerate(events):
        named = f"line {place}, {event['act']} on {event['subject']} by {event['name'] or 'the system'}"
        if event["place"] != place:
            yield f"{named}: it says that it is line {event['place']}"
        if event["number"] in numbers:
            yield f"{named}: its number {event['number']} was given before"
        numbers.add(event["number"])
        yield from (f"{named}: {fault}" for fault in _judge(seen, event))
    yield from (f"{act} of {subject} never came, though it was to" for act, subject, _ in seen.owed)


def _judge(seen: Seen, event: Event) -> Iterator[str]:
    act = event["act"]
    if event["actor"] in seen.off and act != "user.switched_on":
        yield "the account is switched off"
    known = _WAYS.get(act)
    if known is not None:
        yield from known(seen, event)
    elif act in MOVES or act == "filing.scored":
        yield from _moved(seen, event)
    elif not act.startswith(QUIET):
        yield "no such act is known"
    elif act == "organisation.added":
        seen.kinds[event["organisation"]] = event["details"]["kind"]
    elif act in ("user.switched_off", "user.switched_on"):
        change = seen.off.add if act.endswith("off") else seen.off.discard
        change(int(event["subject"].partition("/")[2]))


def _may(seen: Seen, event: Event, kinds: Iterable[str], path: str) -> Iterator[str]:
    """A fault, unless the actor has one of these roles near enough to a place."""
    if event["actor"] is None:
        return
    for kind, place in seen.roles.get(event["actor"], ()):
        if kind in kinds and (path == place if kind in OWN else path.startswith(place)):
            return
    yield f"no role of {'/'.join(sorted(kinds))} for {path}"


def _role(seen: Seen, event: Event) -> Iterator[str]:
    user, held = int(event["subject"].partition("/")[2]), (event["details"]["role"], event["organisation"])
    roles = seen.roles.setdefault(user, set())
    if event["act"] == "role.taken_back":
        if held not in roles:
            yield f"{held} was not held"
        roles.discard(held)
    else:
        if held in roles:
            yield f"{held} was held already"
        roles.add(held)
    if event["act"].startswith("role."):
        yield from _may(seen, event, {"security_admin"}, event["organisation"])
        if event["actor"] == user:
            yield "done to oneself"


def _started(seen: Seen, event: Event) -> Iterator[str]:
    told, path = event["details"], event["organisation"]
    if event["subject"] in seen.filings:
        yield "begun twice"
    if (told["version"], told["after"]) != ("1", "draft"):
        yield f"begun at version {told['version']}, {told['after']}"
    if told["round"] in seen.closed:
        yield "the round is closed"
    yield from _may(seen, event, {"clerk", "department", "finance"}, path)
    if any((one.round, one.project) == (told["round"], told["project"]) for one in seen.filings.values()):
        yield "the project has its form in this round already"
    seen.filings[event["subject"]] = Filing(path, told["round"], told["project"], "draft", 1)
    if told["kind"] == "import":
        seen.imported.add((event["subject"].partition("/")[2], "1"))


def _filling(seen: Seen, event: Event) -> Iterator[str]:
    """Saves and evidence: in a draft, by a clerk of the unit, while the round is open; versions rise by one."""
    filing, told = seen.filings.get(event["subject"]), event["details"]
    if filing is None:
        yield "of a filing that was never begun"
        return
    if filing.state != "draft":
        yield f"the filing is {filing.state}"
    if filing.round in seen.closed:
        yield "the round is closed"
    is_import = told.get("kind") == "import"
    yield from _may(seen, event, {"clerk", "department"} if is_import else {"clerk"}, filing.path)
    if event["act"] == "filing.saved":
        if int(told["version"]) != filing.version + 1:
            yield f"version {told['version']} after {filing.version}"
        filing.version = int(told["version"])
        if is_import:
            seen.imported.add((event["subject"].partition("/")[2], str(told["version"])))
    elif event["act"] == "filing.save_refused" and int(told["version"]) != filing.version:
        yield f"refused against version {told['version']}; it is {filing.version}"


def _talked(seen: Seen, event: Event) -> Iterator[str]:
    filing = seen.filings.get(event["subject"])
    if filing is None:
        yield "of a filing that was never begun"
        return
    if filing.state not in LIVE:
        yield f"the filing is {filing.state}"
    yield from _may(seen, event, {"clerk", "head", "department", "finance"}, filing.path)


def _moved(seen: Seen, event: Event) -> Iterator[str]:
    filing, told, act = seen.filings.get(event["subject"]), event["details"], event["act"]
    if filing is None:
        yield "of a filing that was never begun"
        return
    if (told["before"], int(told["version"])) != (filing.state, filing.version):
        yield f"it met {told['before']} at {told['version']}; it was {filing.state} at {filing.version}"
    if event["organisation"] != filing.path:
        yield f"it stands at {event['organisation']}; the filing at {filing.path}"
    role, before, after = MOVES.get(act, ("", filing.state, filing.state))
    if act == "filing.scored":
        role = {"with_department": "department", "with_finance": "finance"}.get(filing.state, "nobody")
    elif act == "filing.unit_approved" and not _department(seen, filing.path):
        after = "with_finance"
    if (filing.state, told["after"]) != (before, after):
        yield f"from {filing.state} to {told['after']}; from {before} to {after} is allowed"
    if filing.round in seen.closed and act in SHUT_OUT:
        yield "the round is closed"
    yield from _may(seen, event, {role}, filing.path)
    yield from _hands(filing, event)
    filing.state = told["after"]
    if act in ("filing.published", "filing.unpublished"):
        kind = "published" if act == "filing.published" else "withdrawn"
        seen.owed.append((f"publication.{kind}", event["subject"], event["actor"]))


def _department(seen: Seen, path: str) -> bool:
    parts = path.strip("/").split("/")
    above = ["/" + "/".join(parts[: at + 1]) + "/" for at in range(len(parts))]
    return any(seen.kinds.get(each) == "department" for each in above)


def _hands(filing: Filing, event: Event) -> Iterator[str]:
    """Four eyes: who handed it in does not approve for the unit, nobody approves at two levels."""
    act, actor = event["act"], event["actor"]
    if act == "filing.submitted":
        filing.submitter, filing.approvers = actor, set()
    if act in APPROVALS:
        if act == "filing.unit_approved" and actor == filing.submitter:
            yield "approved by who handed it in"
        if actor in filing.approvers:
            yield "approved by one person at two levels"
        filing.approvers.add(actor)


def _shown(seen: Seen, event: Event) -> Iterator[str]:
    """Publication: only what was published goes to the public, as the next edition; what is withdrawn stood there."""
    told, subject = event["details"], event["subject"]
    filing = seen.filings.get(f"filing/{told['filing']}")
    cause = (event["act"], f"filing/{told['filing']}", event["actor"])
    edition, standing = seen.publications.get(subject, (0, False))
    follows = event["actor"] is None and event["act"] == "publication.published" and standing
    if cause in seen.owed:
        seen.owed.remove(cause)
    elif not follows:
        yield "nothing published or withdrew that filing"
    if event["act"] == "publication.withdrawn":
        if not standing:
            yield "it did not stand"
        seen.publications[subject] = edition, False
        return
    if filing is None or filing.state != "published":
        yield f"the filing is {filing.state if filing else 'unknown'}"
    if int(told["edition"]) != edition + 1:
        yield f"edition {told['edition']} after {edition}"
    seen.publications[subject] = int(told["edition"]), True


def _item(seen: Seen, event: Event) -> Iterator[str]:
    told, subject, act = event["details"], event["subject"], event["act"]
    filing = seen.filings.get(f"filing/{told['filing']}")
    if filing is None:
        yield "of a filing that was never begun"
        return
    before, level = seen.items.get(subject, ("", told["level"]))
    steps = {
        "item.raised": ("", "open", {told["level"]}), "item.replied": ("open", "replied", {"clerk", "head"}),
        "item.accepted": ("replied", "accepted", {level}), "item.refused": ("replied", "open", {level}),
    }  # fmt: skip
    met, leads, kinds = steps[act]
    if (before, told["before"], told["after"]) != (met, met, leads):
        yield f"from {before or 'nothing'} to {told['after']}; from {met or 'nothing'} to {leads} is allowed"
    allowed = REVIEWED if told["level"] == "department" else REVIEWED - {"with_department"}
    if act == "item.raised" and filing.state not in allowed:
        yield f"the filing is {filing.state}"
    yield from _may(seen, event, kinds, filing.path)
    seen.items[subject] = told["after"], level


def _round(seen: Seen, event: Event) -> Iterator[str]:
    number, act = event["subject"].partition("/")[2], event["act"]
    if act in ("round.closed", "round.reopened") and (number in seen.closed) == (act == "round.closed"):
        yield "the round was so already"
    if act == "round.opened" and number in seen.closed:
        yield "the round is closed"
    yield from _may(seen, event, {"finance"}, event["organisation"])
    if act in ("round.closed", "round.reopened"):
        (seen.closed.add if act == "round.closed" else seen.closed.discard)(number)


def _intake(seen: Seen, event: Event) -> Iterator[str]:
    told = event["details"]
    yield from _may(seen, event, {"clerk", "department"}, event["organisation"])
    if event["act"] == "intake.filed" and told["filing"]:
        filing = seen.filings.get(f"filing/{told['filing']}")
        if filing is None or filing.version < int(told["version"]):
            yield "filed as a version that was never made"


def _project(seen: Seen, event: Event) -> Iterator[str]:
    kinds = {"department", "finance"} if event["act"].startswith("targets.") else {"clerk", "department", "finance"}
    yield from _may(seen, event, kinds, event["organisation"])


_Way = Callable[[Seen, Event], Iterator[str]]
_WAYS: dict[str, _Way] = {
    "role.granted": _role, "role.taken_back": _role, "setup.administrator_made": _role,
    "filing.started": _started, "filing.saved": _filling, "filing.save_refused": _filling,
    "filing.evidence_attached": _filling, "filing.evidence_removed": _filling,
    "filing.commented": _talked, "filing.comment_resolved": _talked,
    "publication.published": _shown, "publication.withdrawn": _shown,
    "item.raised": _item, "item.replied": _item, "item.accepted": _item, "item.refused": _item,
    **dict.fromkeys(("round.made", "round.changed", "round.closed", "round.reopened", "round.opened"), _round),
    **dict.fromkeys(("intake.received", "intake.corrected", "intake.confirmed", "intake.matched", "intake.left_out",
                     "intake.taken_up", "intake.filed"), _intake),
    **dict.fromkeys(("project.added", "project.changed", "project.ended", "project.resumed", "budget.set",
                     "targets.approved"), _project),
}  # fmt: skip

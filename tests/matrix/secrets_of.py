"""Strings that name their place: whoever finds one in an answer knows where it came from and who may read it."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from matrix.rules import TREE, Held, in_place, near, on_filing, root

LOOK: Final = re.compile(r"qz[a-z0-9]{12}zq")
"""What every one of them looks like."""
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Secret:
    """A string and what it stands in.

    Attributes:
        what: one of `LAW`.
        place: the organisation whose it is.
        state: of the filing; empty for what belongs to none.
        owner: the user name of whose own it is; empty for nobody's.
        detail: for people: "comment of filing 12".
    """

    text: str
    what: str
    place: str
    state: str = ""
    owner: str = ""
    detail: str = ""

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.what} of {' '.join(filter(None, (self.place, self.state)))} ({self.detail})"


@dataclass
class Secrets:
    """All that were given out, by their text."""

    seed: int = 0
    given: dict[str, Secret] = field(default_factory=dict)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Begin the row of chance."""
        self._chance = random.Random(f"secrets {self.seed}")  # noqa: S311 -- not a secret of anybody

    def new(self, what: str, place: str, state: str = "", *, owner: str = "", detail: str = "") -> str:
        """A new string."""
        assert what in LAW
        text = f"qz{''.join(self._chance.choice(_LETTERS) for _ in range(12))}zq"
        self.given[text] = Secret(text, what, place, state, owner, detail)
        return text

    def found_in(self, text: str) -> Iterator[Secret]:
        """The strings that stand in a text, each once."""
        for one in dict.fromkeys(LOOK.findall(text)):
            if one in self.given:
                yield self.given[one]


PUBLISHED: Final = frozenset({"centre", "institute", "science", "bureau"})
"""Organisations whose names the public site shows: units that published, their department, the bureau of the site."""


Law = Callable[[tuple[Held, ...], Secret], bool]


def _below(place: str) -> list[str]:
    return [one for one in TREE if near(Held("D", place), one)]


def _reads(held: tuple[Held, ...], secret: Secret) -> bool:
    return on_filing(held, "read", secret.place, secret.state)


def _reads_something(held: tuple[Held, ...], place: str) -> bool:
    """Whether somebody reads filings somewhere at a place or below: there they meet the people who act on them."""
    return any(
        on_filing(held, "read", one, state) for one in _below(place) for state in ("draft", "approved", "published")
    )


def _sees(held: tuple[Held, ...], secret: Secret) -> bool:
    return in_place(held, "see_overview", secret.place)


def _imports(held: tuple[Held, ...], secret: Secret) -> bool:
    return in_place(held, "import_forms", secret.place)


def _audits(held: tuple[Held, ...], secret: Secret) -> bool:
    return in_place(held, "read_journal", secret.place)


def _manages(held: tuple[Held, ...], secret: Secret) -> bool:
    return in_place(held, "manage_people", secret.place) or in_place(held, "grant_roles", secret.place)


LAW: Final[dict[str, Law]] = {
    # texts of a form that the public may read once it is published; until then its readers alone
    "form": lambda held, secret: secret.state == "published" or _reads(held, secret),
    "withheld": _reads,
    "decision": _reads,
    "comment": _reads,
    "save": _reads,
    "evidence": lambda held, secret: _reads(held, secret) or _audits(held, secret),
    "note": _reads,
    "item": lambda held, secret: on_filing(held, "see_items", secret.place, secret.state),
    "project": lambda held, secret: (
        secret.state == "published"
        or _reads(held, secret)
        or _sees(held, secret)
        or _imports(held, secret)
        or _audits(held, secret)
    ),
    "target": _sees,
    "monitoring": _sees,
    "file": _imports,
    "line": _imports,
    "inquiry": lambda held, secret: in_place(held, "try_rules", secret.place),
    "round": lambda held, secret: any(root(one.place) == secret.place for one in held),
    "organisation": lambda held, secret: (
        secret.place in PUBLISHED or any(root(one.place) == root(secret.place) for one in held)
    ),
    "name": lambda held, secret: (
        _reads_something(held, secret.place) or _manages(held, secret) or _audits(held, secret)
    ),
    "address": lambda held, secret: _manages(held, secret) or _audits(held, secret),
    "token": _audits,
    "list": _audits,
}
"""Who may come to read a string of each kind, beside its owner. From the rules alone."""


def lawful(secret: Secret, held: tuple[Held, ...], username: str) -> bool:
    """Whether somebody with these roles may read it."""
    return bool(username and secret.owner == username) or LAW[secret.what](held, secret)

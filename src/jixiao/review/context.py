"""What a review may know beside the form 旁证: last year's form, approved targets, similar projects, evidence.

Nothing here is looked up: whoever reviews hands it in. What is not handed in is `None`, and the checks that need it say
that they cannot decide.
"""

from decimal import Decimal
from typing import Final, Literal

import msgspec
from msgspec import Struct

from jixiao.form import Form
from jixiao.scoring import Attached

PEERS_SCHEMA: Final = "jixiao/peers/1"


class Spread(Struct, frozen=True):
    """How an amount lies among similar projects.

    Attributes:
        count: how many projects it was taken from.
        low: the lower quartile.
        median: the middle.
        high: the upper quartile.
    """

    count: int
    low: Decimal
    median: Decimal
    high: Decimal


class Similar(Struct, frozen=True):
    """Indicators of one name and one base unit in other projects.

    Attributes:
        name: the name without numbering, punctuation and white space.
        unit: the base unit of its values (元 for 万元).
        actual: the actual values, in the base unit; `None` where too few projects give one.
        unit_cost: executed 元 for one unit done; `None` where too few projects give one.
    """

    name: str
    unit: str
    actual: Spread | None = None
    unit_cost: Spread | None = None


class Peers(Struct, frozen=True):
    """Statistics of similar projects, dated and counted.

    Attributes:
        source: where the forms came from, in words.
        on: ISO day on which the statistics were made.
        years: fiscal years of the forms.
        projects: how many projects were read.
        least: the fewest projects of which statistics were made.
        indicators: each name and unit once.
        schema: the contract, `jixiao/peers/1`; amounts are texts of digits.
    """

    source: str
    on: str
    years: tuple[int, ...] = ()
    projects: int = 0
    least: int = 0
    indicators: tuple[Similar, ...] = ()
    schema: Literal["jixiao/peers/1"] = PEERS_SCHEMA


def encode_peers(peers: Peers) -> bytes:
    """The statistics as JSON, indented by two spaces."""
    return msgspec.json.format(msgspec.json.encode(peers), indent=2) + b"\n"


def decode_peers(data: bytes) -> Peers:
    """Statistics read back from JSON.

    Raises:
        msgspec.MsgspecError: the bytes are no JSON, not of the contract, or quartiles are no numbers in order.
    """
    peers = msgspec.json.decode(data, type=Peers, strict=True)
    for at, similar in enumerate(peers.indicators):
        for spread in (similar.actual, similar.unit_cost):
            if spread is not None and not _in_order(spread):
                raise msgspec.ValidationError(f"Expected quartiles in order - at `$.indicators[{at}]`")
    return peers


def _in_order(spread: Spread) -> bool:
    numbers = (spread.low, spread.median, spread.high)
    return all(number.is_finite() for number in numbers) and 0 < spread.low <= spread.median <= spread.high


class Context(Struct, frozen=True):
    """What is known beside a form.

    Attributes:
        last_year: the same project's form of the year before.
        approved: the approved 绩效目标申报表 of the same project and year, as a form.
        peers: statistics of similar projects.
        evidence: what is attached to the form; an empty list where it was asked for and nothing was.
    """

    last_year: Form | None = None
    approved: Form | None = None
    peers: Peers | None = None
    evidence: Attached | None = None


NOTHING: Final = Context()
"""The context of a form that comes alone."""

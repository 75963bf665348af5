"""Briefs and checks made for the tests of a folder."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.desk.library import checks
from jixiao.review.folder.brief import Amounts, Brief, FormKey

CHECKS = checks()
CODES = ("JX101", "JX106", "JX201", "JX204", "JX401", "JX403")
PLAIN = Brief(
    file="a.json", number=0, digest="0" * 64, key=FormKey(2024, "某中心", "", "科技金融"), department="某局",
    money=Amounts(Decimal(1000000), Decimal("900000.00"), Decimal("899999.99")), claimed=Decimal("98.00"),
    computed=Decimal("97.50"), low=Decimal("92.00"), claimed_grade="优", grade="优", asked={}, waived={}, undecided=1,
    points=Decimal(0), trust=Decimal(1), unread=0, exact=2, compared=5, rulebook="cn 2024-12-31",
)  # fmt: skip


def brief(**changed: Any) -> Brief:
    """A plain brief with something changed."""
    return replace(PLAIN, **changed)


AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)
POINTS = st.none() | st.decimals(0, 100, places=2)


KEYS = st.builds(
    FormKey, st.sampled_from([2023, 2024]), st.sampled_from("甲乙丙"), st.just(""), st.sampled_from("子丑寅卯")
)


def briefs() -> st.SearchStrategy[list[Brief]]:
    """Forms of a folder, some of the same content."""
    one = st.builds(
        lambda digest, money, asked, **more: brief(digest=f"{digest:064x}", money=Amounts(*money), asked=asked, **more),
        digest=st.integers(0, 40),
        money=st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
        asked=st.dictionaries(st.sampled_from(CODES), st.integers(1, 9), max_size=4),
        key=KEYS,
        claimed=POINTS, low=POINTS, computed=POINTS, points=st.decimals(0, 100, places=2),
        trust=st.decimals(0, 1, places=2),
    )  # fmt: skip
    return st.lists(one, max_size=15).map(lambda held: [replace(each, number=at) for at, each in enumerate(held)])

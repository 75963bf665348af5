"""Which roles one person may hold together, which fit where in the tree, and who may grant them. Pure rules.

Source: 三员分立, the separation of the system, security and audit administrators (GB/T 22239-2019, 8.1.5.1 to 8.1.5.3):
one makes accounts, one grants rights, one reads what both have done, and none of them does the work itself.
"""

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Final

ADMINISTRATORS: Final = frozenset({"system_admin", "security_admin", "audit_admin"})
"""The three 三员."""
WORKING: Final = frozenset({"clerk", "head", "department", "finance", "auditor", "publisher"})
"""Everybody else."""
FITS: Final = {
    "clerk": frozenset({"bureau", "department", "unit"}),
    "head": frozenset({"bureau", "department", "unit"}),
    "department": frozenset({"department"}),
    "finance": frozenset({"bureau"}),
    "auditor": frozenset({"bureau", "department", "unit"}),
    "publisher": frozenset({"bureau", "department"}),
    "system_admin": frozenset({"bureau"}),
    "security_admin": frozenset({"bureau"}),
    "audit_admin": frozenset({"bureau"}),
}
"""Kind of role to the kinds of organisation it can be held in."""
KIND_NAMES: Final = {
    "bureau": ("财政局", "bureau"),
    "department": ("主管部门", "department"),
    "unit": ("预算单位", "unit"),
}
ROLE_NAMES: Final = {
    "clerk": ("经办人", "clerk"),
    "head": ("单位负责人", "unit head"),
    "department": ("主管部门审核人", "department reviewer"),
    "finance": ("财政审核人", "finance reviewer"),
    "auditor": ("审计（只读）", "auditor (read-only)"),
    "publisher": ("公开人", "publisher"),
    "system_admin": ("系统管理员", "system administrator"),
    "security_admin": ("安全管理员", "security administrator"),
    "audit_admin": ("审计管理员", "audit administrator"),
}

Words = tuple[str, str]
"""中文 and English."""


def clashes(kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pairs of roles that one person may not hold together."""
    for one, other in combinations(sorted(set(kinds)), 2):
        if one in ADMINISTRATORS or other in ADMINISTRATORS:
            yield one, other


def clash_with(kind: str, held: Collection[str]) -> str | None:
    """A role held already that keeps a person from this one; none if there is none."""
    return next(
        (one if other == kind else other for one, other in clashes({*held, kind}) if kind in (one, other)), None
    )


def why_not(kind: str, organisation_kind: str, held: Collection[str]) -> Words | None:
    """Why a role cannot be given, in words; none where it can.

    Args:
        kind: of the role.
        organisation_kind: of the organisation it would be held in.
        held: kinds of role the person has already, anywhere.
    """
    if organisation_kind not in FITS[kind]:
        places = sorted(FITS[kind], key=list(KIND_NAMES).index)
        zh, en = (
            "、".join(KIND_NAMES[place][0] for place in places),
            " or ".join(KIND_NAMES[place][1] for place in places),
        )
        return (
            f"“{ROLE_NAMES[kind][0]}”只能设在{zh}，这里是{KIND_NAMES[organisation_kind][0]}。",
            f"A {ROLE_NAMES[kind][1]} belongs in a {en}; this is a {KIND_NAMES[organisation_kind][1]}.",
        )
    other = clash_with(kind, held)
    if other is None:
        return None
    return (
        f"三员分立：已是“{ROLE_NAMES[other][0]}”的人不能再任“{ROLE_NAMES[kind][0]}”。请换一个人，或先撤销前者。",
        f"Separation of duties: a {ROLE_NAMES[other][1]} cannot be {ROLE_NAMES[kind][1]} too. Choose somebody else.",
    )


def needs_second_factor(kinds: Collection[str]) -> bool:
    """Whether somebody with these roles must sign in with a second factor wherever administrators must."""
    return not ADMINISTRATORS.isdisjoint(kinds)

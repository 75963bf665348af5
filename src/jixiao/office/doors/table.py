"""The table of acts: for each, which role, how near to the thing, in which states, and where it leads.

The state machine of a filing 流转 is the part of the table with an `after`. There is no other list of it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from jixiao.office.people.models import (
    AUDIT_ADMIN,
    AUDITOR,
    CLERK,
    DEPARTMENT,
    FINANCE,
    HEAD,
    PUBLISHER,
    SECURITY_ADMIN,
    SYSTEM_ADMIN,
)

Near = Literal["own", "below"]
"""`own`: the role's organisation is the thing's own; `below`: the thing's organisation is it or below it."""

DRAFT, WITH_HEAD, WITH_DEPARTMENT, WITH_FINANCE = "draft", "with_head", "with_department", "with_finance"
APPROVED, PUBLISHED = "approved", "published"
STATES: Final = (DRAFT, WITH_HEAD, WITH_DEPARTMENT, WITH_FINANCE, APPROVED, PUBLISHED)
ANY: Final = frozenset(STATES)
LIVE: Final = ANY - {PUBLISHED}

NEAR: Final[dict[str, Near]] = {
    CLERK: "own",
    HEAD: "own",
    DEPARTMENT: "below",
    FINANCE: "below",
    AUDITOR: "below",
    PUBLISHER: "below",
    SYSTEM_ADMIN: "below",
    SECURITY_ADMIN: "below",
    AUDIT_ADMIN: "below",
}
"""How near a role must be."""


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done.

    Attributes:
        roles: who may, and in which states of the filing; for things without a state, `ANY`.
        after: the state it leads to; empty where it moves nothing.
        straight: the state it leads to where no department stands between the unit and the bureau; empty for `after`.
        reason: whether a reason must be given.
        zh, en: what a button says.
    """

    zh: str
    en: str
    roles: dict[str, frozenset[str]]
    after: str = ""
    reason: bool = False
    straight: str = ""


def _in(*states: str) -> frozenset[str]:
    return frozenset(states)


FILING: Final[dict[str, Act]] = {
    "read": Act("查看", "Read", {
        CLERK: ANY, HEAD: ANY, DEPARTMENT: ANY, FINANCE: ANY, AUDITOR: ANY, PUBLISHER: _in(APPROVED, PUBLISHED),
    }),
    "edit": Act("填报", "Fill in", {CLERK: _in(DRAFT)}),
    "comment": Act("批注", "Comment", {CLERK: LIVE, HEAD: LIVE, DEPARTMENT: LIVE, FINANCE: LIVE}),
    "score": Act("复评打分", "Give a score", {DEPARTMENT: _in(WITH_DEPARTMENT), FINANCE: _in(WITH_FINANCE)}),
    "rectify": Act("提出整改", "Ask for rectification", {
        DEPARTMENT: _in(WITH_DEPARTMENT, WITH_FINANCE, APPROVED, PUBLISHED),
        FINANCE: _in(WITH_FINANCE, APPROVED, PUBLISHED),
    }),
    "see_items": Act("查看整改", "See rectification", dict.fromkeys((CLERK, HEAD, DEPARTMENT, FINANCE, AUDITOR), ANY)),
    "answer_item": Act("答复整改", "Reply to rectification", {CLERK: ANY, HEAD: ANY}),
    "submit": Act("提交审核", "Submit", {CLERK: _in(DRAFT)}, WITH_HEAD),
    "recall": Act("收回", "Take back", {CLERK: _in(WITH_HEAD)}, DRAFT),
    "approve_unit": Act(
        "同意并上报", "Approve and send up", {HEAD: _in(WITH_HEAD)}, WITH_DEPARTMENT, straight=WITH_FINANCE
    ),
    "return_unit": Act("退回修改", "Return", {HEAD: _in(WITH_HEAD)}, DRAFT, reason=True),
    "approve_department": Act(
        "同意并报财政", "Approve for finance", {DEPARTMENT: _in(WITH_DEPARTMENT)}, WITH_FINANCE
    ),
    "return_department": Act("退回修改", "Return", {DEPARTMENT: _in(WITH_DEPARTMENT)}, DRAFT, reason=True),
    "approve_finance": Act("审定", "Approve", {FINANCE: _in(WITH_FINANCE)}, APPROVED),
    "return_finance": Act("退回修改", "Return", {FINANCE: _in(WITH_FINANCE)}, DRAFT, reason=True),
    "reopen": Act("撤销审定", "Reopen", {FINANCE: _in(APPROVED)}, DRAFT, reason=True),
    "publish": Act("公开", "Publish", {PUBLISHER: _in(APPROVED)}, PUBLISHED),
    "unpublish": Act("撤回公开", "Withdraw from the public", {PUBLISHER: _in(PUBLISHED)}, APPROVED, reason=True),
}  # fmt: skip
"""What can be done to a filing."""

OFFICE: Final[dict[str, Act]] = {
    "see_overview": Act(
        "查看汇总", "See the overview", dict.fromkeys((CLERK, HEAD, DEPARTMENT, FINANCE, AUDITOR), ANY)
    ),
    "manage_rounds": Act("管理批次", "Manage rounds", {FINANCE: ANY}),
    "manage_projects": Act("管理项目", "Manage projects", {CLERK: ANY, DEPARTMENT: ANY, FINANCE: ANY}),
    "approve_targets": Act("批复目标", "Approve targets", {DEPARTMENT: ANY, FINANCE: ANY}),
    "decide": Act("审核", "Decide", {HEAD: ANY, DEPARTMENT: ANY, FINANCE: ANY, PUBLISHER: ANY}),
    "import_forms": Act("导入", "Import", {CLERK: ANY, DEPARTMENT: ANY}),
    "monitor": Act("填报监控", "Fill in monitoring", {CLERK: ANY}),
    "try_rules": Act("规则试算", "Try other rules", {DEPARTMENT: ANY, FINANCE: ANY, AUDITOR: ANY}),
    "manage_people": Act("管理机构与账号", "Manage organisations and accounts", {SYSTEM_ADMIN: ANY}),
    "grant_roles": Act("授予角色", "Grant roles", {SECURITY_ADMIN: ANY}),
    "read_journal": Act("查看日志", "Read the journal", {AUDIT_ADMIN: ANY}),
    "keep_backups": Act("查看备份", "See backups", {SYSTEM_ADMIN: ANY}),
}
"""What can be done in an organisation."""

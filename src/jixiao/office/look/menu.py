"""The menu at the left: which pages a person is led to. A room adds its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse

from jixiao.office.look.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the menu.

    Attributes:
        zh, en: its words.
        view: the name of the page it leads to.
        act: the act of `doors.table.OFFICE` that one must be allowed; empty for everybody who has signed in.
    """

    zh: str
    en: str
    view: str
    act: str = ""


LINES: Final = (
    Line("我的工作", "My work", "my-work"),
    Line("审核", "Decide", "bulk", "decide"),
    Line("自评表", "Forms", "filings", "see_overview"),
    Line("汇总", "Overview", "overview", "see_overview"),
    Line("导入", "Import", "intake", "import_forms"),
    Line("中期监控", "Monitoring", "monitoring", "see_overview"),
    Line("整改", "Rectification", "rectification", "see_overview"),
    Line("批次", "Rounds", "rounds", "see_overview"),
    Line("项目", "Projects", "projects", "see_overview"),
    Line("规则试算", "Rule lab", "rule-lab", "try_rules"),
    Line("机构", "Organisations", "organisations", "manage_people"),
    Line("账号", "Accounts", "people", "manage_people"),
    Line("角色", "Roles", "roles", "grant_roles"),
    Line("日志", "Journal", "journal", "read_journal"),
    Line("备份", "Backups", "backups", "keep_backups"),
)


def menu(user: Any, path: str, may_here: Callable[[Any, str], bool]) -> list[dict[str, Any]]:
    """The lines a person sees, those whose room is not there left out; the one of the present page marked."""
    if not getattr(user, "is_authenticated", False):
        return []
    lines = []
    for line in LINES:
        try:
            address = reverse(line.view)
        except NoReverseMatch:
            continue
        if not line.act or may_here(user, line.act):
            here = path == address or (address != "/" and path.startswith(address))
            lines.append({"words": say(line.zh, line.en), "address": address, "here": here})
    return lines

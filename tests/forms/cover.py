"""A list of projects as it stands before the forms it announces: a table with names and amounts that is no form."""

from collections.abc import Sequence

from forms.content import Printed
from forms.sheet import Sheet

_COLUMNS = ("序号", "项目名称", "实施单位", "预算金额（万元）", "自评得分", "备注")
_SHARES = (6, 40, 60, 75, 88, 100)


def list_before(printed: Sequence[Printed], width: int) -> Sheet:
    """The list of the projects of some forms."""
    title = f"{printed[0].department}{printed[0].year}年度项目绩效自评情况汇总"
    sheet = Sheet(title, [title], width)
    edges = [0, *(width * share // 100 for share in _SHARES)]
    rows = [_COLUMNS]
    for number, form in enumerate(printed, 1):
        amount = form.funds[0][1]["adjusted"] if form.funds else ""
        rows.append((str(number), form.project_name, form.unit, amount, form.total_score, ""))
    rows.append(("合计", f"共{len(printed)}个项目", "", "", "", ""))
    for row in rows:
        for left, right, text in zip(edges, edges[1:], row, strict=False):
            sheet.add(left, right, text)
        sheet.rows += 1
    sheet.header = (0, 1)
    return sheet

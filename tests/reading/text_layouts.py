"""Forms that nobody published, laid out as text the way extractors of PDF text print them: for tests only.

A form is invented from word lists; its cells are wrapped at column widths drawn by lot under Chinese line breaking;
then the cells are printed in content order with the habits of one extractor: where headings stand, what separates
lines, where a page ends, whether a blank is set between 中文 and Latin.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

CLOSING = "”’），。、；：！？》〕】,.;:!?)]%％"
OPENING = "“‘（《〔【(["


class Dice:
    """A reproducible sequence of choices."""

    def __init__(self, seed: int) -> None:
        """Start at a seed."""
        self._seed = seed
        self._count = 0

    def roll(self, sides: int) -> int:
        """A number from 0, less than `sides`."""
        self._count += 1
        digest = hashlib.blake2b(f"{self._seed}/{self._count}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % sides

    def pick(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return options[self.roll(len(options))]

    def chance(self, percent: int) -> bool:
        """Whether something of this likelihood happens."""
        return self.roll(100) < percent


@dataclass(frozen=True)
class Family:
    """Labels and order of a published layout."""

    title: str
    fund_columns: tuple[tuple[str, str], ...]
    fund_rows: tuple[tuple[str, str], ...]
    goal: tuple[str, str]
    columns: tuple[tuple[str, str], ...]
    total: str = "总分"
    grade: str = "评分等级"


FAMILIES = (
    Family(
        "财政项目支出绩效自评表",
        (("initial", "年初预算数"), ("adjusted", "全年预算数"), ("executed", "全年执行数"), ("weight", "分数"),
         ("rate", "执行率(%)"), ("score", "得分")),
        (("total", "年度资金总额："), ("current_year", "其中：当年财政拨款"), ("carryover", "上年结转资金"),
        ("other", "其他资金")),
        ("预期目标", "实际完成情况"),
        (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("target", "年度指标值"), ("actual",
        "实际完成值"),
         ("weight", "分值"), ("score", "得分"), ("deviation", "偏差原因分析及改进措施")),
    ),
    Family(
        "项目支出绩效自评表",
        (("initial", "年初预算数"), ("adjusted", "全年预算数（A）"), ("executed", "全年执行数（B）"), ("weight",
        "分值"),
         ("rate", "执行率（B/A）"), ("score", "得分")),
        (("total", "年度资金总额"), ("current_year", "其中：本年财政拨款"), ("carryover", "上年结转资金"), ("other",
        "其他资金")),
        ("年初设定目标", "年度总体目标完成情况综述"),
        (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("target", "年度指标值"), ("actual",
        "全年实际值"),
         ("weight", "分值"), ("score", "得分"), ("deviation", "未完成原因分析")),
        total="总分",
        grade="自评等级",
    ),
    Family(
        "部门项目支出绩效自评表",
        (("initial", "年初预算数"), ("adjusted", "全年预算数"), ("executed", "全年执行数"), ("weight", "分值"),
         ("rate", "执行率"), ("score", "得分")),
        (("total", "年度资金总额"), ("current_year", "其中：当年财政拨款"), ("carryover", "上年结转资金"), ("other",
        "其他资金")),
        ("预期目标", "实际完成情况"),
        (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("sign", "指标性质"), ("value",
        "指标值"),
         ("unit", "度量单位"), ("actual", "实际完成值"), ("weight", "分值"), ("score", "得分"),
         ("deviation", "偏差原因分析及改进措施")),
        grade="自评等级",
    ),
    Family(
        "衔接资金项目绩效自评表",
        (("initial", "年初预算数"), ("adjusted", "调整后预算数"), ("executed", "预算执行数"), ("weight", "分值"),
         ("rate", "预算执行率"), ("score", "得分")),
        (("total", "年度资金总额"), ("current_year", "财政拨款"), ("carryover", "上年结转"), ("other", "其他资金")),
        ("年初设定目标", "全年完成情况"),
        (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("weight", "分值"), ("target",
        "年度指标值"),
         ("actual", "全年完成值"), ("score", "得分"), ("deviation", "未完成原因及拟采取的改进措施")),
        total="合计",
    ),
    Family(
        "2023年度项目自评表",
        (("adjusted", "预算数(A)"), ("executed", "执行数(B)"), ("rate", "执行率(B/A)"), ("score", "得分")),
        (("total", "年度财政资金总额"),),
        ("年度目标", "目标完成情况"),
        (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("target", "年初目标值(A)"),
        ("actual", "实际完成值(B)"),
         ("score", "得分")),
        total="总分",
        grade="评价等级",
    ),
)  # fmt: skip

PLACES = ("东川县", "临江市", "北辰区", "河阳县", "青浦镇", "云岭州", "安泰区", "海晏市")
OFFICES = (
    "农业农村局",
    "水务局",
    "教育体育局",
    "卫生健康委员会",
    "交通运输局",
    "文化和旅游局",
    "档案馆",
    "民政局",
    "气象局",
)
SUBJECTS = (
    "高标准农田",
    "中小河流",
    "义务教育学校",
    "基层医疗机构",
    "农村公路",
    "公共图书馆",
    "数字档案",
    "养老服务设施",
    "人工影响天气",
)
WORKS = (
    "建设补助",
    "维修养护经费",
    "运行保障项目",
    "信息化改造",
    "能力提升项目",
    "专项资金",
    "购置项目",
    "宣传培训经费",
)
NAMES = {
    "数量指标": (
        "{s}改造数量",
        "开展{s}业务培训场次",
        "完成{s}巡查次数",
        "新增{s}设备台数",
        "受益人数",
        "{s}日常维护及零星维修改造工程完成数量",
    ),
    "质量指标": ("{s}验收合格率", "设备完好率", "{s}资料归档及数字化加工准确率", "工程质量达标率", "系统正常运行率"),
    "时效指标": ("{s}项目按期完成率", "资金拨付及时率", "完成时间", "项目开工及时性", "{s}年度任务完成及时情况"),
    "成本指标": ("项目成本控制", "{s}单位成本控制数", "人均培训费用标准", "预算成本节约情况"),
    "社会效益指标": ("群众知晓程度", "{s}服务保障水平提升情况", "带动就业人数", "对当地{s}安全运行的促进作用"),
    "经济效益指标": ("带动农民增收", "减少{s}运行维护支出", "促进区域经济发展"),
    "生态效益指标": ("改善{s}周边生态环境质量", "节约用水量", "对环境的影响"),
    "可持续影响指标": ("{s}长效管护机制建立情况", "项目可持续发挥作用年限", "持续提升{s}管理水平"),
    "服务对象满意度指标": ("受益群众满意度", "服务对象满意度", "{s}使用单位满意度"),
}
LEVEL1 = {
    "数量指标": "产出指标", "质量指标": "产出指标", "时效指标": "产出指标", "成本指标": "产出指标",
    "社会效益指标": "效益指标",
    "经济效益指标": "效益指标", "生态效益指标": "效益指标", "可持续影响指标": "效益指标",
    "服务对象满意度指标": "满意度指标",
}  # fmt: skip
PROSE = (
    ("显著提升", "显著提升"), ("明显改善", "效果明显"), ("持续加强管护，保障设施长期稳定运行", "达成预期指标"),
    ("有效保障", "已达到预期效果"), ("按计划进度完成", "已完成"), ("2023年12月31日前完成", "2023年11月25日完成"),
    ("较上年有所提高，群众获得感进一步增强", "较上年有所提高，群众获得感进一步增强"), ("优良", "达成指标"), ("长期",
    "长期"),
    ("建立健全“建、管、护”一体化的长效机制", "已建立健全相关制度3项并严格执行"), ("12月底前", "12月20日"),
    ("不发生重大安全责任事故", "未发生"),
)  # fmt: skip
REASONS = (
    "受汛期影响，部分工程量推迟实施，下一步将合理安排工期。", "因预算调减，任务相应减少",
    "年初目标设置偏低，今后将科学设定指标值。", "采购流程较长",
    "疫情原因培训改为线上，实际参训人数低于计划，下年度将提前制定培训方案并加强组织。",
)  # fmt: skip
GOALS = (
    "完成{s}年度建设任务，进一步补齐基础设施短板，提升服务保障能力，确保群众满意。",
    "1.完成{s}改造提升；2.开展业务培训，提高工作人员能力水平；3.建立健全管护机制，保障设施长期发挥效益。",
    "保障{s}正常运转。",
    "通过实施本项目，推动{s}工作提质增效，切实保障人民群众切身利益，全年不发生安全责任事故，各项任务按时间节点有序推进，为高质量发展提供有力支撑。",
)
DONE = (
    "已完成。", "年度总体目标已全部完成。",
    "1.完成了{s}改造提升；2.开展业务培训6期，提高了工作人员能力水平；3.管护机制基本建立。",
    "全年{s}运转正常，各项任务按计划完成，未发生安全责任事故，服务对象反映良好，达到了预期目标。",
    "基本完成年度任务，部分工程因雨季工期顺延，已于次年1月完工。",
)  # fmt: skip


@dataclass
class Invented:
    """A form that was invented: its layout family, and what it says."""

    family: Family
    says: dict[str, Any]
    funds: list[list[str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)


def number(hundredths: int, places: int) -> str:
    """A number of hundredths with up to two decimals, as printed."""
    whole, rest = divmod(hundredths, 100)
    return str(whole) if not places and not rest else f"{whole}.{rest:02}"


def invent(dice: Dice, family: Family, style: dict[str, int]) -> Invented:
    """A form with consistent sums, in the number style of its document."""
    subject = dice.pick(SUBJECTS)
    place = dice.pick(PLACES)
    office = place + dice.pick(OFFICES)
    rows = _rows(dice, family, subject, style)
    says: dict[str, Any] = {
        "title": family.title,
        "fiscal_year": 2023,
        "project": dice.pick(("", place, "2023年")) + subject + dice.pick(WORKS),
        "department": office,
        "unit": dice.pick((office, place + subject + "管理服务中心")),
        "currency_unit": "万元" if style["wan"] else "元",
        "goal/expected": dice.pick(GOALS).format(s=subject),
        "goal/actual": dice.pick(DONE).format(s=subject),
    }
    form = Invented(family, says, rows=rows)
    _invent_funds(dice, form, style)
    for index, row in enumerate(rows):
        for column, text in row.items():
            says[f"indicators/{index}/{column}"] = text
    columns = [column for column, _ in family.columns]
    weights = sum(row_hundredths(row["weight"]) for row in rows if "weight" in columns)
    scores = sum(row_hundredths(row["score"]) for row in rows)
    if "weight" in columns:
        says["total/weight"] = number(weights + row_hundredths(says["execution/weight"]), style["places"])
    says["total/score"] = number(scores + row_hundredths(says["execution/score"]), style["places"])
    says["grade"] = "优" if scores > 7500 else "良"
    return form


def row_hundredths(text: str) -> int:
    """A printed number in hundredths."""
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def _rows(dice: Dice, family: Family, subject: str, style: dict[str, int]) -> list[dict[str, str]]:
    chosen = [name for name in NAMES if dice.chance(65) or name in ("数量指标", "社会效益指标")]
    columns = [column for column, _ in family.columns]
    rows: list[dict[str, str]] = []
    for level2 in chosen:
        names = list(NAMES[level2])
        for _ in range(1 + dice.roll(3)):
            name = names.pop(dice.roll(len(names)))
            row = {"level1": LEVEL1[level2], "level2": level2, "name": name.format(s=subject)}
            row |= _values(dice, level2, style, split="value" in columns)
            rows.append(row | _points(dice, style))
    return [{column: text for column, text in row.items() if column in (*columns, "target")} for row in rows]


def _points(dice: Dice, style: dict[str, int]) -> dict[str, str]:
    weight = dice.pick((300, 500, 500, 1000, 1000, 1500, 2000))
    lost = dice.pick((0, 0, 0, 0, 50, 100, 150)) if style["reasons"] else 0
    reason = dice.pick(REASONS) if lost else ""
    return {
        "weight": number(weight, style["places"]),
        "score": number(weight - lost, style["places"]),
        "deviation": reason,
    }


def _values(dice: Dice, level2: str, style: dict[str, int], *, split: bool) -> dict[str, str]:
    if dice.chance(style["prose"]) and level2 not in ("数量指标", "质量指标", "服务对象满意度指标"):
        target, actual = dice.pick(PROSE)
        return {"sign": "", "value": target, "unit": "", "target": target, "actual": actual}
    unit = (
        "%"
        if level2 in ("质量指标", "服务对象满意度指标")
        else dice.pick(("个", "次", "人", "万元", "公里", "%", "台（套）"))
    )
    sign = dice.pick(("≥", "≥", "=", "≤"))
    amount = dice.pick((90, 95, 98, 100)) if unit == "%" else 1 + dice.roll(300)
    printed = number(amount * 100, style["places"])
    if split:
        return {"sign": sign, "value": printed, "unit": unit, "target": sign + printed + unit, "actual": printed + unit}
    noted = f"({unit})" if style["brackets"] else unit
    return {"target": sign + printed + noted, "actual": printed + noted}


def _invent_funds(dice: Dice, form: Invented, style: dict[str, int]) -> None:
    total = 100 * (10 + dice.roll(90000)) + dice.roll(100)
    executed = total if dice.chance(50) else total * (60 + dice.roll(40)) // 100
    weight = 2000 if len(form.family.fund_rows) == 1 else 1000
    rate = executed * 10000 // total
    amounts = {
        "initial": total + (0 if dice.chance(50) else 100 * dice.roll(500)),
        "adjusted": total,
        "executed": executed,
    }
    for row, label in form.family.fund_rows:
        cells = [label]
        for column, _ in form.family.fund_columns:
            text = ""
            if column in amounts:
                text = number(amounts[column] if row in ("total", "current_year") else 0, 1)
                form.says[f"funds/{row}/{column}"] = text
                text = f"{int(text[:-3]):,}{text[-3:]}" if style["commas"] else text
            elif row == "total":
                text = {"weight": number(weight, style["places"]), "rate": number(rate, 1),
                        "score": number(weight * rate // 10000, style["places"])}[column]  # fmt: skip
                form.says[f"execution/{column}"] = text
                text += "%" if column == "rate" and style["percent"] else ""
            else:
                text = "-" if style["dashes"] else ""
            cells.append(text)
        form.funds.append(cells)
    if "weight" not in dict(form.family.fund_columns):
        form.says["execution/weight"] = "0"


@dataclass(frozen=True)
class Habits:
    """How a document is set and how its text was pulled out."""

    widths: dict[str, int]
    headings: str
    lines: str
    blanks: str
    page: str
    cut: int
    spaced: bool
    numbered_pages: bool
    repeat_header: bool


def habits(dice: Dice, *, spaced: bool = False) -> Habits:
    """The habits of one document, drawn by lot. Widths are in quarter ems."""
    widths = {
        "level1": dice.pick((8, 12, 16, 24)), "level2": dice.pick((8, 12, 16, 40)),
        "name": 4 * (7 + dice.roll(12)) + dice.roll(3),
        "target": 4 * (5 + dice.roll(8)) + dice.roll(3), "actual": 4 * (5 + dice.roll(8)),
        "value": 4 * (5 + dice.roll(6)),
        "deviation": 4 * (6 + dice.roll(10)), "goal": 4 * (16 + dice.roll(16)), "label": 4 * (6 + dice.roll(5)),
        "head": 4 * (10 + dice.roll(12)), "sign": 16, "unit": 16, "number": 28,
    }  # fmt: skip
    return Habits(
        widths=widths,
        headings=dice.pick(("leading", "leading", "middle", "last")),
        lines=dice.pick(("visual", "visual", "each")),
        blanks=dice.pick(("none", "none", "every", "cells")),
        page=dice.pick(("\f", "\n\n\n", "\n\n\n")),
        cut=dice.pick((0, 1, 2, 2)),
        spaced=spaced,
        numbered_pages=dice.chance(20),
        repeat_header=dice.chance(15),
    )


def units(text: str) -> list[str]:
    """What Chinese line breaking keeps together: Latin runs, and signs with what they close or open."""
    found: list[str] = []
    for char in text:
        latin = char.isascii() and (char.isalnum() or char in ".,%")
        if found and (
            char in CLOSING
            or found[-1][-1] in OPENING
            or (latin and found[-1][-1].isascii() and found[-1][-1] not in ")]")
        ):
            found[-1] += char
        else:
            found.append(char)
    return found


def span(text: str) -> int:
    """Width in quarter ems."""
    total = 0
    for index, char in enumerate(text):
        total += 4 if ord(char) > 0x2000 else 2
        before = text[index - 1] if index else ""
        if before and ((is_han(before) and latin(char)) or (latin(before) and is_han(char))):
            total += 1
    return total


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return char > "\u2e80"


def latin(char: str) -> bool:
    """Whether a character is a Latin letter or a digit."""
    return char.isascii() and char.isalnum()


def wrap(text: str, width: int) -> list[str]:
    """A text broken into lines no wider than `width` quarter ems, where a unit allows it."""
    lines: list[str] = []
    for unit in units(text):
        if lines and span(lines[-1] + unit) <= width:
            lines[-1] += unit
        else:
            lines.append(unit)
    return lines


class Printer:
    """Prints an invented form as an extractor would."""

    def __init__(self, form: Invented, habit: Habits, dice: Dice) -> None:
        """Take the form and the habits of its document."""
        self._form = form
        self._habit = habit
        self._dice = dice
        self._out: list[str] = []

    def print(self) -> str:
        """The text of the form."""
        says, family = self._form.says, self._form.family
        self._row([[says["title"]]])
        self._row([[f"（{says['fiscal_year']}年度）"]])
        self._row([["项目名称"], wrap(says["project"], 160)])
        self._row([["主管部门"], wrap(says["department"], self._habit.widths["head"]), ["实施单位"],
                   wrap(says["unit"], self._habit.widths["head"])])  # fmt: skip
        self._funds()
        self._row([["年度", "总体", "目标"]])
        self._row([[label] for label in family.goal])
        goal = [wrap(says[f"goal/{half}"], self._habit.widths["goal"]) for half in ("expected", "actual")]
        self._row(goal)
        self._indicators()
        totals = [[says[f"total/{column}"]] for column in ("weight", "score") if f"total/{column}" in says]
        self._row([[family.total], *totals])
        self._row([[family.grade], [says["grade"]]])
        return "".join(self._out)

    def _funds(self) -> None:
        family, widths = self._form.family, self._habit.widths
        self._row([["项目资金", f"（{self._form.says['currency_unit']}）"]])
        self._row([wrap(label, widths["number"]) for _, label in family.fund_columns])
        for cells in self._form.funds:
            self._row([wrap(cells[0], widths["label"]), *([cell] if cell else [] for cell in cells[1:])])

    def _header(self) -> None:
        self._row([wrap(label, max(16, self._width(column))) for column, label in self._form.family.columns])

    def _width(self, column: str) -> int:
        return self._habit.widths.get(column, self._habit.widths["number"])

    def _indicators(self) -> None:
        rows = self._form.rows
        self._header()
        cut = 1 + self._dice.roll(max(1, len(rows) - 1)) if self._habit.cut else -1
        for index, row in enumerate(rows):
            for level in ("level1", "level2"):
                if self._heads(index, level):
                    self._row([wrap(row[level], self._habit.widths[level])])
            cells = self._cells(row)
            if index == cut and self._habit.cut == 2 and max(map(len, cells)) > 1:
                self._cut_row(cells)
                continue
            if index == cut:
                self._page()
            self._row(cells)

    def _cells(self, row: dict[str, str]) -> list[list[str]]:
        columns = [column for column, _ in self._form.family.columns if not column.startswith("level")]
        return [wrap(row.get(column, ""), self._width(column)) for column in columns]

    def _heads(self, index: int, level: str) -> bool:
        """Whether the heading of a row's group is printed just before this row."""
        rows = self._form.rows
        group = [i for i, row in enumerate(rows) if row[level] == rows[index][level]]
        where = {"leading": group[0], "middle": group[len(group) // 2], "last": group[-1]}
        return where[self._habit.headings] == index

    def _cut_row(self, cells: list[list[str]]) -> None:
        height = max(map(len, cells))
        at = 1 + self._dice.roll(height - 1)
        self._row([cell[:at] for cell in cells])
        self._page()
        self._row([cell[at:] for cell in cells if cell[at:]])

    def _page(self) -> None:
        if self._habit.numbered_pages:
            self._out.append("\n— 3 —")
        self._out.append("\n" + self._habit.page)
        if self._habit.repeat_header:
            self._header()

    def _row(self, cells: list[list[str]]) -> None:
        """One table row: a blank between lines at one height, a line break elsewhere."""
        height = max(map(len, cells), default=0)
        last: tuple[int, int] | None = None
        for column, cell in enumerate(cells):
            for number_, line in enumerate(cell):
                at = height - len(cell) + 2 * number_
                self._out.append(self._between(last, (column, at)) + self._line(line))
                last = (column, at)

    def _between(self, last: tuple[int, int] | None, now: tuple[int, int]) -> str:
        if last is None:
            return "\n" if self._habit.blanks == "none" else "\n\n"
        if last[1] == now[1] and self._habit.lines == "visual":
            return " "
        if self._habit.blanks == "none" or (self._habit.blanks == "cells" and last[0] != now[0]):
            return "\n"
        return "\n\n"

    def _line(self, line: str) -> str:
        if not self._habit.spaced:
            return line
        spaced = ""
        for char in line:
            before = spaced[-1:]
            if before and ((is_han(before) and latin(char)) or (latin(before) and is_han(char))):
                spaced += " "
            spaced += char
        return spaced


def document(seed: int, family: int | None = None, *, spaced: bool = False) -> tuple[str, list[Invented]]:
    """A text of one to four forms that share layout and habits, and what they say."""
    dice = Dice(seed)
    layout = FAMILIES[dice.roll(len(FAMILIES)) if family is None else family]
    style = {
        "places": dice.pick((0, 2)), "wan": dice.roll(2), "brackets": dice.roll(2), "reasons": dice.roll(2),
        "prose": dice.pick((0, 30, 60)),
        "commas": dice.roll(2), "percent": dice.roll(2), "dashes": dice.roll(2),
    }  # fmt: skip
    habit = habits(dice, spaced=spaced)
    forms = [invent(dice, layout, style) for _ in range(1 + dice.roll(4))]
    return (("\n" + habit.page).join(Printer(form, habit, dice).print() for form in forms), forms)

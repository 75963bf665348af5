"""Forms that nobody published, invented from word lists by lot: for tests only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


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

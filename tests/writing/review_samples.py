"""Reviews made by hand for the writers' tests: the seed's forms, one with faults, one hostile, unreadable files."""

from decimal import Decimal

from msgspec.structs import replace

import oracle.truth
from jixiao.form import (
    Extra,
    Form,
    Goal,
    Indicator,
    LabelledFundRow,
    Place,
    Problem,
    Project,
    Target,
)
from jixiao.review.verdict import Family, Finding, Review, Severity, Undecided
from jixiao.scoring.sheet import Clause, Line, ScoreSheet, Step, Text
from jixiao.writing.report import FileReport, FormReport, ReportError, ReviewReport

HOSTILE = "</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}&amp;"

MINISTRY = Clause(document="财预〔2020〕10号《项目支出绩效评价管理办法》", article="第十六条", evidence="recalled")
SEEN = Clause(document="财预〔2020〕10号《项目支出绩效评价管理办法》", article="第十三条", evidence="text-seen")
HABIT = Clause(document="《上海市预算绩效管理操作规程》", article="自评表填报说明", evidence="practice")

SEVERITY_OF: dict[Family, Severity] = {"arithmetic": "error", "clause": "warning", "doubt": "info"}

TITLES = {
    "JX101": Text(zh="得分合计与总分不符", en="Scores do not sum to the total"),
    "JX103": Text(zh="预算执行得分与执行率不符", en="Execution score does not follow from the rate"),
    "JX201": Text(zh="扣分未说明原因", en="Points lost without a reason"),
    "JX204": Text(zh="预算大幅调整而指标值未变", en="Budget cut, targets unchanged"),
    "JX301": Text(zh="实际值全部恰好等于目标值", en="Every actual equals its bound"),
    "JX302": Text(zh="实际完成情况没有内容", en="Empty result text"),
    "JX305": Text(zh="单个指标权重过高", en="One line carries very many points"),
    "JX310": Text(zh="与上年相比目标未提高", en="Target not raised since last year"),
}
WHY = Text(zh="实施单位名称含「上海」，年度为 2024", en="the unit's name contains 上海 and the fiscal year is 2024")
BOOK = Text(zh="上海市财政项目支出绩效自评规则", en="Shanghai: self-evaluation of project expenditure")


def number(text: str | None) -> Decimal | None:
    """A printed number as a `Decimal`; `None` stays."""
    return None if text is None else Decimal(text)


def truth_forms() -> tuple[Form, ...]:
    """The seven forms of the seed with places on a page each."""
    return tuple(_placed(form, page) for page, form in enumerate(oracle.truth.truth_forms(), 1))


def _placed(form: Form, page: int) -> Form:
    pointers = ["/project/name", "/goal/actual", "/funds/total/adjusted", "/total/score"]
    lines = range(len(form.indicators))
    pointers += [f"/indicators/{at}/{name}" for at in lines for name in ("target", "actual", "score")]
    return replace(form, places={pointer: (place(page),) for pointer in pointers})


def place(page: int) -> Place:
    """A place on a page of a PDF."""
    return Place(file="shanghai-2024.pdf", page=page, box=(Decimal(71), Decimal("402.9"), Decimal(188), Decimal(431)))


def line_of(form: Form, at: int) -> Line:
    """A hand-made line: numbers as claimed, qualitative ones with the band 80 to 100 per cent."""
    indicator = form.indicators[at]
    weight = indicator.weight or Decimal(0)
    qualitative = indicator.actual.value is None
    zh, en = (
        ("定性指标：按达成档位", "qualitative: by band")
        if qualitative
        else ("实际 ÷ 目标 × 分值", "actual ÷ target × points")
    )
    band = Step(
        zh=f"档位 80%–100%：{weight * 8 / 10}–{weight}", en=f"band 80–100 %: {weight * 8 / 10}–{weight}", clause=SEEN
    )
    ratio = Step(zh=f"完成比例 1，得分 {weight}", en=f"ratio 1, score {weight}", clause=MINISTRY)
    return Line(
        pointer=f"/indicators/{at}",
        claimed=indicator.score,
        computed=weight,
        low=weight * 8 / 10 if qualitative else None,
        high=weight if qualitative else None,
        agrees=indicator.score == weight,
        formula=Text(zh=zh, en=en),
        steps=(Step(zh=f"分值 {weight}", en=f"points {weight}"), band if qualitative else ratio),
    )


def execution_line(form: Form) -> Line:
    """The line of the budget execution, full points for a rate of 100."""
    weight = form.execution.weight
    step = Step(zh="执行率 = 1.60 ÷ 1.60 = 100%", en="rate = 1.60 ÷ 1.60 = 100 %", clause=HABIT)
    return Line(
        pointer="/execution",
        claimed=form.execution.score,
        computed=weight,
        low=None,
        high=None,
        agrees=form.execution.score == weight,
        formula=Text(zh="执行率 × 分值", en="rate × points"),
        steps=(step,),
    )


def sheet_of(form: Form) -> ScoreSheet:
    """A hand-made score sheet: everything numeric is full points."""
    lines = (execution_line(form), *(line_of(form, at) for at in range(len(form.indicators))))
    score = sum((line.computed or Decimal(0) for line in lines), Decimal(0))
    low = sum(((line.computed or Decimal(0)) if line.low is None else line.low for line in lines), Decimal(0))
    total = Step(zh=f"总分 = 各行之和 = {score}", en=f"total = sum of lines = {score}")
    grade = Step(zh="90 分以上为优", en="90 and above: excellent", clause=MINISTRY)
    return ScoreSheet(
        rulebook="cn-shanghai",
        on="2024-12-31",
        fingerprint="9f2c61d0aa",
        claimed_score=form.total.score,
        claimed_grade=form.grade,
        score=score,
        low=low,
        grade="优",
        lines=lines,
        steps=(total, grade),
    )


def finding(code: str, family: Family, pointer: str, page: int, clause: Clause | None = None) -> Finding:
    """A finding with plausible sentences."""
    return Finding(
        code=code,
        name=code.lower(),
        family=family,
        severity=SEVERITY_OF[family],
        pointer=pointer,
        places=(place(page),),
        read=Text(zh="130.00 → 1.60 万元，七项指标值一项未改", en="130.00 → 1.60 万元, none of seven targets changed"),
        expected=Text(zh="随预算调整而修订的指标值，或不修订的理由", en="targets revised with the budget, or why not"),
        ask=Text(
            zh="全年预算数只有年初的 1.2%，指标值却一项未改。请说明原定任务如何用 1.60 万元完成，或补充批复。",
            en="The adjusted budget is 1.2 % of the initial one, no target changed. How was it done with 1.60 万元?",
        ),
        clause=clause,
    )


def doubts(form: Form, page: int) -> tuple[Finding, ...]:
    """Four findings that every seed form gets."""
    heavy = max(range(len(form.indicators)), key=lambda at: form.indicators[at].weight or 0)
    return (
        finding("JX204", "doubt", "/funds/total", page, MINISTRY),
        finding("JX302", "doubt", "/goal/actual", page, HABIT),
        finding("JX301", "doubt", "/indicators", page),
        finding("JX305", "doubt", f"/indicators/{heavy}/weight", page, SEEN),
    )


def form_report(form: Form, page: int, *extra: Finding) -> FormReport:
    """A form with the usual doubts, one undecided check, and more findings if given."""
    undecided = Undecided(
        code="JX310", pointer="", needs=Text(zh="上年同一项目的自评表", en="last year's form of the project")
    )
    review = Review(findings=(*extra, *doubts(form, page)), undecided=(undecided,))
    return FormReport(form, sheet_of(form), review, BOOK, WHY, TITLES)


def faulty() -> FormReport:
    """The third form with a wrong execution score, a wrong total, extras, a problem and more fund rows."""
    form = truth_forms()[2]
    more = (LabelledFundRow(label="财政专户管理资金", initial=Decimal("3.00")),)
    form = replace(
        form,
        execution=replace(form.execution, score=Decimal("9.00"), rate=Decimal("86.19")),
        total=replace(form.total, score=Decimal("98.00")),
        funds=replace(form.funds, more=more),
        extras=(
            Extra("改进措施及结果应用方案", "加强项目前期论证。", None),
            Extra("得分计算方法", "比率法", "/indicators/0"),
        ),
        problems=(Problem("/indicators/3/score", "unreadable", "此格笔画相连，无法读出数字"),),
    )
    extra = (
        finding("JX101", "arithmetic", "/total/score", 3),
        finding("JX103", "arithmetic", "/execution/score", 3),
        finding("JX201", "clause", "/indicators/2/deviation", 3, SEEN),
    )
    return form_report(form, 3, *extra)


def hostile() -> FormReport:
    """A form whose every text tries to leave its place."""
    form = replace(
        truth_forms()[1],
        title=HOSTILE,
        project=Project(name=HOSTILE, code=HOSTILE),
        department=HOSTILE,
        unit=HOSTILE,
        currency_unit=HOSTILE,
        goal=Goal(expected=HOSTILE, actual=HOSTILE),
        grade=HOSTILE,
        indicators=(Indicator(HOSTILE, HOSTILE, HOSTILE, Target(HOSTILE), deviation=HOSTILE),),
        extras=(Extra(HOSTILE, HOSTILE, "/indicators/0"),),
        problems=(Problem("/grade", "unreadable", HOSTILE),),
    )
    text = Text(zh=HOSTILE, en=HOSTILE)
    clause = Clause(HOSTILE, HOSTILE, "recalled")
    mine = Finding("JX204", "x", "doubt", "info", "/grade", (Place(HOSTILE, cell=HOSTILE),), text, text, text, clause)
    line = Line("/indicators/0", None, None, None, None, None, text, (Step(HOSTILE, HOSTILE, clause),), (HOSTILE,))
    sheet = ScoreSheet(HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, None, None, HOSTILE, (line,))
    review = Review((mine,), (Undecided("JX310", "/grade", text),))
    return FormReport(form, sheet, review, text, text, {"JX204": text, "JX310": text})


def with_trial() -> ReviewReport:
    """One form with a finding of a check on trial before its usual ones, and a run that left three such checks out."""
    form = faulty()
    first, *rest = form.review.findings
    review = replace(form.review, findings=(replace(first, trial=True), *rest))
    return ReviewReport("0.1.0", (FileReport("a.pdf", "", None, (replace(form, review=review),)),), 3)


def unreadable() -> FileReport:
    """A file that is a scan."""
    error = ReportError(
        "no-text-layer",
        Text(
            zh="这份 PDF 没有文字层，是扫描件，暂时不能读取。",
            en="This PDF has no text layer: it is a scan, which cannot be read yet.",
        ),
        Text(
            zh="请用原始的 Word、Excel 或带文字层的 PDF 重试。",
            en="Try the original Word or Excel file, or a PDF with text.",
        ),
    )
    return FileReport("扫描件/机关服务.pdf", "0" * 64, error)


def sample() -> ReviewReport:
    """Seven seed forms (the third with faults) and one unreadable file."""
    forms = [form_report(form, page) for page, form in enumerate(truth_forms(), 1)]
    forms[2] = faulty()
    return ReviewReport("0.1.0", (FileReport("shanghai-2024.pdf", "ab" * 32, None, tuple(forms)), unreadable()))


def hostile_sample() -> ReviewReport:
    """One hostile form in a file with a hostile name, and a hostile error."""
    text = Text(zh=HOSTILE, en=HOSTILE)
    bad = FileReport(HOSTILE, "", ReportError(HOSTILE, text, text))
    return ReviewReport(HOSTILE, (FileReport(HOSTILE, HOSTILE, None, (hostile(),)), bad))

"""The review letter and the summary report: who is written to, what stands where, what is left blank."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import msgspec
import pytest
from msgspec.structs import replace

from jixiao.form import Problem, Project
from jixiao.review.folder.brief import key_of
from jixiao.review.folder.waivers import draft, load_waivers
from jixiao.writing.formats.text import write_text
from jixiao.writing.letter.as_document import letter_documents
from jixiao.writing.letter.data import Sending, amount_of
from jixiao.writing.letter.gather import letters
from jixiao.writing.letter.gather_summary import summaries
from jixiao.writing.letter.letter import Letter, letter_schema
from jixiao.writing.letter.sentences import Language, chinese
from jixiao.writing.letter.summary import Summary, summary_schema
from jixiao.writing.letter.summary_document import summary_documents
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Text
from jixiao.writing.paper.pages import SetText
from jixiao.writing.paper.typeset import typeset
from writing.letter_samples import DAY, LONG_WAY, SENDING, forms, reviewed, tables, texts

HEADINGS = ("一、复核情况", "二、需要更正的", "三、不符合规定的", "四、请予说明的", "五、回复要求")
OUTLINE = (
    "一、绩效自评工作组织开展情况",
    "二、自评结果总体情况",
    "三、绩效目标完成情况分析",
    "四、存在的问题",
    "五、改进措施及结果应用",
)


@pytest.fixture(scope="module")
def three() -> list[Letter]:
    """The letters of the sample: two units and nobody."""
    with reviewed(forms(), ["broken.json"]) as report:
        return list(letters(report, SENDING))


@pytest.fixture(scope="module")
def summary() -> Summary:
    """The summary of the sample's department."""
    with reviewed(forms()) as report:
        return next(summaries(report, SENDING))


def sections(letter: Letter) -> list[str]:
    """The letter's text between its five headings."""
    whole = "\n".join(texts(letter_documents(letter)[:1]))
    assert [heading for heading in HEADINGS if heading in whole] == list(HEADINGS)
    parts = re.split("|".join(HEADINGS), whole)
    assert len(parts) == 6
    return parts


def test_one_letter_a_unit(three: list[Letter]) -> None:
    """Each unit has its forms in the folder's order; forms of nobody and unread files are together in a letter."""
    assert [letter.unit for letter in three] == [LONG_WAY, "第二中心", ""]
    assert [len(letter.forms) for letter in three] == [4, 1, 1]
    assert [len(letter.faults) for letter in three] == [0, 0, 1]
    assert [form.number for form in three[0].forms] == [1, 2, 3, 4]


def test_counts_are_those_of_the_review() -> None:
    """Counts and sums of the letters are the folder's own, and each letter's counts are what it lists."""
    with reviewed(forms(), ["broken.json"]) as report:
        made = list(letters(report, SENDING))
        whole = report.whole
    for ours, family in (("correct", "arithmetic"), ("departs", "clause"), ("ask", "doubt")):
        assert sum(getattr(letter.counts, ours) for letter in made) == whole.asked[family] > 0  # type: ignore[index]
        for letter in made:
            assert getattr(letter.counts, ours) == sum(len(getattr(form, ours)) for form in letter.forms)
            assert getattr(letter.counts, ours) == sum(group.count for group in getattr(letter, ours))
    assert sum(letter.counts.undecided for letter in made) == whole.undecided
    sums = [letter.money.adjusted_amount for letter in made]
    assert sum(Decimal(amount.yuan) for amount in sums if amount) == whole.money.adjusted
    assert all(Decimal(amount.wan) * 10000 == Decimal(amount.yuan) for amount in sums if amount)


def test_score_table_has_each_form(three: list[Letter]) -> None:
    """A row a form: money in 万元, the totals claimed, recomputed and low, and how many observations of each family."""
    for letter in three:
        (table,) = tables(letter_documents(letter)[1:2])
        for form in letter.forms:
            row = [cell.text for cell in table.cells if cell.row == form.number]
            assert row[:2] == [str(form.number), form.project]
            assert row[3:6] == [amount.wan if amount else "—" for amount in form.money.columns.values()]
            assert row[6:11] == [form.claimed, form.claimed_grade, form.computed, form.grade, form.low]
            held = (form.correct, form.departs, form.ask, form.unread)
            assert [int(text) for text in row[11:]] == [len(each) for each in held] == list(form.tally.columns)


def test_families_never_mix(three: list[Letter]) -> None:
    """What must be corrected, what departs from a rule and what is asked stand under headings of their own."""
    letter = three[0]
    parts = sections(letter)
    for at, groups in ((2, letter.correct), (3, letter.departs), (4, letter.ask)):
        ids = [identity for group in groups for place in group.at for identity in place.ids]
        assert ids
        listed = [
            identity
            for held in re.findall(r"（(\d+\.\d+(?:、\d+\.\d+)*)）", parts[at])
            for identity in held.split("、")
        ]
        assert listed == ids
    for form in letter.forms:
        assert {item.family for item in form.correct} <= {"arithmetic"}
        assert {item.family for item in form.departs} <= {"clause"}
        assert {item.family for item in form.ask} <= {"doubt"}
        assert [item.id for item in form.items] == [f"{form.number}.{at}" for at in range(1, len(form.items) + 1)]


def test_what_is_certain_is_written_out(three: list[Letter]) -> None:
    """A broken sum stands in the letter with form, field, what was read and expected; a clause with its mark."""
    parts = sections(three[0])
    wrong = three[0].forms[0].correct[0]
    assert f"{wrong.id}　科技金融：{wrong.field.zh}，读到“{wrong.read.zh}”，应为“{wrong.expected.zh}”" in parts[2]
    departs = next(item for form in three[0].forms for item in form.departs)
    assert departs.clause is not None
    assert f"依据{departs.clause.document} {departs.clause.article}（{departs.clause.mark.zh}）" in parts[3]
    assert "并非认定有错" in parts[4]


def test_reply_table_has_a_row_for_everything(three: list[Letter]) -> None:
    """Every finding and every field that was not read has its row, the last cell empty, a table for each family."""
    letter = three[0]
    wanted = [
        [each.id for each in held]
        for form in letter.forms
        for held in (form.correct, form.departs, form.ask, form.unread)
        if held
    ]
    made = tables(letter_documents(letter)[2:])
    assert [[cell.text for cell in table.cells if cell.column == 0 and cell.row] for table in made] == wanted
    for table in made:
        assert {cell.text for cell in table.cells if cell.column == 5 and cell.row} == {""}
        assert table.widths[5] >= 12000
        assert table.heading == (0, 1)
    assert letter.forms[3].unread[0].message == "字迹不清"


def test_sender_number_and_days(three: list[Letter]) -> None:
    """What the sender says stands where custom has it; what is not said is a marked blank."""
    written = texts(letter_documents(three[0])[:1])
    assert written[1:4] == ["沪财绩〔2025〕9号", "关于2024年度项目支出\n绩效自评表复核意见的函", f"{LONG_WAY}："]
    assert written[-2:] == ["某某财政局", "2025年6月1日"]
    assert any("请于2025年6月30日前" in text for text in written)
    with reviewed(forms()[-1:]) as report:
        bare = texts(letter_documents(next(letters(report, Sending(DAY))))[:1])
    for blank in ("发文字号", "主送单位", "回复期限", "发函单位", "联系人", "联系电话"):
        assert any(f"【待填写：{blank}】" in text for text in bare)


def test_a_letter_on_files_only() -> None:
    """Where nothing could be read the letter says so, asks for files that open, and has no attachment."""
    with reviewed([], ["a.json", "b.json"]) as report:
        (letter,) = letters(report, SENDING)
    documents = letter_documents(letter)
    assert len(documents) == 1
    whole = "\n".join(texts(documents))
    assert letter.counts.files_unread == 3
    for fault in letter.faults:
        assert fault.file in whole
        assert fault.message.zh in whole
    assert "复核情况" not in whole


def test_a_right_form_gets_a_short_letter(three: list[Letter]) -> None:
    """Where nothing is certain the letter says so; where nothing is asked no reply is."""
    letter = three[1]
    quiet = replace(letter, ask=(), counts=replace(letter.counts, ask=0, items=0))
    parts = sections(quiet)
    assert "未发现表内数字相互矛盾。" in parts[2]
    assert "没有需要说明的事项。" in parts[4]
    assert "没有需要回复的意见" in parts[5]
    assert "请于" not in parts[5]


def test_waived_findings_are_told_and_not_asked() -> None:
    """A waiver takes a finding out of what is asked; under the form it stands with who explained it and why."""
    form = forms()[0]
    with reviewed([form]) as report:
        first = report.detail(0).findings[0]
    code, pointer = first.finding.code, first.finding.pointer
    text = draft(key_of(form), code, pointer, first.read, DAY).replace('who = ""', 'who = "张三"')
    waivers = load_waivers(text.replace('reason = ""', 'reason = "已批复"'))
    with reviewed([form], waivers=waivers) as report:
        (letter,) = letters(report, SENDING)
    assert letter.counts.waived == len(letter.forms[0].waived) == 1
    assert (code, pointer) not in {(item.code, item.pointer) for item in letter.forms[0].items}
    assert any("张三：已批复" in text for text in texts(letter_documents(letter)[2:]))


def test_texts_of_forms_stand_unchanged() -> None:
    """Braces, markup, a formula's sign and line ends in names are text like any other, in letter and summary."""
    odd = replace(forms()[0], unit="{unit}<b>中心", project=Project("=SUM(A1)\n{0}《甲》"))
    with reviewed([odd]) as report:
        (letter,), (told,) = list(letters(report, SENDING)), list(summaries(report, SENDING))
    for documents in (letter_documents(letter), summary_documents(told)):
        assert any("=SUM(A1)\n{0}《甲》" in text for text in texts(documents))
    assert "{unit}<b>中心：" in texts(letter_documents(letter))


def test_contracts_hold(three: list[Letter], summary: Summary) -> None:
    """Letter and summary read back from JSON as they were, and their schemas name them."""
    for letter in three:
        assert msgspec.json.decode(msgspec.json.encode(letter), type=Letter) == letter
    assert msgspec.json.decode(msgspec.json.encode(summary), type=Summary) == summary
    assert letter_schema()["$ref"] == "#/$defs/Letter"
    assert summary_schema()["$ref"] == "#/$defs/Summary"


def test_summary_adds_up(summary: Summary) -> None:
    """Projects, grades, levels and rate of the summary are sums over its forms."""
    mine = [form for form in forms() if form.department]
    assert summary.department == "某某局"
    assert (summary.counts.forms, summary.units) == (5, (LONG_WAY, "第二中心"))
    assert sum(graded.claimed for graded in summary.grades) == sum(graded.computed for graded in summary.grades) == 5
    assert [graded.grade for graded in summary.grades[:4]] == ["优", "良", "中", "差"]
    assert sum(level.lines for level in summary.levels) == sum(len(form.indicators) for form in mine)
    for level in summary.levels:
        lines = [line for form in mine for line in form.indicators if line.level1 == level.name]
        assert level.full + level.short + level.other == level.lines == len(lines)
        assert Decimal(level.score or 0) == sum(line.score or 0 for line in lines)
    adjusted, executed = (
        sum(Decimal(getattr(form.funds.total, name)) for form in mine) for name in ("adjusted", "executed")
    )
    exact = Fraction(executed) * 100 / Fraction(adjusted)
    assert summary.execution.rate is not None
    assert abs(Fraction(summary.execution.rate) - exact) <= Fraction(1, 200)


def test_unmet_indicators_keep_their_reasons(summary: Summary) -> None:
    """Every line below its points is listed with the reason as printed; where none is, a blank is left."""
    below = [
        (form.project.name, line.name, line.deviation)
        for form in forms()
        if form.department
        for line in form.indicators
        if line.score is not None and line.weight is not None and line.score < line.weight
    ]
    assert [(one.project, one.name, one.deviation) for one in summary.short] == below
    assert "设备到货推迟=2个月" in texts(summary_documents(summary)[2:])
    bare = replace(summary, short=(replace(summary.short[0], deviation=""),), without_reason=1)
    assert "【待填写：偏差原因及改进措施】" in texts(summary_documents(bare)[2:])


def test_summary_outline_and_blanks(summary: Summary) -> None:
    """The customary outline stands in order; what no form can know is a blank, and no prose of ours."""
    written = texts(summary_documents(summary)[:1])
    assert [text for text in written if text in OUTLINE] == list(OUTLINE)
    assert written[written.index(OUTLINE[0]) + 1].startswith("【待填写：")
    last = written[written.index(OUTLINE[4]) :]
    assert sum("【待填写：" in text for text in last) == 4


def test_clauses_that_were_not_seen_are_told_in_the_summary(summary: Summary) -> None:
    """Where findings rest on clauses that are recalled the report says of how many; where none does it says nothing."""
    for count in (3, 0):
        told = replace(summary, counts=replace(summary.counts, recalled=count))
        zh, en = ("".join(texts(summary_documents(told, language)[:1])) for language in get_args(Language))
        assert ("3处所依据的条款凭记忆引用、原文未核" in zh) is bool(count)
        assert ("3 rest on clauses that are recalled" in en) is bool(count)


def test_a_letter_asks_what_the_form_says_and_not_about_the_file() -> None:
    """What could not be read of the form is asked; that the file has another name, or our summary in it, is not."""
    of_file = (Problem("", "name_says_otherwise", "…"), Problem("", "summary_left_out", "…"))
    for problems, count in ((of_file, 0), ((*of_file, Problem("/grade", "unreadable", "…")), 1)):
        with reviewed([replace(forms()[0], problems=problems)]) as report:
            (letter,) = letters(report, SENDING)
        assert (letter.counts.unread, letter.forms[0].tally.unread, len(letter.forms[0].unread)) == (count,) * 3


def test_english_is_complete(three: list[Letter], summary: Summary) -> None:
    """In English nothing of ours is left in 中文: what is, stands in the forms, the files or what the sender says."""
    chinese_text = re.compile(r"[\u4e00-\u9fff]+")
    for data, documents in (
        (three[0], letter_documents(three[0], "en")),
        (summary, summary_documents(summary, "en")),
    ):
        held = msgspec.json.encode(data).decode()
        for text in texts(documents):
            for word in chinese_text.findall(text):
                assert word in held


def test_plain_text_keeps_every_word(three: list[Letter]) -> None:
    """As plain text a row is a line, control characters are gone, and every cell's text is there."""
    documents = letter_documents(three[0])
    written = write_text(documents).decode()
    for text in texts(documents)[1:]:
        for line in text.split("\n"):
            assert line in written or document_name(line, [document.name for document in documents])
    assert (
        "\x1b"
        not in write_text([replace(documents[0], blocks=(replace(documents[0].blocks[0], text="\x1b[1m"),))]).decode()
    )


def document_name(line: str, names: list[str]) -> bool:
    """Whether a line is the name of a document, which plain text leaves out."""
    return line in names


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (105, "一百零五"), (110, "一百一十"),
     (1001, "一千零一"), (2010, "二千零一十"), (10000, "10000")],
)  # fmt: skip
def test_chinese_numerals(number: int, said: str) -> None:
    """Headings are numbered as custom has it."""
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [("1300000", "130.00"), ("0", "0.00"), ("12345.67", "1.234567"), ("-500.5", "-0.05005"), ("1E+6", "100.00")],
)
def test_amounts_in_wan_are_exact(yuan: str, wan: str) -> None:
    """万元 are 元 with the point moved by four places, never rounded."""
    made = amount_of(Decimal(yuan))
    assert made is not None
    assert made.wan == wan
    assert Decimal(made.wan) * 10000 == Decimal(made.yuan)


def test_signature_stands_together(three: list[Letter]) -> None:
    """However long the letter, closing, attachments, sender and date are on one page."""
    typefaces, line = faces(), Text("一行")
    for extra in range(1, 26):
        (body, *_) = letter_documents(three[1])
        longer = replace(body, blocks=(*body.blocks[:3], *[line] * extra, *body.blocks[-12:]))
        last = list(typeset([longer], typefaces))[-1].blocks
        held = [line for block in last if isinstance(block, SetText) for line in block.lines]
        assert [line.strip("\u3000\u2060") for line in held[-2:]] == ["某某财政局", "2025年6月1日"]
        assert any("特此函告" in line for line in held)

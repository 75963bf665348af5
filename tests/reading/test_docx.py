"""Word documents become grids: what is printed is read, what is not printed is left out and said."""

import pytest

from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.formats.docx_counting import printed
from reading.docx_maker import STRICT_W, docx, docx_parts, p, pack, r, tbl, tc, tr

LONE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def grid(body: str, **more: str) -> Grid:
    """The grid of a document with this body and these further parts."""
    return read_docx(docx(body, **more), "f.docx")


def lines(found: Grid) -> list[str]:
    """The texts outside tables."""
    return [block.text for block in found.blocks if isinstance(block, FreeText)]


def line(*runs: str, **more: str) -> str:
    """The text of a document that is one paragraph."""
    return "\n".join(lines(grid(p(*runs), **more)))


def cells(found: Grid) -> tuple[Cell, ...]:
    """The cells of the only table."""
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    return table.cells


def shape(found: Grid) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and text of each cell of the only table."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in cells(found)]


def field(instruction: str, result: str | None = None, data: str = "") -> str:
    """A complex field as Word writes it: begin, instruction, and a result unless it is `None`."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    shown = "" if result is None else LONE.format("separate") + r(result)
    return begin + told + shown + LONE.format("end")


def test_paragraphs_and_tables_come_in_order_with_their_places() -> None:
    """Lines stand at their paragraph's number, cells at table, row and cell; several paragraphs of a cell are lines."""
    found = grid(p("标题") + "<w:p/>" + tbl(tr("甲", tc("乙", "丙", span=2))) + p("尾") + tbl(tr("丁")))
    kinds = [type(block).__name__ for block in found.blocks]
    assert kinds == ["FreeText", "Table", "FreeText", "Table"]
    places = [block.places[0] for block in found.blocks if isinstance(block, FreeText)]
    assert [place.line for place in places] == [1, 3]
    tables = [block for block in found.blocks if isinstance(block, Table)]
    assert [[cell.places[0].cell for cell in table.cells] for table in tables] == [
        ["table1!R1C1", "table1!R1C2"], ["table2!R1C1"],
    ]  # fmt: skip
    assert tables[0].cells[1].text == "乙\n丙"
    assert {str(place.confidence) for place in places} == {"1.0"}


def test_merged_cells_of_every_kind() -> None:
    """gridSpan, vMerge (with and without a value), the old hMerge, gridBefore and gridAfter make one grid."""
    rows = (
        tr(tc("年度指标", merge="restart"), tc("一级", span=2), "目标"),
        tr(tc(merge="continue"), tc("产出", more="<w:vMerge w:val='restart'/>"), "数量", "7"),
        tr(tc(merge="continue"), tc(more="<w:vMerge/>"), tc("质量", more='<w:hMerge w:val="restart"/>'),
           tc(more="<w:hMerge/>")),
        tr("右", properties='<w:gridBefore w:val="3"/>'),
        tr(tc("左", span=2), properties='<w:gridAfter w:val="2"/>'),
    )  # fmt: skip
    assert shape(grid(tbl(*rows))) == [
        (0, 0, 3, 1, "年度指标"), (0, 1, 1, 2, "一级"), (0, 3, 1, 1, "目标"), (1, 1, 2, 1, "产出"),
        (1, 2, 1, 1, "数量"), (1, 3, 1, 1, "7"), (2, 2, 1, 2, "质量"), (3, 3, 1, 1, "右"), (4, 0, 1, 2, "左"),
    ]  # fmt: skip


def test_a_merged_away_cell_hides_its_words() -> None:
    """Words in a cell that continues another are not printed: they are left out and said."""
    found = grid(tbl(tr(tc("甲", merge="restart")), tr(tc("看不见", merge="continue"))))
    assert shape(found) == [(0, 0, 2, 1, "甲")]
    assert "看不见" in found.losses[0]


def test_a_cell_that_continues_nothing_is_a_cell() -> None:
    """A vMerge without a cell above that it could continue shows its own words; other columns do not count."""
    found = grid(tbl(tr(tc("甲", span=2), "乙"), tr("丙", tc("丁", merge="continue"), "戊")))
    assert "丁" in [cell.text for cell in cells(found)]
    assert found.losses == ()


def test_ragged_rows_are_set_by_their_widths() -> None:
    """Rows whose spans do not fit one another, but whose widths do, stand as their widths say."""
    wide = "<w:tcW w:w='{}' w:type='dxa'/>".format
    rows = (
        tr(tc("项目", more=wide(2000)), tc("科技", more=wide(6000))),
        tr(tc("甲", more=wide(2000)), tc("乙", more=wide(3010)), tc("丙", more=wide(3000))),
    )
    assert shape(grid(tbl(*rows))) == [
        (0, 0, 1, 1, "项目"), (0, 1, 1, 2, "科技"), (1, 0, 1, 1, "甲"), (1, 1, 1, 1, "乙"), (1, 2, 1, 1, "丙"),
    ]  # fmt: skip


def test_tables_in_cells_are_laid_out_where_they_stand() -> None:
    """A form inside an outer table reads as the form; a table beside a label keeps its rows beside that label."""
    inner = tbl(tr("三级指标", "分值"), tr("培训", "10"))
    wrapped = grid(tbl(tr(tc("自评表", inner, "<w:p/>"))))
    assert shape(wrapped) == [
        (0, 0, 1, 2, "自评表"), (1, 0, 1, 1, "三级指标"), (1, 1, 1, 1, "分值"), (2, 0, 1, 1, "培训"),
        (2, 1, 1, 1, "10"),
    ]  # fmt: skip
    assert cells(wrapped)[1].places[0].cell == "table1!R1C1>table1!R1C1"
    beside = grid(tbl(tr(tc("指标"), tc(inner, span=2)), tr("合计", "", "10")))
    assert shape(beside) == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 1, "三级指标"), (0, 2, 1, 1, "分值"), (1, 1, 1, 1, "培训"), (1, 2, 1, 1, "10"),
        (2, 0, 1, 1, "合计"), (2, 1, 1, 1, ""), (2, 2, 1, 1, "10"),
    ]  # fmt: skip


def test_runs_tabs_breaks_and_hyphens() -> None:
    """Runs join; tabs, line breaks and hyphens that do not break are printed; a soft hyphen is not."""
    run = "<w:r><w:t>单</w:t><w:tab/><w:t>位</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>\u00ad元</w:t></w:r>"
    assert line(r("科"), r("技"), run) == "科技单\t位-元"
    assert line("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:cr/><w:t>底</w:t></w:r>") == "上\n下\n底"


SYMBOLS = [
    ("Wingdings", "F0FE", "☑"), ("Wingdings", "F06F", "□"), ("Wingdings", "F0A8", "□"), ("Wingdings", "F0FC", "✓"),
    ("Wingdings", "00FE", "☑"), ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F0A3", "□"),
    ("Wingdings 2", "F050", "✓"), ("Symbol", "F0B3", "≥"), ("Symbol", "F0A3", "≤"), ("Symbol", "F0B4", "×"),
    ("", "F052", "☑"), ("Webdings", "F0FE", "☑"),
]  # fmt: skip


@pytest.mark.parametrize(("font", "code", "shown"), SYMBOLS)
def test_symbols_are_what_their_font_shows(font: str, code: str, shown: str) -> None:
    """A w:sym is read by its font: F0A3 is ≤ in Symbol and a box in Wingdings 2."""
    assert line(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', "优") == f"{shown}优"


def test_letters_in_a_symbol_font() -> None:
    """Text set in a symbol font shows pictures; an unknown one is a mark and is said."""
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert line(r("\u00fe", fonts), r("\uf0fc", '<w:rFonts w:ascii="宋体"/>')) == "☑✓"
    found = grid(p(r("\uf021", fonts)))
    assert lines(found) == ["�"]
    assert "1 个符号" in found.losses[0]


def test_check_boxes_of_content_controls() -> None:
    """A check box control shows what stands in it; a control with its prompt only is empty, and that is said."""
    ticked = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>"
    ticked += r("☒") + "</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击输入')}</w:sdtContent></w:sdt>"
    assert line(ticked, "优") == "☑优"
    found = grid(p("单位：", prompt))
    assert lines(found) == ["单位："]
    assert "单击输入" in found.losses[0]


def test_content_controls_wrap_anything() -> None:
    """Controls around paragraphs, tables, rows, cells and runs leave what they hold where it is."""

    def sdt(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = sdt(p(sdt(r("表")))) + sdt(tbl(sdt(tr(sdt(tc("甲")), tc(sdt(p("乙"))))), tr("丙", "丁")))
    found = grid(body)
    assert lines(found) == ["表"]
    assert [cell.text for cell in cells(found)] == ["甲", "乙", "丙", "丁"]


def test_a_cell_of_a_control_that_only_prompts_is_empty() -> None:
    """A control around a cell that shows its prompt leaves the cell empty, and in its place."""
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tc('单击输入')}</w:sdtContent></w:sdt>"
    found = grid(tbl(tr("单位", prompt, "尾")))
    assert [cell.text for cell in cells(found)] == ["单位", "", "尾"]
    assert "单击输入" in found.losses[0]


def test_a_table_of_contents_is_left_out_and_said() -> None:
    """Lines of contents repeat the titles of other pages; the field may span many paragraphs."""
    begin = LONE.format("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + LONE.format("separate")
    found = grid(p(begin, "自评表一\t5") + p("自评表二\t9") + p(LONE.format("end")) + p("自评表"))
    assert lines(found) == ["自评表"]
    assert "目录的 2 行" in found.losses[0]


FIELDS = [
    (field("DATE", "2024年12月"), "2024年12月"),
    ('<w:fldSimple w:instr="SUM(ABOVE)"><w:r><w:t>100</w:t></w:r></w:fldSimple>', "100"),
    (field("FORMTEXT", "科技"), "科技"),
    (field("FORMCHECKBOX", None, "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"), "☑"),
    (field("FORMCHECKBOX", "", "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"), "□"),
    (field("FORMCHECKBOX", None, "<w:ffData><w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>"
           "</w:ffData>"), "□"),
    (field("FORMDROPDOWN", None, '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/>'
           '<w:listEntry w:val="良"/></w:ddList></w:ffData>'), "良"),
    (field(r"eq \o\ac(□,√)"), "☑"), (field(r"eq \o\ac(○,3)"), "③"),
    (LONE.format("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("X", "暗") + LONE.format("separate")
     + r("明") + LONE.format("end"), "明"),
]  # fmt: skip


@pytest.mark.parametrize(("runs", "shown"), FIELDS)
def test_fields_show_their_result(runs: str, shown: str) -> None:
    """The result of a field is read, its instruction is not; form fields show their state."""
    assert line("甲", runs, "乙") == f"甲{shown}乙"


def test_a_field_without_end_is_said_and_ends_with_its_cell() -> None:
    """A field that never ends swallows no more than its cell, and is told."""
    found = grid(tbl(tr(tc(p(LONE.format("begin"), "丢")), "得分")))
    assert [cell.text for cell in cells(found)] == ["", "得分"]
    assert "域没有结束" in found.losses[0]


def test_changes_are_read_as_accepted_and_said() -> None:
    """Inserted and moved-in text is read, deleted and moved-out text is not; the file is said to hold changes."""
    runs = f"<w:ins>{r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    runs += f"<w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('新')}</w:moveTo>"
    found = grid(p("甲", runs) + tbl(tr("留"), tr("去", properties="<w:del/>")))
    assert lines(found) == ["甲增新"]
    assert [cell.text for cell in cells(found)] == ["留"]
    assert "未接受的修订" in found.losses[0]


def test_a_deleted_paragraph_end_joins_two_lines() -> None:
    """Where the end of a paragraph was deleted, the next one goes on in its line."""
    joined = p("上", properties="<w:rPr><w:del/></w:rPr>") + p("下")
    assert shape(grid(tbl(tr(tc(joined)))))[0][4] == "上下"


def test_hidden_text_is_left_out_and_said() -> None:
    """Text hidden by its run, by a style or a style's base is not printed; a style turned off again is."""
    styles = '<w:style w:type="character" w:styleId="暗"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="子"><w:basedOn w:val="暗"/></w:style>'
    runs = r("一", "<w:vanish/>"), r("二", '<w:vanish w:val="0"/>'), r("三", '<w:rStyle w:val="子"/>'), "四"
    found = grid(p(*runs), styles=styles)
    assert lines(found) == ["二四"]
    assert "2 处隐藏文字" in found.losses[0]
    assert "一" in found.losses[0]


def test_text_boxes_are_read_once() -> None:
    """Of the two branches of a text box one is read; in a cell, its lines follow the table."""
    box = f"<w:txbxContent>{p('盒')}</w:txbxContent>"
    both = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
    both += f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both += "</mc:AlternateContent></w:r>"
    assert lines(grid(p("甲", both))) == ["甲", "盒"]
    found = grid(tbl(tr(tc(p("乙", both)))))
    assert [block.text if isinstance(block, FreeText) else "表" for block in found.blocks] == ["表", "盒"]
    assert found.blocks[1].places[0].cell == "table1!R1C1" if isinstance(found.blocks[1], FreeText) else False


def test_headers_footers_and_notes() -> None:
    """Headers stand before their section, footers after it; page numbers are passed over; notes come last."""
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    section += '<w:headerReference w:type="first" r:id="header2"/><w:footerReference r:id="footer1"/></w:sectPr>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = grid(
        p("正文", mark) + section, header1=p("附件3"), header2=p("首页"), footer1=p("第", field("PAGE", "1"), "页"),
        footnotes=f'<w:footnote w:id="2">{p("注一")}</w:footnote><w:footnote w:id="3">{p("注二")}</w:footnote>',
    )  # fmt: skip
    assert lines(found) == ["附件3", "正文", "注一"]


def test_comments_macros_pictures_and_links_are_said() -> None:
    """What a document holds beside its words is named, never followed or run."""
    picture = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    parts = docx_parts(
        p("甲", picture, "<w:r><w:object/></w:r>") + "<w:altChunk r:id='c'/>",
        comments=f"<w:comment>{p('批')}</w:comment>",
    )
    link = (
        '<Relationship Id="x" Type="http://a/image" Target="http://evil/a.png" TargetMode="External"/></Relationships>'
    )
    links = str(parts["word/_rels/document.xml.rels"]).replace("</Relationships>", link)
    found = read_docx(pack(parts | {"word/_rels/document.xml.rels": links, "word/vbaProject.bin": b"x"}), "f.docm")
    said = "\n".join(found.losses)
    for word in ("批注", "宏", "图片", "嵌入对象", "altChunk", "之外"):
        assert word in said


def one_list(levels: str, number: int) -> str:
    """The inside of a numbering part that is one list."""
    linked = f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{linked}'


def numbered(kind: str, text: str, count: int = 3) -> list[str]:
    """Lines numbered by a list of one level."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    parts = one_list(level, 5)
    body = "".join(
        p("文", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>') for _ in range(count)
    )
    return lines(grid(body, numbering=parts))


def test_automatic_numbers_are_printed() -> None:
    """Numbers that Word prints before a paragraph are read, in Chinese formats too."""
    assert numbered("decimal", "%1.") == ["1. 文", "2. 文", "3. 文"]
    assert numbered("chineseCounting", "%1、") == ["一、文", "二、文", "三、文"]
    assert numbered("decimal", "（%1）") == ["（1）文", "（2）文", "（3）文"]
    assert numbered("decimalEnclosedCircleChinese", "%1")[2] == "③ 文"
    assert numbered("bullet", "\uf06c")[0] == "● 文"
    words = ["十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一"]
    assert numbered("chineseCounting", "%1、", 21)[9:] == [f"{number}、文" for number in words]


COUNTED = [
    (0, "chineseCounting", "〇"), (110, "chineseCounting", "一一〇"), (14, "chineseCountingThousand", "十四"),
    (101, "chineseCountingThousand", "一百零一"), (1010, "chineseCountingThousand", "一千零一十"),
    (25, "chineseLegalSimplified", "贰拾伍"), (3, "ideographTraditional", "丙"), (11, "ideographTraditional", "11"),
    (12, "ideographZodiac", "亥"), (2024, "ideographDigital", "二〇二四"), (21, "decimalEnclosedCircle", "㉑"),
    (4, "decimalEnclosedParen", "⑷"), (7, "decimalZero", "07"), (27, "upperLetter", "AA"),
    (1994, "lowerRoman", "mcmxciv"),
    (10**9, "upperRoman", "1000000000"), (10**8, "upperLetter", "100000000"), (12, "decimalFullWidth", "１２"),
    (5, "none", ""), (6, "hindiVowels", "6"), (-3, "chineseCounting", "-3"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "kind", "shown"), COUNTED)
def test_list_numbers_in_their_formats(number: int, kind: str, shown: str) -> None:
    """Each number format prints as Word prints it; what a format cannot print is digits."""
    assert printed(number, kind) == shown


def test_levels_starts_and_styles_of_lists() -> None:
    """Deeper levels start anew, starts are overridden once, a style numbers its paragraphs, numId 0 numbers none."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text, style) in enumerate(
            [
                ("chineseCounting", "%1", '<w:pStyle w:val="一级"/>'),
                ("decimal", "%1.%2", ""),
                ("decimal", "%1.%2.%3", ""),
            ]
        )
    ).replace('<w:suff w:val="nothing"/><w:lvlText w:val="%1.%2.%3"/>', '<w:isLgl/><w:lvlText w:val="%1.%2.%3"/>')
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/>'
    )
    numbering += '</w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride'
    numbering += ' w:val="5"/></w:lvlOverride></w:num>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="一级"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    def at(level: int, number: int) -> str:
        return p("文", properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    styled = p("文", properties='<w:pStyle w:val="一级"/>')
    none = p("文", properties='<w:pStyle w:val="一级"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled + at(1, 1) + at(1, 1) + at(2, 1) + styled + at(1, 1) + none + at(0, 2) + at(0, 2)
    assert lines(grid(body, styles=styles, numbering=numbering)) == [
        "一文", "一.1文", "一.2文", "1.2.1 文", "二文", "二.1文", "文", "五文", "六文",
    ]  # fmt: skip


def test_an_empty_numbered_cell_shows_its_number() -> None:
    """A column of automatic numbers has no text in the file and is read all the same."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering = one_list(level, 1)
    cell = tc(p(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
    assert [item[4].strip() for item in shape(grid(tbl(tr(cell), tr(cell)), numbering=numbering))] == ["1", "2"]


def test_ruby_equations_and_raised_digits() -> None:
    """The base of a ruby is read, its guide is not; fractions keep their bar, raised digits stay raised."""
    ruby = f"<w:r><w:ruby><w:rt>{r('keji')}</w:rt><w:rubyBase>{r('科技')}</w:rubyBase></w:ruby></w:r>"
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    raised = r("3", '<w:vertAlign w:val="superscript"/>')
    assert line(ruby, half, "10", raised) == "科技1/210³"


def test_strict_documents_read_alike() -> None:
    """A strict document reads as a transitional one does."""
    body = p("标题") + tbl(tr(tc("甲", span=2)), tr("乙", "丙"))
    strict = docx(body, STRICT_W)
    assert read_docx(strict, "f").blocks == read_docx(docx(body), "f").blocks


def test_a_document_of_pictures_is_said_to_be_one() -> None:
    """A document that holds only pictures is a scan, and is told as one."""
    with pytest.raises(Unreadable) as refusal:
        grid('<w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>')
    assert refusal.value.code == "scan_without_text"
    assert "1 幅图片" in refusal.value.zh

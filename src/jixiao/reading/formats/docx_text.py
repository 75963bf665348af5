"""The words of a paragraph as they are printed: runs, tabs and breaks, fields, symbols, what is hidden left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from jixiao.form import Place
from jixiao.reading.formats.docx_fields import Fields, instruction_keyword, is_page_number
from jixiao.reading.formats.docx_story import Boxed, Story
from jixiao.reading.formats.docx_styles import list_place
from jixiao.reading.formats.docx_symbols import UNKNOWN, is_symbol_font, raised, shown, symbol
from jixiao.reading.formats.docx_xml import attribute, chosen, first, full, is_on, parts_of, short

_NOT_SHOWN: Final = frozenset({
    "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:del", "w:moveFrom",
    "w:delText", "w:delInstrText", "w:rt", "w:rubyPr", "w:softHyphen", "w:annotationRef", "w:footnoteRef",
    "w:endnoteRef", "w:smartTagPr", "w:customXmlPr", "w:pgNum", "w:fldData",
})  # fmt: skip
_LITERAL: Final = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-",
}  # fmt: skip
_PRIVATE: Final = re.compile("[\uf000-\uf0ff]")


@dataclass(slots=True)
class Words:
    """A paragraph as it is printed.

    Attributes:
        text: its words, a line feed where a line is broken.
        goes_on: whether its end was deleted in a change, so that the next one continues it.
        numbers_pages: whether it prints page numbers.
        in_contents: whether it is a line of a table of contents, whose titles are those of other pages.
    """

    text: str
    goes_on: bool = False
    numbers_pages: bool = False
    in_contents: bool = False


@dataclass(slots=True)
class ParagraphReader:
    """Reads the paragraphs of one part of a document, one after another: a field may begin in one and end in another.

    Attributes:
        story: the document.
        fields: what fields are open.
    """

    story: Story
    fields: Fields = field(default_factory=Fields)
    _pieces: list[str] = field(default_factory=list)
    _place: Place = field(default_factory=lambda: Place(""))
    _numbers_pages: bool = False
    _font: str | None = None
    _raised: bool = False
    _contents: bool = False
    _handlers: dict[str, Callable[[etree._Element], None]] = field(init=False)

    def __post_init__(self) -> None:
        """Say what reads which element."""
        self._handlers = {
            "w:r": self._run, "w:t": self._text, "m:t": self._text, "w:sym": self._symbol, "w:fldChar": self._mark,
            "w:instrText": self._instruction, "w:fldSimple": self._simple_field, "w:sdt": self._control,
            "mc:AlternateContent": self._alternatives, "w:txbxContent": self._box, "w:drawing": self._picture,
            "w:pict": self._picture, "w:object": self._object, "m:f": self._fraction, "m:sup": self._power,
            "w:footnoteReference": self._note, "w:endnoteReference": self._note, "w:ins": self._change,
            "w:del": self._change, "w:moveTo": self._change, "w:moveFrom": self._change,
        }  # fmt: skip

    def read(self, paragraph: etree._Element, place: Place) -> Words:
        """The words of the next paragraph; its text boxes and notes go to the story."""
        self._pieces, self._place, self._numbers_pages = [], place, False
        in_contents = self.fields.in_contents
        properties = first(paragraph, "w:pPr")
        style = attribute(first(properties, "w:pStyle"))
        goes_on = first(properties, "w:rPr", "w:del") is not None
        hidden = style is not None and self.story.styles.hides(style)
        number = "" if hidden else self._number(properties, style)
        if hidden:
            self._hide(paragraph)
        else:
            self._walk(paragraph)
        text = number + "".join(self._pieces)
        in_contents |= self._contents or self.fields.in_contents
        self._contents = False
        return Words(text if text.strip() else "", goes_on, self._numbers_pages, in_contents)

    def _number(self, properties: etree._Element | None, style: str | None) -> str:
        own = list_place(properties) if properties is not None else None
        by_style = self.story.styles.place(style)
        if own is None and by_style is None:
            return ""
        return self.story.numbering.label(own, by_style, style)

    def _walk(self, element: etree._Element) -> None:
        for name, child in parts_of(element):
            handler = self._handlers.get(name)
            if handler is not None:
                handler(child)
            elif name in _LITERAL:
                self._say(_LITERAL[name])
            elif name not in _NOT_SHOWN:
                self._walk(child)

    def _say(self, text: str) -> None:
        if text and self.fields.shows:
            self._pieces.append(text)
            self.fields.showed()

    def _run(self, run: etree._Element) -> None:
        properties = first(run, "w:rPr")
        if properties is None:
            self._walk(run)
            return
        if self._hides(properties):
            self._hide(run)
            return
        fonts = first(properties, "w:rFonts")
        named = (attribute(fonts, "w:ascii"), attribute(fonts, "w:hAnsi")) if fonts is not None else ()
        self._font = next((name for name in named if is_symbol_font(name)), None)
        self._raised = attribute(first(properties, "w:vertAlign")) == "superscript"
        self._walk(run)
        self._font, self._raised = None, False

    def _hides(self, properties: etree._Element) -> bool:
        said = first(properties, "w:vanish")
        if said is not None:
            return is_on(said)
        style = first(properties, "w:rStyle")
        return style is not None and self.story.styles.hides(attribute(style))

    def _hide(self, element: etree._Element) -> None:
        """Leave out hidden text, but follow its field marks: instructions are often hidden."""
        words = []
        for item in element.iter(full("w:t"), full("w:fldChar"), full("w:instrText")):
            name = short(str(item.tag))
            if name == "w:fldChar":
                self._mark(item)
            elif name == "w:instrText":
                self.fields.instruct(item.text or "")
            elif name == "w:t" and self.fields.shows:
                words.append(item.text or "")
        if "".join(words).strip():
            self.story.left.note("hidden", "".join(words))

    def _text(self, element: etree._Element) -> None:
        text = element.text or ""
        if self._font or _PRIVATE.search(text):
            text = shown(text, self._font)
            self._unknown(text)
        self._say(raised(text) if self._raised else text.replace("\u00ad", ""))

    def _symbol(self, element: etree._Element) -> None:
        code = attribute(element, "w:char") or ""
        number = int(code, 16) if len(code) <= 4 and code.isalnum() and _is_hexadecimal(code) else 0
        text = symbol(attribute(element, "w:font"), number)
        self._unknown(text)
        self._say(text)

    def _unknown(self, text: str) -> None:
        if UNKNOWN in text:
            self.story.left.note("symbols", times=text.count(UNKNOWN))

    def _mark(self, element: etree._Element) -> None:
        shown_by_itself, keyword = self.fields.mark(element)
        self._say(shown_by_itself)
        self._numbers_pages |= is_page_number(keyword)
        self._contents |= keyword == "TOC"

    def _simple_field(self, element: etree._Element) -> None:
        self._numbers_pages |= is_page_number(instruction_keyword(attribute(element, "w:instr") or ""))
        self._walk(element)

    def _instruction(self, element: etree._Element) -> None:
        self.fields.instruct(element.text or "")

    def _alternatives(self, element: etree._Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._walk(branch)

    def _control(self, element: etree._Element) -> None:
        """A content control: its content, unless that is only the prompt to fill it in.

        A check box shows ☒ or ☐ in Word; ☒ alone could mean no, so the state that the file keeps is what is read.
        """
        content = first(element, "w:sdtContent")
        if content is None:
            return
        box = first(element, "w:sdtPr", "w14:checkbox")
        if box is not None and len(words_of(content).strip()) <= 1:
            self._say("☑" if attribute(first(box, "w14:checked"), "w14:val") in ("1", "true") else "□")
        elif is_prompt(element):
            self.story.left.note("placeholder", words_of(content))
        else:
            self._walk(content)

    def _box(self, element: etree._Element) -> None:
        if self.fields.shows:
            self.story.boxes.append(Boxed(element, self._place))

    def _picture(self, element: etree._Element) -> None:
        """A drawing: a picture, or a shape with words in it."""
        before = len(self.story.boxes)
        self._walk(element)
        picture = next(element.iter(full("v:imagedata"), full("a:blip")), None)
        if len(self.story.boxes) == before and picture is not None:
            self.story.left.note("pictures")

    def _object(self, element: etree._Element) -> None:
        self.story.left.note("objects", words_of(element))

    def _fraction(self, element: etree._Element) -> None:
        for name, separator in (("m:num", "/"), ("m:den", "")):
            part = first(element, name)
            if part is not None:
                self._walk(part)
                self._say(separator)

    def _power(self, element: etree._Element) -> None:
        self._raised = True
        self._walk(element)
        self._raised = False

    def _note(self, element: etree._Element) -> None:
        kind = short(str(element.tag)).removeprefix("w:").removesuffix("Reference")
        self.story.notes.append((kind, attribute(element, "w:id") or "", self._place))

    def _change(self, element: etree._Element) -> None:
        """Inserted or moved text is shown; deleted text is not. Either way the file holds a change."""
        self.story.left.note("changes")
        if short(str(element.tag)) in ("w:ins", "w:moveTo"):
            self._walk(element)


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control shows only the prompt to fill it in."""
    return is_on(first(control, "w:sdtPr", "w:showingPlcHdr"))


def words_of(element: etree._Element) -> str:
    """All words under an element, for sentences."""
    return "".join(item.text or "" for item in element.iter(full("w:t")))


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and set(text) <= set("0123456789abcdefABCDEF")

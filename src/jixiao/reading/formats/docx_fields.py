"""Fields: their results are shown, their instructions are not (ECMA-376 part 1, 17.16)."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from jixiao.reading.formats.docx_symbols import composed
from jixiao.reading.formats.docx_xml import attribute, first, is_on, parts_of, whole

_PAGE_NUMBERS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_LONGEST = 2000


@dataclass(slots=True)
class Field:
    """A field that has begun: its form data, its instruction so far, whether its result has begun and shown words."""

    data: etree._Element | None
    instruction: str = ""
    in_result: bool = False
    showed: bool = False

    @property
    def keyword(self) -> str:
        """The first word of the instruction."""
        return instruction_keyword(self.instruction)


def instruction_keyword(instruction: str) -> str:
    """The first word of an instruction, in capitals."""
    return (instruction.split(maxsplit=1) or [""])[0].upper()


def is_page_number(keyword: str) -> bool:
    """Whether a field prints the number of the page or of pages."""
    return keyword in _PAGE_NUMBERS


@dataclass(slots=True)
class Fields:
    """The fields that are open at a point of the text, outermost first."""

    open: list[Field] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        """Whether text at this point is shown: in no field, or in results only, and not in a check box."""
        return all(each.in_result and each.keyword != "FORMCHECKBOX" for each in self.open)

    @property
    def in_contents(self) -> bool:
        """Whether this point is in a table of contents."""
        return any(each.keyword == "TOC" for each in self.open)

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self.open and not self.open[-1].in_result:
            self.open[-1].instruction = (self.open[-1].instruction + text)[:_LONGEST]

    def showed(self) -> None:
        """Note that the innermost field has a result."""
        if self.open:
            self.open[-1].showed = True

    def mark(self, element: etree._Element) -> tuple[str, str]:
        """Take a begin, separate or end.

        Returns:
            What the field that ends here shows by itself, without result text (a check box, a choice, a composed
            character), and its keyword; both empty otherwise.
        """
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self.open.append(Field(first(element, "w:ffData")))
        elif kind == "separate" and self.open:
            self.open[-1].in_result = True
        elif kind == "end" and self.open:
            ended = self.open.pop()
            return _by_itself(ended), ended.keyword
        return "", ""


def _by_itself(ended: Field) -> str:
    if ended.keyword == "FORMCHECKBOX":
        return "☑" if _is_checked(ended.data) else "□"
    if ended.showed:
        return ""
    if ended.keyword == "FORMDROPDOWN":
        return _choice(ended.data)
    return composed(ended.instruction)


def _is_checked(data: etree._Element | None) -> bool:
    box = first(data, "w:checkBox")
    checked = first(box, "w:checked")
    return is_on(checked if checked is not None else first(box, "w:default"))


def _choice(data: etree._Element | None) -> str:
    listed = first(data, "w:ddList")
    if listed is None:
        return ""
    entries = [attribute(entry) or "" for name, entry in parts_of(listed) if name == "w:listEntry"]
    result = first(listed, "w:result")
    index = whole(attribute(result if result is not None else first(listed, "w:default")), 0)
    return entries[index] if 0 <= index < len(entries) else ""

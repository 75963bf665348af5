"""What was typed onto a page and not printed into it: values of form fields, free text annotations, ticks."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pypdfium2 import raw

from jixiao.layout.crafts import OURS, SUMMARY
from jixiao.layout.grid import Box
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_frame import Frame
from jixiao.reading.glyphs import Glyph, is_cjk
from jixiao.reading.page import PageContent

_FREE_TEXT, _WIDGET = raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET
_TICKED: Final = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_VALUED: Final = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_NOT_SHOWN: Final = 0x02 | 0x20
_MOST: Final = 2000
_FIRST_NOTES: Final = 4
_LONGEST: Final = 20_000
_EM: Final = 1000
"""The size that typed letters are given, where the box is not lower."""


@contextmanager
def form_of(document: int) -> Iterator[int]:
    """The form environment of a document, 0 where it has no fields; closed at the end."""
    if pdf.form_type(document) == raw.FORMTYPE_NONE:
        yield 0
        return
    about = raw.FPDF_FORMFILLINFO(version=2)
    form = pdf.start_form(document, ctypes.addressof(about)) or 0
    try:
        yield form
    finally:
        if form:
            pdf.end_form(form)


def is_appended(page: int) -> bool:
    """Whether the page is a summary that was appended when the original was marked."""
    return any(_name(page, index) == SUMMARY for index in range(min(pdf.count_notes(page), _FIRST_NOTES)))


def take_off_marks(page: int) -> None:
    """Take the marks off a loaded page that were put on it when the original was marked; the file keeps them."""
    for index in reversed(range(min(pdf.count_notes(page), _MOST))):
        if _name(page, index).startswith(OURS):
            pdf.remove_note(page, index)


def _name(page: int, index: int) -> str:
    note = pdf.get_note(page, index)
    if not note:
        return ""
    try:
        return _string(lambda buffer, size: pdf.note_string(note, b"NM", buffer, size))
    finally:
        pdf.close_note(note)


def add_notes(page: int, form: int, frame: Frame, content: PageContent) -> None:
    """Put the letters of every shown field and free text annotation where its box stands.

    A value that is printed there as well (a form that was flattened) is not added again.
    """
    for index in range(min(pdf.count_notes(page), _MOST)):
        note = pdf.get_note(page, index)
        if not note:
            continue
        try:
            words = "" if pdf.note_flags(note) & _NOT_SHOWN else _words(note, form)
            if words.strip():
                _place(words, _box(note, frame), content)
        finally:
            pdf.close_note(note)


def _words(note: int, form: int) -> str:
    kind = pdf.note_kind(note)
    if kind == _FREE_TEXT:
        return _string(lambda buffer, size: pdf.note_string(note, b"Contents", buffer, size))
    if kind != _WIDGET or not form:
        return ""
    field = pdf.field_kind(form, note)
    if field in _TICKED:
        state = _string(lambda buffer, size: pdf.note_string(note, b"AS", buffer, size))
        return "☑" if state not in ("", "Off") or pdf.field_ticked(form, note) else "□"
    if field not in _VALUED:
        return ""
    return _string(lambda buffer, size: pdf.field_value(form, note, buffer, size))


def _string(fill: Callable[[int, int], int]) -> str:
    """A text that PDFium writes into a buffer as UTF-16 with a zero at its end."""
    size = min(fill(0, 0), 2 * _LONGEST)
    buffer = ctypes.create_string_buffer(size + 2)
    fill(ctypes.addressof(buffer), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").partition("\0")[0]


def _box(note: int, frame: Frame) -> Box:
    corners = (ctypes.c_float * 4)()
    pdf.note_box(note, ctypes.addressof(corners))  # left, top, right, bottom
    left, top, right, bottom = (round(value * 100) for value in corners)
    return frame.turned(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _place(words: str, box: Box, content: PageContent) -> None:
    left, top, right, bottom = box
    printed = "".join(
        glyph[4] for glyph in content.glyphs
        if left <= (glyph[0] + glyph[2]) // 2 <= right and top <= (glyph[1] + glyph[3]) // 2 <= bottom
    )  # fmt: skip
    lines = [line.strip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line]
    if "".join("".join(lines).split()) in "".join(printed.split()):
        return
    high = (bottom - top) // max(len(lines), 1)
    for number, line in enumerate(lines):
        content.glyphs.extend(_letters(line, (left, top + number * high, right, top + (number + 1) * high)))


def _letters(line: str, box: Box) -> Iterator[Glyph]:
    """The letters of one line side by side, as large as the box allows."""
    left, top, right, bottom = box
    units = sum(2 if is_cjk(letter) else 1 for letter in line)
    half = max(min((right - left) // units, (bottom - top) // 2, _EM // 2), 2)
    middle = (top + bottom) // 2
    x, space = left, False
    for letter in line:
        wide = 2 * half if is_cjk(letter) else half
        if letter.isspace():
            space = True
        else:
            yield x, middle - half, x + wide, middle + half, letter, space
            space = False
        x += wide

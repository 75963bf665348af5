"""PDFium's functions bound for tight loops.

The calls of pypdfium2's raw layer convert every argument; these take plain addresses and numbers, so that a whole page
of letters is one C-level `map`. The library itself is loaded and started by pypdfium2.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from pypdfium2 import raw

_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), _POINTER).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


load_document = _bound("FPDF_LoadMemDocument64", _POINTER, _POINTER, ctypes.c_size_t, ctypes.c_char_p)
close_document = _bound("FPDF_CloseDocument", None, _POINTER)
last_error = _bound("FPDF_GetLastError", ctypes.c_ulong)
page_count = _bound("FPDF_GetPageCount", _INT, _POINTER)
load_page = _bound("FPDF_LoadPage", _POINTER, _POINTER, _INT)
close_page = _bound("FPDF_ClosePage", None, _POINTER)
page_box = _bound("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
page_width = _bound("FPDF_GetPageWidthF", ctypes.c_float, _POINTER)
page_height = _bound("FPDF_GetPageHeightF", ctypes.c_float, _POINTER)
render = _bound("FPDF_RenderPageBitmap", None, _POINTER, _POINTER, *[_INT] * 6)
page_rotation = _bound("FPDFPage_GetRotation", _INT, _POINTER)
count_objects = _bound("FPDFPage_CountObjects", _INT, _POINTER)
get_object = _bound("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
count_form_objects = _bound("FPDFFormObj_CountObjects", _INT, _POINTER)
get_form_object = _bound("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
object_type = _bound("FPDFPageObj_GetType", _INT, _POINTER)
object_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
object_bounds = _bound("FPDFPageObj_GetBounds", _INT, *[_POINTER] * 5)
count_segments = _bound("FPDFPath_CountSegments", _INT, _POINTER)
get_segment = _bound("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_type = _bound("FPDFPathSegment_GetType", _INT, _POINTER)
segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_closes = _bound("FPDFPathSegment_GetClose", _INT, _POINTER)
draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
load_text = _bound("FPDFText_LoadPage", _POINTER, _POINTER)
close_text = _bound("FPDFText_ClosePage", None, _POINTER)
count_letters = _bound("FPDFText_CountChars", _INT, _POINTER)
all_text = _bound("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
letter_code = _bound("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
letter_unmapped = _bound("FPDFText_HasUnicodeMapError", _INT, _POINTER, _INT)
letter_box = _bound("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
letter_matrix = _bound("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
letter_size = _bound("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
letter_origin = _bound("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
letter_ink = _bound("FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
form_type = _bound("FPDF_GetFormType", _INT, _POINTER)
start_form = _bound("FPDFDOC_InitFormFillEnvironment", _POINTER, _POINTER, _POINTER)
end_form = _bound("FPDFDOC_ExitFormFillEnvironment", None, _POINTER)
count_notes = _bound("FPDFPage_GetAnnotCount", _INT, _POINTER)
get_note = _bound("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
remove_note = _bound("FPDFPage_RemoveAnnot", _INT, _POINTER, _INT)
close_note = _bound("FPDFPage_CloseAnnot", None, _POINTER)
note_kind = _bound("FPDFAnnot_GetSubtype", _INT, _POINTER)
note_flags = _bound("FPDFAnnot_GetFlags", _INT, _POINTER)
note_box = _bound("FPDFAnnot_GetRect", _INT, _POINTER, _POINTER)
note_string = _bound("FPDFAnnot_GetStringValue", ctypes.c_ulong, _POINTER, ctypes.c_char_p, _POINTER, ctypes.c_ulong)
field_kind = _bound("FPDFAnnot_GetFormFieldType", _INT, _POINTER, _POINTER)
field_ticked = _bound("FPDFAnnot_IsChecked", _INT, _POINTER, _POINTER)
field_value = _bound("FPDFAnnot_GetFormFieldValue", ctypes.c_ulong, _POINTER, _POINTER, _POINTER, ctypes.c_ulong)
text_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
letter_object = _bound("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)

TEXT, PATH, IMAGE, FORM, SHADING = (
    raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM,
    raw.FPDF_PAGEOBJ_SHADING,
)  # fmt: skip
MOVE, LINE, CURVE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO
PASSWORD_ERROR, SECURITY_ERROR = raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY


def run_all(calls: Iterable[Any]) -> None:
    """Run an iterator of calls for their effect, without a Python-level loop."""
    deque(calls, maxlen=0)

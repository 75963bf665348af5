"""A text to its forms: read once, learn the columns' widths over all forms, read again with them."""

from typing import Final

from jixiao.form import Form
from jixiao.reading.text.assemble import Assembler, make_table
from jixiao.reading.text.blocks import cut_blocks, split_forms
from jixiao.reading.text.cells import CostModel, fit_width
from jixiao.reading.text.tokens import Token, tokenize

_ROUNDS: Final = 3


def read_text(text: str, file: str) -> tuple[Form, ...]:
    """All forms in a text pulled out of a PDF.

    Args:
        text: the text, lines as the extractor printed them.
        file: the file as the caller named it, for the places.

    Returns:
        The forms in order, each field with the line and column where it was read; empty where there is no form. What
        could not be read is `None` with a problem; what could not be placed is an extra named "unplaced".
    """
    blocks = [cut_blocks(preamble, tokens) for preamble, tokens in split_forms(tokenize(text))]
    tables = [make_table(block) for block in blocks]
    model = CostModel({})
    forms: list[Form] = []
    for _ in range(_ROUNDS):
        learnt: dict[str, list[list[Token]]] = {}
        forms = []
        for block, table in zip(blocks, tables, strict=True):
            form, cells = Assembler(block, table, file).form(model)
            forms.append(form)
            for column, found in cells.items():
                learnt.setdefault(column, []).extend(found)
        widths = {column: wide for column, cells_ in learnt.items() if (wide := fit_width(cells_)) is not None}
        if widths == model.widths:
            break
        model = CostModel(widths)
    return tuple(forms)

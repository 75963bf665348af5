"""Documents typed by hand by an examiner, made by the programs offices use: each is read exactly (data/examined)."""

import json
from pathlib import Path

import pytest

from forms.measure import differences
from jixiao.form import from_wire
from jixiao.reading.parse import parse_bytes

EXAMINED = Path(__file__).parents[1] / "data" / "examined"
DOCUMENTS = sorted(path.name for path in EXAMINED.iterdir() if path.suffix not in (".json", ".md"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_examined_document_is_read_exactly(name: str) -> None:
    """Every field as typed, no form too many or too few, and what has no field is in the extras."""
    path = EXAMINED / name
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    forms = parse_bytes(path.read_bytes(), name)
    wrong = [differences(from_wire(want), form) for want, form in zip(truth["forms"], forms, strict=True)]
    assert wrong == [[]] * len(forms)
    kept = "".join(extra.text for form in forms for extra in form.extras).replace(" ", "")
    assert [text for text in truth["also"] if text.replace(" ", "") not in kept] == []


def test_every_kind_of_document_is_among_them() -> None:
    """At least two documents each of the kinds that carry text, and one old workbook."""
    kinds = [name.rpartition(".")[2] for name in DOCUMENTS]
    assert all(kinds.count(kind) > 1 for kind in ("docx", "xlsx", "html", "pdf"))
    assert "xls" in kinds

"""Numbers not found on a page whose rules were not seen clearly are told; elsewhere an empty field stays a claim."""

from decimal import Decimal

from msgspec.structs import replace

from jixiao.form import Execution, Form, Place, Total
from jixiao.reading.settle import with_missing_told

WHOLE = Total(Decimal(100), Decimal(95))
EXECUTION = Execution(Decimal(10), Decimal(83), Decimal("8.30"))


def form(page: int) -> Form:
    """A form of one page: its execution and total are read, its funds are not."""
    return Form(execution=EXECUTION, total=WHOLE, places={"/total/score": (Place("a.pdf", page=page),)})


def told(forms: tuple[Form, ...], *pages: int) -> list[list[str]]:
    """What is told of each form."""
    return [[each.pointer for each in one.problems] for one in with_missing_told(forms, pages)]


def test_nothing_is_told_of_pages_seen_clearly() -> None:
    """Without pages in doubt the forms stay the same."""
    assert with_missing_told((form(1),), ()) == (form(1),)


def test_what_is_missing_is_told_and_what_is_there_is_not() -> None:
    """Funds, unit and grade were not found; lines of indicators may always be missing; the rest is there."""
    (pointers,) = told((form(1),), 1)
    assert pointers == ["/currency_unit", "/funds", "/indicators", "/grade", "/declared_weights"]
    (empty,) = told((replace(form(1), execution=Execution(weight=Decimal(10))),), 1)
    assert "/execution" in empty


def test_a_page_belongs_to_the_form_that_begins_before_it() -> None:
    """A page in doubt without a single field read is that of the form before; forms on other pages are not told."""
    assert [bool(pointers) for pointers in told((form(1), form(3)), 2)] == [True, False]
    assert [bool(pointers) for pointers in told((form(1), form(3)), 3)] == [False, True]
    assert [bool(pointers) for pointers in told((form(1), form(3)), 4)] == [False, True]

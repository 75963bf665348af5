"""A page scores and asks as the server does: rows, scores, findings, down to the sentence in both languages."""

from itertools import islice

import pytest

from jixiao.review import Context
from office.filing.live_page import Case, in_page, on_server
from oracle.adversary import form_number
from review.bench_of_books import checks, of_example, reviewer

FORMS = 120
SHARE = 60


def of_pages() -> list[Case]:
    """Every third form that the check pages show, under the ministry's book, with what is known beside it."""
    examples = [(check, example) for check in checks().values() for example in check.examples]
    plain = [(c, e) for c, e in examples if not (e.values or e.profiles or e.caps) and e.book == "cn"]
    return [(of_example(example), *example.forms(check.file)) for check, example in plain[::3]]


def by_chance() -> list[Case]:
    """Forms made to be asked about."""
    return [(reviewer(), form_number(number, 2031), Context()) for number in range(FORMS)]


@pytest.mark.parametrize("kind", [of_pages, by_chance])
def test_a_page_says_what_the_server_says(kind: object) -> None:
    """Every row, score, grade and finding with its sentences is the same; nearly every check has asked something."""
    assert callable(kind)
    cases: list[Case] = kind()
    asked: set[str] = set()
    for start in range(0, len(cases), SHARE):
        share = list(islice(cases, start, start + SHARE))
        for case, page in zip(share, in_page(share), strict=True):
            server = on_server(case)
            asked |= {finding[0] for finding in server["findings"]}
            assert page == server
    assert len(asked) > (90 if kind is of_pages else 30)

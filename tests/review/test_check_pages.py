"""Pages of checks: what the loader takes, and the sentence with which it refuses."""

import re
from datetime import date

import pytest

from jixiao.review import PageRefusedError, Reviewer, load_checks, specimen
from jixiao.scoring import Clause
from review import bench_of_books

GOOD = """
code = "JX901"
name = "budget_is_round"
family = "clause"
severity = "info"
since = "0.1.0"
pointer = "/funds/total"
applies = "f.initial is not None"
when = "whole * 1000000 == f.initial"
title = { zh = "预算是整数", en = "A round budget" }
wrong = { zh = "年初预算是整百万。", en = "The budget is whole millions." }
why = { zh = "多为估算。", en = "It was probably guessed." }
do = { zh = "附测算依据。", en = "Attach the estimate." }
read = { zh = "{f.initial}", en = "{f.initial}" }
expected = { zh = "测算依据", en = "an estimate" }
ask = { zh = "请说明测算依据。", en = "Please show the estimate." }
needs = { zh = "年初预算数", en = "the initial budget" }
clause = { document = "某办法", article = "第一条", evidence = "recalled" }

[let]
whole = "floor(f.initial / 1000000, 0)"

[[fires]]
at = "/funds/total"
funds = { total = "300 300 300" }

[[fires]]
at = "/funds/total"
funds = { total = "100 90 80" }

[[silent]]

[[silent]]
funds = { total = "- 90 80" }
"""
FILE = "JX901_budget_is_round.toml"
TEXTS = ("title", "wrong", "why", "do", "read", "expected", "ask", "needs")


def refusal(text: str, file: str = FILE) -> PageRefusedError:
    """What the loader says of a page."""
    with pytest.raises(PageRefusedError) as caught:
        load_checks({file: text})
    assert caught.value.file == file
    assert file in caught.value.zh
    assert file in caught.value.en
    assert caught.value.zh in str(caught.value)
    return caught.value


def without(key: str) -> str:
    """The good page without one line."""
    made = re.sub(rf"(?m)^{key} = .*$", "", GOOD, count=1)
    assert made != GOOD
    return made


def test_a_good_page_is_taken() -> None:
    """A page with all its parts becomes a check, and its examples hold."""
    checks = load_checks({FILE: GOOD})
    assert list(checks) == ["JX901"]
    assert checks.titles["JX901"].en == "A round budget"
    reviewer = Reviewer(bench_of_books.shelf().on("cn", date(2024, 12, 31)), checks, bench_of_books.lexicons())
    for example in checks["JX901"].examples:
        form, _ = example.forms(FILE)
        assert tuple(finding.pointer for finding in reviewer.review(form)[1].findings) == example.at


@pytest.mark.parametrize("key", ["code", "name", "family", "severity", "since", "pointer", "when", "clause", *TEXTS])
def test_a_part_is_missing(key: str) -> None:
    """A page without one of its parts is refused, and the sentence names the key."""
    assert refusal(without(key)).key == key


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_language_is_missing(key: str, language: str) -> None:
    """Every text stands in both languages."""
    line = next(line for line in GOOD.splitlines() if line.startswith(f"{key} ="))
    emptied = re.sub(rf'{language} = "[^"]*"', f'{language} = ""', line)
    assert refusal(GOOD.replace(line, emptied)).key == f"{key}.{language}"


@pytest.mark.parametrize("key", ["document", "article", "evidence"])
def test_a_clause_is_whole(key: str) -> None:
    """A clause names document, article and evidence, and the evidence is one of three marks."""
    assert refusal(re.sub(rf'{key} = "[^"]*",? ?', "", GOOD).replace(", }", " }")).key == f"clause.{key}"
    assert refusal(GOOD.replace('evidence = "recalled"', 'evidence = "certain"')).key == "clause"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('code = "JX901"', 'code = "JX902"', "code"),
        ('family = "clause"', 'family = "feeling"', "family"),
        ('family = "clause"', 'family = "arithmetic"', "family"),
        ('severity = "info"', 'severity = "deadly"', "severity"),
        ('since = "0.1.0"', "since = 1", "since"),
        ('since = "0.1.0"', 'since = "0.1.0"\nlocate = "somewhere"', "locate"),
        ('since = "0.1.0"', 'since = "0.1.0"\nyields = ["JX999"]', "yields"),
        ('since = "0.1.0"', 'since = "0.1.0"\nauthor = "x"', "author"),
        ("附测算依据。", "附<b>测算</b>依据。", "do.zh"),
        ("Attach the estimate.", "Attach **the** estimate.", "do.en"),
        ('at = "/funds/total"\n', "", "fires.0.at"),
        ("[[silent]]\n\n", '[[silent]]\nat = "/funds"\n\n', "silent.0.at"),
        ("[[silent]]\n\n", "", "silent"),
        ("[[silent]]\n\n", "[[silent]]\nfund = 1\n\n", "silent.0.fund"),
    ],
)
def test_a_part_is_not_of_the_format(old: str, new: str, key: str) -> None:
    """A part that is not of the format is refused by its key."""
    assert refusal(GOOD.replace(old, new, 1)).key == key


def test_a_page_that_is_no_toml() -> None:
    """What is no TOML at all is refused by its file."""
    assert refusal("code = ").key == ""


def test_a_file_is_named_by_code_and_name() -> None:
    """The file's name is the check's code and name, so that nothing has to be registered."""
    assert "JX901_budget_is_round.toml" in refusal(GOOD, "round.toml").en


def test_codes_and_names_are_used_once() -> None:
    """A code or a name that another page has is refused, and the sentence names the other page."""
    again = GOOD.replace('name = "budget_is_round"', 'name = "other"')
    with pytest.raises(PageRefusedError, match=FILE) as caught:
        load_checks({FILE: GOOD, "JX901_other.toml": again})
    assert caught.value.key == "code"
    again = GOOD.replace('code = "JX901"', 'code = "JX902"')
    with pytest.raises(PageRefusedError, match=FILE) as caught:
        load_checks({FILE: GOOD, "JX902_budget_is_round.toml": again})
    assert caught.value.key == "name"


def test_an_example_that_cannot_be_read() -> None:
    """An example whose notation is wrong is refused by file and example when it is run."""
    checks = load_checks({FILE: GOOD.replace('"100 90 80"', '"100 90"')})
    with pytest.raises(PageRefusedError) as caught:
        checks["JX901"].examples[1].forms(FILE)
    assert caught.value.key == "fires.1"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("whole * 1000000 == f.initial", "whole * 1000000 == f.intial", "when"),
        ('applies = "f.initial is not None"', 'applies = "f.initial +"', "applies"),
        ('applies = "f.initial is not None"', 'applies = "i.weight is not None"', "applies"),
        ("floor(f.initial / 1000000, 0)", "floor(f.initial ** 2, 0)", "let.whole"),
        ('read = { zh = "{f.initial}"', 'read = { zh = "{f.beginning}"', "read"),
        ("请说明测算依据。", "请说明 {p.round_at} 的依据。", "ask"),
    ],
)
def test_a_text_that_does_not_compile(old: str, new: str, key: str) -> None:
    """A condition, a named value or a placeholder that does not exist is refused when the book is compiled."""
    checks = load_checks({FILE: GOOD.replace(old, new)})
    with pytest.raises(PageRefusedError) as caught:
        Reviewer(bench_of_books.shelf().on("cn", date(2024, 12, 31)), checks, bench_of_books.lexicons())
    assert (caught.value.file, caught.value.key) == (FILE, key)


def test_every_page_asks_politely() -> None:
    """Every question begins with 请 and with Please, and every check of the package is told in both languages."""
    checks = bench_of_books.checks()
    assert len(checks) >= 32
    for check in checks.values():
        assert check.ask.zh.startswith("请"), check.code
        assert check.ask.en.startswith("Please"), check.code
        assert check.ask.zh.endswith(("。", "？")), check.code
        assert not re.search(
            r"[\u4e00-\u9fff]", re.sub(r"元|万元|优良中差|产出指标（50分）|×+平方米", "", check.why.en)
        ), check.code


def test_families_have_their_hundreds() -> None:
    """Codes of the first hundred are arithmetic and only they; whatever else is a clause or a doubt."""
    for code, check in bench_of_books.checks().items():
        assert (code[2] == "1") is (check.family == "arithmetic")
        assert check.family != "clause" or check.clause is not None or check.clause_of


CITING = re.sub(r"(?m)^clause = .*$", 'clause_of = "p.heavy_line"', GOOD)


def test_a_page_cites_the_book() -> None:
    """A page that names a parameter or a named value of the book has the clause that the book gives for it."""
    for name in ("p.heavy_line", "score"):
        for book in bench_of_books.shelf().ids():
            found = bench_of_books.shelf().on(book, date(2024, 12, 31))
            checks = load_checks({FILE: CITING.replace("p.heavy_line", name)})
            made = Reviewer(found, checks, bench_of_books.lexicons())
            said = made.review(specimen({"funds": {"total": "300 300 300"}}))[1].findings[0].clause
            own = found.values["heavy_line"].clause if name.startswith("p.") else found.let("score").clause
            assert said == Clause(own.document, own.article, own.evidence)


def test_a_page_cites_once() -> None:
    """A page has a clause of its own or the book's, not both."""
    assert refusal(GOOD.replace('code = "JX901"', 'code = "JX901"\nclause_of = "score"')).key == "clause_of"


@pytest.mark.parametrize("name", ["p.no_such", "heavy_line", "p.score", "no_such"])
def test_a_page_cites_what_the_book_has(name: str) -> None:
    """A name that the book does not have is refused with the file, the key and the name."""
    checks = load_checks({FILE: CITING.replace("p.heavy_line", name)})
    with pytest.raises(PageRefusedError, match=name) as caught:
        Reviewer(bench_of_books.shelf().on("cn", date(2024, 12, 31)), checks, bench_of_books.lexicons())
    assert (caught.value.file, caught.value.key) == (FILE, "clause_of")


def test_a_check_on_trial_asks_where_it_is_asked_for() -> None:
    """A check on trial is compiled and answers, but asks only with `trial`; its findings say so."""
    checks = load_checks({FILE: f"trial = true\n{GOOD}"})
    book, form = bench_of_books.shelf().on("cn", date(2024, 12, 31)), checks["JX901"].examples[0].forms(FILE)[0]
    assert checks.trials == ("JX901",)
    quiet = Reviewer(book, checks, bench_of_books.lexicons())
    assert quiet.review(form)[1].findings == ()
    assert quiet.answers(form)["JX901"] == ("finding",)
    asking = Reviewer(book, checks, bench_of_books.lexicons(), trial=True)
    assert [finding.trial for finding in asking.review(form)[1].findings] == [True]


def test_a_check_is_on_trial_or_it_is_not() -> None:
    """Whether a check is on trial is true or false; where the page is silent it is false."""
    assert load_checks({FILE: GOOD}).trials == ()
    assert refusal(f'trial = "yes"\n{GOOD}').key == "trial"

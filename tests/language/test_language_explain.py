"""Explanations come from the syntax tree and the trace: names, numbers, value; only the branch that was taken."""

from language.rule_bench import FORM, indicator, program


def told(text: str, **cells: int | str | bool | None) -> tuple[str, str] | None:
    """The explanation of one text of the form."""
    closure = program(it=text).closure()
    return closure.explain(closure(FORM | cells, [indicator(), indicator(weight=3000)]), "it")


def test_a_formula_is_told_with_names_then_numbers_then_value() -> None:
    """A quotient shows its columns' names, their numbers, and the result."""
    assert told("f.a / f.b if f.b > 0 else None") == (
        "it = 甲 ÷ 乙 = 7.00 ÷ 2.00 = 3.5",
        "it = first ÷ second = 7.00 ÷ 2.00 = 3.5",
    )


def test_a_quotient_without_end_shows_that_it_goes_on() -> None:
    """Digits that continue end in an ellipsis; a rounded value does not."""
    assert told("f.a / 3") == ("it = 甲 ÷ 3 = 7.00 ÷ 3 = 2.3333…", "it = first ÷ 3 = 7.00 ÷ 3 = 2.3333…")
    assert told("round(f.a / 3, p.places)") == (
        "it = 四舍五入(甲 ÷ 3，2 位) = 四舍五入(7.00 ÷ 3，2 位) = 2.33",
        "it = (first ÷ 3) rounded to 2 places = (7.00 ÷ 3) rounded to 2 places = 2.33",
    )


def test_functions_are_told_in_words() -> None:
    """The lesser, the greater, rounding and cutting stand as words of either language, the numbers' part included."""
    rounded, nested = told("min(1, round(f.b / 3, 1))"), told("min(5, max(f.a, f.b))")
    assert rounded
    assert rounded[0] == "it = 取小值(1，四舍五入(乙 ÷ 3，1 位)) = 取小值(1，四舍五入(2.00 ÷ 3，1 位)) = 0.7"
    assert rounded[1].startswith(
        "it = the smaller of 1 and (second ÷ 3) rounded to 1 place = the smaller of 1 and (2.00"
    )
    assert nested
    assert nested[1].startswith(
        "it = the smaller of 5 and (the larger of first and second) = the smaller of 5 and (the"
    )
    assert told("max(0, f.a, f.b) * 2") == (
        "it = 取大值(0，甲，乙) × 2 = 取大值(0，7.00，2.00) × 2 = 14.00",
        "it = (the largest of 0, first and second) × 2 = (the largest of 0, 7.00 and 2.00) × 2 = 14.00",
    )
    assert told("floor(f.a, 0) + abs(f.b)") == (
        "it = 舍去尾数(甲，取整) + 绝对值(乙) = 舍去尾数(7.00，取整) + 绝对值(2.00) = 9.00",
        "it = (first cut to a whole number) + abs(second) = (7.00 cut to a whole number) + abs(2.00) = 9.00",
    )


def test_words_of_the_form_are_not_translated() -> None:
    """A text that holds one of the words between numbers stands as it was printed."""
    assert told('5 if f.word == "空" else 6', word="空") == (
        "it = 5，因为 词 = “空”（空 = “空”）",
        "it = 5, because word = “空” (空 = “空”)",
    )


def test_only_the_branch_taken_is_told() -> None:
    """The other branch's columns do not appear."""
    assert told("f.a + 1 if f.yes else f.b") == ("it = 甲 + 1 = 7.00 + 1 = 8.00", "it = first + 1 = 7.00 + 1 = 8.00")
    assert told("f.a + 1 if f.yes else f.b", yes=False) == ("it = 乙 = 2.00", "it = second = 2.00")


def test_a_bare_outcome_is_told_with_its_reason() -> None:
    """Where the branch is a constant, the condition that chose it is given with its numbers."""
    assert told('"优" if f.a >= 7 else "良"') == (
        "it = 优，因为 甲 ≥ 7（7.00 ≥ 7）",
        "it = 优, because first ≥ 7 (7.00 ≥ 7)",
    )
    assert told('"优" if f.a >= 9 else "良"') == (
        "it = 良，因为 甲 ≥ 9 不成立（7.00 ≥ 9）",
        "it = 良, because not first ≥ 9 (7.00 ≥ 9)",
    )
    assert told("5 if f.yes else 6") == ("it = 5，因为 是否", "it = 5, because yes")


def test_a_case_tells_its_key() -> None:
    """The reason of a case is the key that was met."""
    assert told('case(f.word, {"词": 5}, 6)') == (
        "it = 5，因为 词 = “词”（词 = “词”）",
        "it = 5, because word = “词” (词 = “词”)",
    )


def test_brackets_stand_where_they_must() -> None:
    """Sums in products keep their brackets, products in sums have none."""
    first = told("(f.a + f.b) * 2 - (f.a - (f.b - 1))")
    assert first is not None
    assert first[0].startswith("it = (甲 + 乙) × 2 − (甲 − (乙 − 1)) = (7.00 + 2.00) × 2 − (7.00 − (2.00 − 1)) = ")


def test_an_aggregate_is_told_by_name_and_value() -> None:
    """A sum shows what was summed and what it came to."""
    assert told("sum(i.weight) + f.a") == (
        "it = 合计(分值) + 甲 = 40.00 + 7.00 = 47.00",
        "it = sum(points) + first = 40.00 + 7.00 = 47.00",
    )


def test_a_named_value_stands_by_its_name_unless_it_is_the_whole() -> None:
    """Inside a formula a named value is a name; alone it is told as if written there; without a name always."""
    made = program(rate="f.a / 2")
    made.let("hidden", "f.a + 1")
    made.let("used", "rate * 2", zh="用", en="used")
    made.let("alias", "rate", zh="同", en="same")
    made.let("open", "hidden * 2", zh="开", en="open")
    closure = made.closure()
    result = closure(FORM, [])
    assert closure.explain(result, "used") == ("用 = rate × 2 = 3.5 × 2 = 7", "used = rate × 2 = 3.5 × 2 = 7")
    assert closure.explain(result, "alias") == ("同 = 甲 ÷ 2 = 7.00 ÷ 2 = 3.5", "same = first ÷ 2 = 7.00 ÷ 2 = 3.5")
    assert closure.explain(result, "open") == (
        "开 = (甲 + 1) × 2 = (7.00 + 1) × 2 = 16.00",
        "open = (first + 1) × 2 = (7.00 + 1) × 2 = 16.00",
    )


def test_a_null_value_has_no_explanation() -> None:
    """There is nothing to tell of a value that could not be computed."""
    assert told("f.a + 1", a=None) is None


def test_an_indicator_is_explained_in_its_row() -> None:
    """Each indicator's explanation has its own numbers."""
    closure = program(it="i.weight * 2").closure()
    result = closure(FORM, [indicator(), indicator(weight=3000)])
    assert closure.explain(result, "it", 1) == (
        "it = 分值 × 2 = 30.00 × 2 = 60.00",
        "it = points × 2 = 30.00 × 2 = 60.00",
    )

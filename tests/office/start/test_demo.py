"""The demo: everything of it is made, by the program's own reader and scorer."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jixiao.office import demonstration
from jixiao.office.demo import forms
from jixiao.office.demo.cast import PASSWORD, ROLES, cast, sign_ins
from jixiao.office.demo.making import make_demo
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import Role, User
from office.making import SEED


@pytest.fixture
def _own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    demonstration._SEEN.clear()
    yield
    demonstration._SEEN.clear()


@pytest.mark.usefixtures("_own_folder")
@pytest.mark.django_db(transaction=True)
def test_demo_is_whole() -> None:
    """People of every role can sign in; filings stand at every step; the seed's seven forms score as they were read."""
    make_demo()
    assert set(Role.objects.values_list("kind", flat=True)) == set(ROLES)
    assert demonstration.is_demo()
    assert User.objects.get(username="clerk").check_password(PASSWORD)
    states = Counter(Filing.objects.filter(round__fiscal_year=2024).values_list("state", flat=True))
    assert set(states) == {state for state, _ in Filing.STATES}
    assert Filing.objects.filter(returned=True).count() == 1
    seven = Filing.objects.filter(round__fiscal_year=2024, unit__code="201001").exclude(state="draft", returned=False)
    assert {filing.computed for filing in seven} == {Decimal(100)}
    moved = Filing.objects.filter(round__fiscal_year=2024, project__name="宣传和政务信息工作经费").get()
    assert "JX352" in moved.codes.split(), moved.codes
    assert Filing.objects.filter(round__fiscal_year=2023).count() == len(cast().entries)


def test_demo_text_is_the_examples_text() -> None:
    """The published text in the wheel is the one in the examples, byte for byte."""
    inside = Path(forms.__file__).with_name("shanghai-2024.txt")
    assert inside.read_bytes() == SEED.read_bytes()


def test_demo_sign_ins_name_everybody() -> None:
    """The list of sign-ins has every person once, with the role in both languages."""
    shown = sign_ins()
    assert [each.username for each in shown] == [person.username for person in cast().people]
    assert all(each.zh and each.en and each.zh != each.en for each in shown)


@pytest.mark.parametrize("percent", [60, 96, 100])
def test_demo_money_follows_what_was_spent(percent: int) -> None:
    """A form whose budget was spent to so many per cent has the rate, the score and the total that follow."""
    form = forms.with_spent(forms.published()["机关服务"], percent)
    assert form.execution.rate is not None
    assert abs(form.execution.rate - percent) < Decimal("0.01")
    assert form.total.score == Decimal(90) + (form.execution.score or 0)


def test_demo_form_of_another_year_names_that_year_only() -> None:
    """A form moved to 2023 says 2024 nowhere."""
    form = forms.of_year(forms.published()["科技金融"], 2023)
    texts = [form.goal.expected, *(row.target.text + row.actual.text for row in form.indicators)]
    assert form.fiscal_year == 2023
    assert not any("2024" in text for text in texts)

"""The past of a form: replayed it is the form; earlier values come back as new changes."""

from collections.abc import Callable

from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.office.filing.cells import PARTS, ROW_FIELDS, Record, text_of, texts
from jixiao.office.filing.changing import changed, difference, replayed
from jixiao.office.filing.judging import form_of, form_text, record_of
from jixiao.office.filing.models import Save
from jixiao.office.filing.past import at_version
from office.filing.test_saving import post
from office.making import Office, make_filing, seed_forms

Enter = Callable[[str], Client]
WORDS = st.sampled_from([
    "", "-", "7", "7.50", "≥7(次)", "约130", "已完成。", "产出", "产出指标（50分）", "一、效益", "9月前", "100%",
    "1,234.5",
    "≥" + "9" * 70, "定性", "次", "3-5个", "甲\n乙", "9" * 70,
])  # fmt: skip
FIXED = ("project/code", "grade", "funds/total/executed", "execution/rate", "goal/actual", "total/score")
LABELLED = ("extras/改进措施", "declared/产出指标", "funds/more/单位资金/initial", "funds/total/+备注")


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[str], dict[str, str]]:
    """The rows after an edit, and texts for some cells."""
    keys = draw(st.lists(st.sampled_from([f"k{number}" for number in range(1, 14)]), unique=True, max_size=8))
    cells = [f"{key}/{name}" for key in keys for name in (*ROW_FIELDS, *PARTS, "+评分标准")]
    chosen = draw(st.lists(st.sampled_from([*cells, *FIXED, *LABELLED]), unique=True, max_size=8))
    return keys, {cell: draw(WORDS) for cell in chosen}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 6), st.lists(edits(), max_size=4))
def test_the_history_replayed_is_the_form(number: int, done: list[tuple[list[str], dict[str, str]]]) -> None:
    """What a save records makes the same form again, kept as text and read back."""
    form = form_of(form_text(seed_forms()[number]))
    record = again = Record(form, tuple(f"k{at}" for at in range(1, len(form.indicators) + 1)))
    for rows, cells in done:
        after = changed(record, cells, rows)
        again = replayed(again, tuple(difference(record, after)))
        record = after
        assert again == record
    assert form_of(form_text(record.form)) == record.form


def test_nothing_typed_is_lost(office: Office, signed_in: Enter) -> None:
    """What is no number is kept as typed, shown again, and told at its cell; put right, it counts."""
    filing = make_filing(office)
    client = signed_in("clerk")
    told = post(client, filing, 1, {"funds/total/executed": ("1.60", "约 1.6 万元")}).json()
    assert list(told["faults"]) == ["funds/total/executed"]
    filing.refresh_from_db()
    assert text_of(record_of(filing), "funds/total/executed") == "约 1.6 万元"
    assert filing.executed is None
    told = post(client, filing, 2, {"funds/total/executed": ("约 1.6 万元", "1.6")}).json()
    assert told["faults"] == {}
    filing.refresh_from_db()
    assert filing.executed == 16000


def test_a_removed_row_comes_back_under_its_key(office: Office, signed_in: Enter) -> None:
    """Restoring a cell of a removed row brings the whole row back; every version can be made again."""
    filing = make_filing(office)
    client = signed_in("clerk")
    first = texts(record_of(filing))
    rows = [f"k{number}" for number in range(1, 10)]
    assert post(client, filing, 1, {}, rows=rows).json()["rows"] == rows
    save = Save.objects.get(filing=filing)
    answer = client.post(f"/filings/{filing.pk}/history/{save.pk}/restore", {"cell": "k10/name"})
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert texts(record_of(filing)) == first
    assert "k10/name" not in texts(at_version(filing, 2))
    assert texts(at_version(filing, 1)) == first
    assert client.get(f"/filings/{filing.pk}/history").status_code == 200


def test_an_earlier_value_comes_back_as_a_new_change(office: Office, signed_in: Enter) -> None:
    """Putting back makes a version of its own and hides nothing."""
    filing = make_filing(office)
    client = signed_in("clerk")
    post(client, filing, 1, {"k1/score": ("10.00", "8")})
    save = Save.objects.get(filing=filing)
    client.post(f"/filings/{filing.pk}/history/{save.pk}/restore", {"cell": "k1/score"})
    filing.refresh_from_db()
    assert filing.version == 3
    assert text_of(record_of(filing), "k1/score") == "10.00"
    assert [each.kind for each in Save.objects.filter(filing=filing).order_by("pk")] == ["typed", "restored"]
    assert client.post(f"/filings/{filing.pk}/history/{save.pk}/restore", {"cell": "k2/score"}).status_code == 404
    assert (
        signed_in("head").post(f"/filings/{filing.pk}/history/{save.pk}/restore", {"cell": "k1/score"}).status_code
        == 403
    )

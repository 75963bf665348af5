"""A folder reviewed: two years paired, waivers, samples, faults, the same whatever the order and the processes."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from jixiao.desk import working
from jixiao.desk.errors import WrongUse
from jixiao.desk.folder import Asked, check_asked, read_waivers, review_folder
from jixiao.desk.known import known_of
from jixiao.desk.reviewing import review_form
from jixiao.desk.spool import Spool
from jixiao.form import Form, encode, encode_forms, to_wire
from jixiao.review.context import Context
from jixiao.review.folder.brief import Stamps, key_of
from jixiao.review.folder.waivers import draft, load_waivers
from jixiao.writing.folder.kinds import render_folder
from oracle.right_forms import right_form
from oracle.truth import truth_forms

DAY = date(2025, 6, 1)
PDF = Path(__file__).resolve().parents[1] / "data" / "typst3.pdf"


def forms_of(year: int) -> list[Form]:
    """The seed's seven forms and three right ones, as of a year, in two units."""
    made = [*truth_forms(), *(right_form(number) for number in range(3))]
    return [replace(form, fiscal_year=year, unit=f"第{at % 2}中心") for at, form in enumerate(named(made))]


def named(made: list[Form]) -> list[Form]:
    """Forms of names of their own."""
    return [
        replace(form, project=replace(form.project, name=f"{form.project.name}{at}")) for at, form in enumerate(made)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> list[Path]:
    """Two years as data; this year with one form that is none."""
    last, now = tmp_path / "2023.json", tmp_path / "2024.json"
    last.write_bytes(encode_forms(forms_of(2023)[1:]))
    wires = [to_wire(form) for form in forms_of(2024)]
    wires[3]["grades"] = "优"
    now.write_bytes(encode(wires))
    return [last, now]


def as_json(paths: list[Path], **asked: object) -> dict[str, object]:
    """The review of a folder as JSON values."""
    with review_folder(paths, Asked(day=DAY, **asked)) as report:  # type: ignore[arg-type]  # options of a test
        held: dict[str, object] = json.loads(b"".join(render_folder(report, "json")))
        return held


def test_two_years_are_paired_and_feed_the_checks(folder: list[Path]) -> None:
    """This year's form is reviewed beside last year's; new and gone ones, and a form that is none, are said."""
    with review_folder(folder, Asked(day=DAY)) as report:
        assert (len(report.briefs), len(report.errors)) == (18, 1)
        assert report.errors[0].file == f"{folder[1]}#/3"
        assert len(report.pairing.pairs) == 8
        alone = {(report.briefs[single.at].key.year, single.why) for single in report.pairing.singles}
        assert alone == {(2024, "new"), (2023, "unread")}
        last, now = forms_of(2023)[5], forms_of(2024)[5]
        at = next(at for at, brief in enumerate(report.briefs) if brief.key == key_of(now))
        expected = review_form(now, Context(last_year=last)).review
        assert [asked.finding for asked in report.detail(at).findings] == list(expected.findings)
        assert report.detail(at).undecided == expected.undecided
        changes = report.detail(at).changes
        assert changes is not None
        assert "/goal/expected" in changes.copied
        assert report.form(at) == now


def test_order_and_processes_do_not_matter(folder: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, or the files the other way round, give the same ranking, sums and sample."""
    one = as_json(folder, sample="30%", seed="42")
    monkeypatch.setattr(working, "_ALONE", 1)
    monkeypatch.setattr("jixiao.desk.folder._BATCH", 3)
    assert as_json(folder, sample="30%", seed="42") == one
    other = as_json(folder[::-1], sample="30%", seed="42")
    for part in ("forms", "sample", "whole", "units", "departments"):
        assert other[part] == one[part]


def test_a_waived_finding_is_shown_and_not_counted(folder: list[Path]) -> None:
    """A waiver takes one finding out of the count; used, unused, expired and lapsed ones are each said."""
    form = forms_of(2024)[0]
    first, second = review_form(form).review.findings[:2]
    stamps = Stamps(form)

    def waiver(code: str, pointer: str, read: str, until: str = "2025-12-31") -> str:
        text = draft(key_of(form), code, pointer, read, date(2025, 1, 1))
        text = re.sub(r"until = .*", f"until = {until}", text)
        return text.replace('who = ""', 'who = "张三"').replace('reason = ""', 'reason = "已批复"')

    text = waiver(first.code, first.pointer, stamps.of(first.pointer))
    text += waiver(second.code, second.pointer, "0" * 16) + waiver("JX101", "/funds/total/initial", "0" * 16)
    waivers = load_waivers(text)
    with (
        review_folder(folder, Asked(day=DAY, waivers=waivers)) as report,
        review_folder(folder, Asked(day=DAY)) as plain,
    ):
        assert [used.states for used in report.waivers] == [{"holds": 1}, {"changed": 1}, {}]
        assert report.whole.waived == 1
        assert sum(report.whole.asked.values()) == sum(plain.whole.asked.values()) - 1
        at = next(at for at, brief in enumerate(report.briefs) if brief.key == key_of(form))
        states = [(asked.finding.code, asked.state) for asked in report.detail(at).findings if asked.waiver is not None]
        assert states == [(first.code, "holds"), (second.code, "changed")]
    late = load_waivers(waiver(first.code, first.pointer, stamps.of(first.pointer), until="2025-05-31"))
    with review_folder(folder, Asked(day=DAY, waivers=late)) as report:
        assert [used.states for used in report.waivers] == [{"expired": 1}]
        assert report.whole.waived == 0


def test_a_sample_covers_what_it_says(folder: list[Path]) -> None:
    """Coverage is counted from the drawn forms; each unit gives one if asked; too small a sample is refused."""
    with review_folder(folder, Asked(day=DAY, sample="4", seed="x", each_unit=True)) as report:
        sample = report.sample
        assert sample is not None
        assert len(sample.chosen) == 4
        assert [*sample.coverage.units, *sample.coverage.forms] == [2, 2, 4, 18]
        money = sum(report.briefs[at].money.greatest for at in sample.chosen)
        assert sample.coverage.money[0] == money
        assert sum(sample.probabilities) == 4
    with pytest.raises(WrongUse, match="2 units"), review_folder(folder, Asked(day=DAY, sample="1", each_unit=True)):
        pass


def test_documents_and_data_together(tmp_path: Path) -> None:
    """A document, data and a file that cannot be read stand in one review; memory holds briefs only."""
    (tmp_path / "a.pdf").write_bytes(PDF.read_bytes())
    (tmp_path / "b.json").write_bytes(encode_forms(forms_of(2024)))
    (tmp_path / "c.pdf").write_bytes(b"")
    (tmp_path / "d.json").write_bytes(b"[1]")
    (tmp_path / "e.json").write_bytes(b"[]")
    paths = sorted(tmp_path.iterdir())
    with review_folder(paths, Asked(day=DAY)) as report:
        assert (report.files, len(report.briefs)) == (5, 13)
        assert [Path(each.file).name for each in report.errors] == ["c.pdf", "d.json", "e.json"]
        assert [brief.number for brief in report.briefs if brief.file.endswith("a.pdf")] == [0, 1, 2]


def test_evidence_and_approved_targets_are_known_to_a_folder(tmp_path: Path) -> None:
    """What stands beside a document, and the approved targets handed in, reach the checks; what is amiss is told."""
    (tmp_path / "a.pdf").write_bytes(PDF.read_bytes())
    beside = '[[evidence]]\nexecution = true\nledger = "支付 031"\n[[evidence]]\nindicator = 99\nledger = "x"\n'
    (tmp_path / "a.pdf.evidence.toml").write_text(beside, encoding="utf-8")
    (tmp_path / "approved.json").write_bytes(encode_forms(truth_forms()[:1]))
    known = known_of(None, str(tmp_path / "approved.json"), None)
    with review_folder([tmp_path / "a.pdf"], Asked(day=DAY, known=known)) as report:
        first, second = report.detail(0), report.detail(1)
    assert first.supported is not None
    assert "10.00" in first.supported.zh
    assert {"JX360", "JX361"} & {asked.finding.code for asked in first.findings} == {"JX360"}
    assert ["indicator = 99" in remark.en for remark in first.remarks] == [True]
    assert not {item.code for item in first.undecided} & {"JX219", "JX352"}
    assert "JX219" in {item.code for item in second.undecided}


@pytest.mark.parametrize(
    "asked",
    [
        Asked(day=DAY, sample="0"), Asked(day=DAY, sample="101%"), Asked(day=DAY, sample="ten"),
        Asked(day=DAY, seed=""), Asked(day=DAY, seed="a\nb"), Asked(day=DAY, seed="x" * 65),
        Asked(day=DAY, rulebook="atlantis"),
    ],
)  # fmt: skip
def test_wrong_use_is_said_before_anything_is_read(asked: Asked) -> None:
    """A size, a seed or a rulebook that is none is refused at once, in both languages."""
    with pytest.raises(WrongUse) as refused:
        check_asked(asked)
    assert refused.value.zh
    assert refused.value.en


def test_waivers_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """A file that is missing, no text, no file, too large, or no list of waivers is a sentence with its name."""
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "other.toml").write_text("[[waiver]]\nyear = 2024\n", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    with (tmp_path / "large.toml").open("wb") as large:
        large.truncate(2**25)
    for name in ("gone.toml", "bytes.toml", "other.toml", "folder.toml", "large.toml"):
        with pytest.raises(WrongUse) as refused:
            read_waivers(tmp_path / name)
        assert name in refused.value.zh
        assert name in refused.value.en


def test_pieces_put_aside_come_back() -> None:
    """Pieces of any length are fetched by number in any order, while more are added."""
    pieces = [b"", b"a" * 10, "长".encode() * 1000, b"b"]
    with Spool() as spool:
        for number, piece in enumerate(pieces):
            assert spool.add(piece) == number
            assert spool.get(number // 2) == pieces[number // 2]
        assert [spool.get(number) for number in range(len(spool))] == pieces


def test_money_is_summed_in_yuan(folder: list[Path]) -> None:
    """The whole is the sum of its forms to the last digit, in yuan."""
    with review_folder(folder, Asked(day=DAY)) as report:
        forms = [form for year in (2023, 2024) for form in forms_of(year)]
        forms = [form for form in forms if any(brief.key == key_of(form) for brief in report.briefs)]
        expected = sum((form.funds.total.adjusted or Decimal(0) for form in forms), Decimal(0)) * 10000
        assert report.whole.money.adjusted == expected

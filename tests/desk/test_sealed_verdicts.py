"""A sealed verdict: anyone works it out anew and gets the same digits; what was changed, by whomever, is named."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from jixiao.desk import replaying, reviewing, sealing
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import shelf
from jixiao.desk.reviewing import review_form
from jixiao.desk.sealing import Unsealable, key_at, seal_file, sealed, verify_sealed
from jixiao.form import Form, encode_forms
from jixiao.journal.keys import public
from jixiao.journal.sealing import open_sealed, seal
from jixiao.journal.words import Unreadable
from jixiao.rulebook import Choice, Shelf
from jixiao.writing.report import FileReport
from journal.logs import KEY, OTHER
from oracle.truth import truth_forms
from rulebook.golden_forms import texts

AT = datetime(2026, 11, 27, tzinfo=UTC)
FORM: Form = truth_forms()[0]


def made(*forms: Form, rulebook: str | None = None) -> bytes:
    """Forms, sealed."""
    reports = tuple(review_form(form, rulebook=rulebook) for form in forms or (FORM,))
    return sealed(FileReport("in/forms.json", "ab" * 32, None, reports), KEY, override=rulebook, at=AT)


def resealed(change: tuple[bytes, bytes], data: bytes) -> bytes:
    """The same with something replaced in it, signed anew by somebody else."""
    body = open_sealed(data, "", []).body
    assert change[0] in body
    return seal(body.replace(*change, 1), AT, OTHER)


def test_a_seal_holds_all_that_its_verdict_follows_from() -> None:
    """Form, rulebook with texts and fingerprint, how it was chosen, scores, findings, program, digest of the source."""
    held = json.loads(made())
    (verdict,) = held["verdicts"]
    assert (held["schema"], held["source"]["sha256"], held["source"]["file"]) == (
        "jixiao/seal/1", "ab" * 32, "forms.json",
    )  # fmt: skip
    assert held["sealed"].startswith("2026-11-27")
    assert verdict["rulebook"]["id"] == "cn-shanghai"
    assert verdict["rulebook"]["why"]["zh"]
    assert verdict["computed"]["score"]
    assert verdict["findings"]
    names = held["rulebooks"][0]["files"]
    assert [each["file"] for each in held["texts"]] == sorted(names)
    assert all("\n".join(each["lines"]) == texts()[each["file"]] for each in held["texts"])


def test_it_is_worked_out_anew_to_the_same_bytes() -> None:
    """Nothing wrong, every form replayed, and nothing that could not be shown but who signed, if no key is given."""
    data = made(*truth_forms())
    verdict = verify_sealed(data, "it", [KEY.public])
    assert (verdict.faults, verdict.unshown, verdict.forms) == ([], [], 7)
    assert public(verdict.key) == KEY.public
    assert ["--key" in each.en for each in verify_sealed(data, "it").unshown] == [True]


def test_the_same_is_sealed_to_the_same_bytes() -> None:
    """A seal of the same things by the same key at the same moment is the same file."""
    assert made() == made()


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [(b'"score": "1', b'"score": "9', "score"), (b'"family": "doubt"', b'"family": "clause"', "/findings/")],
)
def test_who_changes_a_result_and_signs_it_anew_is_found_out(old: bytes, new: bytes, pointer: str) -> None:
    """A forger with a key of their own: the signature holds, the replay does not; the pointer is told."""
    data = made()
    computed = data.index(b'"computed": {')
    start = data.index(old, computed)
    changed = resealed((data[start - 60 : start] + old, data[start - 60 : start] + new), data)
    faults = verify_sealed(changed, "it").faults
    assert {fault.code for fault in faults} == {"replay_differs"}
    assert pointer in faults[0].read.en
    assert verify_sealed(changed, "it", [KEY.public]).faults[0].code == "key_swapped"


def test_a_rule_changed_in_the_seal_shows() -> None:
    """Another text of the rulebook has another digest, or gives another fingerprint and other scores."""
    data = made()
    line = next(each for each in data.split(b"\n") if b"in_force_from = 2022" in each)
    with pytest.raises(Unreadable, match="sha256"):
        verify_sealed(resealed((line, line.replace(b"2022", b"2021")), data), "it")


def test_rules_of_another_day_or_place_than_the_forms_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """True texts, true arithmetic, but not the book of this form: the seal's own reason is not taken on trust."""
    other = Choice(shelf().on("cn", date(2026, 1, 1)), "甲", "A")
    with monkeypatch.context() as lied:
        lied.setattr(reviewing, "shelf", lambda: SimpleNamespace(choose=lambda **_: other))
        data = made()
    verdict = verify_sealed(data, "it", [KEY.public])
    assert verdict.faults == []
    (words,) = verdict.unshown
    assert "cn（2026-01-01）" in words.zh
    assert "cn-shanghai" in words.en
    asked = verify_sealed(made(rulebook="cn"), "it", [KEY.public])
    assert ["cn as asked" in each.en for each in asked.unshown] == [True]
    assert verify_sealed(made(), "it", [KEY.public]).unshown == []


def test_it_replays_when_the_shelf_has_moved_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program whose shelf has other books and whose checks are others replays it all the same, and says so."""
    data = made()
    moved = {file: text + "\n# later" for file, text in texts().items()}
    monkeypatch.setattr(sealing, "_texts", lambda room, _folder: moved if room == "rulebook" else {"a": "b"})
    monkeypatch.setattr(sealing, "shelf", lambda: Shelf.load({}))
    sealing._checks.cache_clear()
    verdict = verify_sealed(data, "it", [KEY.public])
    sealing._checks.cache_clear()
    assert verdict.faults == []
    assert len(verdict.unshown) == 4
    assert "cn-shanghai/2022-01-01.toml" in verdict.unshown[0].zh + verdict.unshown[1].zh + verdict.unshown[2].zh


def test_what_cannot_be_replayed_is_not_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program is found before anything is signed."""
    monkeypatch.setattr(replaying, "decode_form", lambda _: truth_forms()[1])
    with pytest.raises(Unsealable):
        made()


def test_evidence_beside_the_form_is_sealed_and_replayed(tmp_path: Path) -> None:
    """The second total follows from the evidence in the seal; files named as evidence are there with both digests."""
    file = tmp_path / "form.html"
    from jixiao.desk.documents import Wanted, document_file, laid_files

    (tmp_path / "forms.json").write_bytes(encode_forms([FORM]))
    laid = [form.document for each in laid_files([tmp_path / "forms.json"], "shanghai") for form in each.forms]
    file.write_bytes(b"".join(document_file(laid, Wanted("shanghai", "html", AT.date()))))
    (tmp_path / "form.html.evidence").mkdir()
    (tmp_path / "form.html.evidence" / "指标1 签到表.txt").write_text("三百人")
    data = seal_file(file, KEY, evidence=[tmp_path / "form.html.evidence" / "指标1 签到表.txt"])
    held = json.loads(data)
    assert held["evidence"][0]["bytes"] == 9
    assert len(held["evidence"][0]["sm3"]) == 64
    assert held["verdicts"][0]["computed"]["supported"]["evidence"][0]["source"] == "指标1 签到表.txt"
    assert verify_sealed(data, "it", [KEY.public]).faults == []


def test_a_rulebook_that_was_asked_for_is_told() -> None:
    """How the book was chosen is in the seal: by the place, or as asked."""
    held = json.loads(made(rulebook="cn"))
    assert (held["override"], held["verdicts"][0]["rulebook"]["id"]) == ("cn", "cn")


def test_a_sealed_text_of_another_contract_is_unreadable() -> None:
    """A good signature over something else is not a verdict."""
    with pytest.raises(Unreadable, match="jixiao/seal/1"):
        verify_sealed(seal(b'{\n  "a": 1\n}', AT, KEY), "it", [KEY.public])


def test_packed_texts_are_bounded_and_checked() -> None:
    """What cannot be unpacked, or is not what its digest says, is told."""
    data = made()
    packed = json.loads(data)["checks"]["packed"][3].encode()
    with pytest.raises(Unreadable):
        verify_sealed(resealed((packed, packed[:-4] + b"AAAA"), data), "it")


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """The first seal makes the key, later ones take it; a broken one is wrong use, never overwritten."""
    path = tmp_path / "deep" / "seal.key"
    first, made_now = key_at(path)
    second, made_again = key_at(path)
    assert (made_now, made_again, first.public == second.public) == (True, False, True)
    path.write_text("nonsense")
    with pytest.raises(WrongUse):
        key_at(path)
    assert path.read_text() == "nonsense"


def test_what_holds_no_form_is_not_sealed(tmp_path: Path) -> None:
    """A file that cannot be read is unreadable, evidence that is not there is wrong use; nothing is sealed."""
    (tmp_path / "x.pdf").write_bytes(b"no pdf")
    (tmp_path / "forms.json").write_bytes(encode_forms([FORM]))
    with pytest.raises(Unreadable, match=r"x\.pdf"):
        seal_file(tmp_path / "x.pdf", KEY)
    with pytest.raises(WrongUse, match="--evidence"):
        seal_file(tmp_path / "forms.json", KEY, evidence=[tmp_path / "nowhere"])

"""The acts of publication: frozen copies, corrections, withdrawals, and what they leave behind."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from jixiao.form import Extra, Form
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.journal.models import Event
from jixiao.office.publication.acts import fen, prepare, publish, withdraw
from jixiao.office.publication.models import Edition, Publication
from jixiao.office.publication.record import decode_review, decode_told
from jixiao.office.publication.search import found, searchable, words_of
from office.making import Office, make_filing, make_round

CANARY = "CANARY-91c2"


def next_year(office: Office, filing: Filing) -> Filing:
    """The same project filed again for the year after."""
    later = make_round(office.organisations["bureau"], filing.round.fiscal_year + 1)
    form = replace(form_of(filing.form), fiscal_year=later.fiscal_year)
    return start_filing(later, filing.project, form, by=None)


def words(publication: Publication) -> str:
    """The plain words of the current edition in 中文."""
    told = decode_told(publication.editions.get(number=publication.edition).told)
    return "".join(text.zh for part in told for text in (*part.sentences, *part.items))


def test_publishing_freezes_a_copy(office: Office) -> None:
    """A later change of the filing does not reach what was published; lists show what the copy holds."""
    filing = make_filing(office, state="approved")
    held = publish(filing, by=office.people["publisher"])
    filing.form = form_text(replace(form_of(filing.form), goal=replace(form_of(filing.form).goal, actual=CANARY)))
    filing.save()
    edition = Edition.objects.get(publication=held)
    assert CANARY not in edition.form + edition.told + edition.review
    assert (held.year, held.edition, held.initial, held.executed) == (2024, 1, 130_000_000, 1_600_000)
    assert (held.claimed, held.computed, held.low, held.grade, held.doubt) == ("100.00", "100.00", "92.00", "优", 4)
    assert (held.unit, held.department) == ("创新中心", "市科委")
    assert decode_review(edition.review).rulebook.id == "cn-shanghai"


def test_publishing_is_an_event(office: Office) -> None:
    """Publishing and withdrawing stand in the journal, with who did it."""
    filing = make_filing(office, state="approved")
    publish(filing, by=office.people["publisher"])
    withdraw(filing, by=office.people["publisher"], reason="金额有误")
    acts = Event.objects.filter(act__startswith="publication.").values_list("act", "actor__username")
    assert list(acts) == [("publication.published", "publisher"), ("publication.withdrawn", "publisher")]


def test_a_correction_is_a_new_edition_at_the_same_address(office: Office) -> None:
    """Published again, the address stays, the edition counts on and the reason is kept."""
    filing = make_filing(office, state="approved")
    first = publish(filing, by=None)
    second = publish(filing, by=None, reason="更正执行数")
    assert (first.pk, second.edition) == (second.pk, 2)
    assert list(second.editions.values_list("number", "reason")) == [(1, ""), (2, "更正执行数")]


def test_a_withdrawal_keeps_the_address_and_says_why(office: Office) -> None:
    """What was withdrawn is found no more; publishing it again brings it back with a new edition."""
    filing = make_filing(office, state="approved")
    publish(filing, by=None)
    withdraw(filing, by=None, reason="涉密")
    held = Publication.objects.get()
    assert held.withdrawn is not None
    assert held.notice == "涉密"
    assert not found("")
    assert publish(filing, by=None).withdrawn is None
    assert Publication.objects.get(pk__in=found("")).edition == 2


def test_withdrawing_what_was_never_published_changes_nothing(office: Office) -> None:
    """There is nothing to take back, and no event."""
    withdraw(make_filing(office, state="approved"), by=None, reason="无")
    assert not Event.objects.filter(act="publication.withdrawn").exists()


def test_the_year_before_is_compared_from_what_is_public(office: Office) -> None:
    """The comparison quotes last year's public copy; when that is withdrawn, the page is made again without it."""
    filing = make_filing(office, state="approved")
    publish(filing, by=None)
    later = publish(next_year(office, filing), by=None)
    assert "与 2024 年公开的表相比" in words(later)
    withdraw(filing, by=None, reason="涉密")
    later.refresh_from_db()
    assert later.edition == 2
    assert "没有公开本项目上一年的表" in words(later)


def test_last_years_draft_is_never_compared_with(office: Office) -> None:
    """A form of the year before that was approved but not published leaves no trace."""
    filing = make_filing(office, state="approved")
    held = publish(next_year(office, filing), by=None)
    assert "没有公开本项目上一年的表" in words(held)
    assert not {"JX348", "JX349"} & {one.code for one in decode_review(held.editions.get().review).findings}


def test_private_cells_stay_in_the_filing(office: Office) -> None:
    """A cell under a label that is not listed is in no column of any public table."""
    filing = make_filing(office, state="approved")
    form = form_of(filing.form)
    filing.form = form_text(replace(form, extras=(*form.extras, Extra("项目负责人及电话", CANARY))))
    filing.save()
    publish(filing, by=None)
    rows: list[Any] = [*Publication.objects.values(), *Edition.objects.values()]
    assert CANARY not in str(rows)


def test_amounts_of_lists_are_whole_fen() -> None:
    """Lists round to 分, half up, and leave out what no column holds; the form's own text stays exact."""
    assert fen(Decimal("1.005")) == 101
    assert fen(None) is None
    assert fen(Decimal(10) ** 30) is None


def test_a_form_without_figures_can_be_published(office: Office) -> None:
    """Whatever was approved can be published: nothing there is nothing shown."""
    filing = make_filing(office, state="approved")
    filing.form = form_text(Form())
    held = publish(filing, by=None, prepared=prepare(filing))
    assert (held.initial, held.claimed, held.computed) == (None, "", "")


@pytest.mark.parametrize("asked", ["科技金融", "创新中心 科技", "ＫＪ－０１", "kj-01", "市科委,金融", ""])
def test_search_finds_by_every_word(office: Office, asked: str) -> None:
    """Project, unit, department and code are searched, folded; all words must be there."""
    filing = make_filing(office, state="approved")
    filing.project.code = "KJ-01"
    publish(filing, by=None)
    assert len(found(asked)) == 1


def test_search_takes_signs_as_they_are(office: Office) -> None:
    """Signs of a search language mean nothing: a per cent sign finds a per cent sign."""
    publish(make_filing(office, state="approved"), by=None)
    assert found("%") == found("_") == found("科技 教委") == []
    assert words_of(" A，b ") == ("a", "b")
    assert searchable("Ａ 项目", "", "b") == "a项目|b"

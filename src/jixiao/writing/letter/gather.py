"""From the review of a folder to letters as data, one a unit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jixiao.form import Form, plain
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.summary import sums_of
from jixiao.review.verdict import Family, Undecided
from jixiao.scoring.sheet import Clause, Text
from jixiao.writing.folder.report import AskedFinding, Detail, FolderReport
from jixiao.writing.letter.data import (
    At,
    Attachment,
    Book,
    Counts,
    Differing,
    FileFault,
    Group,
    Item,
    Lacking,
    LetterForm,
    Means,
    Needed,
    Sending,
    Source,
    Tally,
    Unread,
    Waived,
    day_of,
    money_of,
)
from jixiao.writing.letter.letter import Letter
from jixiao.writing.naming import field_name
from jixiao.writing.report import FAMILIES
from jixiao.writing.words import EVIDENCE

SCORES: Attachment = Attachment(1, Text("自评得分与重算得分对照表", "Claimed and recomputed scores"))
REPLIES: Attachment = Attachment(2, Text("复核意见及回复表", "Observations and replies"))


def letters(report: FolderReport, sending: Sending, units: Iterable[str] | None = None) -> Iterator[Letter]:
    """A letter for each unit, in the order in which their forms stand in the folder.

    Files that could not be read belong to no unit that is known: they stand in a letter of their own, or in that of
    the forms that name no unit.

    Args:
        report: the review; it must still be open.
        sending: what the sender says.
        units: keys of the units wanted; `None` for all.
    """
    groups = by_unit(report.briefs)
    if report.errors:
        groups.setdefault("", [])
    for unit in groups if units is None else units:
        yield letter_of(report, groups[unit], sending, faults=not unit)


def by_unit(briefs: Sequence[Brief]) -> dict[str, list[int]]:
    """Places of the briefs by the key of their unit, "" for none."""
    groups: dict[str, list[int]] = {}
    for at, brief in enumerate(briefs):
        groups.setdefault(brief.key.unit, []).append(at)
    return groups


def letter_of(report: FolderReport, places: Sequence[int], sending: Sending, *, faults: bool = False) -> Letter:
    """The letter on some forms of a folder, by their places among the briefs.

    Args:
        report: the review.
        places: of the forms.
        sending: what the sender says.
        faults: whether the files that could not be read stand in it.
    """
    forms = forms_of(report, places)
    broken = faults_of(report) if faults else ()
    briefs = [report.briefs[at] for at in places]
    sums = sums_of(briefs, report.checks)
    correct, departs, ask = (groups_of(forms, family) for family in FAMILIES)
    return Letter(
        program=report.program,
        number=sending.number,
        day=day_of(sending.day),
        sender=sending.sender,
        unit=next((form.unit or form.department for form in forms), ""),
        years=years_of(forms),
        reply_by=None if sending.reply_by is None else day_of(sending.reply_by),
        counts=counts_of(forms, briefs, len(broken)),
        money=money_of((sums.money.initial, sums.money.adjusted, sums.money.executed)),
        means=Means(digits_of(sums.claimed_mean), digits_of(sums.computed_mean), digits_of(sums.low_mean)),
        books=books_of(forms),
        correct=correct,
        departs=departs,
        ask=ask,
        lacking=lacking_of(forms),
        forms=forms,
        faults=broken,
        attachments=(SCORES, REPLIES) if forms else (),
    )


def forms_of(report: FolderReport, places: Iterable[int]) -> tuple[LetterForm, ...]:
    """Forms of a folder as letters hold them, numbered from 1."""
    return tuple(_form(report, at, number) for number, at in enumerate(places, 1))


def _form(report: FolderReport, at: int, number: int) -> LetterForm:
    brief, detail, form = report.briefs[at], report.detail(at), report.form(at)
    items = _items(report, detail, number)
    unread = _unread(form, number, len(items))
    correct, departs, ask = (tuple(item for item in items if item.family == family) for family in FAMILIES)
    return LetterForm(
        number=number,
        file=brief.file,
        place=brief.number + 1,
        title=form.title,
        project=form.project.name,
        code=form.project.code or "",
        unit=form.unit,
        department=form.department,
        year=form.fiscal_year or 0,
        money=money_of((brief.money.initial, brief.money.adjusted, brief.money.executed)),
        claimed=digits_of(brief.claimed),
        computed=digits_of(brief.computed),
        low=digits_of(brief.low),
        claimed_grade=brief.claimed_grade,
        grade=brief.grade,
        supported=detail.supported,
        rulebook=detail.rulebook,
        rulebook_id=brief.rulebook,
        why=detail.why,
        differing=_differing(detail),
        correct=correct,
        departs=departs,
        ask=ask,
        waived=tuple(_waived(report, asked) for asked in detail.findings if asked.waived),
        unread=unread,
        needed=_needed(detail.undecided),
        remarks=detail.remarks,
        tally=Tally(len(correct), len(departs), len(ask), len(unread)),
    )


def _items(report: FolderReport, detail: Detail, form: int) -> list[Item]:
    held = [asked for family in FAMILIES for asked in detail.findings if asked.finding.family == family]
    open_ones = [asked for asked in held if not asked.waived]
    return [_item(report, asked, f"{form}.{number}") for number, asked in enumerate(open_ones, 1)]


def _item(report: FolderReport, asked: AskedFinding, identity: str) -> Item:
    finding = asked.finding
    return Item(
        id=identity,
        code=finding.code,
        title=report.checks[finding.code].title,
        family=finding.family,
        severity=finding.severity,
        pointer=finding.pointer,
        field=asked.field,
        where=asked.where,
        read=finding.read,
        expected=finding.expected,
        ask=finding.ask,
        clause=None if finding.clause is None else _source(finding.clause),
        trial=finding.trial,
    )


def _source(clause: Clause) -> Source:
    return Source(clause.document, clause.article, clause.evidence, EVIDENCE[clause.evidence])


def _waived(report: FolderReport, asked: AskedFinding) -> Waived:
    waiver = report.waivers[asked.waiver or 0].waiver
    title = report.checks[asked.finding.code].title
    return Waived(asked.finding.code, title, asked.field, waiver.who, waiver.reason)


def _differing(detail: Detail) -> tuple[Differing, ...]:
    lines = (line for line in detail.lines if line.agrees is False)
    return tuple(Differing(line.field, line.claimed, line.computed, line.low) for line in lines)


def _unread(form: Form, number: int, items: int) -> tuple[Unread, ...]:
    problems = [problem for problem in form.problems if not problem.is_of_the_file]
    return tuple(
        Unread(f"{number}.{at}", field_name(form, problem.pointer), problem.message)
        for at, problem in enumerate(problems, items + 1)
    )


def _needed(undecided: Iterable[Undecided]) -> tuple[Needed, ...]:
    grouped: dict[Text, list[str]] = {}
    for item in undecided:
        grouped.setdefault(item.needs, []).append(item.code)
    return tuple(Needed(tuple(codes), needs) for needs, codes in grouped.items())


def groups_of(forms: Iterable[LetterForm], family: Family) -> tuple[Group, ...]:
    """The findings of one family by check, those of most findings first, then by code."""
    held: dict[str, list[tuple[LetterForm, Item]]] = {}
    for form in forms:
        for item in form.items:
            if item.family == family:
                held.setdefault(item.code, []).append((form, item))
    ordered = sorted(held.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(_group(number, code, found) for number, (code, found) in enumerate(ordered, 1))


def _group(number: int, code: str, found: Sequence[tuple[LetterForm, Item]]) -> Group:
    at: dict[int, list[str]] = {}
    names = {form.number: form.project for form, _ in found}
    for form, item in found:
        at.setdefault(form.number, []).append(item.id)
    places = tuple(At(form, names[form], tuple(ids)) for form, ids in at.items())
    return Group(number, code, found[0][1].title, len(found), len(places), places)


def lacking_of(forms: Iterable[LetterForm]) -> tuple[Lacking, ...]:
    """The documents that would decide what is open, those that would decide most first.

    What is said of a document in brackets does not make it another: the fullest words for it stand.
    """
    words: dict[str, Text] = {}
    checks: Counter[str] = Counter()
    held: dict[str, set[int]] = {}
    for form in forms:
        for each in form.needed:
            name = each.needs.zh.partition("（")[0]
            words[name] = max(words.get(name, each.needs), each.needs, key=lambda text: len(text.zh))
            checks[name] += len(each.codes)
            held.setdefault(name, set()).add(form.number)
    ordered = sorted(checks, key=lambda name: (-checks[name], name))
    return tuple(Lacking(at, words[name], checks[name], len(held[name])) for at, name in enumerate(ordered, 1))


def counts_of(forms: Sequence[LetterForm], briefs: Sequence[Brief], faults: int) -> Counts:
    """How many there are of what."""
    correct, departs, ask = (sum(len(held) for held in each) for each in _families(forms))
    both = [(brief.claimed, brief.computed) for brief in briefs]
    agree = sum(claimed is not None and claimed == computed for claimed, computed in both)
    missing = sum(None in pair for pair in both)
    return Counts(
        forms=len(forms),
        clear=sum(not form.items for form in forms),
        items=correct + departs + ask,
        correct=correct,
        departs=departs,
        ask=ask,
        waived=sum(len(form.waived) for form in forms),
        unread=sum(len(form.unread) for form in forms),
        undecided=sum(len(each.codes) for form in forms for each in form.needed),
        agree=agree,
        differ=len(both) - agree - missing,
        open=missing,
        without_money=sum(brief.money.adjusted is None for brief in briefs),
        recalled=sum(_is_recalled(item) for form in forms for item in form.items),
        files_unread=faults,
    )


def _is_recalled(item: Item) -> bool:
    return item.clause is not None and item.clause.evidence == "recalled"


def _families(forms: Sequence[LetterForm]) -> tuple[list[tuple[Item, ...]], ...]:
    return [form.correct for form in forms], [form.departs for form in forms], [form.ask for form in forms]


def books_of(forms: Iterable[LetterForm]) -> tuple[Book, ...]:
    """The rulebooks the forms were scored under, in the order in which they are met."""
    held: dict[tuple[str, Text], int] = {}
    for form in forms:
        key = (form.rulebook_id, form.rulebook)
        held[key] = held.get(key, 0) + 1
    return tuple(Book(title, identity, count) for (identity, title), count in held.items())


def years_of(forms: Iterable[LetterForm]) -> tuple[int, ...]:
    """The years of the forms, ascending."""
    return tuple(sorted({form.year for form in forms if form.year}))


def faults_of(report: FolderReport) -> tuple[FileFault, ...]:
    """The files that could not be read."""
    return tuple(FileFault(each.file, each.error.message, each.error.advice) for each in report.errors)


def digits_of(value: Decimal | None) -> str | None:
    """A number in digits as printed; `None` for none."""
    return None if value is None else plain(value)

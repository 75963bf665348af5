"""The attachments of the summary report: the list of all projects, and the indicators below their points."""

from collections.abc import Iterator

from jixiao.writing.letter.paper import Column, Row, note, table, table_page, table_title
from jixiao.writing.letter.sentences import Sentences
from jixiao.writing.letter.summary import Short, Summary, SummaryForm
from jixiao.writing.letter.tables import attached
from jixiao.writing.paper.model import Block, Document


def listed(summary: Summary, say: Sentences) -> Document:
    """One row a project, and a row of the sums."""
    name = attached(summary.attachments[0], say)
    blocks: tuple[Block, ...] = (
        table_title(name),
        note(say("tables.money_unit"), "right"),
        table(_list_columns(say), _list_rows(summary, say)),
    )
    return Document(name, table_page(), blocks, say.language)


def _list_columns(say: Sentences) -> list[Column]:
    return [
        Column(say("tables.no"), 4, "center"),
        Column(say("tables.project"), 18),
        Column(say("tables.unit"), 16),
        Column(say("tables.year"), 5, "center"),
        *(Column(say(f"tables.{key}"), 9, "right") for key in ("initial", "adjusted", "executed")),
        Column(say("lists.rate"), 7, "right"),
        Column(say("tables.claimed"), 7, "right"),
        Column(say("tables.claimed_grade"), 5, "center"),
        Column(say("tables.computed"), 7, "right"),
        Column(say("tables.grade"), 5, "center"),
        Column(say("lists.items"), 5, "right"),
    ]


def _list_rows(summary: Summary, say: Sentences) -> Iterator[Row]:
    for form in summary.forms:
        yield _list_row(form, say)
    money, means, none = summary.money, summary.means, say("words.nothing")
    amounts = (say.wan(amount) for amount in money.columns.values())
    yield (
        "", say("lists.whole"), none, none, *amounts, say.or_dash(summary.execution.rate),
        say.or_dash(means.claimed), none, say.or_dash(means.computed), none, str(summary.counts.items),
    )  # fmt: skip


def _list_row(form: SummaryForm, say: Sentences) -> Row:
    money = form.money
    return (
        str(form.number),
        say.project(form.project),
        say.or_dash(form.unit),
        say.or_dash(str(form.year or "")),
        *(say.wan(amount) for amount in money.columns.values()),
        say.or_dash(form.rate),
        say.or_dash(form.claimed),
        say.grade(form.claimed_grade),
        say.or_dash(form.computed),
        say.or_dash(form.grade),
        str(form.items),
    )


def shortfalls(summary: Summary, say: Sentences) -> Document:
    """One row an indicator below its points, with the reason as the form gives it."""
    name = attached(summary.attachments[1], say)
    rows = (_short_row(one, say) for one in summary.short)
    return Document(name, table_page(), (table_title(name), table(_short_columns(say), rows)), say.language)


def _short_columns(say: Sentences) -> list[Column]:
    return [
        Column(say("tables.no"), 4, "center"),
        Column(say("tables.project"), 15),
        Column(say("lists.level1"), 8),
        Column(say("lists.level2"), 9),
        Column(say("lists.name"), 15),
        Column(say("lists.target"), 10),
        Column(say("lists.actual"), 10),
        Column(say("lists.points"), 5, "right"),
        Column(say("lists.score"), 5, "right"),
        Column(say("lists.deviation"), 19),
    ]


def _short_row(one: Short, say: Sentences) -> Row:
    texts = (say.project(one.project), one.level1, one.level2, one.name, one.target, one.actual)
    reason = one.deviation or say.blank("reason")
    return str(one.number), *map(say.or_dash, texts), one.points, one.score, reason

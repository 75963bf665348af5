"""The attachments of the review letter: scores form by form, and a table of observations with a column for replies."""

from collections.abc import Iterator

from jixiao.form import is_nothing
from jixiao.writing.letter.data import Attachment, Item, LetterForm, Unread
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.paper import Column, Row, family_heading, note, table, table_heading, table_page, table_title
from jixiao.writing.letter.sentences import Sentences
from jixiao.writing.paper.model import Block, Document

_LEAST = 2600


def attached(attachment: Attachment, say: Sentences) -> str:
    """附件1　自评得分与重算得分对照表."""
    return f"{say('words.attachment', number=attachment.number)}　{say.of(attachment.title)}"


def scores(letter: Letter, say: Sentences) -> Document:
    """One row a form: money, claimed and recomputed total and grade, how many observations."""
    name = attached(letter.attachments[0], say)
    blocks: tuple[Block, ...] = (
        table_title(name),
        note(say("tables.money_unit"), "right"),
        table(_score_columns(say), (_score_row(form, say) for form in letter.forms)),
        note(say("tables.low_means")),
    )
    return Document(name, table_page(), blocks, say.language)


def _score_columns(say: Sentences) -> list[Column]:
    narrow = {"claimed": 7, "claimed_grade": 5, "computed": 7, "grade": 5, "low": 7}
    narrow |= {"correct": 5, "departs": 6, "ask": 5, "unread": 5}
    return [
        Column(say("tables.no"), 4, "center"),
        Column(say("tables.project"), 17),
        Column(say("tables.year"), 5, "center"),
        *(Column(say(f"tables.{key}"), 9, "right") for key in ("initial", "adjusted", "executed")),
        *(Column(say(f"tables.{key}"), part, "center" if "grade" in key else "right") for key, part in narrow.items()),
    ]


def _score_row(form: LetterForm, say: Sentences) -> Row:
    money = form.money
    return (
        str(form.number),
        say.project(form.project),
        say.or_dash(str(form.year or "")),
        *(say.wan(amount) for amount in money.columns.values()),
        say.or_dash(form.claimed),
        say.grade(form.claimed_grade),
        say.or_dash(form.computed),
        say.or_dash(form.grade),
        say.or_dash(form.low),
        *map(str, form.tally.columns),
    )


def replies(letter: Letter, say: Sentences) -> Document:
    """A table a form, its last column empty for the reply; a line to sign at the end."""
    name = attached(letter.attachments[1], say)
    blocks: list[Block] = [table_title(name)]
    for form in letter.forms:
        blocks += _form(form, say)
    return Document(name, table_page(), (*blocks, note(say("tables.signature"))), say.language)


def _form(form: LetterForm, say: Sentences) -> Iterator[Block]:
    """A heading, a table for each family under a heading of its own, and what else is said of the form."""
    yield table_heading(say("tables.form_heading", number=form.number, project=say.project(form.project)))
    families = (("correct", form.correct), ("departs", form.departs), ("ask", form.ask))
    rows = {family: [_row(item, say) for item in items] for family, items in families}
    rows["unread"] = [_unread(each, say) for each in form.unread]
    for family, held in rows.items():
        if held:
            yield family_heading(say(f"tables.h_{family}"))
            yield table(_reply_columns(say), held, _LEAST)
    if not any(rows.values()):
        yield note(say("tables.no_items"))
    yield note(_about(form, say))
    yield from _below(form, say)


def _about(form: LetterForm, say: Sentences) -> str:
    file = form.file.replace("\\", "/").rpartition("/")[2]
    told = say(
        "tables.form_scores",
        claimed=say.or_dash(form.claimed),
        claimed_grade=say.grade(form.claimed_grade),
        computed=say.or_dash(form.computed),
        grade=say.or_dash(form.grade),
        low=say.or_dash(form.low),
    )
    parts = [say("tables.form_file", file=file, place=form.place), told]
    parts += [say.of(form.supported)] if form.supported else []
    return say("words.also").join(parts)


def _reply_columns(say: Sentences) -> list[Column]:
    parts = {"no": 5, "place": 14, "read": 16, "expected": 27, "clause": 14, "reply": 24}
    return [Column(say(f"tables.{key}"), part, "center" if key == "no" else "left") for key, part in parts.items()]


def _unread(each: Unread, say: Sentences) -> Row:
    return each.id, say.of(each.field), each.message, say("tables.unread_ask"), say("words.nothing"), ""


def _row(item: Item, say: Sentences) -> Row:
    where = say.of(item.where)
    place = say.of(item.field) if is_nothing(where) else f"{say.of(item.field)}\n{where}"
    clause = "" if item.clause is None else say.clause(item.clause)
    ask = f"{say.of(item.expected)}\n{say.of(item.ask)}"
    trial = f"\n{say('letter.on_trial')}" if item.trial else ""
    return item.id, place, say.of(item.read), ask + trial, clause or say("words.nothing"), ""


def _below(form: LetterForm, say: Sentences) -> Iterator[Block]:
    """What stands under a form's table: scores that differ, what was waived, what is missing, remarks."""
    also = say("words.also")
    if form.differing:
        lines = (
            say(
                "tables.differing_line",
                field=say.of(line.field),
                claimed=say.or_dash(line.claimed),
                computed=say.or_dash(line.computed),
            )
            for line in form.differing
        )
        yield note(say("tables.differing", lines=also.join(lines)))
    if form.waived:
        items = (
            say("tables.waived_item", title=say.of(one.title), field=say.of(one.field), who=one.who, reason=one.reason)
            for one in form.waived
        )
        yield note(say("tables.waived", items=also.join(items)))
    if form.needed:
        yield note(say("tables.needed", needs=also.join(say.of(one.needs) for one in form.needed)))
    yield from (note(say.of(remark)) for remark in form.remarks)

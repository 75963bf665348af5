"""The summary report as documents, in the customary outline; what no form can know is a marked blank."""

from collections.abc import Iterator
from typing import Final

from jixiao.writing.letter.data import Group
from jixiao.writing.letter.paper import Letters, letter_page
from jixiao.writing.letter.sentences import Language, Sentences
from jixiao.writing.letter.summary import Graded, Level, Summary
from jixiao.writing.letter.summary_tables import listed, shortfalls
from jixiao.writing.paper.model import Block, Document, Text

_FAMILIES: Final = ("correct", "departs", "ask")


def summary_documents(summary: Summary, language: Language = "zh") -> tuple[Document, ...]:
    """The report and its attachments, each a document that begins on a page of its own."""
    say = Sentences(language)
    text = _Writer(summary, say, Letters(language))
    body = Document(say("summary.name"), letter_page(language), tuple(text.blocks()), language)
    attached = (listed(summary, say), shortfalls(summary, say)) if summary.short else (listed(summary, say),)
    return (body, *attached)


class _Writer:
    """Writes the report itself."""

    def __init__(self, summary: Summary, say: Sentences, make: Letters) -> None:
        self._summary, self._say, self._make = summary, say, make

    def blocks(self) -> Iterator[Block]:
        """From the title to the attachments."""
        summary, say, make = self._summary, self._say, self._make
        department = summary.department or say.blank("department")
        if summary.number:
            yield make.line(summary.number, "right")
        yield make.title(say("summary.title", department=department, years=say.years(summary.years)))
        yield make.heading(say("summary.h_work"))
        yield make.paragraph(say.blank("organisation"))
        yield from self._result()
        yield from self._goals()
        yield from self._problems()
        yield from self._measures()
        yield from self._attachments()
        yield from make.signature(summary.sender or department, say.of(summary.day.text))

    def _result(self) -> Iterator[Text]:
        summary, say, make = self._summary, self._say, self._make
        years, counts = say.years(summary.years), summary.counts
        yield make.heading(say("summary.h_result"))
        told = [say("summary.covered", years=years, forms=counts.forms)]
        told += [say("summary.units", units=summary.unit_count)] if summary.unit_count else []
        told.append(say("summary.list", list=self._attachment(0)))
        yield make.paragraph(say.join(told))
        yield make.paragraph(self._money())
        yield make.paragraph(self._scores())
        yield make.paragraph(self._grades())
        books = [say("letter.book", title=say.of(book.title), id=book.id, forms=book.forms) for book in summary.books]
        yield make.paragraph(say("summary.books", books=say("words.also").join(books)))
        if summary.faults:
            files = say("words.list").join(each.file for each in summary.faults)
            yield make.paragraph(say("summary.faults", count=counts.files_unread, files=files))

    def _money(self) -> str:
        summary, say, execution = self._summary, self._say, self._summary.execution
        columns = summary.money.columns.items()
        amounts = [say(f"letter.{name}", amount=say.amount(amount)) for name, amount in columns if amount]
        told = [say("summary.money", amounts=say("words.list").join(amounts)) if amounts else say("summary.money_none")]
        if execution.rate is not None and execution.adjusted_amount and execution.executed_amount:
            adjusted, executed = say.amount(execution.adjusted_amount), say.amount(execution.executed_amount)
            fields = {"adjusted": adjusted, "executed": executed, "rate": execution.rate}
            told.append(say("summary.rate", forms=execution.forms, **fields))
        if summary.counts.without_money:
            told.append(say("letter.without_money", count=summary.counts.without_money))
        return say.join(told)

    def _scores(self) -> str:
        summary, say, means = self._summary, self._say, self._summary.means
        held = {"mean_claimed": means.claimed, "median": summary.median, "mean_computed": means.computed}
        told = [say(f"summary.{name}", score=score) for name, score in held.items() if score is not None]
        if not told:
            return say("summary.scores_none")
        return say.join([say("summary.scores", means=say("words.list").join(told)), say.agreement(summary.counts)])

    def _grades(self) -> str:
        def counted(of: str) -> str:
            return say("words.list").join(
                say("summary.graded", grade=_grade(one, say), count=getattr(one, of)) for one in summary.grades
            )

        summary, say = self._summary, self._say
        return say("summary.grades", claimed=counted("claimed"), computed=counted("computed"))

    def _goals(self) -> Iterator[Text]:
        summary, say, make = self._summary, self._say, self._make
        yield make.heading(say("summary.h_goals"))
        yield make.paragraph(say.blank("goals"))
        for level in summary.levels:
            yield make.paragraph(_level(level, say))
        if not summary.levels:
            yield make.paragraph(say("summary.levels_none"))
        yield make.paragraph(self._short())

    def _short(self) -> str:
        summary, say = self._summary, self._say
        if not summary.short:
            return say("summary.short_none")
        fields = {"count": summary.short_count, "forms": summary.short_forms, "short": self._attachment(1)}
        told = [say("summary.short", **fields)]
        if summary.without_reason:
            told.append(say("summary.without_reason", count=summary.without_reason, blank=say.blank("reasons")))
        return say.join(told)

    def _problems(self) -> Iterator[Text]:
        summary, say, make = self._summary, self._say, self._make
        yield make.heading(say("summary.h_problems"))
        at = 1
        if summary.short:
            fields = {"count": summary.short_count, "forms": summary.short_forms, "short": self._attachment(1)}
            yield make.paragraph(say("summary.own", numeral=say.part(at), **fields))
            at += 1
        for family in _FAMILIES:
            groups: tuple[Group, ...] = getattr(summary, family)
            if groups:
                fields = {"count": getattr(summary.counts, family), "groups": self._groups(groups)}
                yield make.paragraph(say(f"summary.{family}", numeral=say.part(at), **fields))
                at += 1
        if not summary.counts.items:
            yield make.paragraph(say("summary.none", numeral=say.part(at)))
            at += 1
        if summary.counts.recalled:
            yield make.paragraph(say("summary.recalled", count=summary.counts.recalled))
        yield make.paragraph(say("summary.management", numeral=say.part(at), blank=say.blank("problems")))

    def _groups(self, groups: tuple[Group, ...]) -> str:
        say = self._say
        told = (
            say("summary.group", title=say.of(group.title), count=group.count, forms=group.forms) for group in groups
        )
        return say("words.also").join(told) + say("words.stop")

    def _measures(self) -> Iterator[Text]:
        summary, say, make = self._summary, self._say, self._make
        yield make.heading(say("summary.h_measures"))
        reasons = summary.short_count > summary.without_reason
        given = say("summary.given", short=self._attachment(1)) if reasons else ""
        yield make.paragraph(say("summary.measures", given=given, blank=say.blank("measures")))
        for key in ("use", "publication", "other"):
            yield make.paragraph(say(f"summary.{key}", blank=say.blank(key)), stays=key == "other")

    def _attachment(self, at: int) -> str:
        return self._say("words.attachment", number=self._summary.attachments[at].number)

    def _attachments(self) -> Iterator[Text]:
        return self._make.attachments(self._summary.attachments, self._say)


def _grade(graded: Graded, say: Sentences) -> str:
    return graded.grade or say("summary.grade_missing")


def _level(level: Level, say: Sentences) -> str:
    sums = {"points": level.points, "score": level.score}
    if level.rate is not None:
        score = say("summary.level_score", **sums, rate=level.rate)
    else:
        score = "" if level.points is None else say("summary.level_sum", **sums)
    return say(
        "summary.level",
        numeral=say.numeral(level.number),
        name=level.name or say("words.level_none"),
        lines=level.lines,
        score=score,
        full=level.full,
        short=level.short,
        other=say("summary.level_other", count=level.other) if level.other else "",
    )

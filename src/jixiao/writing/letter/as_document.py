"""The review letter as documents: the letter itself, and on pages of their own the scores and the replies."""

from collections.abc import Iterator

from jixiao.writing.letter.data import Group, Item, LetterForm
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.paper import Letters, letter_page
from jixiao.writing.letter.sentences import Language, Sentences
from jixiao.writing.letter.tables import replies, scores
from jixiao.writing.paper.model import Block, Document, Text


def letter_documents(letter: Letter, language: Language = "zh") -> tuple[Document, ...]:
    """The letter and its attachments, each a document that begins on a page of its own."""
    say = Sentences(language)
    text = _Writer(letter, say, Letters(language))
    body = Document(say("letter.name"), letter_page(language), tuple(text.blocks()), language)
    if not letter.forms:
        return (body,)
    return body, scores(letter, say), replies(letter, say)


class _Writer:
    """Writes the letter itself."""

    def __init__(self, letter: Letter, say: Sentences, make: Letters) -> None:
        self._letter, self._say, self._make = letter, say, make

    def blocks(self) -> Iterator[Block]:
        """From the reference number to the attachments."""
        letter, say, make = self._letter, self._say, self._make
        yield make.line(letter.number or say.blank("number"), "right")
        yield make.title(say("letter.title", years=say.years(letter.years)))
        yield make.line(say("letter.to", unit=letter.unit or say.blank("addressee")))
        if letter.forms:
            yield make.paragraph(say("letter.opening", years=say.years(letter.years)))
            yield from self._review()
            yield from self._certain("correct", letter.correct)
            yield from self._certain("departs", letter.departs)
            yield from self._questions()
            yield from self._reply()
        else:
            yield make.paragraph(say("letter.opening_faults"))
            yield from self._faults()
            yield make.paragraph(say("letter.faults_reply", day=say.day(letter.reply_by, "reply_by")))
        yield make.paragraph(say("letter.contact", contact=say.blank("contact"), phone=say.blank("phone")))
        yield make.paragraph(say("letter.closing"), stays=True)
        yield from self._attachments()
        yield from make.signature(letter.sender or say.blank("sender"), say.of(letter.day.text))

    def _review(self) -> Iterator[Text]:
        letter, say, make, counts = self._letter, self._say, self._make, self._letter.counts
        yield make.heading(say("letter.h_review"))
        yield make.paragraph(say.join([say("letter.forms", forms=counts.forms), *self._money(), self._means()]))
        fields = {"items": counts.items, "correct": counts.correct, "departs": counts.departs, "ask": counts.ask}
        told = [say("letter.items", **fields)]
        told += [say("letter.clear", clear=counts.clear)] if counts.clear else []
        told += [say("letter.unread", unread=counts.unread)] if counts.unread else []
        told += [say("letter.waived", waived=counts.waived)] if counts.waived else []
        yield make.paragraph(say.join(told))
        books = [say("letter.book", title=say.of(book.title), id=book.id, forms=book.forms) for book in letter.books]
        yield make.paragraph(say("letter.books", books=say("words.also").join(books)))
        yield make.paragraph(say("letter.see", scores=self._attachment(0), replies=self._attachment(1)))
        if letter.faults:
            yield from self._faults()

    def _money(self) -> list[str]:
        say, money = self._say, self._letter.money
        columns = money.columns.items()
        amounts = [say(f"letter.{name}", amount=say.amount(amount)) for name, amount in columns if amount]
        told = [say("letter.money", amounts=say("words.list").join(amounts))] if amounts else []
        if count := self._letter.counts.without_money:
            told.append(say("letter.without_money", count=count))
        return told

    def _means(self) -> str:
        say, means = self._say, self._letter.means
        held = {"claimed": means.claimed, "computed": means.computed, "low": means.low}
        told = [say(f"letter.mean_{name}", score=score) for name, score in held.items() if score is not None]
        sentences = [say("letter.means", means=say("words.list").join(told))] if told else []
        return say.join([*sentences, say.agreement(self._letter.counts)])

    def _faults(self) -> Iterator[Text]:
        letter, say, make = self._letter, self._say, self._make
        yield make.paragraph(say("letter.faults", count=letter.counts.files_unread))
        for each in letter.faults:
            message, advice = say.of(each.message), say.of(each.advice)
            yield make.paragraph(say("letter.fault", file=each.file, message=message, advice=advice))

    def _certain(self, family: str, groups: tuple[Group, ...]) -> Iterator[Text]:
        """What must be corrected, or departs from a rule: each item with what was read and what was expected."""
        say, make = self._say, self._make
        yield make.heading(say(f"letter.h_{family}"))
        if not groups:
            yield make.paragraph(say(f"letter.{family}_none"))
            return
        yield make.paragraph(say(f"letter.{family}", count=getattr(self._letter.counts, family)))
        items = {item.id: (form, item) for form in self._letter.forms for item in form.items}
        for group in groups:
            yield make.paragraph(self._group(group))
            for identity in (identity for at in group.at for identity in at.ids):
                yield make.paragraph(self._item(*items[identity]))

    def _questions(self) -> Iterator[Text]:
        say, make = self._say, self._make
        yield make.heading(say("letter.h_ask"))
        if not self._letter.ask:
            yield make.paragraph(say("letter.ask_none"))
            return
        yield make.paragraph(say("letter.ask", count=self._letter.counts.ask))
        for group in self._letter.ask:
            yield make.paragraph(self._group(group))

    def _group(self, group: Group) -> str:
        say = self._say
        at = [say("letter.at", project=say.project(at.project), ids=say("words.list").join(at.ids)) for at in group.at]
        return say(
            "letter.group",
            numeral=say.numeral(group.number),
            title=say.of(group.title),
            count=group.count,
            at=say("words.also").join(at),
        )

    def _item(self, form: LetterForm, item: Item) -> str:
        say = self._say
        fields = {
            "id": item.id,
            "project": say.project(form.project),
            "field": say.of(item.field),
            "read": say.of(item.read),
            "expected": say.of(item.expected),
        }
        if item.clause is None:
            return say("letter.item", **fields)
        return say("letter.item_clause", **fields, clause=say.clause(item.clause))

    def _reply(self) -> Iterator[Text]:
        letter, say, make = self._letter, self._say, self._make
        yield make.heading(say("letter.h_reply"))
        if letter.counts.items or letter.counts.unread:
            day = say.day(letter.reply_by, "reply_by")
            told = [say("letter.reply", day=day, replies=self._attachment(1))]
            told += [say("letter.reply_correct")] if letter.correct else []
            told += [say("letter.reply_unread")] if letter.counts.unread else []
            yield make.paragraph(say.join(told))
        else:
            yield make.paragraph(say("letter.reply_none"))
        if letter.lacking:
            needs = [
                say("letter.lacking_item", numeral=say.numeral(one.number), needs=say.of(one.needs), forms=one.forms)
                for one in letter.lacking
            ]
            yield make.paragraph(say("letter.lacking", needs=say("words.also").join(needs)))

    def _attachment(self, at: int) -> str:
        return self._say("words.attachment", number=self._letter.attachments[at].number)

    def _attachments(self) -> Iterator[Text]:
        return self._make.attachments(self._letter.attachments, self._say)

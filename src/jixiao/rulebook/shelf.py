"""All books, and which one was in force for a form."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from msgspec import Struct

from jixiao.rulebook.book import Book
from jixiao.rulebook.errors import RulebookError
from jixiao.rulebook.loader import Part, load_part
from jixiao.rulebook.places import Recogniser
from jixiao.rulebook.resolve import check_labels, resolve

_MOST_KEPT = 512
_LONGEST_NAME = 500


class Choice(Struct, frozen=True):
    """The book a form is scored under, and why, in 中文 and English."""

    book: Book
    zh: str
    en: str


class Shelf:
    """The books by id and day. Resolved books are kept, so that the same question gives the same object."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        """Take the parts by file name; see `load`."""
        self._by_id: dict[str, list[Part]] = {}
        for part in parts.values():
            self._by_id.setdefault(part.id, []).append(part)
        for versions in self._by_id.values():
            versions.sort(key=lambda part: part.since)
        self._parts = sorted(parts.values(), key=lambda part: (part.id, part.since))
        self._recogniser = Recogniser(part.words for part in self._parts)
        self._resolved: dict[tuple[str, ...], Book] = {}
        self._check()

    @classmethod
    def load(cls, texts: Mapping[str, str]) -> Self:
        """Load books from texts.

        Args:
            texts: file name ("cn/2020-02-25.toml") → TOML text.

        Raises:
            RulebookError: a book cannot be used; the error names file and key.
        """
        return cls({file: load_part(file, text) for file, text in texts.items()})

    def _check(self) -> None:
        defaults = sorted({part.id for versions in self._by_id.values() for part in versions if part.default})
        if len(defaults) != 1:
            raise RulebookError("*", "default", zh="须有且仅有一套默认规则", en="exactly one book must be the default")
        self._default = defaults[0]
        for versions in self._by_id.values():
            for part in versions:
                check_labels(self._chain(part, part.since))

    @property
    def default(self) -> str:
        """Id of the book of a place that is not recognised."""
        return self._default

    def ids(self) -> tuple[str, ...]:
        """Ids of all books, sorted."""
        return tuple(sorted(self._by_id))

    def versions(self, book_id: str) -> tuple[date, ...]:
        """The days on which a book's own rules came into force."""
        return tuple(part.since for part in self._by_id[book_id])

    def newest(self, book_id: str) -> date:
        """The day of the newest rule of a book and of what it inherits; its last day, where it has ended before."""
        last = self._by_id[book_id][-1]
        return min(self._newest(book_id), last.until or date.max)

    def on(self, book_id: str, day: date) -> Book:
        """The book in force on a day; the earliest there is, where the day is before all of them, the last after.

        Raises:
            RulebookError: there is no such book; the error lists the ids.
        """
        versions = self._by_id.get(book_id)
        if not versions:
            known = " ".join(self.ids())
            raise RulebookError(book_id, "", zh=f"没有这套规则；现有：{known}", en=f"no such book; there are: {known}")
        chain = self._chain(_in_force(versions, day) or _started(versions, day), day)
        key = (day.isoformat(), *(part.file for part in chain))
        if key not in self._resolved:
            if len(self._resolved) >= _MOST_KEPT:
                self._resolved.clear()
            self._resolved[key] = resolve(chain, day)
        return self._resolved[key]

    def _chain(self, part: Part, day: date) -> list[Part]:
        chain = [part]
        while chain[-1].inherits:
            below = self._below(chain[-1], day)
            if below in chain:
                raise RulebookError(part.file, "inherits", zh="循环继承", en="inherits itself")
            chain.append(below)
        return chain

    def _below(self, part: Part, day: date) -> Part:
        if part.inherits in self._by_id:
            versions = self._by_id[part.inherits]
            return _in_force(versions, day) or _started(versions, day)
        for versions in self._by_id.values():
            for one in versions:
                if f"{one.id}/{one.since.isoformat()}" == part.inherits:
                    return one
        raise RulebookError(
            part.file, "inherits", zh=f"没有 {part.inherits} 这套规则", en=f"there is no book {part.inherits}"
        )

    def choose(
        self, *, title: str, department: str, unit: str, fiscal_year: int | None, override: str | None = None
    ) -> Choice:
        """The book for a form: by its kind in the title, else by the longest word that recognises a place (`places`).

        Args:
            title: the form's title.
            department: 主管部门.
            unit: 实施单位.
            fiscal_year: picks the rules in force on its 31 December, those a place inherits where it had none of its
                own yet; `None`: the latest, on the day of the newest of them.
            override: id of a book that is to be used whatever the form says.

        Raises:
            RulebookError: there is no book of the id given as override.
        """
        book_id, why = self._place(tuple(text[:_LONGEST_NAME] for text in (title, department, unit)), override)
        if fiscal_year is None or not date.min.year <= fiscal_year <= date.max.year:
            book, ended = self._of_year(book_id, self._newest(book_id))
            when = ("；年度不明，使用最新规则", "; the year is unknown, so the latest rules are used")
            when = when if book.id == book_id else (when[0] + ended[0], when[1] + ended[1])
        else:
            book, when = self._of_year(book_id, date(fiscal_year, 12, 31))
        return Choice(book, why[0] + when[0], why[1] + when[1])

    def _place(self, texts: tuple[str, ...], override: str | None) -> tuple[str, tuple[str, str]]:
        if override:
            return override, (f"按指定使用 {override}", f"{override} as asked")
        kind = self._kind(texts[0])
        if kind:
            return kind[0], (f"标题中的“{kind[1]}”属于 {kind[0]}", f"{kind[1]!r} in the title belongs to {kind[0]}")
        words = [(self._recogniser.found(part.words, texts), part) for part in self._parts]
        hits = [(len(word), len(self._chain(part, part.since)), word, part.id) for word, part in words if word]
        if hits:
            *_, found, best = max(hits, key=lambda hit: hit[:2])
            return best, (f"“{found}” 属于 {best}", f"{found!r} belongs to {best}")
        default = self._default
        return default, (
            f"未识别出地区，使用 {default}",
            f"no place was recognised, so {default} is used",
        )

    def _kind(self, title: str) -> tuple[str, str] | None:
        """The book of a kind of form by the longest of its words in the title, with the word."""
        found = [(part.id, word) for part in self._parts for word in part.words.titles if word in title]
        return max(found, key=lambda pair: len(pair[1]), default=None)

    def _of_year(self, book_id: str, day: date) -> tuple[Book, tuple[str, str]]:
        """The book of a place on a day; what it inherits, where the place had no rules of its own yet, or none more."""
        versions = self._by_id.get(book_id, [])
        if not versions or _in_force(versions, day):
            return self.on(book_id, day), (f"，{day} 有效", f", in force on {day}")
        first, below = versions[0].since, versions[0].inherits
        if first <= day:
            return self._after_its_end(versions, day)
        if below not in self._by_id:
            return self.on(book_id, day), (
                f"；{day} 尚无规则，使用最早的 {first}",
                f"; none was in force on {day}, so the earliest, of {first}, is used",
            )
        book, when = self._of_year(below, day)
        return book, (
            f"；{book_id} 自 {first} 起才有规则，改用其所依据的 {below}{when[0]}",
            f"; {book_id} has rules only since {first}, so {below}, which it rests on, is used{when[1]}",
        )

    def _after_its_end(self, versions: list[Part], day: date) -> tuple[Book, tuple[str, str]]:
        """What a place's last rules rest on, on a day after their end."""
        last = _started(versions, day)
        below = last.inherits if last.inherits in self._by_id else self._default
        book, when = self._of_year(below, day)
        return book, (
            f"；{last.id} 的规则止于 {last.until}，改用其所依据的 {below}{when[0]}",
            f"; the rules of {last.id} ended on {last.until}, so {below}, which they rest on, is used{when[1]}",
        )

    def _newest(self, book_id: str) -> date:
        """The day of the newest rule of a book and of what it inherits."""
        versions = self._by_id.get(book_id)
        if not versions:
            return date.max
        chain = self._chain(versions[-1], date.max)
        values = (date.fromisoformat(value.since) for part in chain for value in part.values)
        return max((*(part.since for part in chain), *values))


def _in_force(versions: list[Part], day: date) -> Part | None:
    """The newest version in force on a day."""
    found = [part for part in versions if part.since <= day and (part.until is None or day <= part.until)]
    return found[-1] if found else None


def _started(versions: list[Part], day: date) -> Part:
    """The newest version that has begun by a day; the earliest of all, where none has."""
    return next((part for part in reversed(versions) if part.since <= day), versions[0])

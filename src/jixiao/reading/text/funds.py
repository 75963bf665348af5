"""项目资金: fund rows by their labels, values to columns by order, look and arithmetic."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from jixiao.form import Execution, FundRow, Funds, LabelledFundRow, fold, parse_number, parse_rate
from jixiao.layout.lexicon import label_points
from jixiao.reading.text.anchors import Anchor, is_note, labels
from jixiao.reading.text.draft import SURE, Draft
from jixiao.reading.text.tokens import Token, amount_of, joined

_AMOUNTS: Final = ("initial", "adjusted", "executed")
_MISSING: Final = {"initial": 30, "adjusted": 30, "executed": 30, "weight": 25, "score": 25, "rate": 20}
_MISSING_BELOW: Final = {"weight": 3, "score": 4, "rate": 8}
_NAMED: Final = ("total", "current_year", "carryover", "other")
_GUESSED: Final = 80
_ROW_LIMIT: Final = 60


class FundReader:
    """Reads the funds block of one form."""

    def __init__(self, header: Sequence[Anchor], notes: Sequence[Token], draft: Draft) -> None:
        """Take the column labels, and the tokens of the section label before them."""
        self._columns = [anchor.field for anchor in header]
        self._labels = {anchor.field: anchor.text for anchor in header}
        self._points = next(
            (points for text in (joined(list(notes)), self._labels.get("score", "")) if (points := label_points(text))),
            None,
        )
        self._draft = draft

    def read(self, tokens: Sequence[Token]) -> tuple[Funds, Execution]:
        """The fund rows and the execution line."""
        rows: dict[str, FundRow] = {}
        more: list[LabelledFundRow] = []
        execution = Execution()
        for field, label, values in self._rows(tokens)[:_ROW_LIMIT]:
            pointer = f"/funds/{field}" if field in _NAMED and field not in rows else f"/funds/more/{len(more)}"
            placed = self._align(values, top=field == "total")
            row = self._fund_row(placed, pointer)
            if field == "total" and field not in rows:
                execution = self._execution(placed)
            else:
                self._beside(placed, pointer)
            if pointer.startswith("/funds/more"):
                more.append(LabelledFundRow(label, row.initial, row.adjusted, row.executed))
            else:
                rows[field] = row
        if execution.weight is None and self._points is not None:
            execution = Execution(self._points, execution.rate, execution.score)
        return Funds(**rows, more=tuple(more)), execution

    def _rows(self, tokens: Sequence[Token]) -> list[tuple[str, str, list[Token]]]:
        """Label and values of each row. A wrapped label may have its values between its lines."""
        words = [index for index, token in enumerate(tokens) if not _is_value(token)]
        stream = [tokens[index] for index in words]
        starts: list[tuple[int, str, str]] = []
        used: set[int] = set()
        position = 0
        while position < len(stream):
            anchor = labels("fund_rows").at(stream, position)
            if anchor is None:
                position += 1
                continue
            starts.append((words[anchor.start], anchor.field, _clean(anchor.text)))
            used.update(words[anchor.start : anchor.end])
            position = anchor.end
        self._leftovers(tokens, starts, used)
        starts.sort()
        if not starts:
            return []
        ends = [start for start, _, _ in starts[1:]] + [len(tokens)]
        return [
            (field, label, [tokens[i] for i in range(start, end) if i not in used and _is_value(tokens[i])])
            for (start, field, label), end in zip(starts, ends, strict=True)
        ]

    def _leftovers(self, tokens: Sequence[Token], starts: list[tuple[int, str, str]], used: set[int]) -> None:
        """Unknown words: a row where values follow, else a piece of the section label, a reason, or unplaced."""
        for index, token in enumerate(tokens):
            if index in used or _is_value(token):
                continue
            section = labels("section").at(tokens, index)
            if section is not None:
                used.update(range(index, section.end))
            elif is_note(token.text):
                used.add(index)
            elif len(tokens) > index + 2 and _is_value(tokens[index + 1]) and _is_value(tokens[index + 2]):
                starts.append((index, "more", _clean(token.text)))
                used.add(index)
            elif "reason" in self._columns:
                self._draft.keep(self._labels["reason"], [token], "/execution")
            else:
                self._draft.unplaced([token])

    def _align(self, values: Sequence[Token], *, top: bool) -> dict[str, tuple[Token, int]]:
        """Values to columns, with a confidence: as many as columns, one each; fewer, the likeliest blanks."""
        columns = [column for column in self._columns if column not in ("reason", "extra")]
        if len(values) > len(columns):
            self._draft.unplaced(values[len(columns) :])
            message = "资金行的数字多于列 / more numbers in a fund row than columns; compare with the original"
            self._draft.doubtful("/funds", "ambiguous", message)
            values = values[: len(columns)]
        if len(values) == len(columns):
            return {column: (token, SURE) for column, token in zip(columns, values, strict=True)}
        choices = [[columns[i] for i in chosen] for chosen in combinations(range(len(columns)), len(values))]
        best = min(choices, key=lambda chosen: _blank_cost(columns, chosen, values, top=top))
        return {column: (token, _GUESSED) for column, token in zip(best, values, strict=True)}

    def _fund_row(self, placed: dict[str, tuple[Token, int]], pointer: str) -> FundRow:
        amounts = {column: self._number(placed, column, f"{pointer}/{column}") for column in _AMOUNTS}
        return FundRow(**amounts)

    def _execution(self, placed: dict[str, tuple[Token, int]]) -> Execution:
        numbers = {name: self._number(placed, name, f"/execution/{name}") for name in ("weight", "rate", "score")}
        return Execution(**numbers)

    def _number(self, placed: dict[str, tuple[Token, int]], column: str, pointer: str) -> Decimal | None:
        if column not in placed or placed[column][0].nothing:
            return None
        token, confidence = placed[column]
        number = parse_rate(token.text) if column == "rate" else parse_number(fold(token.text).removesuffix("%"))
        self._draft.text(pointer, [token], confidence)
        if number is None:
            self._draft.keep(self._labels[column], [token], pointer)
            message = f"不是数字：{token.text} / not a number: {token.text}"
            self._draft.doubtful(pointer, "unreadable", message)
        return number

    def _beside(self, placed: dict[str, tuple[Token, int]], pointer: str) -> None:
        """Points and rates beside a fund row that is not the total have no field: they are extras of that row."""
        for column in ("weight", "rate", "score"):
            if column in placed and not placed[column][0].nothing:
                self._draft.keep(_clean(self._labels[column]), [placed[column][0]], pointer)


def _is_value(token: Token) -> bool:
    return token.number or token.nothing or (token.value and token.text[0].isdigit())


def _clean(label: str) -> str:
    return label.strip("：: ")


def _blank_cost(columns: Sequence[str], chosen: Sequence[str], values: Sequence[Token], *, top: bool) -> int:
    absent = set(columns) - set(chosen)
    missing = _MISSING if top else _MISSING | _MISSING_BELOW
    cost = sum(missing.get(column, 10) for column in absent)
    numbers: dict[str, int] = {}
    for column, token in zip(chosen, values, strict=True):
        percent = fold(token.text).endswith("%")
        cost += 60 if percent and column != "rate" else 0
        cost += 5 if token.nothing and column in _AMOUNTS else 0
        numbers[column] = token.amount or amount_of(fold(token.text).removesuffix("%")) or 0
    return cost - (25 if _rate_fits(numbers) else 0)


def _rate_fits(numbers: dict[str, int]) -> bool:
    """Whether the rate is what was executed of what was planned, to one per cent."""
    planned, executed, rate = (numbers.get(name, 0) for name in ("adjusted", "executed", "rate"))
    return planned > 0 and abs(executed * 10**8 - rate * planned) <= planned * 10**6

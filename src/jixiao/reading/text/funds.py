"""项目资金: fund rows by their labels, values to columns by order, look and arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, combinations, takewhile
from typing import Final

from jixiao.form import Execution, FundRow, Funds, LabelledFundRow, fold, is_nothing, parse_number, parse_rate
from jixiao.layout.lexicon import label_key, label_points
from jixiao.reading.settle.glued import cut, is_glued
from jixiao.reading.text.anchors import Anchor, is_note, labels
from jixiao.reading.text.draft import SURE, Draft
from jixiao.reading.text.tokens import Token, amount_of, joined

_AMOUNTS: Final = ("initial", "adjusted", "executed")
_MISSING: Final = {"initial": 30, "adjusted": 30, "executed": 30, "weight": 25, "score": 25, "rate": 20}
_MISSING_BELOW: Final = {"weight": 3, "score": 4, "rate": 8}
_NAMED: Final = ("total", "current_year", "carryover", "other")
_USUAL_ORDER: Final = ("initial", "adjusted", "executed", "weight", "rate", "score")
_GUESSED: Final = 80
_ROW_LIMIT: Final = 60
_LONGEST_LABEL: Final = 6
"""Chunks of one label of a fund row."""

_CUT: Final = (
    "此处几个数连在一起，按执行率与两数的关系分开；请对照原件 / numbers printed without a gap, parted by the rate "
    "and its two amounts; compare with the original"
)

_Row = tuple[str, list[Token], list[Token]]
"""Field, tokens of the label, values of a fund row."""


class FundReader:
    """Reads the funds block of one form."""

    def __init__(
        self, header: Sequence[Anchor], notes: Sequence[Token], draft: Draft, currency: str | None = None
    ) -> None:
        """Take the column labels, the tokens of the section label before them, and the form's unit of money."""
        self._currency = currency
        self._columns = [anchor.field for anchor in header]
        self._labels = {anchor.field: anchor.text for anchor in header}
        self._points = next(
            (points for text in (joined(list(notes)), self._labels.get("score", "")) if (points := label_points(text))),
            None,
        )
        self._draft = draft
        self._muddled = False

    def read(self, tokens: Sequence[Token]) -> tuple[Funds, Execution]:
        """The fund rows and the execution line."""
        rows: dict[str, FundRow] = {}
        more: list[LabelledFundRow] = []
        execution = Execution()
        found = self._rows(self._parted(self._without_units(tokens)))[:_ROW_LIMIT]
        if self._muddled:
            self._settle_order(found)
        for field, label, values in found:
            pointer = f"/funds/{field}" if field in _NAMED and field not in rows else f"/funds/more/{len(more)}"
            placed = self._align(values, top=field == "total")
            row = self._fund_row(placed, pointer)
            if field == "total" and field not in rows:
                execution = self._execution(placed)
            else:
                self._beside(placed, pointer)
            if pointer.startswith("/funds/more"):
                text = _clean(self._draft.text(f"{pointer}/label", label))
                more.append(LabelledFundRow(text, row.initial, row.adjusted, row.executed))
            else:
                rows[field] = row
        if execution.weight is None and self._points is not None:
            execution = Execution(self._points, execution.rate, execution.score)
        return Funds(**rows, more=tuple(more)), execution

    def _without_units(self, tokens: Sequence[Token]) -> list[Token]:
        """Amounts without the form's own unit of money behind them: 12.5万元, 12.5 万元."""
        unit = self._currency
        if unit is None:
            return list(tokens)
        bare: list[Token] = []
        for token in tokens:
            amount = fold(token.text).removesuffix(unit)
            if bare and bare[-1].number and token.text == unit:
                continue
            counted = amount != fold(token.text) and amount_of(amount) is not None
            bare.append(replace(token, text=amount) if counted else token)
        return bare

    def _parted(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens, numbers that were printed without a gap parted where the row's arithmetic allows one way only."""
        parted: list[Token] = []
        for index, token in enumerate(tokens):
            text = fold(token.text)
            parted += self._pieces(tokens, index, text) if is_glued(text) else [token]
        return parted

    def _pieces(self, tokens: Sequence[Token], index: int, text: str) -> list[Token]:
        """One token of several numbers as so many tokens; as it is where it cannot be told."""
        columns = [column for column in self._columns if column in _USUAL_ORDER]
        before = _run(tokens[:index][::-1])[::-1]
        after = _run(tokens[index + 1 :])
        covered = columns[len(before) : len(columns) - len(after)]
        known = [*before, *after]
        names = [*columns[: len(before)], *columns[len(columns) - len(after) :]]
        beside = {name: value for name, value in zip(names, known, strict=False) if not is_nothing(value)}
        way = cut(text, covered, beside) if len(covered) > 1 and len(known) < len(columns) else None
        if way is None:
            return [tokens[index]]
        starts = accumulate((len(part) for part in way.parts), initial=0)
        return [
            replace(tokens[index], text=part, column=tokens[index].column + start, cut=True)
            for part, start in zip(way.parts, starts, strict=False)
        ]

    def _rows(self, tokens: Sequence[Token]) -> list[_Row]:
        """Label and values of each row. A wrapped label may have its values, or a note, between its lines."""
        words = [i for i, token in enumerate(tokens) if not _is_value(token) and not _is_beside(tokens, i)]
        stream = [tokens[index] for index in words]
        starts: list[tuple[int, str, list[Token]]] = []
        used: set[int] = set()
        position = 0
        while position < len(stream):
            anchor = labels("fund_rows").at(stream, position)
            if anchor is None:
                position += 1
                continue
            starts.append((words[anchor.start], anchor.field, stream[anchor.start : anchor.end]))
            used.update(words[anchor.start : anchor.end])
            position = anchor.end
        self._leftovers(tokens, [index for index in words if index not in used], starts)
        starts.sort(key=lambda start: start[0])
        ends = [start for start, _, _ in starts[1:]] + [len(tokens)]
        if starts:
            self._draft.unplaced([token for token in tokens[: starts[0][0]] if _is_value(token)])
        return [
            (field, label, [token for token in tokens[start:end] if _is_value(token)])
            for (start, field, label), end in zip(starts, ends if starts else [], strict=True)
        ]

    def _leftovers(
        self, tokens: Sequence[Token], unknown: Sequence[int], starts: list[tuple[int, str, list[Token]]]
    ) -> None:
        """Unknown words: a row where values follow, else a piece of a column label, a reason, or unplaced."""
        first = min((start for start, _, _ in starts), default=len(tokens))
        known = set(unknown)
        begin = -1
        for index in unknown:
            begin = begin if index - 1 in known else index
            run = tokens[begin : index + 1]
            if index < first and labels("fund_columns").is_piece(tokens[index].text):
                self._muddled = True
            elif len(tokens) > index + 2 and _is_value(tokens[index + 1]) and _is_value(tokens[index + 2]):
                starts.append((begin, "more", list(run)))
            elif index + 1 in known and len(run) < _LONGEST_LABEL:
                continue
            elif "reason" in self._columns:
                self._draft.keep(self._labels["reason"], run, "/execution")
            else:
                self._draft.unplaced(run)
            begin = index + 1

    def _settle_order(self, rows: Sequence[_Row]) -> None:
        """Where the column labels were printed in pieces, take the order under which the rate is what it says."""
        usual: list[str] = [column for column in _USUAL_ORDER if column in self._columns]
        values = next((values for field, _, values in rows if field == "total"), [])
        if len(values) == len(usual) == len(self._columns):
            fits = [_rate_fits(_amounts_of(columns, values)) for columns in (self._columns, usual)]
            self._columns = usual if fits[1] and not fits[0] else self._columns
        message = "资金表头被拆散，列的次序为推定 / the fund columns' labels are in pieces; their order was inferred"
        self._draft.doubtful("/funds", "ambiguous", message)
        self._draft.doubtful("/execution", "ambiguous", message)

    def _align(self, values: Sequence[Token], *, top: bool) -> dict[str, tuple[Token, int]]:
        """Values to columns, with a confidence: as many as columns, one each; fewer, the likeliest blanks."""
        columns = [column for column in self._columns if column not in ("reason", "extra")]
        if len(values) > len(columns):
            self._draft.unplaced(values[len(columns) :])
            message = "资金行的数字多于列 / more numbers in a fund row than columns; compare with the original"
            self._draft.doubtful("/funds", "ambiguous", message)
            values = values[: len(columns)]
        if len(values) == len(columns):
            return {
                column: (token, _GUESSED if self._muddled else SURE)
                for column, token in zip(columns, values, strict=True)
            }
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
        if token.cut:
            confidence = min(confidence, _GUESSED)
            self._draft.doubtful(pointer, "settled", _CUT)
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
                self._draft.keep(label_key(self._labels[column]), [placed[column][0]], pointer)


def _run(tokens: Sequence[Token]) -> list[str]:
    """The numbers, and marks for none, that stand next to one another from the first token on."""
    return [token.text for token in takewhile(lambda token: token.number or token.nothing, tokens)]


def _is_value(token: Token) -> bool:
    return token.number or token.nothing or (token.value and token.text[0].isdigit())


def _is_beside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a note, or of the section's label, that stands among the rows."""
    token = tokens[index]
    if is_note(token.text):
        return True
    section = labels("section").at(tokens, index)
    if section is None or labels("fund_rows").at(tokens, index) is not None:
        return False
    return section.end == index + 1


def _amounts_of(columns: Sequence[str], values: Sequence[Token]) -> dict[str, int]:
    pairs = zip(columns, values, strict=True)
    return {column: token.amount or amount_of(fold(token.text).removesuffix("%")) or 0 for column, token in pairs}


def _clean(label: str) -> str:
    return label.strip("：: ")


def _blank_cost(columns: Sequence[str], chosen: Sequence[str], values: Sequence[Token], *, top: bool) -> int:
    absent = set(columns) - set(chosen)
    missing = _MISSING if top else _MISSING | _MISSING_BELOW
    cost = sum(missing.get(column, 10) for column in absent)
    for column, token in zip(chosen, values, strict=True):
        percent = fold(token.text).endswith("%")
        cost += 60 if percent and column != "rate" else 0
        cost += 5 if token.nothing and column in _AMOUNTS else 0
    return cost - (25 if _rate_fits(_amounts_of(chosen, values)) else 0)


def _rate_fits(numbers: dict[str, int]) -> bool:
    """Whether the rate is what was executed of what was planned, to one per cent."""
    planned, executed, rate = (numbers.get(name, 0) for name in ("adjusted", "executed", "rate"))
    return planned > 0 and abs(executed * 10**8 - rate * planned) <= planned * 10**6

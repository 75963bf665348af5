"""A finished draft as a form: texts become values, and what cannot be read is null with a reason."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

import msgspec

from jixiao.form import (
    Actual,
    Execution,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Place,
    Project,
    Target,
    Total,
    combine_target,
    is_nothing,
    parse_actual,
    parse_number,
    parse_rate,
    parse_target,
)
from jixiao.reading.interpret.draft import Draft

CODE_AND_NAME: Final = re.compile(r"(\d{8}[A-Z]\d{6,12}|\d{15,21})\s*[-—－_:：、 ]?\s*(.+)")
TICKED: Final = re.compile(r"[☑☒√■●✓✔🗹]\s*([^\s□○☐☑☒√■●✓✔]{1,4})")
_SUFFIX: Final = re.compile(r"(.+?)((?:[百千万亿]*元)|万|亿)$")


class Builder:
    """Makes the form of one draft."""

    def __init__(self, draft: Draft) -> None:
        """Take over a draft that nobody writes to any more."""
        self.draft = draft
        self.year = self._year()

    def build(self) -> Form:
        """The form, with a place for every field that was read."""
        draft = self.draft
        project = self._project()
        funds = self._funds()
        form = Form(
            title=draft.text("/title"),
            fiscal_year=self.year,
            project=project,
            department=self._text("/department"),
            unit=self._text("/unit"),
            currency_unit=draft.text("/currency_unit") or None,
            funds=funds,
            execution=self._execution(),
            goal=Goal(self._text("/goal/expected"), self._text("/goal/actual")),
            indicators=tuple(self._indicator(f"/indicators/{index}") for index in range(draft.indicators)),
            total=Total(self._points("/total/weight"), self._points("/total/score")),
            grade=self._grade(),
            declared_weights=self._declared(),
        )
        return _with_rest(form, draft, self._places())

    def _text(self, pointer: str) -> str:
        text = self.draft.text(pointer)
        return "" if is_nothing(text) else text

    def _year(self) -> int | None:
        text = self.draft.text("/fiscal_year")
        return int(text) if text else None

    def _project(self) -> Project:
        name, code = self._text("/project/name"), self._text("/project/code") or None
        match = CODE_AND_NAME.fullmatch(name)
        if match and code in (None, match[1]):
            self.draft.put_text("/project/code", match[1], self.draft.fields["/project/name"].places)
            return Project(match[2], match[1])
        return Project(name, code)

    def _funds(self) -> Funds:
        return Funds(
            total=self._fund_row("/funds/total"),
            current_year=self._fund_row("/funds/current_year"),
            carryover=self._fund_row("/funds/carryover"),
            other=self._fund_row("/funds/other"),
            more=tuple(self._labelled(f"/funds/more/{index}") for index in range(self.draft.more_funds)),
        )

    def _fund_row(self, pointer: str) -> FundRow:
        return FundRow(*(self._amount(f"{pointer}/{name}") for name in ("initial", "adjusted", "executed")))

    def _labelled(self, pointer: str) -> LabelledFundRow:
        label = self.draft.text(f"{pointer}/label").rstrip("：: ")
        amounts = (self._amount(f"{pointer}/{name}") for name in ("initial", "adjusted", "executed"))
        return LabelledFundRow(label, *amounts)

    def _execution(self) -> Execution:
        rate = self._number("/execution/rate", parse_rate)
        return Execution(self._points("/execution/weight"), rate, self._points("/execution/score"))

    def _indicator(self, pointer: str) -> Indicator:
        draft = self.draft
        return Indicator(
            level1=draft.text(f"{pointer}/level1"),
            level2=draft.text(f"{pointer}/level2"),
            name=self._text(f"{pointer}/name"),
            target=self._target(pointer),
            actual=self._actual(f"{pointer}/actual"),
            weight=self._points(f"{pointer}/weight"),
            score=self._points(f"{pointer}/score"),
            deviation=self._text(f"{pointer}/deviation"),
        )

    def _target(self, pointer: str) -> Target:
        value = self._text(f"{pointer}/target")
        split = {name: self.draft.fields.pop(f"{pointer}/{name}", None) for name in ("sign", "unit")}
        sign, unit = (
            reading.text if reading and not is_nothing(reading.text) else ""
            for reading in (split["sign"], split["unit"])
        )
        places = [
            reading.places
            for reading in (split["sign"], self.draft.fields.get(f"{pointer}/target"), split["unit"])
            if reading
        ]
        text = sign + value + unit
        if sign or unit:
            self.draft.put_text(f"{pointer}/target", text, tuple(place for each in places for place in each))
            return combine_target(sign, value, unit, self.year)
        return parse_target(value, self.year) if value else Target()

    def _actual(self, pointer: str) -> Actual:
        text = self._text(pointer)
        return parse_actual(text) if text else Actual()

    def _points(self, pointer: str) -> Decimal | None:
        return self._number(pointer, lambda text: parse_number(re.sub(r"\s*[分%％]$", "", text.strip())))

    def _amount(self, pointer: str) -> Decimal | None:
        return self._number(pointer, lambda text: self._money(text, pointer))

    def _money(self, text: str, pointer: str) -> Decimal | None:
        """An amount, its unit printed or not; one in another unit than the form's is not read."""
        number = parse_number(text)
        match = _SUFFIX.fullmatch(text.strip())
        if number is not None or not match:
            return number
        unit = match[2] if match[2].endswith("元") else match[2] + "元"
        held = self.draft.text("/currency_unit")
        if held and held != unit:
            return None
        number = parse_number(match[1])
        if number is not None and not held and not self.draft.units:
            self.draft.put_text("/currency_unit", unit, self.draft.fields[pointer].places)
        return number

    def _number(self, pointer: str, parse: Callable[[str], Decimal | None]) -> Decimal | None:
        text = self.draft.text(pointer)
        if is_nothing(text):
            return None
        number = parse(text)
        if number is None:
            label = self.draft.labels.get(pointer, "").rstrip("：: ") or pointer
            message = f"“{label}”一栏读到“{text}”，不是一个数，未采用；请核对原件。"
            message += (
                f"“{text}” was read where {pointer} should be a number; it was not taken. Compare with the original."
            )
            self.draft.report(pointer, "unreadable", message)
        return number

    def _grade(self) -> str | None:
        text = self._text("/grade")
        ticked = TICKED.findall(text)
        if len(ticked) == 1:
            return str(ticked[0])
        return text or None

    def _declared(self) -> dict[str, Decimal]:
        prefix = "/declared_weights/"
        return {
            pointer.removeprefix(prefix).replace("~1", "/").replace("~0", "~"): Decimal(reading.text)
            for pointer, reading in self.draft.fields.items()
            if pointer.startswith(prefix)
        }

    def _places(self) -> dict[str, tuple[Place, ...]]:
        return {pointer: reading.places for pointer, reading in self.draft.fields.items() if reading.places}


def _with_rest(form: Form, draft: Draft, places: Mapping[str, tuple[Place, ...]]) -> Form:
    extras = tuple(extra for extra, _ in draft.extras)
    extra_places = {f"/extras/{index}": found for index, (_, found) in enumerate(draft.extras) if found}
    return msgspec.structs.replace(
        form, extras=extras, problems=tuple(draft.problems), places={**places, **extra_places}
    )

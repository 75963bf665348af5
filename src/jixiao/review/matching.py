"""Which other form is of the same project: by code, else by name (its year left out) within the unit; never a guess."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal

from jixiao.form import Form
from jixiao.review.wording import bare, squeeze, undated
from jixiao.scoring.sheet import Text

Wanted = Literal["last_year", "approved"]

_NAMES: Final = {
    "last_year": Text("上年的自评表", "last year's form"),
    "approved": Text("批复的绩效目标申报表", "the approved target form"),
}


class Matcher:
    """Forms handed in beside those under review, found by project."""

    def __init__(self, forms: Iterable[Form], wanted: Wanted) -> None:
        """Index the forms; a code or a name without a project in it finds nothing."""
        self._wanted = wanted
        self._by_code: dict[str, list[Form]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Form]] = defaultdict(list)
        for form in forms:
            if code := _code(form):
                self._by_code[code].append(form)
            if name := _name(form):
                self._by_name[name].append(form)

    def find(self, form: Form) -> Form | Text:
        """The one form of the same project (and of the right year), or why there is none."""
        code, name = _code(form), _name(form)
        found = self._of_year(form, self._by_code.get(code, [])) if code else []
        if not found and name:
            same_name = self._of_year(form, self._by_name.get(name, []))
            found = [other for other in same_name if not (code and _code(other) and _code(other) != code)]
        return found[0] if len(found) == 1 else self._why(len(found))

    def _of_year(self, form: Form, others: Iterable[Form]) -> list[Form]:
        if form.fiscal_year is None:
            return list(others)
        year = form.fiscal_year - (1 if self._wanted == "last_year" else 0)
        return [other for other in others if other.fiscal_year in {None, year} and other is not form]

    def _why(self, count: int) -> Text:
        what = _NAMES[self._wanted]
        if count:
            return Text(
                f"给出的文件中有 {count} 张{what.zh}与本项目同名或同码，不知用哪一张，未作比较。",
                f"{count} of the files given are {what.en} of this project by code or name; none was compared.",
            )
        return Text(
            f"给出的文件中没有本项目{what.zh}（按项目编码，其次按单位和项目名称），未作比较。",
            f"{what.en} of this project is not among the files given (by code, else by unit and name): not compared.",
        )


def _code(form: Form) -> str:
    return squeeze(form.project.code or "")


def _name(form: Form) -> tuple[str, str] | None:
    name = undated(bare(form.project.name))
    return (bare(form.unit or form.department), name) if name else None

"""Forms of the room: a round with its days in order, a project."""

from itertools import pairwise
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from jixiao.office.accounts.forms import Worded
from jixiao.office.look.words import say
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round
from jixiao.office.year.rulebooks import layout_choices, rulebook_choices

ORDER: Final = ("opens", "unit_due", "department_due", "finance_due", "publish_due")
"""The days of a round as they follow each other; two may be the same."""
FIELDS: Final = (
    "title", "form_title", "rulebook", "layout", "currency_unit", *ORDER, "late_until", "monitoring_due",
)  # fmt: skip
"""What an existing round lets be changed; the year stays."""


def _day(*, required: bool = True) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=required)


class RoundForm(Worded):
    """A round: its year and words, the rulebook and layout, its days."""

    labels: ClassVar = {
        "fiscal_year": ("评价年度", "Year evaluated"),
        "title": ("批次名称", "Name of the round"),
        "form_title": ("表上印的标题", "Title printed on forms"),
        "rulebook": ("规则集（当年施行的版本）", "Rulebook (version in force in that year)"),
        "layout": ("表式", "Layout"),
        "currency_unit": ("金额单位", "Currency unit"),
        "opens": ("开始填报", "Opens on"),
        "unit_due": ("单位截止", "Last day of units"),
        "department_due": ("主管部门截止", "Last day of departments"),
        "finance_due": ("财政截止", "Last day of finance"),
        "publish_due": ("公开截止", "Last day of publication"),
        "late_until": ("逾期最晚收到", "Late forms are taken until"),
        "monitoring_due": ("中期监控截止", "Last day of mid-year monitoring"),
    }
    helps: ClassVar = {
        "late_until": ("空着：关闭之前一直收，标为逾期。", "Empty: until the round is closed, marked as late."),
        "monitoring_due": ("空着：不做中期监控。", "Empty: no mid-year monitoring."),
    }
    fiscal_year = forms.IntegerField(min_value=2000, max_value=2999)
    title = forms.CharField(max_length=120)
    form_title = forms.CharField(max_length=120)
    rulebook = forms.ChoiceField()
    layout = forms.ChoiceField()
    currency_unit = forms.ChoiceField(choices=[("万元", "万元"), ("元", "元")])
    opens, unit_due, department_due, finance_due, publish_due = (_day() for _ in ORDER)
    late_until, monitoring_due = _day(required=False), _day(required=False)

    def __init__(self, *arguments: Any, year: int, held: Round | None = None, **named: Any) -> None:
        """Offer the rulebooks as they are in force in a year; keep the year and rulebook of a round that has forms."""
        super().__init__(*arguments, **named)
        self.held = held
        for name, choices in (("rulebook", rulebook_choices(year)), ("layout", layout_choices())):
            self.fields[name] = forms.ChoiceField(choices=choices, label=self.fields[name].label)
        if held is not None:
            self.fields["fiscal_year"].disabled = True
            self.fields["rulebook"].disabled = held.filings.exists()

    def clean(self) -> dict[str, Any]:
        """The days follow each other; late forms are not cut off before the last day of units."""
        given = super().clean() or {}
        days = [(name, given[name]) for name in ORDER if given.get(name)]
        for (before, first), (name, second) in pairwise(days):
            if second < first:
                zh, en = self.labels[before]
                words = say(f"不能早于“{zh}”（{first}）。", f"Not before “{en}” ({first}).")
                self.add_error(name, words)
        late, due = given.get("late_until"), given.get("unit_due")
        if late and due and late < due:
            self.add_error(
                "late_until", say(f"不能早于单位截止（{due}）。", f"Not before the last day of units ({due}).")
            )
        return given


class ProjectForm(Worded):
    """A project: its unit, name and code."""

    labels: ClassVar = {
        "unit": ("单位", "Unit"),
        "name": ("项目名称", "Name"),
        "code": ("项目编码", "Code"),
    }
    unit = forms.ModelChoiceField(Organisation.objects.none())
    name = forms.CharField(max_length=200)
    code = forms.CharField(max_length=40, required=False)

    def __init__(self, *arguments: Any, units: Any, **named: Any) -> None:
        """Offer the units that the person may manage."""
        super().__init__(*arguments, **named)
        label = self.fields["unit"].label
        self.fields["unit"] = forms.ModelChoiceField(units, label=label, empty_label=None)

    def clean_name(self) -> str:
        """The name without blanks around it."""
        name: str = self.cleaned_data["name"].strip()
        if not name:
            raise ValidationError(say("请填写名称。", "Give a name."))
        return name

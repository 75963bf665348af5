"""The verdict on a whole workbook, against what the office holds."""

from msgspec import Struct

from jixiao.office.people.lists.judge_people import judge_people
from jixiao.office.people.lists.judge_units import judge_units
from jixiao.office.people.lists.sheet import Lists
from jixiao.office.people.lists.verdicts import Opinion, Standing, Unit, Verdict


class Judgement(Struct, frozen=True):
    """What applying a workbook will do, row by row.

    Attributes:
        verdicts: organisations first, each list in the order of the file.
        unread: columns no list has, as sentences' parts: "单位!F1 备注".
        bare: tables without a row of labels, by the spot of their first cell.
    """

    verdicts: tuple[Verdict, ...]
    unread: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    def count(self, opinion: Opinion) -> int:
        """How many rows there are of an opinion."""
        return sum(verdict.opinion == opinion for verdict in self.verdicts)

    @property
    def acts(self) -> int:
        """How many rows will do something."""
        return self.count("new") + self.count("changed")


def judge(lists: Lists, standing: Standing) -> Judgement:
    """Judge every row; a row at fault is left out, and whatever hangs on it too."""
    of_units = [line for line in lists.lines if line.kind == "units"]
    units = judge_units(of_units, standing.units, standing.foreign_codes)
    listed = {verdict.key: _unit(verdict) for verdict in units if verdict.opinion != "fault"}
    people = judge_people([line for line in lists.lines if line.kind == "people"], standing, listed)
    unread = tuple(f"{label.spot} {label.text}" for label in lists.unread)
    return Judgement((*units, *people), unread, lists.bare_sheets)


def _unit(verdict: Verdict) -> Unit:
    values = verdict.values
    return Unit(values["code"], values["name"], values["kind"], values["parent"], values["name_en"])

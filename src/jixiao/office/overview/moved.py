"""What moves under other rules, as a picture: the same for the forms of a round and for those of a corpus."""

import msgspec

from jixiao.office.overview.charts import Chart, Group, Series, draw_columns
from jixiao.office.overview.showing import Panel, panel
from jixiao.office.overview.sight import Sight
from jixiao.review.whatif import BIN
from jixiao.scoring.sheet import Text
from jixiao.writing.whatif.report import WhatIfReport, bin_name, summary


def distribution(made: WhatIfReport, sight: Sight) -> Panel:
    """Totals under both sets of rules, from the first bin that holds a form."""
    both = list(zip(made.shift.before.bins, made.shift.after.bins, strict=True))
    first = next((at for at, counts in enumerate(both) if any(counts)), len(both) - 1)
    names = [bin_name(at) for at in range(first, 100 // BIN)]
    chart = Chart(
        name="moved",
        title=Text("总分分布", "Distribution of totals"),
        told=summary(made),
        axis=Text("总分", "Total"),
        series=(Series("before", Text("现行", "In force")), Series("after", Text("试算", "Tried"))),
        groups=tuple(Group(Text(name, name), counts) for name, counts in zip(names, both[first:], strict=True)),
    )
    shown = panel(chart, draw_columns(chart, sight.language), sight)
    return msgspec.structs.replace(shown, table=msgspec.structs.replace(shown.table, files=[]))

"""Charts as SVG made here, each with the table of its numbers: no script, no inline style, whole geometry."""

from jixiao.office.overview.charts.bars import draw_bars as draw_bars
from jixiao.office.overview.charts.bars import draw_stacks as draw_stacks
from jixiao.office.overview.charts.columns import draw_columns as draw_columns
from jixiao.office.overview.charts.course import draw_course as draw_course
from jixiao.office.overview.charts.drawing import Drawn as Drawn
from jixiao.office.overview.charts.model import Chart as Chart
from jixiao.office.overview.charts.model import Group as Group
from jixiao.office.overview.charts.model import Series as Series
from jixiao.office.overview.charts.model import table_of as table_of

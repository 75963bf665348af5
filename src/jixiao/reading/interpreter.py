"""Grid → forms: reads every form of a document by its labels (the contract is `spec` jixiao/form/1)."""

from collections.abc import Sequence

from jixiao.form import Form
from jixiao.layout.grid import Grid
from jixiao.layout.lexicon import Lexicon, load_lexicon
from jixiao.reading.interpret.beside import side_by_side
from jixiao.reading.interpret.build import Builder
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.funds import FundReader
from jixiao.reading.interpret.goals import GoalReader
from jixiao.reading.interpret.indicators import IndicatorReader, keep_strange_labels, read_header, tell_twins
from jixiao.reading.interpret.missing import report_missing
from jixiao.reading.interpret.outline import Part, outline
from jixiao.reading.interpret.pairs import PairReader
from jixiao.reading.interpret.parting import part_forms
from jixiao.reading.interpret.rows import Row, rows_of
from jixiao.reading.interpret.unclear import tell_unclear
from jixiao.reading.interpret.upright import upright


def interpret(grid: Grid, file: str) -> tuple[Form, ...]:
    """The forms of a document in order; none where nothing in it reads like a form.

    Args:
        grid: what a format reader made of the document.
        file: the file as the caller named it, for the places.

    Returns:
        One form for every 项目名称; a table without one goes on with the form before it. Nothing printed is lost: what
        has no field is in `extras`, under its label or under "unplaced".
    """
    lexicon = load_lexicon()
    rows = upright(side_by_side(rows_of(grid, file), lexicon), lexicon)
    return tuple(_read(each, lexicon) for each in part_forms(rows, lexicon))


def _read(rows: Sequence[Row], lexicon: Lexicon) -> Form:
    draft = Draft()
    parts = outline(rows, lexicon)
    pairs, funds, goals = PairReader(draft, lexicon), FundReader(draft, lexicon), GoalReader(draft, lexicon)
    for part in parts:
        _read_part(part, draft, pairs, funds=funds, goals=goals)
    IndicatorReader(draft, lexicon).read([part for part in parts if part.kind == "indicators"])
    goals.settle()
    pairs.amounts.settle()
    funds.settle_unit(parts)
    keep_strange_labels(draft, parts, lexicon)
    tell_twins(draft, parts)
    return tell_unclear(report_missing(Builder(draft).build(), draft, parts, lexicon))


def _read_part(part: Part, draft: Draft, pairs: PairReader, *, funds: FundReader, goals: GoalReader) -> None:
    match part.kind:
        case "header" if part.header and part.header.kind == "funds":
            funds.header(part)
        case "header":
            read_header(draft, part)
        case "aside":
            draft.lay_aside(part.row.filled)
        case "line":
            for item in part.row.filled:
                pairs.read_free(item, part)
        case "pair" | "total":
            pairs.read(part)
        case "funds":
            funds.read(part)
        case "goal":
            goals.read(part)
        case "management":
            pairs.read_management(part)
        case _:
            pass

"""Back end for a page: one self-contained JavaScript source, the same digits as the closure; no eval, no dependency.

    source = program.javascript(runtime)            # runtime: the text of runtime.js beside this file
    rows = row_json(form_row), [row_json(row) for row in indicator_rows]    # rows as the closure takes them, as JSON

In the page:

    const result = run(form, rows);
    result.value("score", 3)       // "9.95": a named value of the fourth indicator; null where it is unknown
    result.value("rate")           // "199/200": a value of the form that was not rounded
    result.shown("rate")           // "0.995": as the derivation prints it
    result.verdict("JX001")        // true, false or null (cannot be decided); a list for a condition on indicators
    JSON.stringify(result)         // all of them
    result.exact                   // whether a cell lay outside its column's domain: computed all the same

Any row is computed: a fast function with plain numbers serves those inside the declared domains, an exact one (BigInt
and ratios) all others. A cell of the wrong kind is refused with a TypeError that names it.
"""

from jixiao.language.closure import SPACES
from jixiao.language.javascript.rows import JsonCell, row_json
from jixiao.language.javascript.source import GLOBAL, Shape, generate

__all__ = ["GLOBAL", "SPACES", "JsonCell", "Shape", "generate", "row_json"]

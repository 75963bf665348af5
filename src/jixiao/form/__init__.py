"""form 自评表: the evaluation form and its values, exact and frozen. Imports nothing of ours outside this room."""

from jixiao.form.deadlines import parse_day, parse_span
from jixiao.form.model import (
    FORM_SCHEMA,
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Operator,
    Place,
    Problem,
    Project,
    Target,
    Total,
)
from jixiao.form.schema import json_schema
from jixiao.form.targets import combine_target, parse_actual, parse_target
from jixiao.form.taxonomy import LEVEL1, LEVEL2, TAXONOMY, canonical_level, parents, split_points
from jixiao.form.values import Money, fold, is_nothing, parse_number, parse_rate, plain, tidy, unit_scale
from jixiao.form.wire import decode_form, decode_forms, digits, encode, encode_forms, from_wire, place_wire, to_wire

__all__ = [
    "FORM_SCHEMA", "LEVEL1", "LEVEL2", "TAXONOMY", "Actual", "Execution", "Extra", "Form", "FundRow", "Funds",
    "Goal", "Indicator", "LabelledFundRow", "Money", "Operator", "Place", "Problem", "Project", "Target", "Total",
    "canonical_level", "combine_target", "decode_form", "decode_forms", "digits", "encode", "encode_forms", "fold",
    "from_wire", "is_nothing", "json_schema", "parents", "parse_actual", "parse_day", "parse_number", "parse_rate",
    "parse_span", "parse_target", "place_wire", "plain", "split_points", "tidy", "to_wire", "unit_scale",
]  # fmt: skip

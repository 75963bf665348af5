"""Which features of words a changed cell may change: until the server has answered, what reads them waits.

A feature of an indicator names cells of its own row as they are, those of other rows with a star ("*name"); cells of
the form stand with a dot ("project.name"). A feature of the form names cells of any row with a star. `tests` change
cells at random and find no feature that changes without standing here.
"""

from collections.abc import Mapping
from typing import Final

_GOAL, _RESULT, _MONEY = "goal.expected", "goal.actual", "funds."
_HEAD: Final = ("project.name", "unit.", "department.")

OF_FORM: Final[Mapping[str, tuple[str, ...]]] = {
    "result_empty": (_RESULT,),
    "result_copied": (_GOAL, _RESULT),
    "goal_promises_time": (_GOAL,),
    "goal_is_slogan": (_GOAL,),
    "template_left": (_GOAL, _RESULT),
    "execution_explained": (_RESULT, "*deviation", "extras."),
    "adjustment_explained": (_RESULT, "*deviation", "extras."),
    "deliverables": ("*name", "*level2", "*target", "*actual"),
    "grade_letter": ("grade.",),
    "goal_only_money": (_GOAL,),
    "goal_other_year": (_GOAL, "fiscal_year.", _MONEY),
    "promises_unmeasured": (_GOAL, "*name", "*target"),
    "items_unmeasured": (_GOAL, "*name", "*target"),
    "result_part_copied": (_GOAL, _RESULT),
    "result_short": (_GOAL, _RESULT),
    "result_admits_miss": (_RESULT,),
    "result_off_goal": (_GOAL, _RESULT, "project.name", "*name"),
    "pasted_twice": (_GOAL, _RESULT),
    "heading_template": _HEAD,
    "title_names_other": ("title.", *_HEAD),
    "unit_elsewhere": ("unit.", "department."),
    "targets_below_last_year": ("currency_unit.", _MONEY, "*name", "*target", "*actual"),
    "result_as_last_year": (_RESULT,),
    "actuals_compared": ("*name", "*target", "*actual"),
    "actuals_as_last_year": ("*name", "*target", "*actual"),
    "work_compared": ("*name", "*level2", "*target", "*actual"),
    "work_above_last_year": ("*name", "*level2", "*target", "*actual"),
    "lines_dropped": ("*name",),
    "names_dropped": ("*name",),
}
"""Features of a form; those that are not here depend on no cell that is typed."""

_APPROVED: Final = ("name", "*name", "target", "actual")
_SUBJECT: Final = ("name", "level1", "level2", _GOAL, *_HEAD)

OF_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "asks_managers": ("name", "level1", "project.name", _GOAL),
    "asks_nobody": ("name", "level1"),
    "unmeasured": ("name", "target"),
    "doubled": ("name",),
    "counted_twice": ("level1", "target", "actual", "*level1", "*target", "*actual"),
    "self_referring": ("name", "project.name"),
    "vague_target": ("target",),
    "topic_absent": ("name", "project.name", _GOAL),
    "named_twice": ("name", "*name"),
    "line_template_left": ("name", "target", "deviation"),
    "speaks_of_time": ("name", "target"),
    "level2_proposed": ("name", "level2"),
    "other_field": _SUBJECT,
    "apart_from_goal": _SUBJECT,
    "sign_against": ("name", "target"),
    "means_the_same": ("name", "target", "*name", "*target"),
    "name_vague": ("name", "level1", "level2"),
    "no_satisfaction": ("name", "level1", "level2"),
    "target_repeats_name": ("name", "target"),
    "below_promise": ("name", "target", "*name", "*target", _GOAL),
    "result_differs": ("name", "target", "actual", "*name", "*target", _RESULT),
    "method_missing": ("extras.",),
    "reason_says_done": ("deviation",),
    "reason_admits_miss": ("deviation",),
    "reason_of_other": ("deviation", "name", "*name"),
    "reason_vague": ("deviation", "name"),
    "measure_missing": ("deviation", "name", "*name", "extras."),
    "share_of_whole": ("name", "target", "actual"),
    "reason_as_last_year": ("deviation", "name", "*name"),
    "in_approved": ("name", "*name"),
    "target_as_approved": _APPROVED,
    "weight_as_approved": ("weight", "name", "*name"),
    "target_approved": ("name", "*name"),
    "weight_approved": ("name", "*name"),
    **dict.fromkeys(
        ("has_peers", "peer_count", "peer_cost_low", "peer_cost_median", "peer_cost_high", "peer_source"),
        ("name", "target", "actual"),
    ),
}
"""Features of an indicator."""

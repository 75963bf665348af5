"""What counts as unread on a form, for the checks that do not decide about what nobody could read."""

from jixiao.form import Form, Problem
from jixiao.review.features.whole import unread


def test_what_is_told_of_the_file_leaves_nothing_unread() -> None:
    """A name that says another kind, or a summary that we attached, keeps no check from deciding; a lost cell does."""
    codes = {"/funds/total": "unreadable", "": "not_read", "/goal": "missing"}
    told = [Problem("", "name_says_otherwise", "…"), Problem("", "summary_left_out", "…")]
    form = Form(problems=(*told, *(Problem(pointer, code, "…") for pointer, code in codes.items())))
    assert unread(form) == ["/funds/total", ""]
    assert unread(Form(problems=tuple(told))) == []

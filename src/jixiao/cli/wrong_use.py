"""Wrong use of the command line in 中文, before what the library of commands says in English."""

from typing import Final

import click

_VALUES: Final = {"Path": "没有这个文件或文件夹，没有读取权限，或种类不对", "DateTime": "应为年-月-日，如 2026-03-04"}


def in_chinese(error: click.UsageError) -> str:
    """What is wrong, in a sentence; empty where the message has one already."""
    if not error.message.isascii():
        return ""
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error)}。请补上。"
    if isinstance(error, click.BadParameter):
        return f"{_named(error)} 的值不对：{_wanted(error)}。"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}。可用的见 --help。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要有一个值。"
    return "命令写得不对。可用的见 --help。"


def _named(error: click.BadParameter) -> str:
    """The option or argument, as it is typed."""
    if error.param_hint:
        return error.param_hint if isinstance(error.param_hint, str) else " / ".join(error.param_hint)
    return "参数" if error.param is None else error.param.get_error_hint(error.ctx).replace("'", "")


def _wanted(error: click.BadParameter) -> str:
    kind = None if error.param is None else error.param.type
    if isinstance(kind, click.Choice):
        return f"应为 {'、'.join(map(str, kind.choices))} 之一"
    if isinstance(kind, click.IntRange):
        return f"应为 {kind.min} 以上的整数" if kind.max is None else f"应为 {kind.min} 到 {kind.max} 的整数"
    return _VALUES.get(type(kind).__name__, "请核对")

"""The command on originals: annotate."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao.cli.handling import day_of, gather, progress
from jixiao.cli.options import Language, lang_option, limit_option, paths_argument, rulebook_option
from jixiao.cli.root import ExitCode, jixiao

if TYPE_CHECKING:
    from jixiao.desk.originals import Marked


@jixiao.command()
@paths_argument
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE|FOLDER",
    help="标注后的文件；多个原件时为文件夹 the marked file; a folder for several originals.",
)  # fmt: skip
@lang_option
@rulebook_option
@limit_option
@click.option("--trial", is_flag=True, help="也问试行检查 ask what checks on trial ask, too.")
@click.option("--author", default="Jixiao", show_default=True, help="标注署名 whose name the notes carry.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD",
    help="标注的日期，默认今天 the day the notes carry; today.",
)  # fmt: skip
def annotate(paths: tuple[str, ...], out: Path, language: Language, **options: Any) -> ExitCode:
    """把疑点标在原件的格子上，原件其余不动。 The original back, with findings at their cells; nothing else changes."""
    from jixiao.desk.originals import Asked, annotate_files, outputs
    from jixiao.desk.reviewing import limits_of

    asked = Asked(
        day=day_of(options["day"]).isoformat(),
        author=options["author"], language=language, rulebook=options["rulebook"], trial=options["trial"],
        limits=limits_of(options["settings"]),
    )  # fmt: skip
    inputs = gather(paths, language)
    targets = outputs(paths, inputs.files, out)
    results = []
    for marked in progress(annotate_files(targets, asked), len(targets), language):
        _tell(marked, language)
        results.append(marked)
    if inputs.empty or any(marked.error for marked in results):
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if any(marked.findings for marked in results) else ExitCode.NOTHING


def _tell(marked: "Marked", language: Language) -> None:
    """Say what became of one original."""
    zh = language == "zh"
    if marked.error is not None:
        texts = (marked.error.message, marked.error.advice)
        words = " ".join(text.zh if zh else text.en for text in texts)
        named = words if words.startswith(marked.file) else f"{marked.file}{'：' if zh else ': '}{words}"
        click.echo(named, err=True)
        return
    count = marked.findings
    click.echo(f"{marked.file} → {marked.out}{f'：{count} 条意见' if zh else f': {count} findings'}")
    for remark in marked.remarks:
        click.echo(f"  {remark.zh if zh else remark.en}", err=True)

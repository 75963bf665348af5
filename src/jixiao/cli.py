"""One command: jixiao read | score | check | review | explain | rulebooks. What it found is in its exit code."""

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

import click

from jixiao import __version__
from jixiao.desk.inputs import DOCUMENTS, Inputs, gather

if TYPE_CHECKING:
    from jixiao.desk.folder import Asked
    from jixiao.desk.known import Known
    from jixiao.reading import Limits
    from jixiao.scoring.sheet import Text
    from jixiao.writing.forms_report import FileForms
    from jixiao.writing.whatif.report import WhatIfReport

Language = Literal["zh", "en"]
Item = TypeVar("Item")
_DIFF_WORDS = 3


class ExitCode(IntEnum):
    """What the program tells the one that called it; the highest that applies."""

    NOTHING = 0
    FINDINGS = 1
    UNREADABLE = 2
    WRONG_USE = 3
    INTERRUPTED = 130


_paths = click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN...")
_lang = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", envvar="JIXIAO_LANG", show_default=True,
    help="语言 language of what is printed.",
)  # fmt: skip
_out = click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE",
    help="写入此文件，要么写完要么不动 write to this file, whole or not at all.",
)  # fmt: skip
_rulebook = click.option(
    "--rulebook", default=None, metavar="ID", help="指定规则集，不按地名识别 use this rulebook, not the recognised one."
)

_approved = click.option("--approved", metavar="FILE|FOLDER", help="批复的绩效目标申报表 the approved target forms.")
_peers = click.option(
    "--peers", type=click.Path(path_type=Path), metavar="FILE.json",
    help="同类项目统计，由 jixiao peers 生成 statistics of similar projects, made by jixiao peers.",
)  # fmt: skip
_limit = click.option(
    "--limit", "settings", multiple=True, metavar="NAME=NUMBER", envvar="JIXIAO_LIMITS",
    help="改一项读取上限，如 pages=500；可多次给出 change a limit of reading, such as pages=500; may be repeated.",
)  # fmt: skip


def _format(*choices: str) -> Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]:
    help_ = "输出形式 form of output."
    return click.option("--format", "kind", type=click.Choice(choices), default="text", show_default=True, help=help_)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="jixiao")
def jixiao() -> None:
    """读取绩效自评表，按规则重算得分，提出疑问。 Read self-evaluation forms, score them again, ask.

    退出码 exit codes: 0 没有疑点 nothing found; 1 有疑点 findings; 2 有文件读不了 something unreadable; 3 用法有误
    wrong use. 取最大的一个 the highest that applies.
    """


@jixiao.command()
@_paths
@_format("text", "json")
@_lang
@_limit
@_out
@click.option(
    "--show", type=click.Path(path_type=Path), default=None, metavar="FILE.html",
    help="另写一个网页，在原件页面上框出读到的内容 also write a page with boxes around what was read.",
)  # fmt: skip
def read(
    paths: tuple[str, ...], kind: str, language: Language, settings: tuple[str, ...], *, out: Path | None,
    show: Path | None,
) -> ExitCode:  # fmt: skip
    """把表读成数据，每个字段都有位置。 Read forms as data, every field with its place."""
    from jixiao.desk.reviewing import limits_of, read_files
    from jixiao.writing import forms_report

    limits = limits_of(settings)
    inputs = _gather(paths, language, out, show)
    results = list(_progress(read_files(inputs.files, limits), len(inputs.files), language))
    if show is not None:
        _write(_shown(results, language), show)
    failed = [result for result in results if result.error is not None]
    _write(forms_report.as_json(results) if kind == "json" else forms_report.as_text(results, language), out)
    for result in failed:
        click.echo(forms_report.error_line(result, kind, language), err=True)
    return ExitCode.UNREADABLE if failed or inputs.empty else ExitCode.NOTHING


@jixiao.command()
@_paths
@_format("text", "json", "html", "sarif")
@_lang
@_rulebook
@_limit
@_out
@click.option("--trial", is_flag=True, help="也问试行检查 ask what checks on trial ask, too.")
@click.option(
    "--last-year", metavar="FILE|FOLDER", help="上年的自评表，按项目对应 last year's forms, found by project."
)
@_approved
@_peers
def check(paths: tuple[str, ...], **options: Any) -> ExitCode:
    """重算得分，提出疑问。 Score again and ask: arithmetic, clause, doubt.

    文件可以是文档，也可以是 read --format json 输出的表。 Documents, or forms as read --format json prints them.
    """
    return _review(paths, asking=True, **options)


@jixiao.command()
@_paths
@_format("text", "json", "html", "sarif")
@_lang
@_rulebook
@_limit
@_out
def score(paths: tuple[str, ...], **options: Any) -> ExitCode:
    """自评与复算对照，附推导。 Claimed against recomputed, with the derivation; asks nothing."""
    return _review(paths, asking=False, **options)


@jixiao.command()
@_paths
@click.option("--source", default="", help="来源说明 where the forms come from, in words.")
@click.option("--least", type=click.IntRange(3), default=5, show_default=True, help="至少多少个项目 fewest projects.")
@_lang
@_limit
@_out
def peers(paths: tuple[str, ...], *, source: str, least: int, out: Path | None, **options: Any) -> ExitCode:
    """同类项目统计，供 check --peers 使用。 Statistics of similar projects: unit costs, quartiles, counts."""
    from jixiao.desk.known import make_peers
    from jixiao.desk.reviewing import limits_of

    problems: list[Text] = []
    data = make_peers(paths, source, least, limits_of(options["settings"]), problems.append)
    _write(data, out)
    _tell(problems, options["language"])
    return ExitCode.UNREADABLE if problems else ExitCode.NOTHING


@jixiao.command()
@_paths
@_format("text", "json", "sarif")
@_lang
@_rulebook
@_limit
@click.option(
    "--out", "outs", multiple=True, type=click.Path(path_type=Path), metavar="FILE.html|.xlsx|.json|.sarif|.txt",
    help="另写成文件，由后缀定形式，可多次给出 also write files, the ending says which kind; may be repeated.",
)  # fmt: skip
@click.option(
    "--sample", default=None, metavar="N|N%", help="抽查多少张，按风险抽 draw so many for spot checks, by risk."
)
@click.option("--seed", default="1", show_default=True, help="抽样的种子 seed of the sample.")
@click.option("--each-unit", is_flag=True, help="每个单位至少抽一张 each unit gives at least one.")
@click.option(
    "--waivers", type=click.Path(path_type=Path), default=None, metavar="FILE.toml",
    help="已经说明的疑点，附理由和截止日 findings that somebody has explained, with reason and end date.",
)  # fmt: skip
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD",
    help="按哪一天看说明是否有效，默认今天 the day for which waivers are looked at; today.",
)  # fmt: skip
@click.option("--trial", is_flag=True, help="也问试行检查 ask what checks on trial ask, too.")
@_approved
@_peers
def review(paths: tuple[str, ...], kind: str, language: Language, outs: tuple[Path, ...], **options: Any) -> ExitCode:
    """一批表：先看哪张、各单位汇总、两年对照、抽查。 Many forms: which to open first, units, two years, spot checks."""
    from jixiao.desk.folder import review_folder
    from jixiao.desk.formsfile import FORMS_FILES
    from jixiao.writing.folder.kinds import render_folder

    asked, kinds = _asked(options, language), _kinds(outs)
    inputs = _gather(paths, language, *outs, endings=DOCUMENTS | FORMS_FILES)
    with review_folder(inputs.files, asked, lambda items, length: _progress(items, length, language)) as report:
        for out, wanted in kinds.items():
            _write(render_folder(report, wanted, language), out)
        _write(render_folder(report, kind, language), None)
        if inputs.empty or report.errors:
            return ExitCode.UNREADABLE
        return ExitCode.FINDINGS if report.asks else ExitCode.NOTHING


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[CODE|ENTRY|CONTRACT]")
@_format("text", "json")
@_lang
@_rulebook
def explain(words: tuple[str, ...], kind: str, language: Language, rulebook: str | None) -> ExitCode:
    """一项检查问什么、依据哪一条；规则集的一项说什么。 What a check asks, on which clause; what an entry says.

    不写则列出全部检查。规则集的一项如 Without a name, all checks. Entries of a rulebook, such as: p.places, score,
    profile standard, grade, cap, "clause 第十六条". 数据约定 The JSON Schema of a contract: jixiao/form/1,
    jixiao/review/1, jixiao/folder/1.
    """
    from jixiao.desk.explaining import check_list, explanation

    name = " ".join(words)
    click.echo(explanation(name, kind, language, rulebook) if name else check_list(kind, language))
    return ExitCode.NOTHING


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[ID | diff ID[@DAY] ID[@DAY]]")
@click.option("--on", "day", default=None, metavar="YYYY-MM-DD", help="哪一天有效 in force on this day.")
@_format("text", "json")
@_lang
def rulebooks(words: tuple[str, ...], day: str | None, kind: str, language: Language) -> ExitCode:
    """列出规则集，或一部的每一项，或两部的不同之处。 List the rulebooks, or one's every entry, or how two differ.

    jixiao rulebooks diff cn@2020-12-31 cn-shanghai
    """
    from jixiao.desk.explaining import book_difference
    from jixiao.desk.pages import book_list, book_page

    if words[:1] == ("diff",):
        if len(words) != _DIFF_WORDS:
            raise click.UsageError("请写两部规则集 name two rulebooks: jixiao rulebooks diff cn cn-shanghai")
        at = f"@{day}" if day else ""
        first, second = (word if "@" in word else word + at for word in words[1:])
        click.echo(book_difference(first, second, kind, language))
    elif len(words) > 1:
        raise click.UsageError(f"只能写一部规则集 name one rulebook, not {len(words)}: {' '.join(words)}")
    else:
        click.echo(book_page(words[0], day, kind, language) if words else book_list(kind, language))
    return ExitCode.NOTHING


@jixiao.command()
@_paths
@click.option("--rulebook", default=None, metavar="ID", help="改用这部规则集 score every form under this rulebook.")
@click.option(
    "--base", type=click.Choice(["adjusted", "initial"]), default=None,
    help="执行率的基数：全年预算数或年初预算数 the budget over which execution is computed.",
)  # fmt: skip
@click.option(
    "--set", "values", multiple=True, metavar="NAME=VALUE",
    help="改一个参数，如 over_completion=120；可多次给出 change a parameter; may be repeated.",
)  # fmt: skip
@click.option(
    "--against", default=None, metavar="ID", help="与这部规则集比较，不按地名识别 compare with this rulebook."
)
@_format("text", "json", "html", "csv")
@_lang
@_limit
@_out
def whatif(paths: tuple[str, ...], *, kind: str, language: Language, out: Path | None, **options: Any) -> ExitCode:
    """规则试算：换一部规则集、一个基数或一个参数，谁升谁降。 The rule lab: who moves under other rules."""
    from jixiao.desk.formsfile import FORMS_FILES
    from jixiao.desk.reviewing import limits_of
    from jixiao.desk.whatif import scenario_of, try_rules, whatif_report

    scenario = scenario_of(options["rulebook"], options["base"], options["values"], options["against"])
    inputs = _gather(paths, language, out, endings=DOCUMENTS | FORMS_FILES)
    tried = try_rules(inputs.files, scenario, limits_of(options["settings"]))
    report = whatif_report(_progress(tried, len(inputs.files), language), scenario, __version__)
    _write(_lab(report, kind, language), out)
    return ExitCode.UNREADABLE if inputs.empty or report.unread else ExitCode.NOTHING


def main() -> NoReturn:
    """Run the command and leave with its exit code; wrong use is a sentence and exit code 3."""
    from jixiao.desk.errors import WrongUse

    try:
        code = jixiao.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        code = ExitCode.WRONG_USE
    except WrongUse as error:
        click.echo(f"{error.zh}\n{error.en}", err=True)
        code = ExitCode.WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有写出任何文件。 Interrupted; no file was written.", err=True)
        code = ExitCode.INTERRUPTED
    sys.exit(int(code or 0))


def _review(
    paths: tuple[str, ...], *, asking: bool, kind: str, language: Language, out: Path | None, trial: bool = False,
    **options: Any,
) -> ExitCode:  # fmt: skip
    from jixiao.desk.explaining import with_told
    from jixiao.desk.formsfile import FORMS_FILES
    from jixiao.desk.reviewing import encode_files, limits_of, review_files, trials_left_out
    from jixiao.writing.json_report import Tally, stream_json
    from jixiao.writing.report import ReviewReport
    from jixiao.writing.reports import render

    given: dict[str, Any] = {"rulebook": options["rulebook"], "asking": asking, "trial": trial}
    given["limits"] = limits_of(options["settings"])
    left_out = trials_left_out(asking=asking, trial=trial)
    if asking:
        given["known"] = _known(options, language, given["limits"])
    inputs = _gather(paths, language, out, endings=DOCUMENTS | FORMS_FILES)
    if kind == "json":
        tally = Tally()
        files = _progress(encode_files(inputs.files, **given), len(inputs.files), language)
        _write(stream_json(__version__, tally.count(files), left_out), out)
    else:
        reports = tuple(_progress(review_files(inputs.files, **given), len(inputs.files), language))
        report = ReviewReport(__version__, reports, left_out)
        report = with_told(report) if kind == "html" else report
        _write(render(report, kind, language, asked=asking), out)
        tally = Tally.of(report)
    if inputs.empty or tally.errors:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if (tally.asks if asking else tally.differs) else ExitCode.NOTHING


def _known(options: dict[str, Any], language: Language, limits: "Limits") -> "Known | None":
    """What was handed in beside the forms; `None` for nothing."""
    named = (options["last_year"], options["approved"], options["peers"])
    if named == (None, None, None):
        return None
    from jixiao.desk.known import known_of

    known = known_of(*named, limits)
    _tell(known.problems, language)
    return known


def _tell(sentences: "Iterable[Text]", language: Language) -> None:
    for sentence in sentences:
        click.echo(sentence.zh if language == "zh" else sentence.en, err=True)


def _lab(report: "WhatIfReport", kind: str, language: Language) -> str | bytes:
    from jixiao.writing.whatif import page, table, text

    if kind == "html":
        return page.write_html(report, language)
    if kind == "text":
        return text.write_text(report, language)
    return table.write_csv(report) if kind == "csv" else table.write_json(report)


def _asked(options: dict[str, Any], language: Language) -> "Asked":
    from datetime import date

    from msgspec.structs import replace

    from jixiao.desk.folder import Asked, check_asked, read_waivers
    from jixiao.desk.reviewing import limits_of

    waivers = () if options["waivers"] is None else read_waivers(options["waivers"])
    asked = Asked(
        day=date.today() if options["day"] is None else options["day"].date(),  # noqa: DTZ011 -- the day of the place
        rulebook=options["rulebook"], trial=options["trial"], sample=options["sample"], seed=options["seed"],
        each_unit=options["each_unit"], waivers=waivers, limits=limits_of(options["settings"]),
    )  # fmt: skip
    check_asked(asked)
    return replace(asked, known=_known(options | {"last_year": None}, language, asked.limits))


def _kinds(outs: tuple[Path, ...]) -> dict[Path, str]:
    """The kind of each output by its ending."""
    from jixiao.desk.errors import WrongUse
    from jixiao.writing.folder.kinds import ENDINGS

    for out in outs:
        if out.suffix.lower() not in ENDINGS:
            known = "、".join(ENDINGS)
            zh = f"{out}：看不出要什么形式。后缀请用 {known}。"
            raise WrongUse(zh, f"{out}: its ending does not say which kind. Use one of {', '.join(ENDINGS)}.")
    return {out: ENDINGS[out.suffix.lower()] for out in outs}


def _shown(results: "list[FileForms]", language: Language) -> bytes:
    from jixiao.desk.reviewing import show_files
    from jixiao.writing.show.page import write_shown

    shown = _progress(show_files(results), len(results), language)
    return write_shown(shown, language, program=__version__)


def _gather(
    paths: tuple[str, ...], language: Language, *outputs: Path | None, endings: frozenset[str] = DOCUMENTS
) -> Inputs:
    inputs = gather(paths, endings)
    for output in filter(None, outputs):
        from jixiao.desk.files import refuse_output

        refuse_output(output, inputs.files)
    for name in inputs.empty:
        zh, en = f"{name}：没有找到可读的文件。请检查路径。", f"{name}: no document found there. Check the path."
        click.echo(zh if language == "zh" else en, err=True)
    if inputs.left_out:
        zh = f"文件夹中另有 {len(inputs.left_out)} 个其他类型的文件未读取；要读取请直接写出文件名。"
        en = f"{len(inputs.left_out)} files of other kinds in folders were left out; name them to have them read."
        click.echo(zh if language == "zh" else en, err=True)
    return inputs


def _progress(items: Iterable[Item], length: int, language: Language) -> Iterator[Item]:
    if length < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    description = "读取" if language == "zh" else "Reading"
    yield from track(items, description=description, total=length, console=Console(stderr=True), transient=True)


def _write(content: str | bytes | Iterable[bytes], out: Path | None) -> None:
    data = content.encode() if isinstance(content, str) else content
    pieces = [data if data.endswith(b"\n") else data + b"\n"] if isinstance(data, bytes) else data
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    from jixiao.desk.files import replace_file

    replace_file(out, pieces)

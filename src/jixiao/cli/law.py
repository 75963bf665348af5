"""Commands on the rules: explain, rulebooks."""

import click

from jixiao.cli.options import Language, format_option, lang_option, rulebook_option
from jixiao.cli.root import ExitCode, jixiao

_DIFF_WORDS = 3


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[CODE|ENTRY|CONTRACT]")
@format_option("text", "json")
@lang_option
@rulebook_option
def explain(words: tuple[str, ...], kind: str, language: Language, rulebook: str | None) -> ExitCode:
    """一项检查问什么、依据哪一条；规则集的一项说什么。 What a check asks, on which clause; what an entry says.

    不写则列出全部检查。规则集的一项如 Without a name, all checks. Entries of a rulebook, such as: p.places, score,
    profile standard, grade, cap, "clause 第十六条". 数据约定 The JSON Schema of a contract: jixiao/form/1,
    jixiao/review/1, jixiao/folder/1, jixiao/letter/1, jixiao/summary/1, jixiao/fix/1, jixiao/verify/1,
    jixiao/seal/1.
    """
    from jixiao.desk.explaining import check_list, explanation

    name = " ".join(words)
    click.echo(explanation(name, kind, language, rulebook) if name else check_list(kind, language))
    return ExitCode.NOTHING


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[ID | diff ID[@DAY] ID[@DAY]]")
@click.option("--on", "day", default=None, metavar="YYYY-MM-DD", help="哪一天有效 in force on this day.")
@format_option("text", "json")
@lang_option
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

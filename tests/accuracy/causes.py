"""What fails most: refusals and kinds of wrong fields by format, the commonest first, each with an example."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from accuracy.judge import Field
from accuracy.running import Result

_NUMBER = re.compile(r"/\d+")
_MOST = 6
_LONGEST = 60


def worst(results: Sequence[Result]) -> str:
    """The worst causes of each format. Examples are of tuned documents alone: nobody debugs on the others."""
    lines: list[str] = []
    for name in sorted({result.specimen.format for result in results}):
        here = [result for result in results if result.specimen.format == name]
        counts = Counter(cause for result in here for cause in _causes(result))
        examples = {cause: text for result in here if not result.specimen.held_out for cause, text in _examples(result)}
        for cause, count in counts.most_common(_MOST):
            lines.append(f"{name}: {count} × {cause}; {examples.get(cause, 'on held-out documents only')}")
    return "\n".join(lines)


def _causes(result: Result) -> Iterator[str]:
    yield from (cause for cause, _ in _examples(result))


def _examples(result: Result) -> Iterator[tuple[str, str]]:
    """Each cause with an example; a form that lost or won a row is one cause, not one for each field below it."""
    verdict, name = result.verdict, result.specimen.name
    if verdict.error:
        yield f"refused: {verdict.error}", name
        return
    wrong = [each for each in verdict.fields if not each.right]
    moved = _moved(verdict.fields)
    if moved:
        yield "indicator rows lost, won or moved", f"{name} {moved}"
    for each in wrong:
        if not (moved and each.pointer.startswith("/indicators")):
            yield _kind(each), f"{name} {each.pointer}: {_cut(each.want)} read {_cut(each.got)}"


def _moved(fields: Sequence[Field]) -> str:
    """The numbers of indicators true and read, where they differ."""
    pointers = [each for each in fields if re.fullmatch(r"/indicators/\d+/name", each.pointer)]
    want, got = sum(each.want is not None for each in pointers), sum(each.got is not None for each in pointers)
    return f"{want} rows read as {got}" if want != got else ""


def _kind(each: Field) -> str:
    what = (
        "surplus" if each.want is None else "missing" if each.got is None else "other width" if each.folded else "wrong"
    )
    return f"{what} {_NUMBER.sub('/*', each.pointer)}{', silent' if each.silent else ''}{', lost' if each.lost else ''}"


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "…" + text[-_LONGEST // 2 :]

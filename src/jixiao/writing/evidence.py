"""The second total 有据 and the evidence behind it, in words."""

from jixiao.form import Form, plain
from jixiao.scoring import Item, Supported
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import field_name


def supported_text(supported: Supported) -> Text:
    """有据 60.00（9 行有佐证，3 行没有）."""
    score = "—" if supported.score is None else plain(supported.score)
    borne, bare = len(supported.lines), len(supported.unsupported)
    return Text(
        zh=f"有据 {score}（{borne} 行有佐证，{bare} 行没有）",
        en=f"supported {score} ({borne} line{'s' * (borne != 1)} with evidence, {bare} without)",
    )


def item_text(form: Form, item: Item) -> Text:
    """One piece of evidence: what it bears out, where it is, what it shows."""
    name = field_name(form, item.pointer)
    where = " ".join(part for part in (item.source, item.at) if part)
    note = Text(f"：{item.note}", f": {item.note}") if item.note else Text("", "")
    return Text(f"{name.zh} ← {where}{note.zh}", f"{name.en} ← {where}{note.en}")

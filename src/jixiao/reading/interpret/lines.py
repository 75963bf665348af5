"""Lines above, below and between the tables: title, year, unit of money, labels with their value in one line."""

import re
from typing import Final

from jixiao.form import Place, fold
from jixiao.layout.lexicon import Lexicon, label_unit, money_unit
from jixiao.reading.interpret.draft import UNPLACED, Draft
from jixiao.reading.interpret.rows import Item

_TITLE: Final = re.compile(r"绩效[^。；]*表|自评[^。；]*表|绩效自评|自评表")
_NO_TITLE: Final = ("附件", "附表", "注", "备注", "说明", "填报", "填表")
_LONGEST_TITLE: Final = 60
_TITLE_SAYS: Final = "title"
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*年")
_LOOSE_YEAR: Final = re.compile(
    r"(?<!\S)(?:[(（]?\s*(?:19|20)\d\d\s*年度\s*[)）]?|[(（]\s*(?:19|20)\d\d\s*年\s*[)）])(?!\S)"
)
_LEAD: Final = re.compile(r"\s*([^\s:：]{1,16})\s+(?=\S)")
_SEAL: Final = re.compile(r"^[(（](?:盖章|公章|签章)[)）]\s*")
_YEAR_NOTE: Final = re.compile(
    r"\s*[(（]?\s*(?:19|20)\d\d\s*年度?\s*(?:/?\s*[A-Za-z ]{0,12}(?:19|20)\d\d)?\s*[)）]?\s*$"
)
_FOREIGN_YEAR: Final = re.compile(r"[A-Za-z][A-Za-z ]*\d{4}")
_CHINESE_YEAR: Final = re.compile(r"二[〇○零Oo0一二三四五六七八九]{3}(?=年)")
_DIGITS: Final = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")


def year_in(text: str) -> int | None:
    """The one year a text names (2024年度, 二〇二四年度); `None` where it names none or several."""
    folded = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), fold(text))
    found = {int(year) for year in _YEAR.findall(folded)}
    return found.pop() if len(found) == 1 else None


def is_title(text: str) -> bool:
    """Whether a line is the title of a form."""
    bare = text.strip()
    return bool(
        _TITLE.search(bare)
        and len(bare) <= _LONGEST_TITLE
        and not bare.startswith(_NO_TITLE)
        and not re.search(r"[。；:：]", bare)
    )


def is_self_evaluation(text: str) -> bool:
    """Whether a line is the title of a table of self-evaluation and of nothing else."""
    return is_title(text) and "自评" in text and text.strip().endswith("表")


def is_year_note(text: str) -> bool:
    """Whether a line is nothing but the year: （2024年度）."""
    return bool(_YEAR_NOTE.fullmatch(fold(text))) or bool(re.fullmatch(r"[(（]?.{4}年度[)）]?", text) and year_in(text))


def labelled(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """A line as labels with their values: 填报单位：某局 单位：万元; empty where its first words are no known label.

    The label before each colon is the longest known one that ends there and begins the line or a word.
    """
    cuts = [(start, colon) for colon in _colons(text) if (start := _label_start(text, colon, lexicon)) is not None]
    if not cuts or text[: cuts[0][0]].strip(" (（"):
        return []
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [
        (text[start:colon].strip(" (（"), _closed(text[colon + 1 : end]))
        for (start, colon), end in zip(cuts, ends, strict=True)
    ]


def _closed(value: str) -> str:
    """A value without the bracket that closes the note it stands in, （单位：万元）, and without （盖章） before it."""
    bare = _SEAL.sub("", value.strip())
    opened = sum(map(bare.count, "(（")), sum(map(bare.count, ")）"))
    return bare[:-1].rstrip() if opened[0] < opened[1] and bare[-1] in ")）" else bare


def _colons(text: str) -> list[int]:
    return [match.start() for match in re.finditer("[:：]", text)]


def _label_start(text: str, colon: int, lexicon: Lexicon) -> int | None:
    blocks = ("head", "tail")
    for start in range(max(0, colon - 16), colon):
        begins = start == 0 or text[start - 1] in " \u3000\t\n(（)）;；,，。" or not text[:start].strip()
        if begins and not text[start].isspace() and lexicon.is_label(text[start:colon], blocks):
            return start
    return None


def read_line(draft: Draft, item: Item, lexicon: Lexicon) -> list[tuple[str, str]]:
    """Take title, year and unit out of a line.

    Returns:
        What else the line holds: labels with their values, for the reader of labels; what is not understood is kept.
    """
    text = item.text
    if is_year_note(text):
        _year(draft, text, item.places)
        for foreign in _FOREIGN_YEAR.findall(text):
            draft.keep_text(UNPLACED, foreign, item.places)
    elif is_title(text):
        _title(draft, item)
    elif found := _in_line(draft, item, lexicon) or labelled(text, lexicon):
        return found
    elif unit := money_unit(text) or _bare_unit(text):
        draft.put_unit(unit, item.places)
    elif not lexicon.is_label(text, ("section", "goal", "head")):
        draft.keep(UNPLACED, item)
    return []


def _in_line(draft: Draft, item: Item, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The labels of a line with their values, where a table's number may lead and a year may stand between.

    公开14表　单位：元　2022年度 has one label; the year is taken, 公开14表 is kept.
    """
    years = _LOOSE_YEAR.findall(item.raw)
    raw = _LOOSE_YEAR.sub("  ", item.raw).strip()
    found = labelled(raw, lexicon)
    lead = None if found else _LEAD.match(raw)
    if lead:
        found = labelled(raw[lead.end() :], lexicon)
    if not found:
        return []
    for year in years:
        _year(draft, year, item.places)
    if lead:
        draft.keep_text(UNPLACED, lead[1], item.places)
    return found


def money_unit_in(text: str) -> str | None:
    """The unit of money among the units a form says it uses: 万元 of 万元、%; `None` where there is none or several."""
    units = [unit for word in re.split(r"[、,，/]", text) if (unit := money_unit(word))]
    return units[0] if len(units) == 1 else None


def _bare_unit(text: str) -> str | None:
    return label_unit(text) if re.fullmatch(r"[(（].{1,8}[)）]", text) else None


def _year(draft: Draft, text: str, places: tuple[Place, ...]) -> None:
    year = year_in(text)
    if year and draft.labels.get("/fiscal_year") in (None, _TITLE_SAYS):
        draft.labels["/fiscal_year"] = "note"
        draft.put_text("/fiscal_year", str(year), places)
    elif str(year) != draft.text("/fiscal_year"):
        draft.keep_text(UNPLACED, text, places)


def _title(draft: Draft, item: Item) -> None:
    bare = _YEAR_NOTE.sub("", item.text) if re.search(r"[(（]", item.text) else item.text
    held = draft.text("/title")
    if held and bare.endswith("表") and not held.endswith("表"):  # the name of the publication stands above the form's
        draft.keep_text(UNPLACED, held, draft.fields["/title"].places)
        held = ""
    if not held:
        draft.put_text("/title", bare, item.places)
    elif held != bare:
        draft.keep(UNPLACED, item)
    if year_in(item.text) and not draft.text("/fiscal_year"):
        draft.put_text("/fiscal_year", str(year_in(item.text)), item.places)
        draft.labels["/fiscal_year"] = _TITLE_SAYS

"""A package is written again with untouched parts byte for byte; pieces are put between the bytes of the others."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jixiao.layout.crafts import Refused
from jixiao.writing.original.office.container import Container
from jixiao.writing.original.office.markup import Markup, Where
from jixiao.writing.original.office.rewording import rewording
from writing.original_samples import packed, parts_of, raw_parts

NAMES = st.sampled_from(["a", "b:c", "d"])
TEXTS = st.text(st.sampled_from("x >\"'中&;\n"), max_size=4).map(lambda text: text.replace("&", "&amp;"))
ATTRIBUTES = st.sampled_from(["", ' k="1"', " k='a>b/' l=\"'\"", '\n k = "/>"'])
WHERE: tuple[Where, ...] = ("before", "first", "last", "after")
ASIDES = st.sampled_from(["", "<!-- <a> - >-->", "<?pi <a> ?>", "<![CDATA[<a>]]>"])


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def build(parts: tuple[str, str, list[str], str, str]) -> str:
        name, attributes, content, text, aside = parts
        if not content and not text and not aside:
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{text}{aside}{''.join(content)}{text}</{name}>"

    return st.tuples(NAMES, ATTRIBUTES, st.lists(inside, max_size=3), TEXTS, ASIDES).map(build)


TREES = st.recursive(_element(st.just("<d/>")), _element, max_leaves=8).map(
    lambda inside: f"<?xml version='1.0'?>\n<!-- <a> --><r xmlns:b='urn:u'>{inside}</r>\n<!-- end -->"
)


@given(TREES, st.data(), st.sampled_from(["utf-8", "utf-16"]))
def test_pieces_stand_where_they_were_put_and_all_else_is_as_it_was(tree: str, data: st.DataObject, code: str) -> None:
    """Pieces before, after and inside elements stand there; with them taken out the part is what it was."""
    markup = Markup("part", tree.encode(code))
    elements = list(markup.root.iter(etree.Element))
    chosen = data.draw(st.lists(st.integers(1, len(elements) - 1), unique=True, max_size=4)) if elements[1:] else []
    for number in chosen:
        for where in WHERE:
            markup.put(where, elements[number], f'<jx w="{where}" n="{number}"/>')
    text = markup.written().decode(code)
    root = etree.fromstring(text.encode(code))
    for number in chosen:
        put = {
            where: root.find(f".//jx[@w='{where}'][@n='{number}']") for where in ("before", "first", "last", "after")
        }
        element = put["first"].getparent()
        assert element is put["last"].getparent()
        assert element.tag == elements[number].tag
        inside = [each for each in element.iterchildren(etree.Element) if each.get("w") != "before"]
        assert put["first"] in inside
        assert put["last"] is inside[-1]
        assert put["before"].getparent() is put["after"].getparent() is element.getparent()
    bare = text
    for number in chosen:
        for where in WHERE:
            bare = bare.replace(f'<jx w="{where}" n="{number}"/>', "")
    original = etree.tostring(etree.fromstring(tree.encode(code)), method="c14n")
    assert etree.tostring(etree.fromstring(bare.encode(code)), method="c14n") == original
    if not any(f"<{name}{end}" in tree for name in ("a", "b:c", "d") for end in ("/>", " k")):
        assert bare == tree


def test_a_part_is_changed_only_where_something_is_put() -> None:
    """Quotes, spaces, comments and the declaration stay; a single tag is opened for what goes inside it."""
    part = b"\xef\xbb\xbf<?xml version='1.0'?><r a = '1' >\r\n <!-- x --><e  k='&gt;'/><f></f></r>"
    markup = Markup("part", part)
    first, second = markup.root.findall("*")
    markup.put("first", first, "<n/>")
    markup.put("after", second, "<m/>")
    markup.set(markup.root, "a", "2")
    markup.set(second, "z", "3")
    whole = part.replace(b"'1' >", b'"2" >').replace(b"<e  k='&gt;'/>", b"<e  k='&gt;'><n/></e>")
    assert markup.written() == whole.replace(b"<f></f>", b'<f z="3"></f><m/>')


@pytest.mark.parametrize("code", ["gb18030", "utf-16-le", "us-ascii"])
def test_a_part_in_another_encoding_is_not_added_to(code: str) -> None:
    """UTF-8, or UTF-16 with its mark, is what programs write; what is put into anything else would be garbled there."""
    markup = Markup("part", f'<?xml version="1.0" encoding="{code}"?><a><b/></a>'.encode(code))
    markup.put("last", markup.root, "<c>汇总</c>")
    with pytest.raises(Refused) as caught:
        markup.written()
    assert caught.value.code == "truncated_or_damaged"


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_are_refused(code: str) -> None:
    """A part that declares a document type is refused before a parser sees it, whatever its encoding."""
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    with pytest.raises(Refused) as caught:
        Markup("part", bomb.encode(code))
    assert caught.value.code == "unsafe_content"


def _streamed(parts: dict[str, bytes]) -> bytes:
    """A zip as it is written to a pipe: sizes behind the parts."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            self.data += bytes(piece)  # type: ignore[call-overload]
            return len(bytes(piece))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = b"by a pipe"
    return bytes(pipe.data)


@pytest.mark.parametrize("make", [_streamed, packed])
def test_untouched_parts_keep_their_very_bytes(make: object) -> None:
    """Parts that are not replaced lie in the new file as in the old, pressed alike and in the same order."""
    old = {"[Content_Types].xml": b"<a/>", "b/x.xml": b"x" * 5000, "c/表.xml": "中".encode() * 100, "d": b""}
    data = make(old)  # type: ignore[operator]
    container = Container(data)
    container.put("B/X.xml", b"new")
    container.put("e/新.xml", b"added")
    container.drop("d")
    written = container.written()
    after = parts_of(written)
    kept = {"[Content_Types].xml": b"<a/>", "b/x.xml": b"new", "c/表.xml": old["c/表.xml"], "e/新.xml": b"added"}
    assert after == kept
    assert list(after) == list(kept)
    for name in ("[Content_Types].xml", "c/表.xml"):
        assert raw_parts(written)[name] == raw_parts(data)[name]
    with zipfile.ZipFile(io.BytesIO(written)) as archive, zipfile.ZipFile(io.BytesIO(data)) as before:
        assert archive.comment == before.comment
        assert archive.getinfo("c/表.xml").external_attr == before.getinfo("c/表.xml").external_attr


def _patched(at: int, value: bytes) -> bytes:
    data = bytearray(packed({"a.xml": b"x" * 100, "b.xml": b"y" * 100}))
    start = data.index(b"PK\1\2") + at
    data[start : start + len(value)] = value
    return bytes(data)


HOSTILE = {
    "no zip": (b"PK\3\4 nothing", "truncated_or_damaged"),
    "cut": (packed({"a.xml": b"x" * 100})[:-30], "truncated_or_damaged"),
    "a password": (_patched(8, b"\1"), "encrypted"),
    "a size that lies": (_patched(24, struct.pack("<L", 50)), "truncated_or_damaged"),
    "parts that overlap": (_patched(46 + 5 + 42, struct.pack("<L", 3)), "unsafe_content"),
    "a name that points outside": (packed({"../a.xml": b"x"}), "unsafe_content"),
    "a name twice": (packed({"A.xml": b"x", "a.xml": b"x"}), "unsafe_content"),
    "a bomb": (packed({"a.xml": bytes(70 * 1024 * 1024)}), "expands_too_much"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_containers_are_refused_with_a_sentence(name: str) -> None:
    """What is broken, locked or made to harm is refused, in both languages."""
    data, code = HOSTILE[name]
    with pytest.raises(Refused) as caught:
        Container(data).read("a.xml")
    assert caught.value.code == code
    assert all(caught.value.message)
    assert all(caught.value.advice)


REWORDED = [
    ("93.00", "93.00", "94.00"), ("得分 93.00 分", "93.00", "得分 94.00 分"), ("193.00", "93.00", None),
    ("93.001", "93.00", None), ("93.00、93.00", "93.00", None), ("93.00%", "93.00", "94.00%"), ("", "93.00", None),
    ("共 1,093.00 元", "1093.00", "共 94.00 元"), ("９３．００", "93.00", "94.00"), ("1,093.00", "93.00", None),
    ("良", "良", "94.00"), ("93.00", "", None), ("12,093.00；2,093.00", "2093.00", "12,093.00；94.00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "read", "after"), REWORDED)
def test_what_was_read_is_replaced_where_it_stands_once(text: str, read: str, after: str | None) -> None:
    """Also in full-width digits and with separators; not within another number, and not where it stands twice."""
    found = rewording(text, read, "94.00")
    assert (found and text[: found.start] + found.written + text[found.end :]) == after


def test_thousands_stay_parted_as_they_were() -> None:
    """The new number has the separators of the old one."""
    for text, after in (("2,756.57", "1,234,756.58"), ("2，756.57", "1，234，756.58")):
        found = rewording(text, "2756.57", "1234756.58")
        assert found is not None
        assert found.written == after

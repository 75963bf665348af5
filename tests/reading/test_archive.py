"""A zip of many forms: every member is a file of its own, and one that cannot be read costs only itself."""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from jixiao.reading import Limits, Reading, Unreadable, read_all, read_file, unpack_file
from jixiao.reading.archive import name_of
from jixiao.reading.worker import Worker

DATA = Path(__file__).parents[1] / "data"
PDF, XLSX = (DATA / "lo_docx3.pdf").read_bytes(), (DATA / "forms7.xlsx").read_bytes()


def zipped(members: Mapping[str | bytes, bytes], press: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; names of bytes are written as they are, without the mark of UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", press) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name if isinstance(name, str) else "x" * len(name))
            info.compress_type = press
            archive.writestr(info, content)
    data = out.getvalue()
    for name in members:
        if isinstance(name, bytes):
            data = data.replace(b"x" * len(name), name)
    return data


def saved(tmp_path: Path, data: bytes, name: str = "a.zip") -> Path:
    """A file of these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def told(readings: list[Reading]) -> dict[str, int | str]:
    """What came of each file: the number of its forms, or the code of its refusal."""
    return {
        Path(reading.path).as_posix().rpartition("a.zip/")[2]: (
            reading.outcome.code if isinstance(reading.outcome, Unreadable) else len(reading.outcome)
        )
        for reading in readings
    }


def test_every_member_is_a_file_of_its_own(tmp_path: Path) -> None:
    """Forms of all members come in the order of the archive, labelled with its name, a slash, and theirs."""
    path = saved(tmp_path, zipped({"一/表.pdf": PDF, "表.xlsx": XLSX, "空.pdf": b"", "不是表.txt": "菜单".encode()}))
    readings = list(read_all([path, DATA / "typst3.pdf"]))
    assert told(readings[:-1]) == {"一/表.pdf": 3, "表.xlsx": 7, "空.pdf": "empty", "不是表.txt": "not_a_form"}
    assert [len(reading.sha256) for reading in readings] == [64] * 5
    forms = readings[0].outcome
    assert isinstance(forms, tuple)
    labels = {place.file for form in forms for places in form.places.values() for place in places}
    assert labels == {f"{path}/一/表.pdf"}
    assert isinstance(readings[2].outcome, Unreadable)
    assert readings[2].outcome.zh.startswith(f"{path}/空.pdf：")


def test_read_file_gives_all_forms_or_none(tmp_path: Path) -> None:
    """Read as one file, an archive gives the forms of all members; one that cannot be read is not passed over."""
    assert len(read_file(saved(tmp_path, zipped({"a.pdf": PDF, "b.xlsx": XLSX})))) == 10
    with pytest.raises(Unreadable) as caught:
        read_file(saved(tmp_path, zipped({"a.pdf": PDF, "b.xlsx": b""})))
    assert caught.value.code == "empty"


def test_an_archive_can_be_left_packed_and_unpacked_apart(tmp_path: Path) -> None:
    """Asked so, reading says only that a file is an archive; unpacking gives its members' bytes, or why not."""
    path = saved(tmp_path, zipped({"一/表.pdf": PDF, "空.pdf": b""}))
    readings = list(read_all([path, DATA / "typst3.pdf"], archives=False, label=lambda file: f"件/{Path(file).name}"))
    assert [(reading.is_archive, len(reading.sha256)) for reading in readings] == [(True, 64), (False, 64)]
    assert not isinstance(readings[1].outcome, Unreadable)
    assert {place.file for places in readings[1].outcome[0].places.values() for place in places} == {"件/typst3.pdf"}
    assert {member.name: member.content for member in unpack_file(path)} == {"一/表.pdf": PDF, "空.pdf": b""}
    with pytest.raises(Unreadable, match=r"压\.zip"):
        list(unpack_file(saved(tmp_path, b"PK\x03\x04", "b.zip"), file_label="压.zip"))


def test_what_systems_leave_in_an_archive_is_no_file(tmp_path: Path) -> None:
    """Folders, resource forks, thumbnails and lock files are passed over; an archive of nothing else is empty."""
    names = ("__MACOSX/._表.pdf", "表/.DS_Store", "表/Thumbs.db", "~$表.docx", "表/")
    junk: dict[str | bytes, bytes] = dict.fromkeys(names, b"a")
    path = saved(tmp_path, zipped({**junk, "表/a.pdf": PDF}))
    assert told(list(read_all([path]))) == {"表/a.pdf": 3}
    for data in (zipped(junk), zipped({})):
        (reading,) = read_all([saved(tmp_path, data)])
        assert isinstance(reading.outcome, Unreadable)
        assert reading.outcome.code == "empty"
        assert "压缩包里没有文件" in reading.outcome.zh


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("绩效自评表.pdf".encode("gbk"), "绩效自评表.pdf"),
        ("绩效自评表.pdf".encode(), "绩效自评表.pdf"),
        ("绩效自评表.pdf", "绩效自评表.pdf"),
        ("㐀项目.pdf".encode("gb18030"), "㐀项目.pdf"),
        (b"a\\b.pdf", "a/b.pdf"),
        (b"a\x1b[31m.pdf", "a�[31m.pdf"),
        ("a\u202efdp.exe", "a�fdp.exe"),
        (b"caf\x82\xff.pdf", "café\xa0.pdf"),
    ],
)
def test_names_are_read_as_their_writer_meant(written: str | bytes, name: str) -> None:
    """GBK, UTF-8 with and without its mark, backslashes; what is no letter cannot be printed."""
    with zipfile.ZipFile(io.BytesIO(zipped({written: b""}))) as archive:
        assert [name_of(info) for info in archive.infolist()] == [name]


def test_endless_names_are_cut() -> None:
    """A name of 65,535 bytes is named by its first and last hundred letters."""
    with zipfile.ZipFile(io.BytesIO(zipped({"a" * 65_000 + "b.pdf": b""}))) as archive:
        (name,) = map(name_of, archive.infolist())
    assert len(name) == 201
    assert name.endswith("ab.pdf")


def test_members_that_cannot_be_had_cost_only_themselves(tmp_path: Path) -> None:
    """Encrypted, outside, linked, doubled, broken and inner archives are refused one by one; the rest is read."""
    out = io.BytesIO(zipped({"good.pdf": PDF, "../out.pdf": PDF, "inner.zip": zipped({"a.pdf": PDF})}))
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = 0xA1FF << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("broken.pdf", b"stored and then changed")
        archive.writestr("locked.pdf", b"locked")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("good.pdf", PDF)
    data = bytearray(out.getvalue().replace(b"and then changed", b"AND THEN CHANGED"))
    data[data.rindex(b"locked.pdf") - 46 + 8] |= 1
    readings = list(read_all([saved(tmp_path, bytes(data))]))
    assert [(Path(one.path).name, *told([one]).values()) for one in readings] == [
        ("good.pdf", 3), ("out.pdf", "unsafe_content"), ("inner.zip", "unsupported_format"),
        ("link.pdf", "unsafe_content"), ("broken.pdf", "truncated_or_damaged"), ("locked.pdf", "encrypted"),
        ("good.pdf", "unsafe_content"),
    ]  # fmt: skip


def test_an_archive_that_lies_as_a_whole_is_refused_as_a_whole(tmp_path: Path) -> None:
    """One that unpacks to too much, or is cut off, is one refusal that names the archive."""
    for data, code in (
        (zipped({"a.pdf": bytes(70_000_000)}), "expands_too_much"),
        (zipped({"a.pdf": PDF})[:-30], "truncated_or_damaged"),
    ):
        path = saved(tmp_path, data)
        (reading,) = read_all([path])
        assert isinstance(reading.outcome, Unreadable)
        assert reading.outcome.code == code
        assert reading.outcome.file == str(path)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.gz", b"\x1f\x8b\x08"),
        ("a.tar", bytes(257) + b"ustar\x0000"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.bz2", b"BZh91AY&SY\x00"),
        ("a.xz", b"\xfd7zXZ\x00\x00"),
    ],
)
def test_other_archives_are_to_be_unpacked_first(tmp_path: Path, name: str, head: bytes) -> None:
    """Archives of other kinds are told from damaged files, with the advice to unpack them."""
    (reading,) = read_all([saved(tmp_path, head + bytes(300), name)])
    assert isinstance(reading.outcome, Unreadable)
    assert reading.outcome.code == "unsupported_format"
    assert "请先解压" in reading.outcome.advice_zh


def test_a_run_dropped_in_an_archive_leaves_no_child(tmp_path: Path) -> None:
    """Closing a run in the middle of an archive ends the child that unpacks and the one that reads."""
    path, before = saved(tmp_path, zipped({f"{number}.pdf": PDF for number in range(40)})), children()
    with closing(read_all([path, path], workers=1)) as run:
        next(run)
    assert children() <= before


def children() -> set[str]:
    """The processes that this one has started and not yet seen end; other tests may have left some."""
    me = Path(f"/proc/{os.getpid()}/task")
    return {one for thread in me.iterdir() for one in (thread / "children").read_text().split()}


def test_a_child_that_lies_about_members_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unpacking child that breaks off, speaks out of turn or sends nonsense is a refusal, and is ended."""
    from reading.test_cell import Stub

    for answers, said in (
        ("say(b'N', b'a')", "exit status 0"),
        ("say(b'N', b'a'); say(b'Z', b'')", ""),
        ("say(b'C', b'a')", ""),
        ("say(b'N', b'a'); say(b'M', b'')", "512 MB"),
        ("say(b'E', b'nonsense')", "contract"),
        ("[say(kind, b'') for _ in range(9) for kind in (b'N', b'C')]", ""),
    ):
        Stub(monkeypatch).install(answers)
        with Worker(Limits(parts=4)) as worker:
            with pytest.raises(Unreadable) as caught:
                list(worker.unpack(b"data", "a.zip"))
            assert said in caught.value.en
            assert not worker.alive


def test_read_prints_all_members(tmp_path: Path) -> None:
    """`jixiao read a.zip --format json` prints every form; each member that failed is a line of its own."""
    import subprocess
    import sys

    path = saved(tmp_path, zipped({"表.pdf": PDF, "坏.pdf": b""}))
    command = [sys.executable, "-c", "from jixiao.cli import main; main()"]
    run = subprocess.run([*command, "read", path, "--format", "json"], capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    assert run.returncode == 2
    assert len(json.loads(run.stdout)) == 3
    assert json.loads(run.stderr)["file"] == f"{path}/坏.pdf"
    run = subprocess.run([*command, "check", path, "--format", "json"], capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    files = json.loads(run.stdout)["files"]
    assert [(file["file"], len(file["forms"])) for file in files] == [(f"{path}/表.pdf", 3), (f"{path}/坏.pdf", 0)]

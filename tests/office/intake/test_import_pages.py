"""An import from the first page to the filing: files dropped, read in the confined child, looked at, filed."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.office.filing.judging import form_of
from jixiao.office.filing.models import Filing, Save
from jixiao.office.intake.models import Batch, Entry, Shown
from jixiao.office.jobs.worker import work_off
from jixiao.office.journal.models import Event
from jixiao.office.rounds.models import ApprovedTarget
from office.making import SEED, Office, make_project

DATA = Path(__file__).parents[2] / "data"
FORMS = (DATA / "forms7.xlsx").read_bytes()


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: Any) -> None:
    """The files of a test are its own."""
    settings.DATA = tmp_path


def zipped(**members: bytes) -> bytes:
    """A zip of these files; the endings follow after two underscores."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def hand_in(
    client: Client, office: Office, *uploads: tuple[str, bytes], place: str = "centre", what: str = "forms"
) -> Batch:
    """Drop files on the first page, and have them read."""
    answer = client.post("/intake/", {
        "what": what, "round": office.round.pk, "place": office.organisations[place].pk,
        "files": [SimpleUploadedFile(name, content) for name, content in uploads],
    })  # fmt: skip
    batch = Batch.objects.latest("pk")
    assert answer["Location"] == f"/intake/{batch.pk}/"
    work_off()
    batch.refresh_from_db()
    return batch


def verdicts(batch: Batch) -> dict[str, str]:
    """The verdict on each line, by its project and file."""
    return {f"{each.source.name}#{each.number}": each.verdict for each in batch.entries.select_related("source")}


def test_a_zip_of_good_and_bad_files_has_a_verdict_for_each(office: Office, signed_in: Callable[[str], Client]) -> None:
    """Good forms of known projects are ready, unknown ones wait for a person, what cannot be read says why."""
    client = signed_in("department")
    known = make_project(office.organisations["centre"], "科技金融")
    make_project(office.organisations["centre"], "机关服务")
    content = zipped(seed__xlsx=FORMS, menu__txt="今天的菜单".encode(), broken__pdf=b"%PDF-1.7 cut off",
                     again__xlsx=FORMS, inner__zip=zipped(a__txt=b"a"))  # fmt: skip
    batch = hand_in(client, office, ("all.zip", content), place="science")
    found = verdicts(batch)
    assert batch.read is not None
    assert found["all.zip/menu.txt#0"] == found["all.zip/broken.pdf#0"] == found["all.zip/inner.zip#0"] == "refused"
    assert found["all.zip/again.xlsx#0"] == "copy"
    assert sorted(found[f"all.zip/seed.xlsx#{number}"] for number in range(1, 8)) == ["good"] * 2 + ["unmatched"] * 5
    page = client.get(f"/intake/{batch.pk}/").content.decode()
    assert "导入没问题的 2" in page
    assert "压缩包中的压缩包" in page
    assert Entry.objects.get(batch=batch, project=known).how == "name"
    client.post(f"/intake/{batch.pk}/take/")
    work_off()
    assert list(Filing.objects.values_list("project__name", flat=True).order_by("pk")) == ["科技金融", "机关服务"]
    again = hand_in(client, office, ("renamed.xlsx", FORMS), place="science")
    assert sorted(verdicts(again).values()).count("same") == 2
    client.post(f"/intake/{again.pk}/take/")
    work_off()
    assert not Save.objects.exists()
    assert Event.objects.filter(act="intake.filed").count() == 2


def test_a_text_is_looked_at_beside_its_lines_and_filed(office: Office, signed_in: Callable[[str], Client]) -> None:
    """Doubtful fields stand first beside the source; confirmed and filed, the form is in the filing as it was read."""
    client = signed_in("clerk")
    make_project(office.organisations["centre"], "科技金融")
    batch = hand_in(client, office, ("自评.txt", SEED.read_bytes()))
    entry = batch.entries.get(number=1)
    assert (entry.verdict, entry.doubts) == ("doubtful", 13)
    page = client.get(f"/intake/form/{entry.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert page.index("存疑 60 %") < page.index("其余字段")
    work_off()
    pages = client.get(f"/intake/form/{entry.pk}/pages/").content.decode()
    assert 'id="b1"' in pages
    assert "every 1s" not in pages
    assert Shown.objects.get().sha256 == entry.source.sha256
    original = client.get(f"/intake/file/{entry.source_id}/")
    assert b"".join(original) == SEED.read_bytes()
    assert original["Content-Disposition"].startswith("attachment")
    assert original["X-Content-Type-Options"] == "nosniff"
    client.post(f"/intake/form/{entry.pk}/confirm/")
    client.post(f"/intake/form/{entry.pk}/file/")
    assert Filing.objects.get().project.name == "科技金融"
    assert Batch.objects.get().entries.get(number=1).filed_by == office.people["clerk"]


def test_a_page_is_shown_as_the_picture_that_our_own_child_made(
    office: Office, signed_in: Callable[[str], Client]
) -> None:
    """A PDF's page comes as PNG with boxes over it, in the size of the page; an unknown page is missing."""
    client = signed_in("clerk")
    batch = hand_in(client, office, ("三张.pdf", (DATA / "typst3.pdf").read_bytes()))
    entry = batch.entries.get(number=2)
    client.get(f"/intake/form/{entry.pk}/")
    work_off()
    pages = client.get(f"/intake/form/{entry.pk}/pages/").content.decode()
    number = int(pages.partition("/page/")[2].partition(".png")[0])
    assert pages.count('<rect class="mark') > 40
    picture = client.get(f"/intake/form/{entry.pk}/page/{number}.png")
    assert (b"".join(picture)[:4], picture["Content-Type"]) == (b"\x89PNG", "image/png")
    assert client.get(f"/intake/form/{entry.pk}/page/99.png").status_code == 404


def test_reading_goes_on_where_it_was_stopped(office: Office, signed_in: Callable[[str], Client]) -> None:
    """A batch whose reading was cancelled offers to go on; files that were read are not read again."""
    client = signed_in("clerk")
    content = (DATA / "forms7.docx").read_bytes()
    client.post("/intake/", {
        "what": "forms", "round": office.round.pk, "place": office.organisations["centre"].pk,
        "files": [SimpleUploadedFile("a.docx", content), SimpleUploadedFile("空.pdf", b"")],
    })  # fmt: skip
    batch = Batch.objects.get()
    client.post(f"/intake/{batch.pk}/stop/")
    work_off()
    assert not batch.entries.exists()
    assert "继续读取" in client.get(f"/intake/{batch.pk}/").content.decode()
    client.post(f"/intake/{batch.pk}/again/")
    client.post(f"/intake/{batch.pk}/again/")
    work_off()
    batch.refresh_from_db()
    assert batch.read is not None
    assert sorted(batch.entries.values_list("number", flat=True)) == [0, *range(1, 8)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"round": "0"}, "请选择批次和单位"),
        ({"place": "x"}, "请选择批次和单位"),
        ({"what": "targets"}, "请选择批次和单位"),
        ({"files": []}, "没有选择文件"),
    ],
)
def test_what_cannot_be_taken_says_why(
    office: Office, signed_in: Callable[[str], Client], given: dict[str, Any], said: str
) -> None:
    """A clerk who asks for another round, place or kind, or sends nothing, is told; nothing is kept."""
    client = signed_in("clerk")
    right = {"what": "forms", "round": office.round.pk, "place": office.organisations["centre"].pk,
             "files": [SimpleUploadedFile("a.txt", b"a")]}  # fmt: skip
    assert said in client.post("/intake/", right | given, follow=True).content.decode()
    assert not Batch.objects.exists()


def test_files_beyond_the_limits_are_refused(
    office: Office, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many or too much at once is not taken, with the limit in the sentence; one large file costs only itself."""
    monkeypatch.setattr("jixiao.office.intake.received.ARCHIVE_BYTES", 10)
    client = signed_in("clerk")
    batch = hand_in(client, office, ("a.zip", b"PK" * 10))
    assert "上限 0 MB" in batch.entries.get().why_zh
    monkeypatch.setattr("jixiao.office.intake.received.MOST_FILES", 1)
    data = {"what": "forms", "round": office.round.pk, "place": office.organisations["centre"].pk}
    two = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    assert "最多 1 个" in client.post("/intake/", data | {"files": two}, follow=True).content.decode()
    monkeypatch.setattr("jixiao.office.filing.quota.MOST_BYTES", 100)
    assert client.post("/intake/", data | {"files": [SimpleUploadedFile("c.txt", b"c" * 200)]}).status_code == 400


def test_who_may_import_nothing_finds_no_page(office: Office, signed_in: Callable[[str], Client]) -> None:
    """The page is missing for those who may import neither forms nor targets; finance may import targets."""
    assert signed_in("head").get("/intake/").status_code == 404
    page = signed_in("finance").get("/intake/").content.decode()
    assert "绩效目标申报表" in page
    assert 'value="forms"' not in page


def target_form() -> bytes:
    """A 绩效目标申报表 as a workbook: one amount a row, indicators with targets and points, nothing achieved."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in TARGET_ROWS:
        sheet.append(row)
    for merged in (
        "A1:F1",
        "A2:F2",
        "B3:D3",
        "B4:D4",
        "A5:A7",
        "D5:F5",
        "D6:F6",
        "D7:F7",
        "B8:F8",
        "A9:A11",
        "B10:B11",
    ):
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TARGET_ROWS: tuple[tuple[str | None, ...], ...] = (
    ("项目支出绩效目标申报表",),
    ("（2024年度）",),
    ("项目名称", "科技金融", None, None, "项目编码", "101001-1"),
    ("主管部门", "市科委", None, None, "实施单位", "创新中心"),
    ("项目资金（万元）", "年度资金总额", None, "150.00"),
    (None, "其中：财政拨款", None, "150.00"),
    (None, "其他资金", None, "0.00"),
    ("年度总体目标", "挖掘有潜力的优质科创企业，组织活动。"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"),
    (None, "产出指标", "数量指标", "组织金融服务相关活动", "≥7(次)", "60"),
    (None, None, "质量指标", "活动完成率", "100%", "40"),
)


def test_a_target_form_becomes_the_approved_targets(office: Office, signed_in: Callable[[str], Client]) -> None:
    """Goal, indicators, points and the budget are approved as printed; the clerk's filing is not touched."""
    project = make_project(office.organisations["centre"], "科技金融")
    client = signed_in("department")
    batch = hand_in(client, office, ("目标.xlsx", target_form()), place="science", what="targets")
    entry = batch.entries.get()
    assert (entry.verdict, entry.project) == ("good", project)
    client.post(f"/intake/{batch.pk}/take/")
    work_off()
    kept = form_of(ApprovedTarget.objects.get(project=project, fiscal_year=2024).form)
    assert (str(kept.funds.total.initial), str(kept.funds.other.initial)) == ("150.00", "0.00")
    assert [(row.target.text, str(row.weight), row.actual.text) for row in kept.indicators] == [
        ("≥7(次)", "60", ""),
        ("100%", "40", ""),
    ]
    assert kept.goal.expected.startswith("挖掘")
    assert not Filing.objects.exists()

"""Exchange with the integrated platform, whole forms put in place, publications, and the page of tokens."""

import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
from msgspec.structs import replace

from jixiao.form import Extra
from jixiao.form.wire import to_wire
from jixiao.office.api.exchange.fields import PARTS, Field, fields
from jixiao.office.api.exchange.packing import Around, pack
from jixiao.office.api.models import Token
from jixiao.office.filing.models import Filing
from jixiao.office.publication.acts import publish
from office.api.test_api_changing import send
from office.api.test_api_reading import bearer, get
from office.making import Office, make_filing, seed_forms

AROUND = Around("310000000", "101", "101001", "创新中心", "31000024T000000000001", "科技金融")


def test_a_form_is_packed_with_the_platforms_fields() -> None:
    """Amounts are in 元 with the adjustment, signs are codes, targets are digits, everything has a place."""
    packed = pack(seed_forms()[0], AROUND)
    total = packed.money[0]
    assert (total["initial"], total["adjustment"], total["executed"]) == ("1300000.00", "-1284000.00", "16000.00")
    by_target = {row["target_value"]: row["operator_code"] for row in packed.indicators}
    assert by_target["7.00"] == "2"
    assert {code for target, code in by_target.items() if "前" in str(target)} == {None}
    assert {row["level1_code"] for row in packed.indicators} == {None}
    assert packed.evaluation["total_score"] == "100.000000"
    assert packed.unfit == ()
    assert set(packed.indicators[0]) == {field.name for field in fields("indicator")}


def test_how_points_are_taken_off_goes_along() -> None:
    """A standard printed beside a row is that row's deduction standard, and no other row's."""
    extra = Extra("评分标准", "每少一次扣1分", "/indicators/1")
    packed = pack(replace(seed_forms()[0], extras=(extra,)), AROUND)
    assert [row["deduction_standard"] for row in packed.indicators[:3]] == [None, "每少一次扣1分", None]


def test_what_does_not_fit_is_named() -> None:
    """A text too long or a number with more decimals is cut and rounded, and named."""
    number, text = Field("score", "", "", 0, 16, 2), Field("name", "", "", 3, 0, 0)
    assert number.fitted(Decimal("1.005")) == ("1.01", False)
    assert number.fitted(Decimal("1.5")) == ("1.50", True)
    assert text.fitted("四个字的") == ("四个字", False)


def test_every_field_has_a_type_and_both_languages() -> None:
    """The page of fields is whole: names are there once in a part, with words and a type."""
    for part in PARTS:
        held = fields(part)
        assert len({field.name for field in held}) == len(held)
        assert all(field.zh and field.en and (field.length or field.digits) for field in held)


def test_approved_filings_are_exchanged_as_json_and_workbook(office: Office) -> None:
    """Only approved filings of the round go out; the workbook has a sheet a part and no formula."""
    make_filing(office, state="approved")
    make_filing(office, number=1)
    headers = bearer(office, "department")
    body = get(f"/exchange/{office.round.pk}", headers).json()
    assert [each["evaluation"]["agency_code"] for each in body["filings"]] == ["101001"]
    assert body["filings"][0]["evaluation"]["dept_code"] == "101"
    book = openpyxl.load_workbook(io.BytesIO(get(f"/exchange/{office.round.pk}?kind=xlsx", headers).content))
    assert book.sheetnames == ["自评", "目标", "指标", "资金"]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert get(f"/exchange/{office.round.pk}", bearer(office, "other_department")).status_code == 404


def test_a_whole_form_is_put_in_place(office: Office) -> None:
    """The form is replaced against its version; a row that stays keeps its key; a stale version is refused."""
    filing, headers = make_filing(office), bearer(office, "clerk") | {"If-Match": '"1"'}
    wire = json.loads(json.dumps(to_wire(seed_forms()[0]), default=str)) | {"places": {}}
    wire["indicators"] = wire["indicators"][1:]
    keys = filing.row_keys()
    answer = send("PUT", f"/forms/{filing.pk}", wire, headers)
    assert (answer.status_code, answer["Jixiao-Rows"]) == (200, " ".join(keys[1:]))
    assert send("PUT", f"/forms/{filing.pk}", wire, headers).status_code == 412
    assert Filing.objects.get().version == 2


def test_publications_are_for_everybody(office: Office) -> None:
    """Published forms are listed, found by words and given as records without a token; others are not there."""
    filing = make_filing(office, state="published")
    publish(filing, by=office.people["publisher"])
    items = get("/publications?q=科技金融", {}).json()["items"]
    assert [each["uid"] for each in items] == [filing.project.uid]
    assert items[0]["initial"] == "1300000"
    record = get(f"/publications/{filing.project.uid}/2024", {})
    assert record.json()["schema"] == "jixiao/publication/1"
    assert get(f"/publications/{filing.project.uid}/2023", {}).status_code == 404


def test_a_token_is_made_shown_once_and_ended(office: Office, signed_in: Any) -> None:
    """The page makes a token, shows its secret on that answer only, and ends it; another's token is not there."""
    client = signed_in("clerk")
    made = client.post("/api/tokens/make/", {"name": "报表", "scopes": ["forms:read"], "days": "30"})
    token = Token.objects.get()
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert secret not in client.get("/api/tokens/").content.decode()
    assert signed_in("head").post(f"/api/tokens/{token.pk}/end/").status_code == 404
    client.post(f"/api/tokens/{token.pk}/end/")
    assert get("/me", {"Authorization": f"Bearer {secret}"}).status_code == 401

"""Contact points: what is unique, what only warns, and how a form replaces them."""

from __future__ import annotations

import pytest

from domain.customers.errors import WrongCreditCode
from domain.customers.model import ContactPoint
from domain.customers.points import credit_code_point, email_point, handle_point, phone_point, replace_points
from domain.leads.errors import WrongEmail, WrongHandle, WrongPhone


@pytest.mark.parametrize(
    ("typed", "value", "extension", "unique"),
    [
        ("13800138000", "+8613800138000", None, True),
        ("１３８ ００１３ ８０００", "+8613800138000", None, True),
        ("021-62345678 转802", "+862162345678", "802", False),
        ("400-123-4567", "4001234567", None, False),
    ],
)
def test_phones(typed: str, value: str, extension: str | None, unique: bool) -> None:
    point = phone_point(typed, country="CN")

    assert (point.value, point.extension) == (value, extension)
    assert point.unique_key == (f"phone:{value}" if unique else None)


def test_only_personal_mailboxes_are_unique() -> None:
    assert email_point("Jane@Acme.com").unique_key == "email:jane@acme.com"
    assert email_point("info@acme.com").unique_key is None


def test_credit_codes_have_a_checksum() -> None:
    assert credit_code_point("91350100m000100y43").unique_key == "credit_code:91350100M000100Y43"
    with pytest.raises(WrongCreditCode):
        credit_code_point("91350100M000100Y44")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("wechat", "wang_2024", "wang_2024"),
        ("wechat", "13800138000", "13800138000"),
        ("qq", "１２３４５６", "123456"),
        ("whatsapp", "+44 7911 123456", "+447911123456"),
    ],
)
def test_handles(kind: str, typed: str, value: str) -> None:
    point = handle_point(kind, typed, country="CN")

    assert (point.kind, point.value, point.unique_key) == (kind, value, None)


@pytest.mark.parametrize(
    ("kind", "typed"), [("wechat", "a b"), ("wechat", "王总"), ("qq", "012"), ("whatsapp", "12"), ("fax", "1234567")]
)
def test_impossible_handles(kind: str, typed: str) -> None:
    with pytest.raises(WrongHandle):
        handle_point(kind, typed, country="CN")


@pytest.mark.parametrize("typed", ["12", "x" * 100_000, "\x00", "12345678901234567890"])
def test_wrong_phones_are_named_and_cut(typed: str) -> None:
    with pytest.raises(WrongPhone) as refusal:
        phone_point(typed, country="CN")
    assert refusal.value.facts["typed"] == typed[:60]


def test_wrong_mail() -> None:
    with pytest.raises(WrongEmail):
        email_point("jane@")


def test_replacing_keeps_the_rows_that_stay() -> None:
    stays, goes = email_point("jane@acme.com"), phone_point("+447911123456", country="GB")
    code = credit_code_point("91350100M000100Y43")
    owned: list[ContactPoint] = [stays, goes, code]

    replace_points(owned, [email_point("jane@acme.com"), email_point("j@acme.com")], kinds=("email", "phone"))

    assert owned[0] is stays
    assert owned[1] is code
    assert [point.value for point in owned[2:]] == ["j@acme.com"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.phones import Phone, is_unique, mask_phone, parse_phone, show_phone

MOBILE = Phone("+8613800138000", "mobile")
OFFICE = Phone("+862162345678", "landline")
OFFICE_802 = Phone("+862162345678", "landline", "802")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("13800138000", "CN"),
        ("138 0013 8000", "CN"),
        ("138-0013-8000", "cn"),
        ("１３８００１３８０００", "CN"),
        ("138００１３8000", "CN"),
        ("8613800138000", "CN"),
        ("+86-138-0013-8000", "US"),
        ("＋８６ １３８００１３８０００", "GB"),
        ("008613800138000", "CN"),
        ("0086 13800138000", "US"),
        ("手机：13800138000", "CN"),
        ("手机号码 13800138000", "CN"),
        ("tel:+8613800138000", "GB"),
        ("\u200e138 0013 8000\u200b", "CN"),
        ("138–0013—8000", "CN"),
        ("+8613800138000", ""),
        ("+8613800138000", "ZZ"),
    ],
)
def test_mainland_mobiles(text: str, country: str) -> None:
    assert parse_phone(text, country) == MOBILE


@pytest.mark.parametrize(
    "text",
    ["021-62345678", "(021) 6234 5678", "（021）62345678", "02162345678", "+86 (0)21 6234 5678", "86-21-62345678"],
)
def test_landlines_with_their_area_code(text: str) -> None:
    assert parse_phone(text, "CN") == OFFICE


@pytest.mark.parametrize(
    "text",
    [
        "021-62345678转802",
        "021-62345678 转 802",
        "021-62345678轉802",
        "021-62345678分机802",
        "021-62345678 分机号：802",
        "021-62345678-802",
        "021-6234-5678 - 802",
        "021-62345678 ext 802",
        "021-62345678 ext. 802",
        "021-62345678 Extension 802",
        "021-62345678x802",
        "021-62345678#802",
        "021-62345678(转802)",
        "０２１－６２３４５６７８转８０２",
        "+862162345678;ext=802",
    ],
)
def test_extensions(text: str) -> None:
    assert parse_phone(text, "CN") == OFFICE_802


@pytest.mark.parametrize(
    ("text", "country", "number", "extension"),
    [
        ("400-123-4567", "CN", "4001234567", None),
        ("4001234567", "CN", "4001234567", None),
        ("400 123 4567 转 3", "CN", "4001234567", "3"),
        ("400-123-4567-802", "CN", "4001234567", "802"),
        ("+86 400 123 4567", "GB", "4001234567", None),
        ("800-820-8820", "CN", "8008208820", None),
        ("95588", "CN", "95588", None),
        ("95-588", "CN", "95588", None),
        ("+86 95588", "US", "95588", None),
        ("95013800", "CN", "95013800", None),
        ("+1 800 356 9377", "CN", "+18003569377", None),
    ],
)
def test_service_numbers(text: str, country: str, number: str, extension: str | None) -> None:
    assert parse_phone(text, country) == Phone(number, "service", extension)


@pytest.mark.parametrize(
    ("text", "country", "number", "kind"),
    [
        ("020 7183 8750", "GB", "+442071838750", "landline"),
        ("+44 7400 123456", "CN", "+447400123456", "mobile"),
        ("0044 20 7183 8750", "CN", "+442071838750", "landline"),
        ("+65 9123 4567", "CN", "+6591234567", "mobile"),
        ("(212) 555-0147", "US", "+12125550147", "landline"),
        ("0039 06 69821234", "CN", "+390669821234", "landline"),
        ("+852 5123 4567", "CN", "+85251234567", "mobile"),
        ("+44 7700 900123", "CN", "+447700900123", "landline"),
    ],
)
def test_numbers_of_other_countries(text: str, country: str, number: str, kind: str) -> None:
    phone = parse_phone(text, country)

    assert phone is not None
    assert (phone.e164, phone.kind, phone.extension) == (number, kind, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("", "CN"),
        ("   ", "CN"),
        ("hello", "CN"),
        ("转802", "CN"),
        ("1380013800", "CN"),
        ("138001380000", "CN"),
        ("+86 12345678901", "CN"),
        ("12345", "CN"),
        ("110", "CN"),
        ("62345678", "CN"),
        ("2026-11-21", "CN"),
        ("13800138000/13900139000", "CN"),
        ("13800138000 and more", "CN"),
        ("13800138000", "GB"),
        ("13800138000", "ZZ"),
        ("13800138000", ""),
        ("95588", "GB"),
        ("07700 900", "GB"),
        ("+", "CN"),
        ("+999 123 4567", "CN"),
        ("1" * 100_000, "CN"),
    ],
)
def test_what_is_no_number(text: str, country: str) -> None:
    assert parse_phone(text, country) is None


@pytest.mark.parametrize(
    ("text", "unique"),
    [
        ("13800138000", True),
        ("+44 7400 123456", True),
        ("13800138000转2", False),
        ("021-62345678", False),
        ("400-123-4567", False),
        ("95588", False),
        ("+1 212 555 0147", False),
    ],
)
def test_only_mobiles_are_unique(text: str, unique: bool) -> None:
    phone = parse_phone(text, "CN")

    assert phone is not None
    assert is_unique(phone) is unique


@pytest.mark.parametrize(
    ("e164", "shown", "masked"),
    [
        ("+8613800138000", "138 0013 8000", "138****8000"),
        ("+862162345678", "021 6234 5678", "021****5678"),
        ("4001234567", "400 123 4567", "400****567"),
        ("95588", "95588", "****8"),
        ("+442071838750", "+44 20 7183 8750", "+442****8750"),
        ("+6591234567", "+65 9123 4567", "+659****567"),
        ("+12125550147", "+1 212-555-0147", "+121****0147"),
        ("not a number", "not a number", "****"),
        ("+", "+", "+****"),
        ("", "", "****"),
    ],
)
def test_shown_and_masked(e164: str, shown: str, masked: str) -> None:
    assert show_phone(e164) == shown
    assert mask_phone(e164) == masked


@given(st.from_regex(r"1(3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}", fullmatch=True))
def test_what_is_shown_reads_back(digits: str) -> None:
    phone = parse_phone(digits, "CN")

    assert phone is not None
    assert phone.e164 == f"+86{digits}"
    assert parse_phone(show_phone(phone.e164), "CN") == phone
    assert mask_phone(phone.e164) == f"{digits[:3]}****{digits[-4:]}"


@given(st.text(), st.text(max_size=3))
def test_any_text_is_a_number_or_none(text: str, country: str) -> None:
    phone = parse_phone(text, country)

    assert phone is None or phone.e164.lstrip("+").isdecimal()
    assert isinstance(show_phone(text), str)
    assert "****" in mask_phone(text)


@given(st.text(alphabet="0123456789+-()转x #.", max_size=40), st.sampled_from(["CN", "US", "GB", "JP", "IT"]))
def test_any_digits_are_a_number_or_none(text: str, country: str) -> None:
    phone = parse_phone(text, country)

    if phone is not None:
        again = parse_phone(phone.e164, "CN")
        assert again is not None
        assert again.e164 == phone.e164
        digits = phone.e164.lstrip("+")
        assert len(mask_phone(phone.e164).replace("****", "")) <= max(1, len(digits) - 3)

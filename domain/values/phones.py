"""Telephone numbers: one spelling for one number, and whether the number is one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from domain.values.writing import tidy

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

Kind = Literal["mobile", "landline", "service"]

_LONGEST = 60
_LABEL = re.compile(
    r"^(?:tel|phone|telephone|mobile|mob|cell|fax|手机号码?|手机|电话号码?|联系电话|电话|座机|固话|热线)\s*[:.]?\s*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"\s*,?\s*\(?\s*(?:转|轉|分机号?|分機|;ext=|ext(?:ension)?\.?|x|#)\s*[:.]?\s*(\d{1,8})\s*\)?$", re.IGNORECASE
)
_DASHED_EXTENSION = re.compile(r"^(.*\d)\s*-\s*(\d{2,6})$")
_DASHES = re.compile(r"[‐-―−﹘﹣ー－~]")
_NUMBER = re.compile(r"\+?[\d\s().\-/·]+")
_CHINESE_MOBILE = re.compile(r"\+86(1[3-9]\d)(\d{4})(\d{4})")
# 400 and 800 have ten digits; 95xxx and 96xxx are short numbers of banks, insurers and cities.
_CHINESE_SERVICE = re.compile(r"(?:[48]00\d{7}|95\d{3,6}|96\d{3,4})")


@dataclass(frozen=True)
class Phone:
    """``e164`` is ``+8613800138000``; mainland service numbers have no such form and stand as ``4001234567``."""

    e164: str
    kind: Kind
    extension: str | None = None


@lru_cache(maxsize=4096)  # a pasted list is read when it is shown and again when it is saved
def parse_phone(text: str, country: str) -> Phone | None:
    """The number that ``text`` is, or None; ``country`` (ISO 3166) reads a number without country code.

    Takes full-width digits, a leading label, ``00`` for ``+``, and extensions (转802, ext 802, x802, -802).
    National numbers and mainland ones must exist by the numbering plan. Other numbers with a country code need only
    the right length, because plans grow faster than their lists.
    """
    if len(text) > 4 * _LONGEST:
        return None
    number, extension = _split_extension(_LABEL.sub("", _DASHES.sub("-", tidy(text))))
    if len(number) > _LONGEST or not _NUMBER.fullmatch(number):
        return None
    whole = _read(number, country.upper(), extension)
    dashed = _DASHED_EXTENSION.match(number)
    if whole is None and dashed and extension is None:
        return _read(dashed.group(1), country.upper(), dashed.group(2))
    return whole


def is_unique(phone: Phone) -> bool:
    """May only one contact have it? Mobiles; a switchboard or a 400 number is shared and only warns."""
    return phone.kind == "mobile" and phone.extension is None


def national_digits(e164: str) -> str:
    """The digits behind the country code; all of them where there is none."""
    number = _parsed(e164, None) if e164.startswith("+") else None
    return str(number.national_number) if number is not None else "".join(filter(str.isdigit, e164))


def show_phone(e164: str) -> str:
    """As people write it: ``138 0013 8000``, ``021 6234 5678``, ``400 123 4567``, ``+44 20 7183 8750``."""
    mobile = _CHINESE_MOBILE.fullmatch(e164)
    if mobile:
        return " ".join(mobile.groups())
    if re.fullmatch(r"[48]00\d{7}", e164):
        return f"{e164[:3]} {e164[3:6]} {e164[6:]}"
    number = _parsed(e164, None) if e164.startswith("+") else None
    if number is None:
        return e164
    from phonenumbers import PhoneNumberFormat, format_number

    national = number.country_code == 86
    return format_number(number, PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL)


def mask_phone(e164: str) -> str:
    """What others in a group may see: ``138****8000``. At least four digits are always hidden."""
    mainland = e164.startswith("+86")
    plus = "+" if e164.startswith("+") and not mainland else ""
    digits = re.sub(r"\D", "", show_phone(e164) if mainland else e164)
    head = max(0, min(3, (len(digits) - 4) // 2))
    tail = max(0, min(4, len(digits) - 4 - head))
    return f"{plus}{digits[:head]}****{digits[len(digits) - tail :]}"


def _split_extension(text: str) -> tuple[str, str | None]:
    match = _EXTENSION.search(text)
    if match is None:
        return text.strip(), None
    return text[: match.start()].strip(), match.group(1)


def _read(number: str, country: str, extension: str | None) -> Phone | None:
    digits = re.sub(r"[^\d+]", "", number)
    digits = re.sub(r"^00(?=[1-9])", "+", digits)
    service = _chinese_service(digits, country)
    if service is not None:
        return Phone(service, "service", extension)
    # phonenumbers knows the written forms better than bare digits: "+86 (0)21 …" keeps its brackets.
    parsed = _parsed(digits if digits.startswith("+") and not number.startswith("+") else number, country)
    if parsed is None or not _is_acceptable(parsed, explicit=digits.startswith("+")):
        return None
    from phonenumbers import PhoneNumberFormat, format_number

    return Phone(format_number(parsed, PhoneNumberFormat.E164), _kind(parsed), extension)


def _chinese_service(digits: str, country: str) -> str | None:
    national = re.sub(r"^\+?86", "", digits) if country == "CN" else digits.removeprefix("+86")
    if national == digits and country != "CN":
        return None
    return national if _CHINESE_SERVICE.fullmatch(national) else None


def _parsed(number: str, country: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(number, country)
    except NumberParseException:
        return None


def _is_acceptable(number: PhoneNumber, *, explicit: bool) -> bool:
    from phonenumbers import ValidationResult, is_possible_number_with_reason, is_valid_number

    if is_valid_number(number):
        return True
    if not explicit or number.country_code == 86:
        return False
    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _kind(number: PhoneNumber) -> Kind:
    from phonenumbers import PhoneNumberType, number_type

    kind = number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return "mobile"
    shared = {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
    }
    # Where mobiles and landlines share their codes (North America), nobody can tell: those only warn.
    return "service" if kind in shared else "landline"

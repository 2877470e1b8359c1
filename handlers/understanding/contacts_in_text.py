"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.values.phones import parse_phone
from handlers.understanding.model import Span

_EMAIL = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+'\-]{0,62}[a-z0-9_])?@(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?![a-z0-9])"
)
_NUMBER = re.compile(
    r"(?<![a-z0-9_.+$€£¥#/])(?<![\d,]-)\+?\(?\d(?:[\d]|[ \-().]{1,2}(?=[\d(])){5,20}\d(?![\d%]|[,.]\d|[ ]?[万亿元千百k块](?![a-z]))"
)
_OTHER_NUMBER = re.compile(
    r"(?:(?<![a-z])(?:invoice|inv|po|order|ticket|ref|reference|case|contract|tracking|serial|account|acct|iban|vat|tax|id|no|number of|sku)\.?\s*(?:no\.?|number|id)?|单号|订单号?|合同号|编号|账号|帐号|税号|发票号?|运单号?|卡号|工单|型号|批号|案号)[ :#]*$"
)
_NUMBER_OF = re.compile(r"(?<![a-z])(?:no\.?|number)[ :]*$")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d\d|\d{1,2}[.-]\d\d\s?-\s?\d{1,2}[.-]\d\d"
)
# 9999-12-31, which people write for "never"; as the beginning of a longer number it may be an area code.
_DAY_OF_ANY_YEAR = re.compile(r"\d{4}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])")


_ENOUGH_DIGITS = re.compile(r"\d(?:\D{0,2}\d){5}")


def find_emails(text: str) -> tuple[Span[str], ...]:
    """E-mail addresses in lower case, in order; ``text`` is normalised."""
    if "@" not in text:
        return ()
    return tuple(Span(match[0], match.start(), match.end()) for match in _EMAIL.finditer(text) if ".." not in match[0])


def find_phones(text: str, country: str) -> tuple[Span[str], ...]:
    """Phone numbers as E.164, in order. A number without country code is read in ``country`` (ISO); ``text`` is normalised."""
    if not _ENOUGH_DIGITS.search(text):
        return ()
    found: list[Span[str]] = []
    for match in _NUMBER.finditer(text):
        number = match[0].strip()
        before = text[max(0, match.start() - 24) : match.start()]
        if number[0] in "0+":
            before = _NUMBER_OF.sub("", before)  # "new no. 0171 …" is a phone's
        if sum(character.isdigit() for character in number) < 7 or _OTHER_NUMBER.search(before):
            continue
        if _DATE.match(number) or _DAY_OF_ANY_YEAR.fullmatch(number):
            continue
        written = _as_e164(number, country)
        if written is not None:
            extension = _EXTENSION.match(text, match.end())
            found.append(Span(written, match.start(), extension.end() if extension else match.end()))
    return tuple(found)


_EXTENSION = re.compile(r"\s*,?\s*\(?(?:转|分机号?|ext(?:ension)?\.?|x|#)\s*[:.]?\s*\d{1,6}\)?(?![\da-z])")


def as_kept(text: str, phones: Sequence[Span[str]], country: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers as a contact has them, and as typed those that no form would take either: see ``parse_phone``."""
    kept, odd = [], []
    for span in phones:
        typed = text[span.start : span.end].strip()
        phone = parse_phone(typed, country)
        if phone is None:
            odd.append(typed)
        else:
            kept.append(f"{phone.e164} ext {phone.extension}" if phone.extension else phone.e164)
    return tuple(kept), tuple(odd)


def _as_e164(number: str, country: str) -> str | None:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return None
    is_formatted = number[0] in "+(" or bool(re.search(r"\d[-.) ]+\d", number))
    is_phone = phonenumbers.is_valid_number(parsed) or (
        is_formatted and " " not in number.strip("+")[:3] and phonenumbers.is_possible_number(parsed)
    )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if is_phone else None

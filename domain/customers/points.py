"""Typed phones, e-mails, handles and credit codes as contact points."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.customers.errors import WrongCreditCode
from domain.customers.model import ContactPoint
from domain.leads.errors import WrongEmail, WrongHandle, WrongPhone
from domain.values.companies import valid_credit_code
from domain.values.emails import is_personal_email, parse_email
from domain.values.phones import is_unique, parse_phone
from domain.values.writing import tidy

HANDLES = ("wechat", "qq", "whatsapp")
_HANDLE = {
    "wechat": re.compile(r"[A-Za-z][-_A-Za-z0-9]{5,19}|\+?[0-9]{6,20}"),
    "qq": re.compile(r"[1-9][0-9]{4,11}"),
}


def phone_point(typed: str, *, country: str) -> ContactPoint:
    """A phone, read in ``country`` (ISO 3166) unless it has a country code. Raises WrongPhone."""
    phone = parse_phone(typed, country)
    if phone is None:
        raise WrongPhone(typed=typed[:60])
    unique = f"phone:{phone.e164}" if is_unique(phone) else None
    return ContactPoint(kind="phone", value=phone.e164, extension=phone.extension, unique_key=unique)


def email_point(typed: str) -> ContactPoint:
    """Raises WrongEmail."""
    email = parse_email(typed)
    if email is None:
        raise WrongEmail(typed=typed[:60])
    return ContactPoint(kind="email", value=email, unique_key=f"email:{email}" if is_personal_email(email) else None)


def handle_point(kind: str, typed: str, *, country: str) -> ContactPoint:
    """A name on WeChat, QQ or WhatsApp (a phone there). Two people may share one, so that it is never unique.

    Raises WrongHandle.
    """
    text = tidy(typed).lstrip("@")
    if kind == "whatsapp":
        phone = parse_phone(text, country)
        if phone is None:
            raise WrongHandle(typed=typed[:60], kind=kind)
        return ContactPoint(kind=kind, value=phone.e164)
    if kind not in _HANDLE or not _HANDLE[kind].fullmatch(text):
        raise WrongHandle(typed=typed[:60], kind=kind)
    return ContactPoint(kind=kind, value=text)


def credit_code_point(typed: str) -> ContactPoint:
    """A 统一社会信用代码. Raises WrongCreditCode when its checksum is wrong."""
    code = tidy(typed).replace(" ", "").upper()
    if not valid_credit_code(code):
        raise WrongCreditCode(typed=typed[:60])
    return ContactPoint(kind="credit_code", value=code, unique_key=f"credit_code:{code}")


def without_repeats(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Each point once: what is typed twice would be its own duplicate."""
    kept: dict[tuple[str, str, str | None], ContactPoint] = {}
    for point in points:
        kept.setdefault((point.kind, point.value, point.extension), point)
    return list(kept.values())


def replace_points(owned: list[ContactPoint], wanted: Iterable[ContactPoint], *, kinds: Iterable[str]) -> None:
    """Make the points of these kinds equal ``wanted``, keeping the rows of those that stay; in place."""
    affected = set(kinds)
    new = {(point.kind, point.value, point.extension): point for point in without_repeats(wanted)}
    for point in list(owned):
        if point.kind not in affected:
            continue
        stays = new.pop((point.kind, point.value, point.extension), None)
        if stays is None:
            owned.remove(point)
        else:
            point.unique_key = stays.unique_key  # written, so that an undo of what added it does not take it away
    owned.extend(new.values())

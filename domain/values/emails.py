"""E-mail addresses: one spelling for one mailbox, and whether the mailbox is one person's."""

from __future__ import annotations

import re

from domain.values.writing import tidy

_LONGEST = 320
_WRAPPED = re.compile(r"^[^<>]*<([^<>]+)>$")
_CHINESE_DOTS = str.maketrans({"。": ".", "｡": "."})

# A mailbox that several people read, in English, pinyin and Chinese. A name that is also a word only warns too often.
_ROLES = frozenset(
    """
    abuse account accounting accounts admin administration administrator ap ar billing booking bookings business
    career careers ceo company contact contactus cs customercare customerservice desk ecommerce editor
    enquiries enquiry export feedback finance frontdesk general hello help helpdesk hi hostmaster hr import info
    information inquiries inquiry invoice invoices it jobs legal logistics mail mailbox mailer manager marketing
    media news newsletter noreply office operations ops order orders partner partners payroll postmaster pr press
    procurement public purchase purchasing reception recruit recruiting recruitment reply root sale sales
    salesteam security service services shipping shop staff supply support team tech technical tender trade
    webmaster
    bangongshi caigou caiwu hezuo kefu qiantai renshi shangwu shichang shouhou xiaoshou xingzheng zhaopin
    财务 采购 市场 销售 客服 人事 行政 商务 售后 招聘 前台 办公室 信息 服务 合作 联系 支持 总经办 运营 法务 物流
    """.split()
)
_CHINESE_ROLES = tuple(role for role in _ROLES if not role.isascii())


def parse_email(text: str) -> str | None:
    """The address in lower case, or None when ``text`` is not one address.

    Takes full-width characters, ``mailto:`` and ``Name <address>``. The domain is judged by its form, never asked.
    """
    from email_validator import EmailNotValidError, validate_email

    address = _bare(text)
    if not address or len(address) > _LONGEST:
        return None
    try:
        return validate_email(address, check_deliverability=False, strict=True).normalized.lower()
    except (EmailNotValidError, UnicodeError):
        return None


def is_personal_email(email: str) -> bool:
    """Is this one person's mailbox, and therefore unique? info@, sales-cn@, 财务@ are not: they only warn."""
    name = tidy(email).casefold().partition("@")[0].partition("+")[0]
    words = re.split(r"[\W\d_]+", name)
    if "".join(words) in _ROLES or any(word in _ROLES for word in words):
        return False
    if "".join(words) in {"noreply", "donotreply"}:
        return False
    return not any(role in name for role in _CHINESE_ROLES)


def _bare(text: str) -> str:
    if len(text) > 4 * _LONGEST:
        return ""
    address = tidy(text).translate(_CHINESE_DOTS)
    wrapped = _WRAPPED.match(address)
    if wrapped:
        address = wrapped.group(1)
    address = re.sub(r"^(?:mailto|e-?mail|邮箱|邮件)\s*:\s*", "", address.strip(), flags=re.IGNORECASE)
    address = re.sub(r"\s*@\s*", "@", address)
    return address.strip(" ,;、\"'").rstrip(".")

"""The company that buys, the people there, and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class ContactPoint:
    """A phone, an e-mail, a handle (WeChat, QQ, WhatsApp) or a credit code of a lead, a contact or a customer.

    ``value`` is normalised (E.164, lower-case e-mail). ``unique_key`` is set where no two records may share the value
    (mobiles, personal e-mails, credit codes) and has a unique index; switchboards and info@ have None and only warn.
    """

    id: int = field(init=False)
    kind: str  # phone, email, wechat, qq, whatsapp, credit_code
    value: str
    extension: str | None = None
    unique_key: str | None = None
    lead_id: int | None = None
    customer_id: int | None = None
    contact_id: int | None = None


@dataclass(kw_only=True, eq=False)
class Customer:
    id: int = field(init=False)
    name: str
    short_name: str | None = None
    name_key: str = ""
    owner_id: int | None
    grade: str | None = None
    address: str | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    created_at: datetime
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.short_name or self.name


@dataclass(kw_only=True, eq=False)
class Contact:
    """A person at a customer. ``birthday`` is text as ``domain.values.birthdays`` writes it. ``left_at``: since when they
    are not there any more; their chats then belong to a stranger."""

    id: int = field(init=False)
    customer_id: int
    name: str
    title: str | None = None
    language: str | None = None
    birthday: str | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    left_at: datetime | None = None
    created_at: datetime
    points: list[ContactPoint] = field(default_factory=list)

"""What happened with a customer or a lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.values.money import Money


class ActivityKind(StrEnum):
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    WECHAT = "wechat"
    MESSAGE = "message"
    EMAIL = "email"
    DEMO = "demo"
    QUOTE = "quote"
    NOTE = "note"
    CHECK_IN = "check_in"


@dataclass(kw_only=True, eq=False)
class Activity:
    """``at`` is when it happened, ``created_at`` when it was written down, ``began_at`` when writing it down was begun
    (None: nobody wrote it by hand). A comment on a record is a ``note``."""

    id: int = field(init=False)
    kind: ActivityKind
    by_id: int
    customer_id: int | None = None
    lead_id: int | None = None
    contact_id: int | None = None
    followup_id: int | None = None
    note: str = ""
    intents: list[str] = field(default_factory=list)
    amount: Money | None = None
    at: datetime
    created_at: datetime
    began_at: datetime | None = None

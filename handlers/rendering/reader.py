"""For whom a text is rendered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """``locale`` is a language tag, ``timezone`` an IANA zone; ``currency`` (ISO 4217) is shown by its short sign.

    ``masked`` are the fields that the company masks for their role, but in records that are theirs (``staff_id``)."""

    locale: str
    timezone: str
    currency: str = ""
    staff_id: int | None = None
    masked: frozenset[str] = frozenset()

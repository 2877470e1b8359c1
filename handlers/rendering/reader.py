"""For whom a text is rendered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """``locale`` is a language tag, ``timezone`` an IANA zone; ``currency`` (ISO 4217) is shown by its short sign."""

    locale: str
    timezone: str
    currency: str = ""

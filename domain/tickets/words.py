"""What is said in tickets, as it is kept."""

from __future__ import annotations

import re
from typing import Protocol

from domain.tickets.errors import NothingToSay, TooMuchToSay

LONGEST_TITLE = 120
_COMPLAINS = re.compile(
    r"(?<!no )(?<!not a )\bcomplain(?:t|ts|ing|ed)?\b|(?<!不)(?<!没有)(?<!没)(?<!别)投诉", re.IGNORECASE
)
LONGEST_TEXT = 4000


def said(text: str) -> str:
    """What somebody wrote, as it is kept. Raises NothingToSay and TooMuchToSay."""
    plain = text.strip()
    if not plain:
        raise NothingToSay
    if len(plain) > LONGEST_TEXT:
        raise TooMuchToSay(limit=LONGEST_TEXT)
    return plain


def title_of(text: str) -> str:
    """The first line, cut where a list would."""
    first = " ".join(next(iter(text.strip().splitlines()), "").split())
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rstrip() + "…"


def is_complaint(text: str) -> bool:
    """Does the customer call it that? Anything less plain is for a colleague to say."""
    return _COMPLAINS.search(text) is not None


class Titled(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def opened_by(self) -> int | None: ...


def title_for_customer(ticket: Titled) -> str | None:
    """What its customer reads it called. None where a colleague opened it: the title is from words among ourselves."""
    return ticket.title if ticket.opened_by is None else None

from __future__ import annotations

from datetime import date, datetime

from domain.errors import CrmError


class FollowupAlreadyClosed(CrmError):
    code = "followup-already-closed"
    ends_question = True

    def __init__(self, *, followup: int, status: str, closed_at: datetime | None) -> None:
        super().__init__(followup=followup, status=status, closed_at=closed_at)


class DateInThePast(CrmError):
    code = "date-in-the-past"

    def __init__(self, *, when: date) -> None:
        super().__init__(when=when)

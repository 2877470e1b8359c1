from __future__ import annotations

from datetime import datetime

from domain.errors import CrmError


class ApprovalNotFound(CrmError):
    """Not there, or not for them to decide: both get the same answer."""

    code = "approval-not-found"


class ApprovalClosed(CrmError):
    """Somebody else was quicker."""

    code = "approval-closed"


class ApprovalExpired(CrmError):
    """Nobody answered in time; it has to be asked for again."""

    code = "approval-expired"
    ends_card = True


class DeclinedLately(CrmError):
    """It was declined a short while ago: nobody is asked again and again."""

    code = "declined-lately"

    def __init__(self, *, again_at: datetime) -> None:
        super().__init__(again_at=again_at)


class OwnRequest(CrmError):
    """Whoever asks cannot be the one who approves."""

    code = "own-request"


class NobodyToApprove(CrmError):
    """There is nobody else who may decide it."""

    code = "nobody-to-approve"

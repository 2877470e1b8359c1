from __future__ import annotations

from domain.errors import CrmError


class NotEnoughPoints(CrmError):
    """A balance is never negative."""

    code = "points-not-enough"

    def __init__(self, *, balance: int, wanted: int) -> None:
        super().__init__(balance=balance, wanted=wanted)


class NoPoints(CrmError):
    """Nothing, or less than nothing, is no number of points to use or to correct by."""

    code = "points-no-number"


class ReasonMissing(CrmError):
    """Whoever reads the ledger later wants to know why."""

    code = "points-reason-missing"


class AlreadyReferred(CrmError):
    """A customer is new once: whoever brought them has had their points."""

    code = "points-already-referred"

    def __init__(self, *, customer: str) -> None:
        super().__init__(customer=customer)


class ReferredThemselves(CrmError):
    code = "points-referred-themselves"


class ReferralsEarnNothing(CrmError):
    """The company gives no points for referrals."""

    code = "points-no-referrals"

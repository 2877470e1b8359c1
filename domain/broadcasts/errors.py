"""Why a broadcast cannot be sent, changed or answered."""

from __future__ import annotations

from domain.errors import CrmError


class BroadcastNotFound(CrmError):
    code = "broadcast-not-found"

    def __init__(self, *, broadcast: int) -> None:
        super().__init__(broadcast=broadcast)


class BroadcastNotSo(CrmError):
    """It is further, or not so far: ``state`` says where."""

    code = "broadcast-not-so"

    def __init__(self, *, broadcast: int, state: str) -> None:
        super().__init__(broadcast=broadcast, state=str(state))


class BroadcastEmpty(CrmError):
    """No text in any language."""

    code = "broadcast-empty"


class UnknownVariable(CrmError):
    code = "unknown-placeholder"

    def __init__(self, *, typed: str, known: list[str]) -> None:
        super().__init__(typed=typed, known=known)


class TooEarlyOrLate(CrmError):
    """An hour at which nobody wants news."""

    code = "broadcast-at-night"


class NobodyToWriteTo(CrmError):
    """Nobody of the segment may be written to."""

    code = "broadcast-nobody"

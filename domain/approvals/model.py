"""What needs a second person's yes: somebody asks, somebody else approves or declines, in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.approvals.errors import ApprovalClosed, ApprovalExpired, OwnRequest
from domain.people.model import Role, Staff

LIFETIME = timedelta(days=3)
PAUSE = timedelta(days=1)  # after a no, before the same may be asked again
# Who decides, by what is asked. A new kind of approval is a line here, its actions, and its card in handlers.
APPROVERS: Mapping[str, frozenset[Role]] = {
    "join": frozenset({Role.ADMIN}),
    "forget": frozenset({Role.MANAGER, Role.ADMIN}),
    "broadcast": frozenset({Role.MANAGER, Role.ADMIN}),
    "export": frozenset({Role.MANAGER, Role.ADMIN}),
    "redeem": frozenset({Role.MANAGER, Role.ADMIN}),
}


def kinds_for(role: Role) -> frozenset[str]:
    """What somebody of this role may decide."""
    return frozenset(kind for kind, roles in APPROVERS.items() if role in roles)


class ApprovalState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(kw_only=True, eq=False)
class Approval:
    """``kind`` is what is asked and ``subject`` about whom (``identity:7``): of both together at most one is open.

    ``asked_by`` is the asker on the staff, ``identity_id`` the asker's chat account where they are not. ``facts`` are what
    carrying it out will need, as plain JSON: what was asked is what is done, whatever changed meanwhile."""

    id: int = field(init=False)
    kind: str
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)
    asked_by: int | None = None
    identity_id: int | None = None
    state: ApprovalState = ApprovalState.OPEN
    asked_at: datetime
    expires_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is ApprovalState.OPEN

    def decide(self, state: ApprovalState, *, by: Staff, now: datetime) -> None:
        """Raises OwnRequest, ApprovalClosed and ApprovalExpired."""
        if self.asked_by == by.id:
            raise OwnRequest
        if self.state is ApprovalState.EXPIRED or (self.is_open and self.expires_at <= now):
            raise ApprovalExpired
        if not self.is_open:
            raise ApprovalClosed
        self.state, self.decided_by, self.decided_at = state, by.id, now

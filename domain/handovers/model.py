"""Records that went from one person to another, until whoever got them says that they have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class Handover:
    """What was ``giver_id``'s is ``taker_id``'s since ``at``, by ``by_id``'s decision and under the journal's
    ``action_id``. Whoever has them owns them from that moment; accepting says that they know.

    ``accept_by``: after that it is ``returned_at`` to the list of who decided, until it is accepted or ``closed_at`` says
    that it is left. It is a note about an action, not journaled: accepting must not stand in the way of undoing.
    """

    id: int = field(init=False)
    giver_id: int
    taker_id: int
    by_id: int
    action_id: int
    records: int
    at: datetime
    accept_by: datetime
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    returned_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.closed_at is None

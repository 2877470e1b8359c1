"""News that were sent before somebody moved: told of no more, but they count in what their readers hear of us.

Questions count by the rows of those who were asked, which an import takes in itself. See docs/decisions/0022.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.care.budget import KEYS, Kind
from domain.notifications.model import NotificationState, Urgency
from storage import tables
from storage.dialects import insert_if_absent

NEWS = frozenset(key for key, kind in KEYS.items() if kind is Kind.NEWS)
_OF_BROADCAST = "broadcast:"


def is_news(given: Mapping[str, Any]) -> bool:
    """Whether a line of the outbox tells of news that somebody got."""
    is_sent = given.get("state") == NotificationState.SENT.value and given.get("contact_id") is not None
    return given.get("key") in NEWS and is_sent and str(given.get("about")).startswith(_OF_BROADCAST)


def news_columns(given: Mapping[str, Any], moment: Any) -> dict[str, Any]:
    """What counts of it; ``moment`` reads an ISO moment. Raises ValueError, TypeError, KeyError."""
    at = moment(given["sent_at"])
    broadcast_id = int(str(given["about"]).removeprefix(_OF_BROADCAST))
    return {"contact_id": int(given["contact_id"]), "broadcast_id": broadcast_id, "at": at}


async def keep_news(
    session: AsyncSession, found: Sequence[Mapping[str, Any]], *, ids: Mapping[str, Mapping[int, int]], now: datetime
) -> int:
    """Rows of the outbox that were sent long ago, under our numbers; of whom or what did not come along, none."""
    contacts, broadcasts = ids.get("contacts", {}), ids.get("broadcasts", {})
    rows = [
        _row(broadcasts[each["broadcast_id"]], contacts[each["contact_id"]], each["at"], now)
        for each in found
        if each["contact_id"] in contacts and each["broadcast_id"] in broadcasts
    ]
    if rows:
        await session.execute(insert_if_absent(session, tables.notifications, "dedupe_key"), rows)
    return len(rows)


def _row(broadcast_id: int, contact_id: int, at: datetime, now: datetime) -> dict[str, Any]:
    about = f"{_OF_BROADCAST}{broadcast_id}"
    return {
        "key": "broadcast",
        "facts": {},
        "due_at": at,
        "contact_id": contact_id,
        "urgency": int(Urgency.BROADCAST),
        "chosen": False,
        "dedupe_key": f"{about}:{contact_id}",
        "about": about,
        "extra": {},
        "state": NotificationState.SENT.value,
        "attempts": 1,
        "created_at": now,
        "sent_at": at,
        "settled_at": at,
    }

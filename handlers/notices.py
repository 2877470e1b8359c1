"""Turns planned notifications into replies for their readers, when they are about to be sent.

A direct answer is a packed ``Reply`` and needs nothing more. Every other key has a notice here: it looks at the present
state, in one go for a whole batch, and says what to send, or why it is no longer wanted, or when it may be sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.notifications.model import Notification
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Reply
from handlers.replies import unpack


@dataclass(frozen=True)
class Skip:
    """Not wanted any more; ``reason`` is a short code that ``/why`` explains."""

    reason: str


@dataclass(frozen=True)
class Later:
    """Not now: quiet hours, a day off. Asked again at ``at``."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Rides:
    """Said on the card of another row of the same batch, and settled as that one is."""

    on: int


@dataclass(frozen=True)
class Counted:
    """What takes long to count: ``read`` gives the reply when its conversation's turn has come, on connections of its own, so
    that no other row of the batch waits for it."""

    read: Callable[[UnitOfWork], Awaitable[Reply]]


Decision = Reply | Skip | Later | Rides | Counted


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of one key; ``staff`` are those whom they are for. ``late``: the ids of those said well after they were due."""

    rows: Sequence[Notification]
    staff: Mapping[int, Staff]
    now: datetime
    late: frozenset[int] = field(default_factory=frozenset)


NoticeBuilder = Callable[[UnitOfWork, Batch], Awaitable[Mapping[int, Decision]]]
NOTICES: dict[str, NoticeBuilder] = {}


def notice(key: str) -> Callable[[NoticeBuilder], NoticeBuilder]:
    """Register who turns rows of this key into replies, by notification id."""

    def register(build: NoticeBuilder) -> NoticeBuilder:
        NOTICES[key] = build
        return build

    return register


async def decide(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """What to do with rows of one key. A key without a notice is a packed reply."""
    build = NOTICES.get(batch.rows[0].key)
    if build is None:
        return {row.id: unpack(row.key, row.facts) for row in batch.rows}
    return await build(uow, batch)

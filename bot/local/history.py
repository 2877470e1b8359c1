"""What was said on the local channel. It has no server of its own, so it keeps its messages in our database and is the
one channel that commits: as a platform keeps what it was given, apart from what we do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.local.messages import Body
from domain.ports import OpenUnitOfWork, UnitOfWork

Row = Mapping[str, Any]
REMEMBERED_DELIVERIES = 200  # a page repeats at most what it had not seen acknowledged, which is far less


class History:
    """Reads and writes the local channel's messages, each call in a transaction of its own."""

    def __init__(self, open_unit: OpenUnitOfWork) -> None:
        self._open_unit = open_unit
        self._heard: dict[str, dict[tuple[str, str], int]] = {}  # place -> (sender, delivery) -> message id

    async def add(self, place: str, body: Body, *, at: datetime) -> Row:
        """Keep what the bot says."""
        async with self._open_unit() as uow:
            message_id = await uow.local_messages.add(place, sender=None, body=body, at=at)
            await uow.commit()
        return _row(message_id, None, body, at)

    async def replace(self, place: str, message: str, body: Body, *, at: datetime) -> Row | None:
        """Put ``body`` in the place of an earlier one of the bot; None when there is none.

        Who alone may see it stays as it was: an edit never shows a private answer to the group.
        """
        async with self._open_unit() as uow:
            old = await _find(uow, place, message)
            if old is None or old["sender"] is not None:
                return None
            kept = {**body, **{name: old["body"].get(name) for name in ("only", "reply_to")}}
            if not await uow.local_messages.replace(old["id"], kept, at=at):
                return None
            await uow.commit()
        return {**old, "body": kept, "edited_at": at}

    async def hear(self, place: str, *, sender: str, body: Body, at: datetime) -> tuple[int, Row | None]:
        """Keep what a person says (``body_of_speech``), once however often the page repeats it; gives the message's id,
        and the row if new.

        The caller sees to it that one conversation is heard by one call at a time.
        """
        heard, delivery = await self._deliveries(place), body["delivery"]
        if (sender, delivery) in heard:
            return heard[sender, delivery], None
        async with self._open_unit() as uow:
            message_id = await uow.local_messages.add(place, sender=sender, body=body, at=at)
            await uow.commit()
        heard[sender, delivery] = message_id
        if len(heard) > REMEMBERED_DELIVERIES:
            del heard[next(iter(heard))]
        return message_id, _row(message_id, sender, body, at)

    async def _deliveries(self, place: str) -> dict[tuple[str, str], int]:
        """What was heard lately, read once: a page may repeat itself to a program that was started anew meanwhile."""
        if place not in self._heard:
            rows, _ = await self.page(place, limit=REMEMBERED_DELIVERIES)
            self._heard[place] = {
                (row["sender"], row["body"]["delivery"]): row["id"] for row in rows if row["body"].get("delivery")
            }
        return self._heard[place]

    async def page(self, place: str, *, limit: int, before: int | None = None) -> tuple[list[Row], bool]:
        """The newest ``limit`` messages before ``before``, oldest first, and whether there are older ones."""
        async with self._open_unit() as uow:
            rows = list(await uow.local_messages.list_of(place, limit=limit + 1, before=before))
        return rows[-limit:], len(rows) > limit

    async def find(self, place: str, message: str) -> Row | None:
        async with self._open_unit() as uow:
            return await _find(uow, place, message)

    async def positions(self, user: str) -> dict[str, int]:
        """How far the person has read: place to message id."""
        async with self._open_unit() as uow:
            return _positions(await uow.local_messages.list_of(_reading(user), limit=1))

    async def read(self, user: str, place: str, message: int, *, at: datetime) -> bool:
        """Remember that the person has read up to ``message``; False when they had read further."""
        async with self._open_unit() as uow:
            rows = await uow.local_messages.list_of(_reading(user), limit=1)
            positions = _positions(rows)
            if positions.get(place, 0) >= message:
                return False
            body = {"positions": {**positions, place: message}}
            if rows:
                await uow.local_messages.replace(rows[-1]["id"], body, at=at)
            else:
                await uow.local_messages.add(_reading(user), sender=user, body=body, at=at)
            await uow.commit()
        return True


async def _find(uow: UnitOfWork, place: str, message: str) -> Row | None:
    with suppress(ValueError):
        number = int(message)
        rows = await uow.local_messages.list_of(place, limit=1, before=number + 1)
        if rows and rows[-1]["id"] == number:
            return rows[-1]
    return None


def _reading(user: str) -> str:
    """Reading positions are one row in a place that nobody sees."""
    return f"reading:{user}"


def _positions(rows: Sequence[Row]) -> dict[str, int]:
    return dict(rows[-1]["body"]["positions"]) if rows else {}


def _row(message_id: int, sender: str | None, body: Body, at: datetime) -> Row:
    return {"id": message_id, "sender": sender, "body": body, "at": at, "edited_at": None}

"""One row a bot: which process receives for it, and until when unless it says so again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables
from storage.dialects import insert_into
from storage.repository import Repository

_t = tables.receivers


class SqlReceivers(Repository):
    """See ``domain.ports.Receivers``."""

    def __init__(self, session: AsyncSession, *, clock: Callable[[], datetime]) -> None:
        super().__init__(session)
        self._clock = clock

    async def take(self, channel: str, bot: str, *, holder: str, lease: timedelta) -> str:
        now = self._clock()
        wanted = {"holder": holder, "until": now + lease}
        statement = insert_into(self._session, _t).values(channel=channel, bot=bot, **wanted)
        # In one statement, because two processes may ask at the same moment.
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "bot"], set_=wanted, where=or_(_t.c.holder == holder, _t.c.until <= now)
            )
        )
        found = await self._session.execute(select(_t.c.holder).where(_t.c.channel == channel, _t.c.bot == bot))
        return str(found.scalar_one())

    async def release(self, channel: str, bot: str, *, holder: str) -> None:
        await self._session.execute(delete(_t).where(_t.c.channel == channel, _t.c.bot == bot, _t.c.holder == holder))

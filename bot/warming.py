"""What only a message needs: word lists, tables of numbers, sounds and the moon's calendar, loaded beside receiving.

The first messages took half a second more than later ones, in which nobody else was answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import structlog

from bot.collecting import spare_what_stays
from domain.care.occasions import endings_on
from domain.values.near_companies import near_marks
from domain.values.searching import search_terms
from handlers.leads.words import read_lead
from handlers.understanding import Names, understand
from handlers.understanding.model import Context

log = structlog.get_logger()
SAID = {
    ("Europe/London", "GB"): "called Acme Ltd, they want a quote for 50k, follow up Friday 10am, 020 7946 0018",
    ("Asia/Shanghai", "CN"): "给华新打了电话，要報價20万，周五下午三点发报价，13800138000",
}


@asynccontextmanager
async def warming() -> AsyncIterator[None]:
    """Load it in a thread while the block runs. A message that comes sooner loads what it needs by itself."""
    loading = asyncio.create_task(_load())
    try:
        yield
    finally:
        await loading


async def _load() -> None:
    try:
        await asyncio.to_thread(warm_up)
    except Exception:
        log.exception("warming-failed")  # whoever needs it will say so as well
    spare_what_stays()


def warm_up() -> None:
    """Do once what messages do, on words of nobody, and forget it."""
    now = datetime.now(UTC)
    for (zone, country), words in SAID.items():
        context = Context(
            now=now,
            zone=ZoneInfo(zone),
            working_hours=(time(9), time(18)),
            currency="GBP",
            date_order="DMY",
            country=country,
            names=Names(),
        )
        understand(words, context)
        read_lead(words, country=country)
        search_terms(words)
        near_marks(words)
    endings_on(now.date())

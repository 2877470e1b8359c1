"""Times in a report that cannot be meant: a day that no calendar has, a plan for a day that is over."""

from __future__ import annotations

import re
from datetime import UTC

from handlers.context import ChatContext
from handlers.dialogs.said_times import impossible_date
from handlers.entries.card import KINDS, EntryCard
from handlers.understanding import Context, Moment, parse_past, understand
from handlers.understanding.activity import has_step
from handlers.understanding.normalise import normalise

_HAN = re.compile(r"[\u4e00-\u9fff]")


async def doubt_times(ctx: ChatContext, card: EntryCard, text: str, reading: Context) -> None:
    """Say on the card what cannot be meant, rather than keep a guess."""
    card.no_such_day = impossible_date(text)
    if card.no_such_day is not None:
        card.plan_nothing()
        card.kind = _kind_with_a_day(text, card.no_such_day, reading)
    elif card.due_at is None:
        past = parse_past(text, reading)
        if past is not None:
            _past_day(ctx, card, text, past)


def _kind_with_a_day(text: str, typed: str, reading: Context) -> str | None:
    """What the sentence would be with a day that there is: "meeting at 25:00" was meant as a plan."""
    possible = "明天" if _HAN.search(text) else "tomorrow"
    activity = understand(re.sub(re.escape(typed), possible, text, count=1, flags=re.IGNORECASE), reading).activity
    return activity if activity in KINDS else None


def _past_day(ctx: ChatContext, card: EntryCard, text: str, past: Moment) -> None:
    """A plan for yesterday is asked about; 昨天跟进华新, which tells of no plan, was yesterday."""
    at = past.at.replace(tzinfo=ctx.zone).astimezone(UTC)
    if card.kind is None:
        card.past_at = at
    elif card.kind == "note" and card.occurred_at is None and _HAN.search(text) and has_step(normalise(text)):
        card.occurred_at = at

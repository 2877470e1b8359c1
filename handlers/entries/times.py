"""Times in a report that cannot be meant: a day that no calendar has, a plan for a day that is over."""

from __future__ import annotations

import re
from datetime import UTC

from handlers.context import ChatContext
from handlers.dialogs.said_times import impossible_date
from handlers.entries.card import KINDS, EntryCard
from handlers.understanding import Context, Moment, past_in, understand
from handlers.understanding.activity import has_step
from handlers.understanding.normalise import normalise

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLANNED_FOR = re.compile(
    r"(?:[,;.，；。]|(?<![a-z])(?:and|then))\s*(?:please\s+)?(?:follow(?:[- ]?up)?|remind me|(?:call|check) (?:them |him |her )?(?:back|again))"
    r"\s*(?:on|at|by|for)?\s*$",
    re.IGNORECASE,
)
_TO_DO_AGAIN = re.compile(r"\s*(?:再|要再)\s*(?:跟进|联系|回访|打电话|提醒)")


async def doubt_times(ctx: ChatContext, card: EntryCard, text: str, reading: Context) -> None:
    """Say on the card what cannot be meant, rather than keep a guess."""
    card.no_such_day = impossible_date(text)
    if card.no_such_day is not None:
        card.plan_nothing()
        card.kind = _kind_with_a_day(text, card.no_such_day, reading)
    elif card.due_at is None:
        pasts = past_in(text, reading)
        planned = next((past for past in pasts if _is_planned(text, past)), None)
        if planned is not None:
            card.past_at = planned.at.replace(tzinfo=ctx.zone).astimezone(UTC)
        elif pasts:
            _past_day(ctx, card, text, pasts[0])


def _is_planned(text: str, past: Moment) -> bool:
    """ "…, follow up last Friday", 昨天再联系: behind news, but meant as its next step."""
    return bool(_PLANNED_FOR.search(text[: past.start]) or _TO_DO_AGAIN.match(text, past.end))


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

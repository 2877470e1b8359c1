"""What became of rows that were sent, left out or put off, written in as few statements as there can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from domain.followups.model import FollowupStatus
from domain.notifications.model import CardPlace, NotificationState, Outcome
from storage import tables
from storage.dialects import connection_of, insert_if_absent
from storage.ready import FEW, Ready, Together

_t = tables.notifications
_PENDING: ColumnElement[str] = literal_column(f"'{NotificationState.PENDING.value}'")
_FORGET_CARDS = delete(tables.cards).where(
    tuple_(tables.cards.c.channel, tables.cards.c.place, tables.cards.c.message).in_(
        bindparam("messages", expanding=True)
    )
)
_FORGET_CARD = Ready(
    delete(tables.cards).where(
        tables.cards.c.channel == bindparam("of_channel"),
        tables.cards.c.place == bindparam("of_place"),
        tables.cards.c.message == bindparam("of_message"),
    )
)
_REMEMBER_CARD = Ready(
    postgresql.insert(tables.cards).on_conflict_do_nothing().inline(),
    on_sqlite=sqlite.insert(tables.cards).on_conflict_do_nothing().inline(),
    columns=("channel", "place", "message", "record", "at"),
)


async def settle(session: AsyncSession, outcomes: Sequence[Outcome]) -> None:
    """Write what became of rows, and where the cards now stand that they brought. Each counts for its own attempt alone."""
    if not outcomes:
        return
    writing = Together(session)
    await _outcomes(outcomes, writing)
    await _remember_cards(session, [(one.card, one.at) for one in outcomes if one.card is not None], writing)
    await writing.run()
    skipped = [outcome.notification_id for outcome in outcomes if outcome.state is NotificationState.SKIPPED]
    if skipped:
        await _plan_again_if_still_wanted(session, skipped)


async def _outcomes(outcomes: Sequence[Outcome], writing: Together) -> None:
    """A late worker's attempt number is old, so it changes nothing; what was withdrawn is not queued again."""
    again = [outcome for outcome in outcomes if outcome.state is NotificationState.PENDING]
    await writing.add_all(_PUT_BACK, _put_back, [_outcome_row(outcome) for outcome in again])
    final = [outcome for outcome in outcomes if outcome.state is not NotificationState.PENDING]
    await writing.add_all(_FINISH, _finish, [_outcome_row(outcome) for outcome in final])


async def _remember_cards(
    session: AsyncSession, places: Sequence[tuple[CardPlace, datetime]], writing: Together
) -> None:
    if not places:
        return
    # What a message showed before this, it shows no more. Several records may share it.
    messages = {(card.channel, card.place, card.message) for card, _ in places}
    latest = {(card.channel, card.place, card.message, card.record): (card, at) for card, at in places}
    rows = [
        {"channel": card.channel, "place": card.place, "message": card.message, "record": card.record, "at": at}
        for card, at in latest.values()
    ]
    if len(rows) > FEW:
        await connection_of(session).execute(_FORGET_CARDS, {"messages": sorted(messages)})
    else:
        for channel, place, message in sorted(messages):
            writing.add(_FORGET_CARD, {"of_channel": channel, "of_place": place, "of_message": message})
    await writing.add_all(_REMEMBER_CARD, insert_if_absent(session, tables.cards), rows)


async def _plan_again_if_still_wanted(session: AsyncSession, skipped: Sequence[int]) -> None:
    """A reminder left out because its follow-up was closed comes back if an undo opens the follow-up again. One left out
    because the follow-up was passed on after the planning comes to its new owner."""
    about = select(_t.c.staff_id, _t.c.about).where(
        _t.c.id.in_(skipped), _t.c.key == "followup-due", _t.c.about.is_not(None)
    )
    of_person: dict[int | None, list[int]] = defaultdict(list)
    for staff_id, name in await session.execute(about):
        of_person[staff_id].append(int(name.partition(":")[2]))
    followups = tables.followups
    for staff_id, ids in of_person.items():
        left = or_(followups.c.status != FollowupStatus.OPEN, followups.c.owner_id != staff_id)
        await session.execute(update(followups).where(followups.c.id.in_(ids), left).values(planned_for=None))


def settled(state: NotificationState, reason: str | None, at: datetime) -> dict[str, Any]:
    """The columns of a row that is settled without having been sent."""
    return {
        "state": state.value,
        "reason": reason,
        "settled_at": at,
        "lease_holder": None,
        "lease_until": None,
        "dedupe_key": _given_back(),
    }


def _given_back() -> ColumnElement[str]:
    """The key of a row that was never sent may be used again."""
    return _t.c.dedupe_key + "#" + cast(_t.c.id, String)


def _outcome_row(outcome: Outcome) -> dict[str, Any]:
    sent = outcome.state is NotificationState.SENT
    return {
        "of_id": outcome.notification_id,
        "of_attempt": outcome.attempt,
        "to_state": outcome.state.value,
        "to_reason": outcome.reason,
        "to_channel": outcome.channel,
        "to_sent_at": outcome.at if sent else None,
        "to_settled_at": outcome.at,
        "to_due_at": outcome.retry_at,
        "is_sent": sent,
        "gives_back": outcome.state is NotificationState.SKIPPED,
    }


_this_attempt = and_(_t.c.id == bindparam("of_id"), _t.c.attempts == bindparam("of_attempt"))

_put_back = (
    update(_t)
    .where(_this_attempt, _t.c.state == _PENDING)
    .values(
        due_at=func.coalesce(bindparam("to_due_at", type_=_t.c.due_at.type), _t.c.due_at),
        last_error=bindparam("to_reason"),
        reason=bindparam("to_reason"),
        lease_holder=null(),
        lease_until=null(),
    )
)

# What was withdrawn while it was under way, and reached the person all the same, is told as it was.
_finish = (
    update(_t)
    .where(
        _this_attempt,
        or_(
            _t.c.state == _PENDING,
            and_(_t.c.state == NotificationState.WITHDRAWN.value, bindparam("is_sent", type_=Boolean)),
        ),
    )
    .values(
        state=bindparam("to_state"),
        reason=bindparam("to_reason"),
        channel=func.coalesce(bindparam("to_channel", type_=_t.c.channel.type), _t.c.channel),
        sent_at=bindparam("to_sent_at"),
        settled_at=bindparam("to_settled_at"),
        lease_holder=null(),
        lease_until=null(),
        dedupe_key=case(
            # Of what was left out only a reminder may be planned again for the same moment, after an undo.
            (and_(bindparam("gives_back", type_=Boolean), _t.c.key == "followup-due"), _given_back()),
            else_=_t.c.dedupe_key,
        ),
    )
)

_PUT_BACK, _FINISH = Ready(_put_back), Ready(_finish)

"""What became of each row: written in batches, so that sending costs no transaction a row."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from domain.approvals.actions import card_came
from domain.journal.model import Source
from domain.notifications.model import (
    UNANSWERED,
    CardPlace,
    Notification,
    NotificationState,
    Outcome,
    Planned,
    Urgency,
)
from domain.people.model import Identity
from domain.ports import OpenUnitOfWork, UnitOfWork
from domain.reports.schedules import SAID_IN_GROUPS, lose_group
from domain.surveys.asking import QUESTIONS
from domain.surveys.listening import question_went_out
from domain.tickets.places import SAID_IN_PLACES, lose_thread, lose_triage
from domain.tickets.telling import answer_ended
from handlers.chat import Rendered, Reply
from handlers.counters import DeliveryCounters
from scheduler.tide import Tide

log = structlog.get_logger()
FINAL = frozenset({NotificationState.SENT, NotificationState.FAILED})
AFTERWARDS: Mapping[str, Callable[[UnitOfWork, Notification, NotificationState, datetime], Awaitable[None]]] = {
    "approval-card": card_came,
    "ticket-answer": answer_ended,
    **dict.fromkeys(QUESTIONS, question_went_out),
}
"""What is to be said, by key, once something has reached its reader or never will."""
Follow = Callable[[UnitOfWork], Awaitable[None]]
"""What follows from an outcome, in whatever transaction."""
SETTLE_ROWS = 200  # as many as are claimed at once; only a channel that is quicker than all real ones sends more in a tenth of a second
SETTLE_SECONDS = 0.1
# A row is given up after so many attempts, which with the pauses between them take a day, and not before a day is over:
# a busy channel costs attempts, too.
PATIENCE = 60
LONGEST_WAIT = timedelta(hours=24)
LONGEST_PAUSE = timedelta(minutes=30)
LONGEST_OUTAGE_PAUSE = timedelta(minutes=1)  # when the line is back, nobody waits for much longer
LONGEST_ANSWER_PAUSE = timedelta(seconds=15)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a caller such as ``tick`` is told of one row. ``body`` is None when nothing was sent."""

    row: Notification
    body: Rendered | None
    reply: Reply | None
    channel: str | None
    place: str | None
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Where something was said, and how it looked there. ``message`` is the platform's id of it."""

    channel: str
    place: str
    message: str | None
    body: Rendered
    reply: Reply

    def card(self, record: str | None) -> CardPlace | None:
        """Where the record now stands, to be remembered."""
        if self.message is None or record is None:
            return None
        return CardPlace(channel=self.channel, place=self.place, message=self.message, record=record)


class Settler:
    """Gathers outcomes and writes 200 rows, or what came within 100 ms, in one transaction.

    ``in_flight`` counts rows that were claimed and are not settled. ``real_now`` stamps, ``now`` decides when again.
    """

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        *,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime],
        on_settled: Callable[[Sent], None] | None,
        tide: Tide,
    ) -> None:
        self._open_unit = open_unit
        self._now = now
        self._real_now = real_now
        self._on_settled = on_settled
        self._tide = tide
        self._outcomes: list[Outcome] = []
        self._unreachable: list[Identity] = []
        self._private: list[Notification] = []
        self._lost: list[tuple[Notification, str]] = []
        self._threads_gone: list[tuple[Notification, str]] = []
        self._ended: list[tuple[Notification, NotificationState]] = []
        self._task: asyncio.Task[None] | None = None
        self._full = asyncio.Event()
        self.in_flight = 0
        self._open: set[int] = set()
        self._claimed_again: dict[int, int] = {}
        self.counters = DeliveryCounters()

    def begins(self, rows: Sequence[Notification]) -> bool:
        """Whether these rows are to be sent; False when they are being sent already.

        A call that took longer than the lease made them due again; what becomes of it counts for this attempt then. So it
        does for a row whose outcome is known and not written yet: between the two the lease may end.
        """
        if any(row.id in self._open for row in rows):
            self._claimed_again |= {row.id: row.attempts for row in rows if row.id in self._open}
            self.in_flight -= len(rows)
            for row in rows:
                self._left(row, was_sent=False)
            return False
        self._open |= {row.id for row in rows}
        return True

    # ------------------------------------------------------------ what became of a row

    def sent(self, row: Notification, reached: Reached, *, shows: str | None = None) -> None:
        """``shows`` is the record whose card the message is."""
        self._note(row, NotificationState.SENT, reached=reached, shows=shows)

    def rode(self, row: Notification, reached: Reached, *, shows: str | None = None) -> None:
        """Said on the card of another row: nothing was sent for this one alone."""
        self._note(row, NotificationState.SENT, reason="on-one-card", reached=reached, shows=shows)

    def skipped(self, row: Notification, reason: str) -> None:
        self._note(row, NotificationState.SKIPPED, reason=reason)

    def later(self, row: Notification, reason: str, *, at: datetime) -> None:
        """Of what may have been said already that is remembered, whatever puts it off now: else it would be said again."""
        self._note(row, NotificationState.PENDING, reason=UNANSWERED if row.may_stand else reason, retry_at=at)

    def failed(self, row: Notification, reason: str) -> None:
        self._note(row, NotificationState.FAILED, reason=reason)

    def retry(self, row: Notification, reason: str) -> None:
        """Again after a pause that doubles; after a day of it the row is given up and the managers are told."""
        if self.is_given_up(row):
            self.failed(row, reason)
            self.lost(row, reason)
            return
        pause = min(timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_PAUSE)
        self.later(row, reason, at=self._now() + pause)

    def is_given_up(self, row: Notification) -> bool:
        return row.attempts >= PATIENCE and self._now() - row.created_at > LONGEST_WAIT

    def outage_pause(self, row: Notification) -> float:
        """Seconds until a row is tried again whose channel could not be reached: they double, and grow less where somebody
        waits for an answer."""
        longest = LONGEST_ANSWER_PAUSE if row.urgency is Urgency.DIRECT else LONGEST_OUTAGE_PAUSE
        return min(timedelta(seconds=2 ** min(row.attempts - 1, 12)), longest).total_seconds()

    def privately(self, row: Notification) -> None:
        """Say to the person alone what could not be said in the group; nothing, where it was for nobody of ours."""
        if row.staff_id is not None and row.edit is None:
            self._private.append(row)

    def unreachable(self, identity: Identity) -> None:
        """The platform refuses this person for good."""
        self._unreachable.append(identity)

    def thread_gone(self, row: Notification, thread: str) -> None:
        """The thread in which a row was to be said is not there any more; the group around it may be."""
        self._threads_gone.append((row, thread))

    def lost(self, row: Notification, reason: str) -> None:
        """Nobody can be reached: the person's managers are told."""
        self._lost.append((row, reason))

    def _left(self, row: Notification, *, was_sent: bool) -> None:
        if row.urgency is Urgency.BROADCAST:
            self._tide.ended(was_sent=was_sent)

    def _note(
        self,
        row: Notification,
        state: NotificationState,
        *,
        reason: str | None = None,
        retry_at: datetime | None = None,
        reached: Reached | None = None,
        shows: str | None = None,
    ) -> None:
        self.in_flight -= 1
        self._left(row, was_sent=state is NotificationState.SENT)
        channel = reached.channel if reached else None
        self.counters.count(channel or row.channel, state.value)
        self._outcomes.append(
            Outcome(
                notification_id=row.id,
                attempt=row.attempts,
                state=state,
                at=self._real_now(),
                reason=reason,
                retry_at=retry_at,
                channel=channel,
                card=reached.card(shows) if reached else None,
            )
        )
        if state in FINAL and row.key in AFTERWARDS:
            self._ended.append((row, state))
        if self._on_settled is not None:
            said = "retry" if retry_at is not None else state.value
            said_alone = reached if reason is None else None
            self._on_settled(
                Sent(
                    row=row,
                    body=said_alone.body if said_alone else None,
                    reply=said_alone.reply if said_alone else None,
                    channel=reached.channel if reached else row.channel,
                    place=reached.place if reached else row.place,
                    outcome=f"{said}: {reason}" if reason else said,
                )
            )
        if len(self._outcomes) >= SETTLE_ROWS:
            self._full.set()
        if self._task is None:
            self._task = asyncio.create_task(self._write_soon())

    # ------------------------------------------------------------ writing

    @property
    def task(self) -> asyncio.Task[None] | None:
        """Runs while something waits to be written."""
        return self._task

    @property
    def is_idle(self) -> bool:
        return not self._outcomes and self._task is None

    def hurry(self) -> None:
        """Write what there is now."""
        self._full.set()

    async def _write_soon(self) -> None:
        """Runs until nothing waits: whoever waits for this task knows that the last transaction has ended."""
        try:
            while self._outcomes:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SETTLE_SECONDS):
                        await self._full.wait()
                self._full.clear()
                await self.write()
        finally:
            self._task = None

    async def write(self) -> None:
        """Write what was gathered. A fault is logged: the leases run out, and the rows are claimed again."""
        outcomes = [self._of_last_attempt(outcome) for outcome in self._outcomes]
        self._outcomes = []
        unreachable, self._unreachable = self._unreachable, []
        lost, self._lost = self._lost, []
        private, self._private = self._private, []
        ended, self._ended = self._ended, []
        threads_gone, self._threads_gone = self._threads_gone, []
        if not (outcomes or unreachable or lost or private or threads_gone):
            return
        follows = [
            *(partial(self._cannot_be_reached, identity=identity) for identity in unreachable),
            *(partial(self._say_in_private, row=row) for row in private),
            *(partial(self._tell_managers, row=row, reason=reason) for row, reason in lost),
            *(partial(lose_thread, lost=row, thread=thread, now=self._now()) for row, thread in threads_gone),
            *(partial(_end, row=row, state=state, at=self._now()) for row, state in ended),
        ]
        try:
            await self._keep(outcomes, follows)
        except Exception:
            # Said twice perhaps, lost never.
            log.exception("settle-failed", notifications=[outcome.notification_id for outcome in outcomes][:20])
        finally:
            self._open -= {outcome.notification_id for outcome in outcomes}
            # What was claimed while it was being written keeps its outcome: that attempt has it still to be told.
            self._outcomes += [
                self._of_last_attempt(outcome) for outcome in outcomes if outcome.notification_id in self._claimed_again
            ]

    async def _keep(self, outcomes: Sequence[Outcome], follows: Sequence[Follow]) -> None:
        """All in one transaction. Where what follows from one row cannot be done, that alone is given up: readers of the
        other rows must not hear them again. Raises what writing the outcomes alone raises."""
        try:
            await self._commit(outcomes, follows)
        except Exception:
            log.exception("settle-apart", notifications=[outcome.notification_id for outcome in outcomes][:20])
            await self._commit(outcomes, ())
            for follow in follows:
                try:
                    await self._commit((), (follow,))
                except Exception:
                    log.exception("settle-consequence-failed")

    async def _commit(self, outcomes: Sequence[Outcome], follows: Sequence[Follow]) -> None:
        async with self._open_unit() as uow:
            uow.acts(None, at=self._now(), source=Source(channel="scheduler", delivery="delivery"))
            if outcomes:
                await uow.notifications.settle(outcomes)
            for follow in follows:
                await follow(uow)
            await uow.commit()

    async def _cannot_be_reached(self, uow: UnitOfWork, identity: Identity) -> None:
        await uow.identities.cannot_be_reached(identity.id, self._real_now())

    async def _say_in_private(self, uow: UnitOfWork, row: Notification) -> None:
        uow.plan(self._in_private(row))

    def _of_last_attempt(self, outcome: Outcome) -> Outcome:
        claimed = self._claimed_again.pop(outcome.notification_id, None)
        return outcome if claimed is None else replace(outcome, attempt=claimed)

    def _in_private(self, row: Notification) -> Planned:
        return Planned(
            key=row.key,
            facts=row.facts,
            due_at=self._now(),
            staff_id=row.staff_id,
            urgency=row.urgency,
            chosen=row.chosen,
            card=row.card,
            about=row.about,
            dedupe_key=f"in-private:{row.id}",
        )

    async def _tell_managers(self, uow: UnitOfWork, row: Notification, reason: str) -> None:
        # A process that is not connected to the platform has nothing to say about its groups.
        if reason == "unreachable" and row.channel and row.place:
            if row.key in SAID_IN_PLACES:
                await lose_triage(uow, channel=row.channel, place=row.place, now=self._now())
            if row.key in SAID_IN_GROUPS:
                await lose_group(uow, row.channel, row.place, now=self._now())
        if row.staff_id is None or row.key == "staff-unreachable":
            return
        person = await uow.staff.get(row.staff_id)
        if reason == "no-channel" and not await uow.identities.list_for_staff(person.id):
            reason = "not-joined"
        for manager in await uow.staff.managers_of(person):
            uow.plan(
                Planned(
                    key="staff-unreachable",
                    facts={"name": person.name, "reason": reason},
                    due_at=self._now(),
                    staff_id=manager.id,
                    urgency=Urgency.URGENT,
                    dedupe_key=f"unreachable:{person.id}:{manager.id}:{self._now().date().isoformat()}",
                )
            )


async def _end(uow: UnitOfWork, *, row: Notification, state: NotificationState, at: datetime) -> None:
    await AFTERWARDS[row.key](uow, row, state, at)

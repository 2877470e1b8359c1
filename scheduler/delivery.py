"""Sends what is due: claim under a lease, ask again whether it is wanted, render, send outside any transaction, settle."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from domain.errors import ChannelBusy, RecipientUnreachable
from domain.journal.model import Source
from domain.notifications.hearing import Hearing, hearing
from domain.notifications.model import CardPlace, Notification, NotificationState, Outcome, Planned, Urgency
from domain.people.model import Identity, Staff
from domain.ports import OpenUnitOfWork, UnitOfWork
from handlers.chat import Channel, Line, Outgoing, Rendered, Reply
from handlers.counters import DeliveryCounters
from handlers.notices import Batch, Decision, Later, Rides, Skip, decide
from handlers.replies import unpack
from handlers.texts import Reader, Texts

log = structlog.get_logger()
BATCH = 200
LEASE = timedelta(seconds=15)
SETTLE_ROWS = 50
SETTLE_SECONDS = 0.1
SHARING = frozenset({"followup-due"})  # keys whose rows for one person may share a card
LATE = timedelta(minutes=10)
TOGETHER = timedelta(minutes=5)  # what one person is reminded of within so long shares a card
MOST_IN_FLIGHT = 2000
PATIENCE = 12  # attempts, and ...
LONGEST_WAIT = timedelta(hours=24)  # ... so long after it was due, before a row is given up
LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A row that is ready to go: finished for its reader, with the places to try in turn. ``riders`` share its card.

    After ``give_up_at`` (real clock) its lease may be another's: a long lane gives such rows back instead of sending."""

    row: Notification
    give_up_at: datetime
    body: Rendered
    reply: Reply
    places: tuple[Identity | tuple[str, str], ...]
    riders: tuple[Notification, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a caller such as ``tick`` is told of one row."""

    row: Notification
    body: Rendered | None
    reply: Reply | None
    channel: str | None
    place: str | None
    outcome: str


class Delivery:
    """``real_now`` counts leases and ``sent_at``; what is due is asked of the caller's clock."""

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        open_reading: OpenUnitOfWork,
        *,
        channels: Mapping[str, Channel],
        texts: Texts,
        holder: str,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_settled: Callable[[Sent], None] | None = None,
    ) -> None:
        self._open_unit = open_unit
        self._open_reading = open_reading
        self._channels = channels
        self._texts = texts
        self._holder = holder
        self._now = now
        self._real_now = real_now
        self._on_settled = on_settled
        self._lanes: dict[tuple[str, str], deque[Addressed]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight = 0
        self._outcomes: list[Outcome] = []
        self._unreachable: list[tuple[Identity, str]] = []
        self._lost: list[tuple[Notification, str]] = []
        self._settling: asyncio.Task[None] | None = None
        self._full = asyncio.Event()
        self.wakened = asyncio.Event()
        self.counters = DeliveryCounters()

    # ------------------------------------------------------------ direct answers

    def answer(self, rows: Sequence[Notification]) -> None:
        """Send direct answers that were committed a moment ago, already leased to this process. Does not wait."""
        for row in rows:
            reply = unpack(row.key, row.facts)
            reader = Reader(locale=row.extra.get("locale", "en"), timezone=row.extra.get("timezone", "UTC"))
            self._in_flight += 1
            self._queue(self._address(row, reply, reader, ((row.channel or "", row.place or ""),)))
        self.wakened.set()

    # ------------------------------------------------------------ what is due

    async def deliver_due(self, *, action_id: int | None = None) -> int:
        """Hand what is due by now to the lanes; gives how many rows were claimed. ``drain`` waits for the end of it."""
        total = 0
        while self._in_flight < MOST_IN_FLIGHT:
            async with self._open_unit() as uow:
                claimed = await uow.notifications.claim_due(
                    self._now(), limit=BATCH, lease=LEASE, holder=self._holder, action_id=action_id
                )
                if action_id is None and any(row.key in SHARING for row in claimed):
                    claimed = [*claimed, *await self._claim_near(uow, claimed)]
                await uow.commit()
            if not claimed:
                break
            total += len(claimed)
            self._in_flight += len(claimed)
            await self._prepare(claimed)
        return total

    async def _claim_near(self, uow: UnitOfWork, claimed: Sequence[Notification]) -> Sequence[Notification]:
        """Reminders of the same people that are due in a moment: they ride along on the card."""
        sharing = [row for row in claimed if row.key in SHARING and row.staff_id is not None]
        return await uow.notifications.claim_near(
            keys=sorted({row.key for row in sharing}),
            staff_ids=sorted({row.staff_id for row in sharing if row.staff_id is not None}),
            until=self._now() + TOGETHER,
            limit=BATCH,
            lease=LEASE,
            holder=self._holder,
        )

    async def deliver_all(self) -> None:
        """Send all that is due by now and wait until it is settled."""
        while await self.deliver_due():
            await self.drain()

    async def drain(self) -> None:
        """Wait until all that was handed over is sent and settled."""
        while self._tasks or self._outcomes or self._settling:
            self._full.set()
            waiting = {*self._tasks, *([self._settling] if self._settling else [])}
            if waiting:
                await asyncio.wait(waiting)
            elif self._outcomes:
                await self._settle()

    def abandon(self) -> None:
        """Give up what is being sent: its rows stay in the outbox, and are claimed again when their leases run out."""
        for task in self._tasks:
            task.cancel()

    async def _prepare(self, rows: Sequence[Notification]) -> None:
        now = self._now()
        async with self._open_reading() as uow:
            staff = await self._staff_of(uow, rows)
            heard = await self._heard(uow, rows, staff, now)
            places = await self._places_of(uow, rows, heard)
            by_key: dict[str, list[Notification]] = defaultdict(list)
            for row in rows:
                if not self._held_back(row, heard.get(row.id)):
                    by_key[row.key].append(row)
            for key, group in by_key.items():
                late = frozenset(row.id for row in group if now - row.due_at > LATE)
                try:
                    decisions = await decide(uow, Batch(rows=group, staff=staff, now=now, late=late))
                except Exception:
                    log.exception("notice-failed", key=key, notifications=[row.id for row in group][:20])
                    for row in group:
                        self._retry(row, "error")
                    continue
                await self._act_on_all(group, decisions, heard, places)

    async def _heard(
        self, uow: UnitOfWork, rows: Sequence[Notification], staff: Mapping[int, Staff], now: datetime
    ) -> dict[int, Hearing]:
        """By row: who of the staff hears it, and whether now."""
        wanted = {person.deputy_id for person in staff.values() if person.deputy_id and person.absent_until}
        deputies = {person.id: person for person in await uow.staff.list_by_ids(sorted(wanted))} if wanted else {}
        company = await uow.company.get() if staff else None
        return {
            row.id: hearing(row, staff[row.staff_id], deputies=deputies, company=company, now=now)
            for row in rows
            if row.staff_id is not None and row.staff_id in staff
        }

    def _held_back(self, row: Notification, heard: Hearing | None) -> bool:
        """Settle what its reader does not want, or not now."""
        if heard is None or heard.reason is None:
            return False
        if heard.later is None:
            self._settle_later(row, NotificationState.SKIPPED, reason=heard.reason)
        else:
            self._settle_later(row, NotificationState.PENDING, reason=heard.reason, retry_at=heard.later)
        return True

    async def _act_on_all(
        self,
        rows: Sequence[Notification],
        decisions: Mapping[int, Decision],
        heard: Mapping[int, Hearing],
        places: Mapping[int, tuple[Identity | tuple[str, str], ...]],
    ) -> None:
        riders: dict[int, list[Notification]] = defaultdict(list)
        for row in rows:
            decision = decisions.get(row.id)
            if isinstance(decision, Rides):
                riders[decision.on].append(row)
        for row in rows:
            decision = decisions.get(row.id, Skip("gone"))
            if not isinstance(decision, Rides):
                self._act_on(row, decision, heard.get(row.id), places, tuple(riders.get(row.id, ())))
            await asyncio.sleep(0)

    def _act_on(
        self,
        row: Notification,
        decision: Reply | Skip | Later,
        heard: Hearing | None,
        places: Mapping[int, tuple[Identity | tuple[str, str], ...]],
        riders: tuple[Notification, ...],
    ) -> None:
        person = heard.hearer if heard else None
        settle = self._settle_group
        if isinstance(decision, Skip):
            settle((row, *riders), NotificationState.SKIPPED, reason=decision.reason)
        elif isinstance(decision, Later):
            settle((row, *riders), NotificationState.PENDING, reason=decision.reason, retry_at=decision.at)
        elif person is not None and not person.is_active:
            settle((row, *riders), NotificationState.SKIPPED, reason="left-company")
        elif not places.get(row.id):
            settle((row, *riders), NotificationState.FAILED, reason="no-channel")
            self._lost.append((row, "no-channel"))
        else:
            locale = person.locale if person else row.extra.get("locale", "en")
            timezone = person.timezone if person else row.extra.get("timezone", "UTC")
            reader = Reader(locale=locale, timezone=timezone)
            reply = _for_deputy(decision, heard.instead_of) if heard and heard.instead_of else decision
            self._queue(replace(self._address(row, reply, reader, places[row.id]), riders=riders))

    def _settle_group(
        self,
        rows: Sequence[Notification],
        state: NotificationState,
        *,
        reason: str,
        retry_at: datetime | None = None,
    ) -> None:
        for row in rows:
            self._settle_later(row, state, reason=reason, retry_at=retry_at)

    async def _staff_of(self, uow: UnitOfWork, rows: Sequence[Notification]) -> dict[int, Staff]:
        wanted = {row.staff_id for row in rows if row.staff_id is not None}
        return {person.id: person for person in await uow.staff.list_by_ids(sorted(wanted))} if wanted else {}

    async def _places_of(
        self, uow: UnitOfWork, rows: Sequence[Notification], heard: Mapping[int, Hearing]
    ) -> dict[int, tuple[Identity | tuple[str, str], ...]]:
        """Where each row may be said: the conversation it names, else the person's channels, last spoken from first."""
        hearers = {row.id: heard[row.id].hearer.id if row.id in heard else row.staff_id for row in rows}
        people = {hearer for row in rows if row.place is None and (hearer := hearers[row.id]) is not None}
        contacts = {row.contact_id for row in rows if row.contact_id is not None and row.place is None}
        identities = await uow.identities.list_reachable(staff_ids=sorted(people), contact_ids=sorted(contacts))
        found: dict[int, tuple[Identity | tuple[str, str], ...]] = {}
        for row in rows:
            if row.channel and row.place:
                found[row.id] = ((row.channel, row.place),) if row.channel in self._channels else ()
                continue
            found[row.id] = tuple(
                identity
                for identity in identities
                if identity.channel in self._channels
                and (
                    (hearers[row.id] is not None and identity.staff_id == hearers[row.id])
                    or (row.contact_id is not None and identity.contact_id == row.contact_id)
                )
            )
        return found

    def _address(
        self, row: Notification, reply: Reply, reader: Reader, places: tuple[Identity | tuple[str, str], ...]
    ) -> Addressed:
        first = places[0]
        channel = first.channel if isinstance(first, Identity) else first[0]
        body = self._texts.render(
            reply,
            reader,
            now=self._now(),
            capabilities=self._channels[channel].capabilities,
            masked=bool(row.extra.get("masked")),
        )
        give_up_at = self._real_now() + LEASE * 2 / 3
        return Addressed(row=row, give_up_at=give_up_at, body=body, reply=reply, places=places)

    # ------------------------------------------------------------ lanes

    def _queue(self, ready: Addressed) -> None:
        """One lane a conversation keeps its order; the lanes run side by side."""
        first = ready.places[0]
        key = (first.channel, first.private_place or first.user) if isinstance(first, Identity) else first
        if key in self._lanes:
            self._lanes[key].append(ready)
            return
        self._lanes[key] = deque([ready])
        task = asyncio.create_task(self._run_lane(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_lane(self, key: tuple[str, str]) -> None:
        lane = self._lanes[key]
        try:
            while lane:
                ready = lane.popleft()
                pause = 0.0 if self._real_now() > ready.give_up_at else await self._send(ready)
                if pause is not None:  # the rest keeps its order behind the one that waits
                    retry_at = self._now() + timedelta(seconds=pause)
                    for waiting in [ready, *lane]:
                        rows = (waiting.row, *waiting.riders)
                        self._settle_group(rows, NotificationState.PENDING, reason="channel-busy", retry_at=retry_at)
                    lane.clear()
        finally:
            del self._lanes[key]

    async def _send(self, ready: Addressed) -> float | None:
        """Send one row; gives the seconds to pause when the channel asked for it."""
        row = ready.row
        for place in ready.places:
            channel_name, key = (
                (place.channel, place.private_place or place.user) if isinstance(place, Identity) else place
            )
            outgoing = Outgoing(
                place=key,
                body=ready.body,
                edit=row.edit,
                reply_to=row.extra.get("reply_to"),
                to_user=row.extra.get("to_user"),
                extra=row.extra,
            )
            try:
                message = await self._channels[channel_name].send(outgoing)
            except ChannelBusy as busy:
                return busy.retry_after
            except RecipientUnreachable as unreachable:
                log.info("unreachable", notification=row.id, channel=channel_name, reason=unreachable.reason)
                if isinstance(place, Identity):
                    self._unreachable.append((place, unreachable.reason))
                continue
            except Exception as error:  # noqa: BLE001 - whatever a channel raises, the row must be settled
                log.warning("send-failed", notification=row.id, channel=channel_name, kind=type(error).__name__)
                for each in (row, *ready.riders):
                    self._retry(each, type(error).__name__)
                return None
            self._settle_sent(ready, channel_name, key, message)
            return None
        self._settle_group((row, *ready.riders), NotificationState.FAILED, reason="unreachable")
        self._lost.append((row, "unreachable"))
        return None

    def _settle_sent(self, ready: Addressed, channel: str, place: str, message: str | None) -> None:
        """A card that several rows share is remembered for each of their records."""

        def card(record: str | None) -> CardPlace | None:
            if message is None or record is None:
                return None
            return CardPlace(channel=channel, place=place, message=message, record=record)

        row = ready.row
        record = row.card or ready.reply.card or (row.about if ready.riders else None)
        self._settle_later(row, NotificationState.SENT, channel=channel, place=place, card=card(record), ready=ready)
        for rider in ready.riders:
            self._settle_later(
                rider,
                NotificationState.SENT,
                reason="on-one-card",
                channel=channel,
                place=place,
                card=card(rider.card or rider.about),
            )

    def _retry(self, row: Notification, reason: str) -> None:
        if row.attempts >= PATIENCE and self._now() - row.due_at > LONGEST_WAIT:
            self._settle_later(row, NotificationState.FAILED, reason=reason)
            self._lost.append((row, reason))
            return
        pause = min(timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_PAUSE)
        self._settle_later(row, NotificationState.PENDING, reason=reason, retry_at=self._now() + pause)

    # ------------------------------------------------------------ settling

    def _settle_later(
        self,
        row: Notification,
        state: NotificationState,
        *,
        reason: str | None = None,
        retry_at: datetime | None = None,
        channel: str | None = None,
        place: str | None = None,
        card: CardPlace | None = None,
        ready: Addressed | None = None,
    ) -> None:
        self._in_flight -= 1
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
                card=card,
            )
        )
        if self._on_settled is not None:
            said = "retry" if retry_at is not None else state.value
            self._on_settled(
                Sent(
                    row=row,
                    body=ready.body if ready else None,
                    reply=ready.reply if ready else None,
                    channel=channel or row.channel,
                    place=place or row.place,
                    outcome=f"{said}: {reason}" if reason else said,
                )
            )
        if len(self._outcomes) >= SETTLE_ROWS:
            self._full.set()
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle_soon())

    async def _settle_soon(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._full.wait(), SETTLE_SECONDS)
        self._full.clear()
        self._settling = None
        await self._settle()

    async def _settle(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        unreachable, self._unreachable = self._unreachable, []
        lost, self._lost = self._lost, []
        if not (outcomes or unreachable or lost):
            return
        try:
            async with self._open_unit() as uow:
                uow.acts(None, at=self._now(), source=Source(channel="scheduler", delivery="delivery"))
                await uow.notifications.settle(outcomes)
                for identity, _ in unreachable:
                    await uow.identities.cannot_be_reached(identity.id, self._real_now())
                for row, reason in lost:
                    await self._tell_managers(uow, row, reason)
                await uow.commit()
        except Exception:
            # The leases run out and the rows are claimed again: said twice perhaps, lost never.
            log.exception("settle-failed", notifications=[outcome.notification_id for outcome in outcomes][:20])

    async def _tell_managers(self, uow: UnitOfWork, row: Notification, reason: str) -> None:
        if row.staff_id is None or row.key == "staff-unreachable":
            return
        person = await uow.staff.get(row.staff_id)
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

    async def run(self, *, stop: asyncio.Event, idle: float = 1.0) -> None:
        """Deliver until told to stop, waking when something is planned or due; then finish what is in flight."""
        while not stop.is_set():
            try:
                await self.deliver_due()
            except Exception:
                log.exception("delivery-failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.wakened.wait(), idle)
            self.wakened.clear()
        await self.drain()


def _for_deputy(reply: Reply, absent: Staff) -> Reply:
    """The same, saying for whom the reader stands in."""
    return replace(reply, lines=(*reply.lines, Line("stands-in", {"name": absent.name, "until": absent.absent_until})))

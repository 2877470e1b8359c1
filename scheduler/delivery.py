"""Sends what is due: claim under a lease, ask again whether it is wanted, and hand it to the lanes."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from charts.model import Draws
from domain.apart import UNREADABLE
from domain.care.budget import unwanted
from domain.company.keeping import masks_of
from domain.company.topics import Masks
from domain.errors import CrmError
from domain.notifications.hearing import Hearing, hearing
from domain.notifications.model import Notification, Urgency
from domain.notifications.noise import OVER_BUDGET, over_budget
from domain.people.model import Staff
from domain.ports import FileStore, OpenUnitOfWork, UnitOfWork
from handlers.chat import Channel, Line, Reply
from handlers.counters import DeliveryCounters
from handlers.notices import Batch, Counted, Decision, Later, Rides, Skip, decide
from handlers.rendering.texts import Reader, Texts
from handlers.replies import unpack
from scheduler.lanes import Addressed, Lanes, Place
from scheduler.settling import Sent, Settler
from scheduler.tide import Tide

__all__ = ["Delivery", "Sent"]

log = structlog.get_logger()
BATCH = 200
LEASE = timedelta(seconds=15)
SHARING = frozenset({"followup-due"})  # keys whose rows for one person may share a card
LATE = timedelta(minutes=10)
TOGETHER = timedelta(minutes=5)  # what one person is reminded of within so long shares a card
MOST_IN_FLIGHT = 600  # more than any platform takes within a lease; what waits is walked by the garbage collector
MOST_PUT_OFF = 10_000
QUEUED_AT_ONCE = 10  # the others' turn then comes within milliseconds


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """By row id, of rows that were claimed: why it is left out, that its notice failed, or what is said; else its hearing says
    why it is held back."""

    refused: Mapping[int, str]
    failed: Collection[int]
    decisions: Mapping[int, Decision]
    heard: Mapping[int, Hearing]
    places: Mapping[int, tuple[Place, ...]]


class Delivery:
    """``real_now`` counts leases and ``sent_at``; what is due is asked of the caller's clock. ``store`` has the bytes of
    attachments that are sent back, and ``drawer`` draws charts; without them their words go alone."""

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
        store: FileStore | None = None,
        drawer: Draws | None = None,
    ) -> None:
        self._open_unit = open_unit
        self._open_reading = open_reading
        self._channels = channels
        self._holder = holder
        self._now = now
        self._real_now = real_now
        self._texts = texts
        self._masks = Masks()
        self.wakened = asyncio.Event()
        self._tide = Tide(self.wakened.set)
        self._settler = Settler(open_unit, now=now, real_now=real_now, on_settled=on_settled, tide=self._tide)
        self._lanes = Lanes(
            channels,
            texts,
            self._settler,
            now=now,
            real_now=real_now,
            open_reading=open_reading,
            store=store,
            drawer=drawer,
        )

    @property
    def counters(self) -> DeliveryCounters:
        return self._settler.counters

    # ------------------------------------------------------------ direct answers

    def answer(self, rows: Sequence[Notification], more: bool = False) -> None:
        """Send direct answers that were committed a moment ago, already leased to this process. Does not wait.

        ``more``: others were planned with them, and want to be claimed.
        """
        for row in rows:
            reply = unpack(row.key, row.facts)
            self._settler.in_flight += 1
            self._lanes.queue(self._address(row, reply, None, (Place(row.channel or "", row.place or ""),)))
        if more:
            self.wakened.set()

    # ------------------------------------------------------------ what is due

    async def deliver_due(self, *, action_id: int | None = None) -> int:
        """Hand what is due by now to the lanes; gives how many rows were claimed. ``drain`` waits for the end of it."""
        total = 0
        await self._ask_about_lines()
        while self._settler.in_flight < MOST_IN_FLIGHT:
            async with self._open_unit() as uow:
                claimed = await uow.notifications.claim_due(
                    self._now(),
                    limit=BATCH,
                    broadcasts=self._tide.room(),
                    lease=LEASE,
                    holder=self._holder,
                    action_id=action_id,
                )
                if action_id is None and any(row.key in SHARING for row in claimed):
                    claimed = [*claimed, *await self._claim_near(uow, claimed)]
                await uow.commit()
            if not claimed:
                break
            total += len(claimed)
            self._settler.in_flight += len(claimed)
            self._tide.claimed(sum(row.urgency is Urgency.BROADCAST for row in claimed))
            await self._prepare(claimed)
        return total

    async def _ask_about_lines(self) -> None:
        """What was withdrawn, or put off for another reason, holds nobody up."""
        doubtful = self._lanes.doubtful()
        if doubtful:
            async with self._open_reading() as uow:
                still = await uow.notifications.list_still_due(doubtful, now=self._now())
            self._lanes.told(doubtful, still)

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
        while self._lanes.tasks or not self._settler.is_idle:
            if self._lanes.tasks:
                await asyncio.wait(self._lanes.tasks)
            self._settler.hurry()  # only now: what was said just before would wait for its 100 ms
            if self._settler.task is not None:
                await asyncio.wait({self._settler.task})
            else:
                await self._settler.write()

    def abandon(self) -> None:
        """Give up what is being sent: its rows stay in the outbox, and are claimed again when their leases run out."""
        self._lanes.abandon()

    async def _prepare(self, claimed: Sequence[Notification]) -> None:
        rows = [row for row in claimed if row.is_readable]
        for row in claimed:
            if not row.is_readable:
                log.error("facts-unreadable", key=row.key, notification=row.id)
                self._settler.retry(row, "unreadable")
        try:
            found = await self._judged(rows)
        except Exception as error:
            if len(rows) > 1 and isinstance(error, UNREADABLE):
                for row in rows:  # something about one of them, or about its reader: the others do not wait for it
                    await self._prepare([row])
                return
            # They were counted as under way, and a count that never comes down stops all that is to be sent.
            log.exception("delivery-unjudged", notifications=[row.id for row in rows][:20])
            for row in rows:
                self._settler.retry(row, "error")
            return
        for row in rows:
            if row.id in found.refused:
                self._settler.skipped(row, found.refused[row.id])
            elif row.id in found.failed:
                self._settler.retry(row, "error")
            elif row.id not in found.decisions:
                self._hold_back(row, found.heard[row.id])
        # In the order in which they were claimed: what is said in one conversation may be of several kinds.
        decided = [row for row in rows if row.id in found.decisions]
        await self._act_on_all(decided, found.decisions, found.heard, found.places)

    async def _judged(self, rows: Sequence[Notification]) -> _Judged:
        """What is to become of each row; nothing is settled yet. Raises what the database does."""
        now = self._now()
        async with self._open_reading() as uow:
            staff = await self._staff_of(uow, rows)
            await asyncio.sleep(0)  # each step counts two hundred rows: others get their turn between
            heard = await self._heard(uow, rows, staff, now)
            refused = dict(await unwanted(uow, rows, now=now))
            said_now = [row for row in rows if row.id in heard and heard[row.id].reason is None]
            refused |= dict.fromkeys(await over_budget(uow, said_now, staff, now=now), OVER_BUDGET)
            places = await self._places_of(uow, rows, heard)
            await asyncio.sleep(0)
            by_key: dict[str, list[Notification]] = defaultdict(list)
            for row in rows:
                if row.id not in refused and (row.id not in heard or heard[row.id].reason is None):
                    by_key[row.key].append(row)
            decisions: dict[int, Decision] = {}
            failed: set[int] = set()
            for group in by_key.values():
                late = frozenset(row.id for row in group if now - row.due_at > LATE)
                decided = await _decided(uow, Batch(rows=group, staff=staff, now=now, late=late))
                failed |= {row.id for row in group} - decided.keys()
                decisions |= decided
                await asyncio.sleep(0)
        return _Judged(refused=refused, failed=failed, decisions=decisions, heard=heard, places=places)

    async def _heard(
        self, uow: UnitOfWork, rows: Sequence[Notification], staff: Mapping[int, Staff], now: datetime
    ) -> dict[int, Hearing]:
        """By row: who of the staff hears it, and whether now."""
        wanted = {person.deputy_id for person in staff.values() if person.deputy_id and person.absent_until}
        deputies = {person.id: person for person in await uow.staff.list_by_ids(sorted(wanted))} if wanted else {}
        company = await uow.company.get() if staff else None
        if company is not None:
            self._texts.follow(company)
            self._masks = masks_of(company)
        return {
            row.id: hearing(row, staff[row.staff_id], deputies=deputies, company=company, now=now)
            for row in rows
            if row.staff_id is not None and row.staff_id in staff
        }

    def _hold_back(self, row: Notification, heard: Hearing) -> None:
        """What its reader does not want, or not now."""
        reason = heard.reason or "gone"
        if heard.later is None:
            self._settler.skipped(row, reason)
        else:
            self._settler.later(row, reason, at=heard.later)

    async def _act_on_all(
        self,
        rows: Sequence[Notification],
        decisions: Mapping[int, Decision],
        heard: Mapping[int, Hearing],
        places: Mapping[int, tuple[Place, ...]],
    ) -> None:
        riders: dict[int, list[Notification]] = defaultdict(list)
        for row in rows:
            decision = decisions[row.id]
            if isinstance(decision, Rides):
                riders[decision.on].append(row)
        for number, row in enumerate(rows, start=1):
            decision = decisions[row.id]
            if not isinstance(decision, Rides):
                self._act_on(row, decision, heard.get(row.id), places, tuple(riders.get(row.id, ())))
            if number % QUEUED_AT_ONCE == 0:
                await asyncio.sleep(0)

    def _act_on(
        self,
        row: Notification,
        decision: Reply | Skip | Later | Counted,
        heard: Hearing | None,
        places: Mapping[int, tuple[Place, ...]],
        riders: tuple[Notification, ...],
    ) -> None:
        person = heard.hearer if heard else None
        if isinstance(decision, Skip):
            self._skip((row, *riders), decision.reason)
        elif isinstance(decision, Later):
            for each in (row, *riders):
                self._settler.later(each, decision.reason, at=decision.at)
        elif person is not None and not person.is_active:
            self._skip((row, *riders), "left-company")
        elif not places.get(row.id):
            for each in (row, *riders):
                self._settler.failed(each, "no-channel")
            self._settler.lost(row, "no-channel")
        else:
            addressed = self._address(row, decision, person, places[row.id], riders)
            if heard and heard.instead_of:
                addressed = replace(addressed, more=_standing_in(heard.instead_of))
            self._lanes.queue(addressed)

    def _skip(self, rows: Sequence[Notification], reason: str) -> None:
        for row in rows:
            self._settler.skipped(row, reason)

    async def _staff_of(self, uow: UnitOfWork, rows: Sequence[Notification]) -> dict[int, Staff]:
        wanted = {row.staff_id for row in rows if row.staff_id is not None}
        return {person.id: person for person in await uow.staff.list_by_ids(sorted(wanted))} if wanted else {}

    async def _places_of(
        self, uow: UnitOfWork, rows: Sequence[Notification], heard: Mapping[int, Hearing]
    ) -> dict[int, tuple[Place, ...]]:
        """Where each row may be said: the conversation it names, else the person's channels, last spoken from first."""
        hearers = {row.id: heard[row.id].hearer.id if row.id in heard else row.staff_id for row in rows}
        people = {hearer for row in rows if row.place is None and (hearer := hearers[row.id]) is not None}
        contacts = {row.contact_id for row in rows if row.contact_id is not None and row.place is None}
        of_staff: dict[int | None, list[Place]] = defaultdict(list)
        of_contact: dict[int | None, list[Place]] = defaultdict(list)
        for identity in await uow.identities.list_reachable(staff_ids=sorted(people), contact_ids=sorted(contacts)):
            if identity.channel in self._channels:
                place = Place(identity.channel, identity.private_place or identity.user, identity)
                whose = of_contact[identity.contact_id] if identity.staff_id is None else of_staff[identity.staff_id]
                whose.append(place)
        found: dict[int, tuple[Place, ...]] = {}
        for row in rows:
            if row.channel and row.place:
                found[row.id] = (Place(row.channel, row.place),) if row.channel in self._channels else ()
                continue
            hearer, contact = hearers[row.id], row.contact_id
            of_hearer = of_staff[hearer] if hearer is not None else []
            found[row.id] = (*of_hearer, *(of_contact[contact] if contact is not None else ()))
        return found

    def _address(
        self,
        row: Notification,
        said: Reply | Counted,
        person: Staff | None,
        places: tuple[Place, ...],
        riders: tuple[Notification, ...] = (),
    ) -> Addressed:
        locale = person.locale if person else row.extra.get("locale", "en")
        timezone = person.timezone if person else row.extra.get("timezone", "UTC")
        return Addressed(
            row=row,
            give_up_at=self._real_now()
            + LEASE / 2,  # then a channel may wait for its turn, and settling takes a moment
            reply=Reply(row.key) if isinstance(said, Counted) else said,
            counted=said if isinstance(said, Counted) else None,
            reader=self._reader(row, person, locale=locale, timezone=timezone),
            places=places,
            riders=riders,
        )

    def _reader(self, row: Notification, person: Staff | None, *, locale: str, timezone: str) -> Reader:
        """A direct answer says itself what its reader sees masked; of what was planned the role of whoever hears it does."""
        if person is not None:
            return Reader(locale, timezone, staff_id=person.id, masked=self._masks.fields(person.role))
        hides = row.extra.get("hides", {})
        return Reader(locale, timezone, staff_id=hides.get("staff"), masked=frozenset(hides.get("fields", ())))

    async def remember_lines(self) -> None:
        """What an earlier process could not say comes before what is said from now on. Raises nothing.

        Of direct answers, that is: reminders find their conversation when they are sent, and any order of them is good.
        """
        try:
            async with self._open_reading() as uow:
                put_off = await uow.notifications.list_put_off(holder=self._holder, now=self._now(), limit=MOST_PUT_OFF)
        except Exception:
            log.exception("delivery-order-unknown")
            return
        for row_id, channel, place, due_at in put_off:
            self._lanes.hold((channel, place), row_id, until=due_at)

    async def run(self, *, stop: asyncio.Event, idle: float = 1.0) -> None:
        """Deliver until told to stop, waking when something is planned or due; then finish what is in flight."""
        await self.remember_lines()
        while not stop.is_set():
            try:
                await self.deliver_due()
            except Exception:
                log.exception("delivery-failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(idle):
                    await self.wakened.wait()
            self.wakened.clear()
        await self.drain()


async def _decided(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Without those whose notice fails. Where something cannot be read, the others do not wait for it."""
    try:
        decided = await decide(uow, batch)
    except Exception as error:
        if len(batch.rows) > 1 and isinstance(error, (*UNREADABLE, CrmError)):
            alone = [await _decided(uow, replace(batch, rows=[row])) for row in batch.rows]
            return {row_id: decision for one in alone for row_id, decision in one.items()}
        log.exception("notice-failed", key=batch.rows[0].key, notifications=[row.id for row in batch.rows][:20])
        return {}
    return {row.id: decided.get(row.id, Skip("gone")) for row in batch.rows}


def _standing_in(absent: Staff) -> tuple[Line, ...]:
    """For whom the reader stands in."""
    return (Line("stands-in", {"name": absent.name, "until": absent.absent_until}),)

"""Sending outside any transaction: one lane a conversation keeps its order, the lanes run side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from charts.model import Draws, NotDrawn
from domain.errors import ChannelBusy, MessageRefused, RecipientUnreachable, ThreadGone
from domain.notifications.model import UNANSWERED, Notification
from domain.people.model import Identity
from domain.ports import FileStore, OpenUnitOfWork
from domain.reports.schedules import SAID_IN_GROUPS
from handlers.attachments.cards import no_longer_kept
from handlers.chat import KEPT, Channel, HasThreads, Line, Outgoing, Picture, Rendered, Reply
from handlers.notices import Counted
from handlers.rendering.charts import is_chart
from handlers.rendering.drawing import gatherer
from handlers.rendering.texts import Reader, Texts
from scheduler.places import examined, set_thread
from scheduler.settling import Reached, Settler
from scheduler.waiting_lines import WaitingLines

log = structlog.get_logger()
ONCE_MORE_AFTER = 2.0  # seconds, for a chart that was not there in time


@dataclass(frozen=True)
class Place:
    """One conversation to try. ``identity`` is the person's own there; None is the conversation that the row names."""

    channel: str
    key: str
    identity: Identity | None = None


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A row that is ready to go, with the places to try in turn. ``riders`` share its card. What is ``counted`` takes the
    ``reply``'s place when its turn has come; the lines of ``more`` stand below either.

    After ``give_up_at`` (real clock) its lease may be another's: a long lane gives such rows back instead of sending."""

    row: Notification
    give_up_at: datetime
    reply: Reply
    reader: Reader
    places: tuple[Place, ...]
    riders: tuple[Notification, ...] = ()
    counted: Counted | None = None
    more: tuple[Line, ...] = ()

    @property
    def rows(self) -> tuple[Notification, ...]:
        return (self.row, *self.riders)


class Lanes:
    """Renders each row for the channel that it goes to, sends it, and tells the settler what became of it."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        texts: Texts,
        settler: Settler,
        *,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime],
        open_reading: OpenUnitOfWork,
        store: FileStore | None = None,
        drawer: Draws | None = None,
    ) -> None:
        self._channels = channels
        self._open_reading = open_reading
        self._store = store
        self._drawer = drawer
        self._texts = texts
        self._settler = settler
        self._now = now
        self._real_now = real_now
        self._lanes: dict[tuple[str, str], deque[Addressed]] = {}
        self._lines = WaitingLines()
        self._unanswered: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        return frozenset(self._tasks)

    def queue(self, ready: Addressed) -> None:
        """Send it when its conversation's turn comes. Does not wait."""
        if not self._settler.begins(ready.rows):
            return
        key = (ready.places[0].channel, ready.places[0].key)
        now, ids = self._now(), {row.id for row in ready.rows}
        until = self._lines.waits_until(key, ids, now=now)
        if until is not None:
            self._put_off(key, [ready], until=until)
            return
        if key in self._lanes:
            self._lanes[key].append(ready)
            return
        self._lanes[key] = deque([ready])
        task = asyncio.create_task(self._run(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def hold(self, key: tuple[str, str], row_id: int, *, until: datetime) -> None:
        """A row waits for this conversation that was put off before we began: nobody overtakes it."""
        self._lines.hold(key, {row_id}, until=until)

    def doubtful(self) -> frozenset[int]:
        """Rows that others wait for and that should have come back."""
        return self._lines.doubtful(now=self._now())

    def told(self, asked: frozenset[int], still: frozenset[int]) -> None:
        """Of those that are ``doubtful`` these are still to come."""
        self._lines.told(asked, still, now=self._now())

    def abandon(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _run(self, key: tuple[str, str]) -> None:
        lane = self._lanes[key]
        try:
            while lane:
                ready = lane.popleft()
                pause = 0.0 if self._real_now() > ready.give_up_at else await self._say(ready)
                if pause is not None:  # the rest keeps its order behind the one that waits
                    self._put_off(key, [ready, *lane], until=self._now() + timedelta(seconds=pause))
                    lane.clear()
        finally:
            del self._lanes[key]

    def _put_off(self, key: tuple[str, str], waiting: list[Addressed], *, until: datetime) -> None:
        rows = [row for each in waiting for row in each.rows]
        self._lines.hold(key, {row.id for row in rows}, until=until)
        for row in rows:
            reason = UNANSWERED if row.id in self._unanswered else "channel-busy"
            self._unanswered.discard(row.id)
            self._settler.later(row, reason, at=until)

    async def _say(self, ready: Addressed) -> float | None:
        """Count what is to be counted, and send it; gives what ``_send`` does."""
        reply = ready.reply
        if ready.counted is not None:
            try:
                async with self._open_reading() as uow:
                    reply = await ready.counted.read(uow)
            except Exception:
                log.exception("notice-failed", key=ready.row.key, notifications=[ready.row.id])
                for row in ready.rows:
                    self._settler.retry(row, "error")
                return None
        if ready.counted is not None or ready.more:
            ready = replace(ready, reply=replace(reply, lines=(*reply.lines, *ready.more)))
        return await self._send(ready)

    async def _send(self, ready: Addressed) -> float | None:
        """Send one row; gives the seconds to pause when the channel asked for it, or could not be reached."""
        refused = False
        for place in ready.places:
            try:
                reached = await self._send_to(ready, place)
            except ChannelBusy as busy:
                return busy.retry_after
            except ThreadGone as gone:
                log.info("thread-gone", notification=ready.row.id, channel=place.channel, reason=gone.reason)
                if ready.reply.inside is not None:
                    self._settle_without_thread(ready, ready.reply.inside)
                    return None
            except RecipientUnreachable as unreachable:
                log.info("unreachable", notification=ready.row.id, channel=place.channel, reason=unreachable.reason)
                if place.identity is not None:
                    self._settler.unreachable(place.identity)
                elif "to_user" in ready.row.extra and not ready.reply.home:
                    await self._ask_for_a_chat(ready, place)
            except MessageRefused as refusal:
                # Asking again is no use; another channel may take what this one does not.
                log.error("message-refused", notification=ready.row.id, channel=place.channel, words=refusal.words)  # noqa: TRY400 - the words say it
                refused = True
            except OSError as error:
                # The line is down, not the row wrong: what is behind it would only overtake it.
                log.info(
                    "channel-unreached", notification=ready.row.id, channel=place.channel, kind=type(error).__name__
                )
                if not self._settler.is_given_up(ready.row):
                    self._unanswered.add(ready.row.id)
                    return self._settler.outage_pause(ready.row)
                for row in ready.rows:
                    self._settler.retry(row, type(error).__name__)
                return None
            except Exception as error:  # noqa: BLE001 - whatever a channel raises, the row must be settled
                log.warning("send-failed", notification=ready.row.id, channel=place.channel, kind=type(error).__name__)
                for row in ready.rows:
                    self._settler.retry(row, type(error).__name__)
                return None
            else:
                self._settle_sent(ready, reached)
                return None
        self._settle_unsent(ready, refused=refused)
        return None

    async def _send_to(self, ready: Addressed, place: Place) -> Reached:
        """Raises what the channel raises, and what rendering does."""
        row = ready.row
        if ready.reply.examines is not None:
            ready = replace(ready, reply=await examined(self._channels, ready.reply, *ready.reply.examines))
        body = await self._body(ready, place)
        is_addressed = (place.channel, place.key) == (row.channel, row.place)
        place = await self._in_thread(ready, place)
        if is_addressed:
            outgoing = Outgoing(
                place=place.key,
                body=body,
                edit=row.edit,
                reply_to=row.extra.get("reply_to"),
                to_user=row.extra.get("to_user"),
                extra=row.extra,
                home=ready.reply.home,
                under=ready.reply.under,
                key=f"n{row.id}",
                may_stand=row.may_stand,
            )
        else:
            outgoing = Outgoing(place=place.key, body=body, key=f"n{row.id}", may_stand=row.may_stand)
        channel = self._channels[place.channel]
        message = await channel.send(outgoing)
        if ready.reply.ends_thread and ready.reply.inside is not None:
            await set_thread(channel, place.key, is_open=False)
        return Reached(channel=place.channel, place=place.key, message=message, body=body, reply=ready.reply)

    async def _in_thread(self, ready: Addressed, place: Place) -> Place:
        """The thread in which it is to be said: one that stands, or one that is opened for it."""
        reply, channel = ready.reply, self._channels[place.channel]
        thread: str | None = None
        if reply.inside is not None:
            thread = reply.inside
            if reply.ends_thread is False:
                await set_thread(channel, thread, is_open=True)
        elif reply.opens is not None and isinstance(channel, HasThreads):
            title = self._texts.say(reply.opens.key, reply.opens.facts, ready.reader, now=self._now())
            thread = await channel.open_thread(place.key, title, key=f"n{ready.row.id}")
        return place if thread is None else replace(place, key=thread)

    async def _body(self, ready: Addressed, place: Place) -> Rendered:
        """Rendered, with the bytes that a lane may wait for: a kept attachment's come from the disk, a chart's from the
        process that draws."""
        reply = ready.reply
        if reply.picture is not None and is_chart(reply.picture):
            return await self._with_chart(ready, reply.picture, place)
        gather = gatherer(reply.document)
        if gather is not None and reply.document is not None:
            words = self._render(replace(ready, reply=replace(reply, document=None)), place)
            if not self._channels[place.channel].capabilities.documents:
                return words
            reader = replace(ready.reader, locale=reply.locale or ready.reader.locale)
            content = await gather(self._open_reading, reply.document, reader)
            return replace(words, document=content, document_name=reply.document.name)
        wanted = reply.picture or reply.document
        if wanted is None or wanted.kind != KEPT or self._store is None:
            return self._render(ready, place)
        try:
            content = await asyncio.to_thread(self._store.get, str(wanted.facts["stored"]))
        except OSError as error:
            log.warning("attachment-unreadable", notification=ready.row.id, kind=type(error).__name__)
            return self._render(replace(ready, reply=no_longer_kept(reply)), place)
        words = self._render(replace(ready, reply=replace(reply, picture=None, document=None)), place)
        if isinstance(wanted, Picture):
            return replace(words, picture=content, picture_alt=str(wanted.facts.get("name", "")))
        return replace(words, document=content, document_name=wanted.name)

    async def _with_chart(self, ready: Addressed, wanted: Picture, place: Place) -> Rendered:
        """What cannot be drawn in time is said: the words of a report say as much as its picture. Raises ChannelBusy once,
        when the process that draws may only have been beginning."""
        reply = replace(ready.reply, picture=None)
        words = self._render(replace(ready, reply=reply), place)
        if not self._channels[place.channel].capabilities.pictures or self._drawer is None:
            return words
        reader = replace(ready.reader, locale=reply.locale or ready.reader.locale)
        try:
            drawn = await self._drawer.draw(self._texts.chart(wanted, reader, now=self._now()))
        except NotDrawn as reason:
            if reason.again and ready.row.attempts <= 1:
                raise ChannelBusy(ONCE_MORE_AFTER) from None
            log.warning("chart-not-drawn", notification=ready.row.id, reason=str(reason))
            told = replace(reply, lines=(*reply.lines, Line("chart-not-drawn")))
            return self._render(replace(ready, reply=told), place)
        return replace(words, picture=drawn, picture_alt=self._texts.alt(wanted, reader, now=self._now()))

    async def _ask_for_a_chat(self, ready: Addressed, place: Place) -> None:
        """Say in the group that its private answer needs a private chat. Only colleagues: a stranger gets silence."""
        row = ready.row
        if row.staff_id is None:
            return
        body = self._render(replace(ready, reply=Reply("open-a-chat")), place)
        try:
            await self._channels[place.channel].send(
                Outgoing(place=place.key, body=body, reply_to=row.extra.get("reply_to"))
            )
        except Exception as error:  # noqa: BLE001 - a courtesy: that it failed changes nothing for the row
            log.info("not-asked-for-a-chat", notification=row.id, kind=type(error).__name__)

    def _render(self, ready: Addressed, place: Place) -> Rendered:
        return self._texts.render(
            ready.reply,
            ready.reader,
            now=self._now(),
            capabilities=self._channels[place.channel].capabilities,
            masked=bool(ready.row.extra.get("masked")),
        )

    def _settle_sent(self, ready: Addressed, reached: Reached) -> None:
        """A card that several rows share is remembered for each of their records.

        What one person alone sees of a group's answer may stand elsewhere, under a number that is another message here.
        """
        row = ready.row
        shows = row.card or ready.reply.card or (row.about if ready.riders else None)
        self._settler.sent(row, reached, shows=None if "to_user" in row.extra else shows)
        for rider in ready.riders:
            self._settler.rode(rider, reached, shows=rider.card or rider.about)

    def _settle_without_thread(self, ready: Addressed, thread: str) -> None:
        """It gets another place, and is said there."""
        for row in ready.rows:
            self._settler.failed(row, "thread-gone")
        self._settler.thread_gone(ready.row, thread)

    def _settle_unsent(self, ready: Addressed, *, refused: bool) -> None:
        """Refused words are our mistake, and their reader can be reached; else nobody can reach them.

        Who asked in a group is at their phone: no manager need hear of it.
        """
        for row in ready.rows:
            self._settler.failed(row, "refused" if refused else "unreachable")
        if refused or "to_user" in ready.row.extra:
            return
        if _was_for_a_group(ready.row) and ready.row.key not in SAID_IN_GROUPS:
            self._settler.privately(ready.row)
        else:
            self._settler.lost(ready.row, "unreachable")


def _was_for_a_group(row: Notification) -> bool:
    """A topic that was closed, a group that threw us out: who asked there is told in private. An edited card is not said
    anew."""
    return row.place is not None and "masked" in row.extra

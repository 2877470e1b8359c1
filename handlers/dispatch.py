"""One event, one transaction: accept the delivery, find who speaks, run the handler, plan the answer, commit."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import structlog

from domain.company.model import Company
from domain.errors import CrmError, TryAgain
from domain.journal.model import Source
from domain.notifications.model import Notification, Planned, Urgency
from domain.people.model import Identity, Staff
from domain.ports import OpenUnitOfWork, UnitOfWork
from handlers.chat import (
    Album,
    Attachment,
    Button,
    Capabilities,
    ChatEvent,
    FormFilled,
    PlaceKind,
    Press,
    Receipt,
    Reply,
    Text,
)
from handlers.context import UNDO_HERE, ChatContext, Links, NamesIndex, Outcome, no_links
from handlers.counters import EventCounters
from handlers.double_taps import DoubleTaps
from handlers.followups.home import note_home, on_home
from handlers.in_order import InOrder
from handlers.incoming import keepable
from handlers.replies import pack
from handlers.router import (
    ROUTES,
    FieldErrors,
    Routes,
    reads_ahead,
)
from handlers.routing import Routing, outcome_of

log = structlog.get_logger()
ATTEMPTS = 3
PRESENCE_STEP = timedelta(seconds=10)  # "last spoke here" is written at most this often
Handle = Callable[[ChatContext], Awaitable[Outcome]]


def new_incident() -> str:
    """A short number that a user can read out and an operator finds in the log."""
    return secrets.token_hex(3).upper()


class Dispatcher:
    """Every channel hands its events here, and so do ``guanxi say`` and ``press``.

    ``open_reading`` reads beforehand what takes long; ``deliver`` gets the direct answers after the commit, and whether more was planned with them; ``announced`` is called
    after that of files, ``followed`` gets the company as an event left it, ``answered`` is called after every commit; ``is_passing`` tells a fault of the database that passes.
    """

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        *,
        index: NamesIndex,
        now: Callable[[], datetime],
        deliver: Callable[[Sequence[Notification], bool], None],
        capabilities: Callable[[str], Capabilities],
        is_passing: Callable[[BaseException], bool],
        links: Links = no_links,
        routes: Routes = ROUTES,
        open_reading: OpenUnitOfWork | None = None,
        announced: Callable[[], None] = lambda: None,
        followed: Callable[[Company], None] = lambda company: None,
        answered: Callable[[ChatEvent, Sequence[Reply]], None] = lambda event, replies: None,
    ) -> None:
        self._open_unit = open_unit
        self._index = index
        self._now = now
        self._deliver = deliver
        self._capabilities = capabilities
        self._is_passing = is_passing
        self._links = links
        self._routing = Routing(routes)
        self._routes = routes
        self._open_reading = open_reading
        self._announced = announced
        self._followed = followed
        self._answered = answered
        self._in_order = InOrder()
        self._taps = DoubleTaps()
        self.last_event_at: dict[str, datetime] = {}
        self.counters = EventCounters()

    @property
    def unknown(self) -> Mapping[tuple[str, str], int]:
        """How many events nobody knows, by channel and kind."""
        return self._routing.unknown

    async def dispatch(self, event: ChatEvent) -> Receipt:
        """Run one chat event, once however often it is delivered. Raises only TryAgain: nothing was acknowledged then."""
        self.last_event_at[event.channel] = event.at
        self.counters.events[event.channel] += 1
        began = perf_counter()
        try:
            return await self._dispatch(keepable(event))
        finally:
            self.counters.seconds.add(perf_counter() - began)

    async def afterwards(self, event: ChatEvent, handle: Handle) -> None:
        """Run what came of an event after its commit: in its conversation's order, in a transaction of its own.

        Raises what ``handle`` raises, and TryAgain.
        """
        async with self._in_order.turn((event.conversation.channel, event.conversation.key)):
            await self._run(event, handle, is_new=False)

    async def _dispatch(self, event: ChatEvent) -> Receipt:
        async with self._in_order.turn((event.conversation.channel, event.conversation.key)):
            try:
                known = await self._read_ahead(event)
                receipt = await self._run(event, self._routing.route, ahead=known)
            except CrmError as refusal:
                if self._taps.is_second(event, now=self._now()):
                    return await self._run(event, _say())
                return await self._refuse(event, refusal)
            except TryAgain:
                raise
            except Exception:
                incident = new_incident()
                self.counters.incidents += 1
                log.exception("incident", incident=incident, channel=event.channel, delivery=event.delivery_id)
                return await self._run(
                    event, _say(Reply("error-unexpected", {"incident": incident}, fresh=True, private=True))
                )
            self._taps.answered(event, now=self._now())
            return receipt

    async def _refuse(self, event: ChatEvent, refusal: CrmError) -> Receipt:
        """Say it. A photo whose words were refused is kept all the same, as if it had come without them."""
        # The card that was pressed keeps its buttons, unless the refusal says that it has had its day.
        said = Reply(refusal.code, refusal.facts, fresh=not refusal.ends_card, private=True)

        async def say_and_keep(context: ChatContext) -> Outcome:
            context.words_refused = True
            return Outcome((said, *(await self._routing.route(context)).replies))

        bare = without_words(event)
        if bare is not None:
            with suppress(CrmError):
                return await self._run(bare, say_and_keep)
        return await self._run(event, _say(said))

    async def _read_ahead(self, event: ChatEvent) -> dict[Any, Any]:
        """What the handler will want to know and takes long to read, while nobody's writing waits for it."""
        found = reads_ahead(event, self._routes)
        if found is None or self._open_reading is None or event.sender is None:
            return {}
        try:
            return await self._look(event, event.sender.user, *found)
        except Exception as error:
            if not self._is_passing(error):
                raise
            return {}

    async def _look(
        self, event: ChatEvent, user: str, reads: Callable[[ChatContext, str], Awaitable[None]], argument: str
    ) -> dict[Any, Any]:
        assert self._open_reading is not None
        async with self._open_reading() as uow:
            identity = await uow.identities.find(event.channel, user)
            staff = await uow.staff.get(identity.staff_id) if identity and identity.staff_id is not None else None
            if identity is None or staff is None or not staff.is_active:
                return {}
            company = await uow.company.get()
            context = ChatContext(
                uow=uow,
                event=event,
                now=self._now(),
                company=company,
                identity=identity,
                staff=staff,
                index=self._index,
            )
            with suppress(CrmError):  # the handler says it
                await reads(context, argument)
            return context.ahead

    async def _run(
        self, event: ChatEvent, handle: Handle, *, is_new: bool = True, ahead: dict[Any, Any] | None = None
    ) -> Receipt:
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(event, handle, is_new=is_new, ahead=ahead or {})
            except CrmError:
                raise
            except Exception as error:
                if not self._is_passing(error):
                    raise
                log.warning("passing-fault", attempt=attempt + 1, delivery=event.delivery_id, kind=type(error).__name__)
        raise TryAgain

    async def _once(self, event: ChatEvent, handle: Handle, *, is_new: bool, ahead: dict[Any, Any]) -> Receipt:
        async with self._open_unit() as uow:
            place = f"{event.conversation.channel}:{event.conversation.key}"
            if not is_new:
                await uow.lock_conversation(place)
            new = await _accepted(uow, event, place) if is_new else event
            if new is None:
                return Receipt()
            event = new
            context = await self._context(uow, event)
            context.ahead.update(ahead)
            try:
                outcome = await handle(context)
            except FieldErrors as wrong:  # nothing was changed, and the delivery may come again corrected
                return Receipt(field_errors=wrong.errors, locale=context.locale, timezone=context.timezone)
            for reply in answers_to(context, outcome.replies):
                await self._answer(context, reply)
            self._followed(await uow.company.get())
            await uow.commit()
        self._deliver(uow.answers, uow.plans_something)
        if isinstance(event.content, Attachment | Album):
            self._announced()
        if is_new:
            self._answered(event, outcome.replies)
        return replace(outcome.receipt, locale=context.locale, timezone=context.timezone)

    async def _context(self, uow: UnitOfWork, event: ChatEvent) -> ChatContext:
        now = self._now()
        identity = await self._identify(uow, event, now)
        company = await uow.company.get()
        staff = await uow.staff.get(identity.staff_id) if identity.staff_id is not None else None
        if staff is not None and not staff.is_active:
            staff = None
        uow.acts(staff, at=now, source=Source(channel=event.channel, delivery=event.delivery_id))
        context = ChatContext(
            uow=uow,
            event=event,
            now=now,
            company=company,
            identity=identity,
            staff=staff,
            index=self._index,
            capabilities=self._capabilities(event.channel),
            links=self._links,
        )

        async def hear(words: str) -> Outcome:
            return outcome_of(await self._routing.text(context, Text(words)))

        context.hear = hear
        return context

    async def _identify(self, uow: UnitOfWork, event: ChatEvent, now: datetime) -> Identity:
        sender = event.sender
        if sender is None:
            return Identity(channel=event.channel, user="")
        private = event.conversation.key if event.conversation.kind is PlaceKind.PRIVATE else sender.private_place
        identity = await uow.identities.find(event.channel, sender.user)
        if identity is None:
            return await uow.identities.add(
                Identity(
                    channel=event.channel,
                    user=sender.user,
                    name=sender.name,
                    locale=sender.locale,
                    private_place=private,
                    last_spoke_at=now,
                )
            )
        if _presence_is_stale(identity, now, private):
            await uow.identities.spoke(identity.id, now, private_place=private or identity.private_place)
        return identity

    async def _answer(self, context: ChatContext, reply: Reply) -> None:
        """Put the direct answer into the outbox, already leased to this process."""
        if _mentions_undo(reply):
            reply = with_action(reply, await context.uow.action_id())
        if reply.home:
            await note_home(context, reply)
        told = context.told(reply)
        context.uow.answer(
            Planned(
                key=reply.key,
                facts=pack(reply),
                due_at=context.now,
                staff_id=context.staff.id if context.staff else None,
                channel=told.channel,
                place=told.place,
                urgency=Urgency.DIRECT,
                chosen=True,
                card=reply.card,
                edit=told.edit,
                about=reply.card,
                extra=told.extra,
            )
        )


async def perform(
    open_unit: OpenUnitOfWork,
    action: Callable[[UnitOfWork, Staff | None], Awaitable[Any]],
    *,
    actor: Staff | None = None,
    now: datetime,
    through: str = "operator",
) -> Any:
    """Run one action in a transaction of its own, for the command line and the web; gives what the action gave."""
    async with open_unit() as uow:
        uow.acts(actor, at=now, source=Source(channel=through))
        result = await action(uow, actor)
        await uow.commit()
    return result


async def _accepted(uow: UnitOfWork, event: ChatEvent, place: str) -> ChatEvent | None:
    """What of an event was not accepted before: of an album that comes again, with a file more, that file.

    From here to the end of the transaction no other process handles an event of the conversation.
    """
    deliveries, speaker = event.parts or (event.delivery_id,), event.sender.user if event.sender else None
    new = [
        delivery
        for delivery in deliveries
        if await uow.inbox.accept(event.channel, delivery, at=event.at, conversation=place, speaker=speaker)
    ]
    if not new:
        return None
    if len(new) == len(deliveries) or not isinstance(event.content, Album):
        return event
    files = tuple(file for file, part in zip(event.content.files, deliveries, strict=True) if part in new)
    return replace(event, content=replace(event.content, files=files, caption=""))


def _say(*replies: Reply) -> Handle:
    async def handle(context: ChatContext) -> Outcome:
        return Outcome(replies)

    return handle


def _presence_is_stale(identity: Identity, now: datetime, private: str | None) -> bool:
    return (
        identity.last_spoke_at is None
        or abs(now - identity.last_spoke_at) > PRESENCE_STEP
        or identity.unreachable_since is not None
        or (private is not None and private != identity.private_place)
    )


def without_words(event: ChatEvent) -> ChatEvent | None:
    """The files alone, to no card in particular; None where nothing would be left, or nothing is left out."""
    content = event.content
    if isinstance(content, Attachment | Album) and (content.caption or event.reply_to):
        return replace(event, content=replace(content, caption=""), reply_to=None)
    return None


def answers_to(context: ChatContext, replies: Sequence[Reply]) -> Sequence[Reply]:
    """What was pressed on the home page is answered there; what is said beside it goes to the private chat."""
    content = context.event.content
    if not replies or not (isinstance(content, Press | FormFilled) and content.home):
        return replies
    return (on_home(context, replies[0]), *replies[1:])


def _mentions_undo(reply: Reply) -> bool:
    return any(button.press == UNDO_HERE for button in _buttons(reply))


def _buttons(reply: Reply) -> Sequence[Button]:
    return [*reply.buttons, *(button for line in reply.lines for button in line.buttons)]


def with_action(reply: Reply, action_id: int) -> Reply:
    """The reply with its Undo buttons naming the action that they undo."""

    def named(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
        return tuple(
            replace(button, press=f"undo:{action_id}") if button.press == UNDO_HERE else button for button in buttons
        )

    lines = tuple(replace(line, buttons=named(line.buttons)) for line in reply.lines)
    return replace(reply, buttons=named(reply.buttons), lines=lines)

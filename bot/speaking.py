"""``say``, ``press`` and ``tick``: the local channel from the command line."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.connecting import connect_platforms
from bot.local.messages import body_of_speech
from bot.local.people import CHANNEL, private_place
from bot.local.speech import is_command
from bot.local_people import customer_user, staff_user
from bot.refusals import Refused
from bot.settings import read_settings
from bot.wiring import House, open_house, real_now
from domain.people.model import Identity
from handlers.chat import (
    ChatEvent,
    Content,
    Conversation,
    PlaceKind,
    Press,
    Rendered,
    Sender,
    Text,
)
from scheduler.delivery import Sent
from scheduler.planners import JOBS, run_planner


def moment(text: str | None) -> datetime | None:
    """A moment from the command line, aware UTC; without an offset it is taken as UTC. Raises Refused."""
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"--now: {text!r} is no ISO 8601 time such as 2026-11-27T10:00+00:00") from None
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


@asynccontextmanager
async def _open(*, now: Callable[[], datetime], on_settled: Callable[[Sent], None]) -> AsyncIterator[House]:
    """The house with its platforms to speak on: without them who is known there alone would count as unreachable."""
    async with open_house(read_settings(), now=now, on_settled=on_settled) as house, AsyncExitStack() as stack:
        for platform in connect_platforms(house):
            stack.push_async_callback(platform.channel.close)
        yield house
        await house.delivery.drain()


class Printer:
    """Prints what was said, as it is settled."""

    def __init__(self, *, as_json: bool, with_outcome: bool = False) -> None:
        self._as_json = as_json
        self._with_outcome = with_outcome
        self.names: dict[int, str] = {}
        self.said: list[Sent] = []

    def settled(self, sent: Sent) -> None:
        self.said.append(sent)

    def print_all(self) -> None:
        for sent in sorted(self.said, key=lambda sent: sent.row.id):
            self._print(sent)

    def _print(self, sent: Sent) -> None:
        if sent.body is None and not self._with_outcome:
            return
        to = self.names.get(sent.row.staff_id or 0) or sent.row.extra.get("name") or sent.row.place
        line = line_of(sent, to=to, with_outcome=self._with_outcome)
        if self._as_json:
            print(json.dumps(line, ensure_ascii=False))
        else:
            print(f"→ {line['to']}\n{line['text']}" + "".join(f"\n  [{label}]" for label in line["buttons"]) + "\n")


def line_of(sent: Sent, *, to: str | None, with_outcome: bool) -> dict[str, Any]:
    body = sent.body or Rendered(text="")
    line: dict[str, Any] = {"to": to}
    line |= {"channel": sent.channel} if with_outcome else {"conversation": sent.place}
    line |= {
        "key": sent.row.key,
        "text": "\n".join(part for part in (body.title, body.text) if part),
        "buttons": [button.label for row in body.rows for button in row],
    }
    if with_outcome:
        return line | {"outcome": sent.outcome}
    fields = [{"name": field.name, "label": field.label} for field in body.form.fields] if body.form else None
    return line | {"form": {"title": body.form.title, "fields": fields} if body.form else None}


async def say(text: str, *, who: str, place: str | None, now: str | None, as_json: bool) -> int:
    """Speak as somebody and print what is said in return, to whomever."""
    return await _act(who, place, now, as_json, text=text)


async def press(label: str, *, who: str, place: str | None, now: str | None, as_json: bool) -> int:
    """Press a button on the newest card that has one with such a label. Raises Refused when there is none."""
    return await _act(who, place, now, as_json, label=label)


async def _act(
    who: str, place: str | None, now: str | None, as_json: bool, *, text: str | None = None, label: str | None = None
) -> int:
    at = moment(now)
    printer = Printer(as_json=as_json)
    async with _open(now=(lambda: at) if at else real_now, on_settled=printer.settled) as house:
        identity = await _speaker(house, who)
        conversation = _conversation(identity, place)
        house.people.group_names += [conversation.key.removeprefix("group:")] if place else []
        if text is not None:
            content, message = await _spoken(house, identity, conversation, text)
        else:
            content, message = await _pressed(house, identity, conversation, label or ""), None
        event = ChatEvent(
            channel=CHANNEL,
            delivery_id=f"say:{secrets.token_hex(8)}",
            conversation=conversation,
            sender=Sender(user=identity.user, name=identity.name, locale=identity.locale),
            at=house.now(),
            content=content,
            message=message,
        )
        receipt = await house.dispatcher.dispatch(event)
        await house.delivery.drain()
        if house.second_reader is not None:
            await house.second_reader.drain()
            await house.delivery.deliver_all()
        await run_planner(house.database.unit_of_work, JOBS, house.now())  # what was too long for the answer itself
        for action_id in {sent.row.action_id for sent in printer.said} - {None}:  # what others are told at once
            await house.delivery.deliver_due(action_id=action_id)
            await house.delivery.drain()
        async with house.database.read() as uow:
            printer.names = {person.id: person.name for person in await uow.staff.list_all()}
        printer.print_all()
        toast, errors, form = house.texts.receipt(receipt)
        for said in [toast, *errors.values(), form.title if form else ""]:
            if said:
                _print_receipt(identity, conversation, said, as_json=as_json)
    refused = any(sent.row.key in REFUSALS for sent in printer.said)
    return 1 if label is not None and refused else 0


REFUSALS = frozenset({"button-too-old", "card-of-another", "for-staff-only", "not-allowed", "record-not-found"})


def _print_receipt(identity: Identity, conversation: Conversation, said: str, *, as_json: bool) -> None:
    line: dict[str, Any] = {
        "to": identity.name,
        "conversation": conversation.key,
        "key": "receipt",
        "text": said,
        "buttons": [],
        "form": None,
    }
    print(json.dumps(line, ensure_ascii=False) if as_json else f"→ {identity.name}\n{said}\n")


async def _speaker(house: House, who: str) -> Identity:
    """Who speaks. A customer nobody knows speaks as a stranger of that name."""
    if who.startswith("customer:"):
        name = who.removeprefix("customer:").strip()
        return Identity(channel=CHANNEL, user=customer_user(name), name=name)
    staff = await house.staff_named(who)
    if staff is None:
        raise Refused(f"--as: nobody on the staff is called {who!r}; see `guanxi staff list`, or use customer:NAME")
    return Identity(channel=CHANNEL, user=staff_user(staff), staff_id=staff.id, name=staff.name, locale=staff.locale)


def _conversation(identity: Identity, place: str | None) -> Conversation:
    if place is None or place.startswith("private:"):
        return Conversation(channel=CHANNEL, key=private_place(identity.user))
    key = place if place.startswith("group:") else f"group:{place}"
    return Conversation(channel=CHANNEL, key=key, kind=PlaceKind.GROUP, title=key.removeprefix("group:"))


async def _spoken(
    house: House, identity: Identity, conversation: Conversation, text: str
) -> tuple[Content, str | None]:
    body = body_of_speech(text, delivery=secrets.token_hex(8), reply_to=None)
    async with house.database.unit_of_work() as uow:
        message = await uow.local_messages.add(conversation.key, sender=identity.user, body=body, at=house.now())
        await uow.commit()
    private = conversation.kind is PlaceKind.PRIVATE
    return Text(text, addressed=private or is_command(text) or "@" in text), str(message)


async def _pressed(house: House, identity: Identity, conversation: Conversation, label: str) -> Content:
    async with house.database.read() as uow:
        rows = await uow.local_messages.list_of(conversation.key, limit=200)
    wanted = label.strip().casefold()
    for row in reversed(rows):
        body = row["body"]
        if body.get("only") not in {None, identity.user}:
            continue
        for button in (button for line in body.get("rows") or () for button in line):
            if button["press"] and str(button["label"]).casefold().startswith(wanted):
                return Press(button["press"], str(row["id"]))
    raise Refused(f"no card in {conversation.key} has a button {label!r}")


async def tick(now: str) -> int:
    """Plan and send as of a moment; leases, attempts and ``sent_at`` use the real clock."""
    from bot.wiring import PLANNERS
    from scheduler.planners import run_planners

    at = moment(now) or real_now()
    printer = Printer(as_json=True, with_outcome=True)
    async with _open(now=lambda: at, on_settled=printer.settled) as house:
        await run_planners(house.database.unit_of_work, PLANNERS, at)
        await house.delivery.deliver_all()
        async with house.database.read() as uow:
            printer.names = {person.id: person.name for person in await uow.staff.list_all()}
        printer.print_all()
    return 0

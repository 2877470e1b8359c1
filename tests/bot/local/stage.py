"""A small company for the local page: people, a clock, and an assistant that answers a few words with cards and forms.

Run it to look at the page: ``python -m tests.bot.local.stage [PORT]``.
"""

from __future__ import annotations

import asyncio
import secrets
import struct
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.local.channel import LocalChannel
from bot.local.clock import MovableClock
from bot.local.people import LocalPerson, LocalPlace, group_place
from bot.local.routes import local_routes
from bot.local.sessions import Sessions
from bot.local.setup import Demo, PageSetup, ReceiptInWords, SignIn, SomebodyElse
from handlers.chat import (
    ChatEvent,
    FormFilled,
    Outgoing,
    PlaceKind,
    Press,
    Receipt,
    Rendered,
    RenderedButton,
    RenderedField,
    RenderedForm,
    Text,
)
from tests.fakes.file_store import FilesInMemory
from tests.fakes.local_messages import LocalMessagesInMemory
from web.app import STATIC, build_app

THURSDAY = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
GROUP = group_place("acme-launch")
NASTY = "<script>window.hacked=1</script>"
KEY = b"a key only for these tests"

MEI = LocalPerson(user="mei", name="Mei", role="rep", locale="zh-CN", timezone="Asia/Shanghai")
TOM = LocalPerson(user="tom", name="Tom", role="rep", locale="en", timezone="Europe/London")
ANA = LocalPerson(user="ana", name="Ana", role="manager", locale="en", timezone="Europe/London")
SAM = LocalPerson(user="sam", name="Sam", role="agent", locale="en", timezone="Europe/London")
CHEN = LocalPerson(user="customer:chen", name="陈老师", role="customer", locale="zh-CN", timezone="Asia/Shanghai")

CHIPS = {
    "en": (
        "called Acme, they want a quote for 20 seats, follow up Friday 10am",
        "/today",
        "/lead Northwind, Jane Doe, 020 7946 0018",
    ),
    "zh-CN": ("刚和华新王总通了电话，要20套的报价，周五上午10点跟进", "今天", "线索 远景科技，李经理，138 0013 8000"),
}


class SmallCompany:
    """The people provider."""

    def __init__(self) -> None:
        self.staff = [MEI, TOM, ANA, SAM, CHEN]

    async def people(self) -> Sequence[LocalPerson]:
        return self.staff

    async def groups(self) -> Sequence[LocalPlace]:
        members = tuple(person.user for person in self.staff)
        return [LocalPlace(key=GROUP, kind=PlaceKind.GROUP, title="Acme launch", members=members)]


def in_words(receipt: Receipt) -> ReceiptInWords:
    """The stage's receipts have finished words for keys; a form's labels too."""
    errors = {name: phrase.key for name, phrase in receipt.field_errors.items()}
    return receipt.toast.key if receipt.toast else "", errors, FORM if receipt.form else None


def button(label: str, press: str, **more: Any) -> RenderedButton:
    return RenderedButton(label, press, **more)


CARD = Rendered(
    title="Call · Acme",
    text="They want a quote for 20 seats.\nFollow up: Fri 28 Nov, 10:00",
    rows=(
        (button("Save", "draft.save:1"),),
        (
            button("Customer", "draft.field:1:customer"),
            button("Note", "draft.field:1:note"),
            button("Time", "draft.form:1", opens_form=True),
            button("Discard", "draft.drop:1"),
        ),
    ),
)
SAVED = Rendered(
    title="Saved · Acme",
    text="Call logged. Follow-up F31 on Fri 28 Nov, 10:00.",
    rows=((button("Undo", "undo:1"), button("Reschedule", "f.move:31")),),
)
FORM = RenderedForm(
    press="draft.fill:1",
    title="Reschedule F31",
    submit="Save",
    fields=(
        RenderedField("note", "What happens then", "text", True, "Send the quote", (), "Shown in the reminder"),
        RenderedField("day", "Day", "date", False, "2025-11-28", (), ""),
        RenderedField("hour", "Time", "time", False, "10:00", (), ""),
        RenderedField("amount", "Amount", "number", False, "", (), "Such as 20k or 50万"),
        RenderedField("phone", "Phone", "phone", False, "", (), ""),
        RenderedField("email", "E-mail", "email", False, "", (), ""),
        RenderedField("kind", "Kind", "choice", False, "call", (("call", "Call"), ("visit", "Visit"), ("demo", "Demo")), ""),
        RenderedField("stage", "Stage", "choice", False, "", tuple((str(n), f"Stage {n}") for n in range(1, 8)), ""),
        RenderedField("more", "Anything else", "long", False, "", (), ""),
    ),
)  # fmt: skip
SHORT_FORM = replace(FORM, title="How was it?", press="survey:1", fields=(FORM.fields[0], FORM.fields[6]))
TODAY = Rendered(
    title="My day · Thu 20 Nov",
    text="Overdue\nF12 Northwind: send contract (since Tuesday)\nDue today\nF14 Acme: call back",
    rows=(
        (button("Done F12", "f.done:12"), button("Tomorrow", "f.snooze:12")),
        (button("Done F14", "f.done:14"), button("Tomorrow", "f.snooze:14")),
    ),
)


def picture(width: int = 240, height: int = 120) -> bytes:
    """A PNG with a gradient."""
    rows = b"".join(b"\0" + bytes(v for x in range(width) for v in (36, 87 + x // 2, 214 - y)) for y in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Line:
    """What lies between browser and server: while it is cut, no web socket comes through."""

    def __init__(self, app: ASGIApp, *, stage: Stage) -> None:
        self._app = app
        self._stage = stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and self._stage.line_is_cut:
            await receive()
            await send({"type": "websocket.close"})
        else:
            await self._app(scope, receive, send)


class Stage:
    """Everything the page stands on. ``heard`` are the events that were dispatched; ``troubles`` are raised in turn by
    the next dispatches; ``gate`` is a switch that makes dispatches wait while it is not set."""

    def __init__(self, *, is_demo: bool = True) -> None:
        self.store = LocalMessagesInMemory()
        self.company = SmallCompany()
        self.clock = MovableClock(lambda: THURSDAY)
        self.files = FilesInMemory()
        self.channel = LocalChannel(
            open_unit=self.store.open_unit,
            now=self.clock.now,
            people=self.company,
            files=self.files,
            fresh_for=timedelta(0),
        )
        self.heard: list[ChatEvent] = []
        self.troubles: list[Exception] = []
        self.doors_open = asyncio.Event()
        self.doors_open.set()
        self.line_is_cut = False
        self.codes = {"good-code": "tom"}
        self.answers: Callable[[ChatEvent], Awaitable[Receipt]] = self.answer
        entry = Demo(move_clock=self.move_clock, chips=lambda p: CHIPS[p.locale]) if is_demo else self._sign_in()
        self.setup = PageSetup(
            dispatch=self.dispatch,
            render_receipt=in_words,
            company="Acme & Söhne",
            static=STATIC,
            entry=entry,
        )

    def app(self) -> FastAPI:
        app = build_app(
            health=self.health, metrics=self.metrics, routers=[local_routes(self.channel, self.setup)], static=STATIC
        )
        app.add_middleware(Line, stage=self)
        return app

    def cut_the_line(self) -> None:
        """Every web socket ends, and no new one is taken until ``line_is_cut`` is false again."""
        self.line_is_cut = True
        self.channel.audience.close()

    def texts(self) -> list[str]:
        return [event.content.text for event in self.heard if isinstance(event.content, Text)]

    async def health(self) -> Mapping[str, Any]:
        return {"ok": True}

    async def metrics(self) -> bytes:
        return b"guanxi_up 1\n"

    async def redeem(self, code: str, here: str | None) -> str | None:
        if here is not None and self.codes.get(code, here) != here:
            raise SomebodyElse
        return self.codes.pop(code, None)

    def _sign_in(self) -> SignIn:
        return SignIn(redeem=self.redeem, sessions=Sessions(KEY))

    async def move_clock(self, to: datetime) -> None:
        self.clock.move_to(to)
        reminder = Rendered(
            title="Follow up: Acme",
            text="Send the quote for 20 seats. (F31)",
            rows=(
                (button("Done", "f.done:31"), button("Snooze 1 h", "f.snooze:31:1h"), button("Tomorrow", "f.snooze:31:1d")),
                (button("Reschedule", "draft.form:1", opens_form=True), button("Log a call", "f.log:31")),
            ),
        )  # fmt: skip
        await self.say("private:tom", reminder)

    async def say(self, place: str, body: Rendered, **more: Any) -> str:
        message = await self.channel.send(Outgoing(place=place, body=body, **more))
        assert message is not None
        return message

    async def dispatch(self, event: ChatEvent) -> Receipt:
        await self.doors_open.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        if event.delivery_id in {heard.delivery_id for heard in self.heard}:
            return Receipt()
        self.heard.append(event)
        return await self.answers(event)

    async def answer(self, event: ChatEvent) -> Receipt:
        place, content = event.conversation.key, event.content
        if isinstance(content, Text) and content.addressed:
            await self._answer_text(event, content.text)
        if isinstance(content, Press):
            return await self._answer_press(place, content)
        if isinstance(content, FormFilled):
            return await self._answer_form(place, content)
        return Receipt()

    async def _answer_text(self, event: ChatEvent, text: str) -> None:
        place, sender = event.conversation.key, event.sender
        assert sender is not None
        in_group = event.conversation.kind is PlaceKind.GROUP
        scripted = {
            "/today": TODAY,
            "今天": TODAY,
            "form": Rendered(title="A form", text="Fill this in, please.", form=SHORT_FORM),
            "picture": Rendered(text="The pipeline.", picture=picture(), picture_alt="Pipeline by stage"),
            "document": Rendered(text="All leads.", document=b"a,b\n1,2\n", document_name="线索 leads.csv"),
            "names": Rendered(title=NASTY, text=f"{NASTY} *bold* _it_ https://example.com/a?b=1&c=2.", rows=((button(NASTY, "x:1"),),)),
            "link": Rendered(text="Links", rows=((button("Open", "", url="https://example.com/"), button("Bad", "", url="javascript:alert(1)")),)),
        }  # fmt: skip
        body = scripted.get(text, CARD)
        await self.say(
            place, body, to_user=sender.user if in_group else None, reply_to=event.message if in_group else None
        )

    async def _answer_press(self, place: str, press: Press) -> Receipt:
        from handlers.chat import Form, Phrase

        if press.payload == "draft.save:1":
            await self.say(place, SAVED, edit=press.message)
        elif press.payload == "draft.form:1":
            return Receipt(form=Form("draft.fill:1", "title", ()))
        elif press.payload == "undo:1":
            await self.say(place, CARD, edit=press.message)
        else:
            return Receipt(toast=Phrase(f"Pressed {press.payload}"))
        return Receipt()

    async def _answer_form(self, place: str, filled: FormFilled) -> Receipt:
        from handlers.chat import Phrase

        if filled.values.get("note") == "wrong":
            return Receipt(field_errors={"note": Phrase("This note is wrong.")})
        rendered = Rendered(title="Thank you", text=filled.values["note"])
        await self.say(place, rendered, edit=filled.message)
        return Receipt(toast=Phrase("Saved."))


@asynccontextmanager
async def served(stage: Stage, *, port: int = 0) -> AsyncIterator[str]:
    """The stage's page on loopback; gives its address."""
    from web.server import serving

    async with serving(stage.app(), host="127.0.0.1", port=port) as bound:
        yield f"http://127.0.0.1:{bound}"


def delivery() -> str:
    return secrets.token_hex(16)


async def _show(port: int) -> None:
    async with served(Stage(), port=port) as address:
        print(address)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_show(int(sys.argv[1]) if len(sys.argv) > 1 else 8090))

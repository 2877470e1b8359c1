"""An album is one event, whenever its parts come and however often."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.telegram.albums import Albums
from bot.telegram.telegram import Telegram
from handlers.chat import Album, Attachment, ChatEvent, Conversation, Sender, Text
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.test_polling import running
from tests.fakes.telegram import PNG_DOT, FakeTelegram

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def part(number: int, *, album: str = "a", caption: str = "", user: str = "11", addressed: bool = True) -> ChatEvent:
    return ChatEvent(
        channel="telegram",
        delivery_id=str(number),
        conversation=Conversation(channel="telegram", key="-500"),
        sender=Sender(user=user),
        at=NOW,
        content=Attachment("photo", f"p{number}", caption=caption, album=album, addressed=addressed),
        message=str(100 + number),
    )


class Ready:
    def __init__(self) -> None:
        self.got: list[tuple[tuple[int, ...], ChatEvent]] = []
        self.albums = Albums(lambda numbers, event: self.got.append((numbers, event)), quiet_seconds=0.01)

    def take(self, *events: ChatEvent) -> None:
        for event in events:
            self.albums.take(int(event.delivery_id), event)

    async def quiet(self) -> None:
        while self.albums.is_gathering:  # noqa: ASYNC110 - it has no event of its own
            await asyncio.sleep(0.005)

    @property
    def numbers(self) -> list[tuple[int, ...]]:
        return [numbers for numbers, _ in self.got]


async def test_parts_become_one_event_that_stands_where_its_words_stand() -> None:
    ready = Ready()
    ready.take(part(1, addressed=False), part(2, caption="called Acme"), part(3, addressed=False))
    assert ready.got == []
    await ready.quiet()

    [(numbers, event)] = ready.got
    assert numbers == (1, 2, 3)
    assert (event.delivery_id, event.message, event.parts) == ("1", "102", ("1", "2", "3"))
    assert isinstance(event.content, Album)
    assert (event.content.caption, event.content.addressed) == ("called Acme", True)
    assert [(file.ref, file.album) for file in event.content.files] == [("p1", "a"), ("p2", "a"), ("p3", "a")]


async def test_the_next_message_ends_an_album_and_stays_behind_it() -> None:
    ready = Ready()
    ready.take(part(1), part(2), replace(part(3), content=Text("that was it")))

    assert ready.numbers == [(1, 2), (3,)]


async def test_another_album_ends_the_one_before() -> None:
    ready = Ready()
    ready.take(part(1), part(2), part(3, album="b"))
    await ready.quiet()

    assert ready.numbers == [(1, 2), (3,)]


async def test_two_people_may_send_albums_at_once() -> None:
    ready = Ready()
    ready.take(part(1), part(2, album="b", user="12"), part(3), part(4, album="b", user="12"))
    await ready.quiet()

    assert sorted(ready.numbers) == [(1, 3), (2, 4)]


async def test_a_full_album_waits_for_nobody_and_what_comes_late_goes_on_alone() -> None:
    ready = Ready()
    ready.take(*(part(number) for number in range(1, 11)))
    assert ready.numbers == [tuple(range(1, 11))]

    ready.take(part(11))
    assert ready.numbers[1:] == [(11,)]
    assert isinstance(ready.got[1][1].content, Attachment)


async def test_a_single_photo_of_an_album_is_a_photo() -> None:
    ready = Ready()
    ready.take(part(1, caption="called Acme"))
    await ready.quiet()

    assert ready.got == [((1,), part(1, caption="called Acme"))]


@pytest.mark.parametrize("twice", [False, True])
async def test_an_album_that_is_polled_is_dispatched_once(
    server: FakeTelegram, telegram: Telegram, desk: Desk, twice: bool
) -> None:
    server.deliver_twice(is_on=twice)
    mei = server.user(11)
    async with running(telegram):
        await mei.sends_album(PNG_DOT, PNG_DOT, PNG_DOT, caption="called Acme")
        await mei.says("that was it")
        await server.until_confirmed()

    assert [type(event.content) for event in desk.events] == [Album, Text]
    assert len(server.calls_of("getUpdates")) == 0


async def test_an_album_that_was_not_whole_at_the_stop_comes_again(
    server: FakeTelegram, telegram: Telegram, desk: Desk
) -> None:
    mei = server.user(11)
    desk.fail_on = {"": 1000}
    receiving = asyncio.create_task(telegram.receive())
    await mei.sends_album(PNG_DOT, PNG_DOT)
    await server.until(lambda: desk.attempts)
    await telegram.stop()
    await receiving

    assert desk.events == []
    assert len(server.pending) == 2

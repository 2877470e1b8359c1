"""✅ on a reminder is Done, taking it off is Undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Reaction
from tests.conversations.conftest import Chat, Person, Said

HOUR = timedelta(hours=1)


@pytest.fixture
async def tom(chat: Chat) -> Person:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane")
    await tom.says("/next Acme, send the quote in 1 hour")
    return tom


async def reminder(chat: Chat) -> str:
    """The platform's id of the reminder's card."""
    await chat.tick(after=HOUR)
    return str((await chat.rows("cards"))[-1]["message"])


async def statuses(chat: Chat) -> list[str]:
    return [row["status"] for row in await chat.rows("followups")]


@pytest.mark.parametrize("emoji", ["✅", "☑️", "✔️", "💯"])
async def test_a_tick_is_done_on_the_card_itself(chat: Chat, tom: Person, emoji: str) -> None:
    card = await reminder(chat)

    [done] = await tom.does(Reaction(emoji, card))

    assert await statuses(chat) == ["done"]
    assert done.key == "followup-finished"
    assert done.edits == card
    assert done.buttons[-1] == "Undo"


async def test_once(chat: Chat, tom: Person) -> None:
    card = await reminder(chat)
    await tom.does(Reaction("✅", card))

    assert await tom.does(Reaction("✔️", card)) == []
    assert len([row for row in await chat.rows("journal_actions") if row["name"] == "followup-done"]) == 1


async def test_taken_off_within_ten_minutes_it_is_open_again(chat: Chat, tom: Person) -> None:
    card = await reminder(chat)
    await tom.does(Reaction("✅", card))
    chat.now += timedelta(minutes=9)

    [again] = await tom.does(Reaction("✅", card, added=False))

    assert await statuses(chat) == ["open"]
    assert (again.edits, again.buttons[0]) == (card, "Done")
    await tom.does(Reaction("✅", card))
    assert await statuses(chat) == ["done"]


async def test_later_it_stays_done(chat: Chat, tom: Person) -> None:
    card = await reminder(chat)
    await tom.does(Reaction("✅", card))
    chat.now += timedelta(minutes=11)

    assert await tom.does(Reaction("✅", card, added=False)) == []
    assert await statuses(chat) == ["done"]


async def test_a_smile_changes_nothing(chat: Chat, tom: Person) -> None:
    card = await reminder(chat)

    for reaction in (
        Reaction("👍", card),
        Reaction("🎫", card),
        Reaction("✅", "999999"),
        Reaction("✅", card, added=False),
    ):
        assert await tom.does(reaction) == []

    assert await statuses(chat) == ["open"]


async def test_somebody_elses_tick_counts_for_nothing(chat: Chat, tom: Person) -> None:
    """A card in a group is seen by everybody, and only who may see the follow-up can finish it."""
    group = chat.group("Sales")
    mei = await chat.staff("Mei", team="East")
    shown = await tom.says("F1", place=group)
    card = str((await chat.rows("cards"))[-1]["message"])

    assert await mei.does(Reaction("✅", card), place=group) == []
    assert await statuses(chat) == ["open"]
    [done] = await tom.does(Reaction("✅", card), place=group)
    assert await statuses(chat) == ["done"]
    assert done.edits == card
    assert _masked(done)
    assert shown.key


def _masked(said: Said) -> bool:
    return bool(said.sent.row.extra["masked"])


async def test_what_several_share_is_left_alone(chat: Chat, tom: Person) -> None:
    await tom.says("/next Acme, call Jane in 1 hour")
    card = await reminder(chat)

    assert await tom.does(Reaction("✅", card)) == []
    assert await statuses(chat) == ["open", "open"]


async def test_a_stranger_and_a_redelivery(chat: Chat, tom: Person) -> None:
    card = await reminder(chat)
    stranger = chat.stranger("Eve")

    assert await stranger.does(Reaction("✅", card)) == []
    [_] = await tom.does(Reaction("✅", card), delivery="same")
    assert await tom.does(Reaction("✅", card), delivery="same") == []
    assert await statuses(chat) == ["done"]

"""A group is bound to a customer by staff; whoever comes into it is greeted once, many at once together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import ConversationMoved, MembersChanged, Sender, Text
from tests.conversations.conftest import Chat, Person, Said
from tests.counting import statements


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


async def greetings(chat: Chat) -> list[Said]:
    return [said for said in await chat.tick(after=timedelta(seconds=12)) if said.key == "group-greeting"]


def people(count: int, *, locale: str = "en", first: int = 0) -> tuple[Sender, ...]:
    return tuple(Sender(user=f"guest-{first + n}", name=f"Guest {first + n}", locale=locale) for n in range(count))


async def test_two_hundred_who_join_are_greeted_together_and_once(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    bound = await tom.says("/bind C1", place=group)
    [first] = await greetings(chat)
    await tom.does(MembersChanged(joined=people(150)), place=group)
    for sender in people(50, first=150):
        await tom.does(MembersChanged(joined=(sender,)), place=group)
    [greeting] = await greetings(chat)
    await tom.does(MembersChanged(left=people(1)), place=group)
    await tom.does(MembersChanged(joined=people(2)), place=group)

    assert bound.key == "group-is-bound"
    assert bound.sent.row.extra["to_user"] == tom.user
    assert "Hello!" in first.text
    assert "Guest 0, Guest 1" in greeting.text
    assert "180 days" in greeting.text
    assert await greetings(chat) == []


async def test_two_hundred_take_as_many_statements_as_two(chat: Chat, tom: Person) -> None:
    async def asked(customer: int, count: int) -> int:
        await chat.customer(f"Firm {customer}", owner=tom)
        group, newcomers = chat.group(f"launch {customer}"), people(count, first=customer * 1000)
        await tom.says(f"/bind C{customer}", place=group)
        await greetings(chat)
        with statements() as heard:
            await tom.does(MembersChanged(joined=newcomers), place=group)
            [greeting] = await greetings(chat)
            await tom.does(MembersChanged(left=newcomers), place=group)
        assert f"Guest {customer * 1000}" in greeting.text
        return len(heard)

    assert await asked(1, 2) == await asked(2, 200)


async def test_the_greeting_speaks_most_peoples_language_and_the_other_for_who_wants_it(
    chat: Chat, tom: Person
) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.does(MembersChanged(joined=people(3, locale="zh-hans")), place=group)
    await tom.says("/bind C1", place=group)
    [greeting] = await greetings(chat)
    guest = Person(chat, "Guest 1", "guest-1")

    turned = await guest.presses("English", place=group)

    assert "Guest 0、Guest 1、Guest 2，您好" in greeting.text
    assert "Hello Guest 0、Guest 1" not in turned.text
    assert "Hello Guest 0, Guest 1" in turned.text
    assert turned.edits is None  # the others go on reading theirs
    [row] = [row for row in await chat.rows("identities") if row["user"] == "guest-1"]
    assert row["locale"] == "en"


async def test_who_left_before_the_greeting_is_not_named(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await greetings(chat)
    await tom.does(MembersChanged(joined=people(1)), place=group)
    await tom.does(MembersChanged(left=people(1)), place=group)

    assert await greetings(chat) == []


async def test_bound_twice_is_answered_and_moved_when_confirmed(chat: Chat, tom: Person) -> None:
    mei = await chat.staff("Mei", team="North")
    await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=tom)
    await chat.customer("Initech", owner=mei)
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)

    again = await tom.says("绑定 C1", place=group)
    elsewhere = await tom.says("/bind C2", place=group)
    anothers = await mei.says("/bind C3", place=group)
    moved = await tom.presses("Move to C2", place=group)

    assert again.key == "group-whose"
    assert elsewhere.key == "group-ask-move"
    assert "Acme" in elsewhere.text
    assert anothers.key == "group-ask-move"
    assert "Acme" not in anothers.text
    assert moved.key == "group-is-bound"
    assert [row["customer_id"] for row in await chat.rows("bound_groups")] == [2]
    assert (await tom.presses("Undo", place=group)).key == "undone"
    assert [row["customer_id"] for row in await chat.rows("bound_groups")] == [1]


async def test_where_and_by_whom_a_group_is_bound(chat: Chat, tom: Person) -> None:
    mei, eve = await chat.staff("Mei", team="North"), chat.stranger("Eve")
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")

    assert (await tom.says("/bind C1")).key == "bind-in-group"
    assert (await tom.says("/bind", place=group)).key == "group-not-bound"
    assert (await mei.says("/bind C1", place=group)).key == "record-not-found"
    assert (await eve.says("/bind C1", place=group)).key == "for-staff-only"
    await tom.says("/bind C1", place=group)
    assert (await tom.says("/bind", place=group)).key == "group-whose"
    assert (await tom.presses("Unlink", place=group)).key == "group-unbound"
    assert await chat.rows("bound_groups") == []


async def test_staff_are_answered_privately_in_a_customers_group_nobody_spoke_in(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)

    assert (await tom.says("/find Acme", place=group)).sent.row.extra["to_user"] == tom.user


async def test_who_speaks_before_we_saw_them_come_is_greeted(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await greetings(chat)
    eve = chat.stranger("Eve")

    for words in ("good morning", "anybody?"):
        await eve.does(Text(words, addressed=False), place=group)

    [greeting] = await greetings(chat)
    assert "Hello Eve" in greeting.text


async def test_a_group_that_moves_stays_bound(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    old, new = chat.group("sales"), chat.group("sales-super")
    await tom.says("/bind C1", place=old)
    eve = chat.stranger("Eve")
    await eve.says("the printer is jammed", place=old)
    await eve.says("/ticket the oven smokes", place=old)
    await eve.presses("Close", place=old)  # on the newest card
    for place in (new, old):
        await tom.does(ConversationMoved(old, new), place=place)
    await chat.tick()

    [card] = [said for said in chat.said if said.sent.place == new]  # the other is closed
    assert "the printer is jammed" in card.text
    assert card.buttons == ["Add something", "Close"]
    assert [row["record"] for row in await chat.rows("cards") if row["place"] == new] == ["progress:1"]
    await eve.does_text("it is the big one", place=new, addressed=False)

    assert (await tom.says("/bind", place=new)).key == "group-whose"
    assert [row["place"] for row in await chat.rows("bound_groups")] == [new]
    assert [row["place"] for row in await chat.rows("tickets")] == [new, new]
    assert [row["text"] for row in await chat.rows("ticket_messages")][-1] == "it is the big one"


async def test_undo_of_a_binding_takes_the_greeting_back(chat: Chat, tom: Person) -> None:
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)

    await tom.presses("Undo", place=group)

    assert await chat.rows("bound_groups") == []
    assert await greetings(chat) == []

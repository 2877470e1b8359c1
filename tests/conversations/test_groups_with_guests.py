"""In a group where somebody of outside the company is, the staff are answered privately."""

from __future__ import annotations

import pytest

from handlers.chat import MembersChanged, Sender, Text
from tests.conversations.conftest import Chat

COMMANDS = ("/customer C1", "/find Acme", "/lead Initech, 020 7946 0999", "/log called Acme, they want 20 seats", "C1")


@pytest.mark.parametrize("command", COMMANDS)
async def test_where_a_customer_reads_along_staff_are_answered_privately(chat: Chat, command: str) -> None:
    tom, priya = await chat.staff("Tom"), chat.stranger("Priya")
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    public = await tom.says(command, place=group)

    await priya.does(Text("good morning", addressed=False), place=group)
    private = await tom.says(command, place=group)

    assert "to_user" not in public.sent.row.extra
    assert private.sent.row.extra["to_user"] == tom.user


async def test_what_is_pressed_on_a_private_card_stays_private(chat: Chat) -> None:
    tom, priya = await chat.staff("Tom"), chat.stranger("Priya")
    group = chat.group("launch")
    await priya.does(Text("good morning", addressed=False), place=group)
    await tom.says("called Acme, they want 20 seats", place=group)

    saved = await tom.presses("Save", place=group)

    assert (saved.key, saved.sent.row.extra["to_user"]) == ("entry-saved", tom.user)


async def test_who_leaves_or_is_of_the_staff_is_no_guest(chat: Chat) -> None:
    tom, mei, priya = await chat.staff("Tom"), await chat.staff("Mei"), chat.stranger("Priya")
    await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    both = (Sender(user=priya.user, name="Priya"), Sender(user=mei.user, name="Mei"))
    await tom.does(MembersChanged(joined=both), place=group)
    with_guest = await tom.says("/customer C1", place=group)

    await tom.does(MembersChanged(left=both[:1]), place=group)
    alone = await tom.says("/customer C1", place=group)

    assert "to_user" in with_guest.sent.row.extra
    assert "to_user" not in alone.sent.row.extra

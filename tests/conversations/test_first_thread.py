"""The thin thread: a sentence, Save, and the reminder that arrives on time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.chat import Press
from tests.conversations.conftest import Chat

FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


async def test_a_sentence_becomes_a_lead_a_call_and_a_reminder(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("called Acme, they want a quote for 20 seats, follow up Friday 10am")

    assert "Acme" in card.text
    assert card.buttons[0] == "Save + new lead Acme"

    saved = await tom.presses("Save")

    assert saved.edits is not None
    assert any(label.startswith("Undo") for label in saved.buttons)
    [lead] = await chat.rows("leads")
    assert lead["company"] == "Acme"
    [activity] = await chat.rows("activities")
    assert activity["kind"] == "call"
    assert activity["lead_id"] == lead["id"]
    assert "quote for 20 seats" in activity["note"]
    [followup] = await chat.rows("followups")
    assert followup["due_at"] == FRIDAY_10

    [reminder] = [said for said in await chat.tick(FRIDAY_10) if said.key == "followup-due"]

    assert reminder.buttons == ["Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call"]
    assert "Acme" in reminder.text
    assert not [said for said in await chat.tick(FRIDAY_10) if said.key == "followup-due"]


async def test_a_reminder_is_said_once_though_it_is_planned_again(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")

    first = await chat.tick(FRIDAY_10)
    again = await chat.tick(FRIDAY_10.replace(minute=5))

    assert [said.key for said in [*first, *again]].count("followup-due") == 1


async def test_pressing_save_twice_saves_once(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    [draft] = await chat.rows("drafts")
    await tom.presses("Save")

    again = await tom.forges(f"entry.save:{draft['id']}")

    assert again.key == "entry-gone"
    assert len(await chat.rows("activities")) == 1


async def test_a_double_tap_is_not_answered_twice(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    [draft] = await chat.rows("drafts")
    save = Press(f"entry.save:{draft['id']}", "7")

    [saved] = await tom.does(save)
    assert saved.key == "entry-saved"
    assert await tom.does(save) == []
    undo = Press(next(each.press for row in saved.body.rows for each in row if each.label == "Undo"), "7")
    assert [said.key for said in await tom.does(undo)] == ["undone"]
    assert await tom.does(undo) == []

    chat.now += timedelta(seconds=6)
    assert [said.key for said in await tom.does(save)] == ["entry-gone"]  # an old card has its answer


async def test_the_same_delivery_twice_is_one(chat: Chat) -> None:
    from handlers.chat import Text

    tom = await chat.staff("Tom")

    first = await tom.does(Text("called Acme"), delivery="d1")
    second = await tom.does(Text("called Acme"), delivery="d1")

    assert len(first) == 1
    assert second == []
    assert len(await chat.rows("drafts")) == 1


async def test_what_is_to_be_done_next_is_kept_beside_what_happened(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    card = await tom.says("Acme signed, send the contract on Tuesday")
    assert "send the contract" in card.text
    await tom.presses("Save")

    [activity] = await chat.rows("activities")
    [followup] = await chat.rows("followups")
    assert activity["note"] == "Acme signed"
    assert followup["note"] == "send the contract"

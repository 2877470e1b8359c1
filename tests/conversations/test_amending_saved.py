""" "No, Thursday" just after Save: what was saved is corrected, and Undo brings the earlier version back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conversations.conftest import Chat


async def test_what_was_saved_is_corrected_in_words(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme Foods", owner=tom)
    brown = await chat.customer("Brown & Sons", owner=tom)
    await tom.says("called Acme Foods, budget 20k, follow up Friday 10am")
    await tom.presses("Save")

    moved = await tom.says("no, Thursday")

    assert moved.key == "entry-amended"
    assert moved.edits is None
    assert "Thu 19 Nov" in moved.text or "tomorrow" in moved.text
    assert "Undo" in moved.buttons
    [followup] = await chat.rows("followups")
    assert followup["due_at"] == datetime(2026, 11, 19, 10, tzinfo=UTC)

    dearer = await tom.says("not 20k, 25k")
    assert "25,000" in dearer.text
    [activity] = await chat.rows("activities")
    assert activity["amount_minor"] == 2_500_000

    await tom.says("it was Brown & Sons")
    [activity] = await chat.rows("activities")
    assert activity["customer_id"] == brown.id
    assert [row["customer_id"] for row in await chat.rows("opportunities")] == [brown.id]

    await tom.presses("Undo")
    [activity] = await chat.rows("activities")
    assert activity["customer_id"] == acme.id
    assert activity["amount_minor"] == 2_500_000

    again = await tom.says("no, Monday")  # what it would correct was undone: these are words of their own
    assert again.key != "entry-amended"


async def test_one_of_a_list_is_corrected_by_its_name(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme, brown = await chat.customer("Acme Foods", owner=tom), await chat.customer("Brown & Sons", owner=tom)
    await tom.says("called Acme Foods and Brown & Sons, both want demos; Acme Friday, Brown Monday")

    waiting = await tom.says("no, Brown Tuesday")
    assert waiting.key == "entries-card"
    await tom.presses("Save all")
    assert await _due(chat) == {acme.id: (20, 9), brown.id: (24, 9)}

    moved = await tom.says("no, Brown Wednesday 3pm")
    assert moved.key == "entry-amended"
    assert "Brown & Sons" in moved.text
    assert await _due(chat) == {acme.id: (20, 9), brown.id: (25, 15)}
    await tom.says("sorry, Acme Thursday")
    assert await _due(chat) == {acme.id: (19, 9), brown.id: (25, 15)}
    assert len(await chat.rows("activities")) == 2

    await tom.presses("Undo")
    assert await _due(chat) == {acme.id: (20, 9), brown.id: (25, 15)}
    assert (await tom.says("no, Acme Monday")).key != "entry-amended"  # what it would correct was undone


async def _due(chat: Chat) -> dict[int, tuple[int, int]]:
    return {row["customer_id"]: (row["due_at"].day, row["due_at"].hour) for row in await chat.rows("followups")}


async def test_words_that_name_nobody_of_the_list_or_both_correct_none_of_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Foods", owner=tom)
    await chat.customer("Brown & Sons", owner=tom)
    await tom.says("called Acme Foods and Brown & Sons, both want demos; Acme Friday, Brown Monday")
    await tom.presses("Save all")

    for words in ("no, Thursday", "no, Acme and Brown Thursday", "called Acme again, try Thursday", "it was Acme"):
        assert (await tom.says(words)).key != "entry-amended"


async def test_what_is_no_correction_is_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Foods", owner=tom)
    await tom.says("called Acme Foods, follow up Friday 10am")
    await tom.presses("Save")

    assert (await tom.says("no answer at Brown & Sons, try again Monday")).key == "entry-card"
    await tom.presses("Cancel")
    assert (await tom.says("called Acme Foods again, they want a demo")).key == "entry-card"
    await tom.presses("Save")
    await chat.tick(after=timedelta(minutes=31))
    assert (await tom.says("no, Thursday")).key != "entry-amended"
    assert len(await chat.rows("followups")) == 1


async def test_a_correction_after_a_reminder_moves_the_reminded(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Foods", owner=tom)
    brown = await chat.customer("Brown & Sons", owner=tom)
    await tom.says(f"/next C{brown.id} today 09:10 send the quote")
    await tom.says("called Acme Foods, follow up Friday 10am")
    await tom.presses("Save")
    await chat.tick(after=timedelta(minutes=11))

    moved = await tom.says("move it to Monday 9am")

    assert moved.key != "entry-amended"
    due = {row["customer_id"]: row["due_at"] for row in await chat.rows("followups")}
    assert due[brown.id] == datetime(2026, 11, 23, 9, tzinfo=UTC)


async def test_what_somebody_changed_since_stays(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await chat.customer("华新科技", owner=mei)
    await mei.says("给华新科技打了电话，预算20万，周五上午10点再跟进")
    await mei.presses("保存")

    corrected = await mei.says("不是20万是25万")
    assert "25万" in corrected.text and "20万" not in corrected.text
    assert [row["note"] for row in await chat.rows("activities")] == ["给华新科技打了电话，预算25万"]
    moved = await mei.says("改到周四下午")
    assert "14:00" in moved.text
    [followup] = await chat.rows("followups")
    await mei.forges(f"followup.done:{followup['id']}")

    assert (await mei.says("改到下周一")).key == "saved-changed-since"
    assert [row["status"] for row in await chat.rows("followups")] == ["done"]


async def test_what_is_said_after_saving_a_logged_call_is_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Foods", owner=tom)
    await tom.says("/next C1 tomorrow 9am send the quote")
    await tom.forges("followup.log:1")
    await tom.presses("Save")

    said = await tom.says("called Acme Foods, they want 20 more, call again Monday 10am")

    assert said.key == "entry-card"
    assert (await tom.presses("Save")).key == "entry-saved"
    assert len(await chat.rows("activities")) == 2
    assert (await tom.says("no, Tuesday")).key == "entry-amended"

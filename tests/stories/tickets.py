"""The story of a ticket, word by word, whichever channel it is on."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.desk import WEDNESDAY, Desk, Person
from tests.stories.stories import CODE, story


async def a_customer(desk: Desk, rep: Person) -> Person:
    """Jane Miller of Acme, C1, who came in by her code."""
    await rep.says("/lead Acme, Jane Miller, 07911 123456")
    await rep.presses("To customer")
    code = CODE.search((await rep.says("/invite C1")).text)
    assert code is not None
    jane = await desk.stranger("janey")
    await jane.says(f"join {code[1]}")
    return jane


@story
async def a_customer_asks_with_a_photo_and_is_helped(desk: Desk) -> None:
    """Recalled once, answered, not solved, a complaint, closed; nothing that colleagues wrote reaches her."""
    tom, ana, sam = (
        await desk.staff("Tom"),
        await desk.staff("Ana", role="manager"),
        await desk.staff("Sam", role="agent"),
    )
    jane = await a_customer(desk, tom)
    progress = await jane.sends_photo("The printer is jammed")
    assert "T1 The printer is jammed" in progress.text
    await desk.fetched()
    await desk.comes(WEDNESDAY + timedelta(minutes=1))

    card = await sam.last()
    assert "T1 The printer is jammed" in card.lines[0]
    assert [card.offers(label) for label in ("Accept", "Pass on", "📎 1")] == [True] * 3
    assert "today" in (await sam.presses("📎")).text
    assert (await sam.presses("Accept")).offers("Reply")

    assert (await sam.says("/r T1 open the lid")).offers("Recall")
    await sam.presses("Recall")
    await desk.comes(WEDNESDAY + timedelta(minutes=2))
    assert "Sam is on it" in "\n".join(await jane.heard())
    assert "T1" in (await sam.says("/note T1 he always says that")).text
    preview = await sam.says("/r T1 please restart it")
    assert "please restart it" in preview.text
    await desk.comes(WEDNESDAY + timedelta(minutes=3))
    assert any("Sam: please restart it" in text for text in await jane.heard())

    await sam.says("/close T1 restarted")
    await desk.comes(WEDNESDAY + timedelta(minutes=4))
    await jane.presses("Not solved")
    assert [row["status"].value for row in await desk.rows("tickets")] == ["reopened"]
    await desk.comes(WEDNESDAY + timedelta(minutes=5))
    await sam.presses("Accept")
    await sam.presses("More")
    await sam.presses("complaint")
    await desk.comes(WEDNESDAY + timedelta(minutes=6))
    assert "A complaint has come in" in (await ana.last()).text
    await sam.says("/close T1 a new cable")
    await desk.comes(WEDNESDAY + timedelta(minutes=7))
    await jane.presses("Yes, solved")

    assert [row["status"].value for row in await desk.rows("tickets")] == ["closed"]
    heard = "\n".join(await jane.heard())
    assert [words in heard for words in ("always says", "open the lid", "a new cable")] == [False] * 3


@story
async def in_a_customers_group_the_staff_are_answered_privately(desk: Desk) -> None:
    """And among colleagues numbers and names are masked."""
    tom, sam = await desk.staff("Tom"), await desk.staff("Sam", role="manager")
    jane = await a_customer(desk, tom)
    theirs, ours = await desk.room("acme", tom, sam, jane), await desk.room("ours", tom, sam)
    await theirs.hears(tom, "/bind C1")
    await theirs.hears(jane, "The oven smokes")
    assert "T1 The oven smokes" in "\n".join(await theirs.seen())
    before = len(await theirs.seen())
    for words in ("/customer C1", "/queue", "/take T1", "/note T1 she is always late", "/find Acme"):
        await theirs.hears(sam, words)
    await desk.comes(WEDNESDAY + timedelta(minutes=1))
    shown = "\n".join((await theirs.seen())[before:])
    assert [words in shown for words in ("7911", "late", "Sam", "In the queue")] == [False] * 4

    for words in ("/customer C1", "T1", "/find Jane"):
        await ours.hears(sam, words)
    masked = "\n".join(await ours.seen())
    assert [words in masked for words in ("C1", "T1")] == [True] * 2
    assert [words in masked for words in ("7911", "911 123", "Miller", "oven smokes")] == [False] * 4

    await theirs.hears(sam, "/r T1 I am on my way")
    await desk.comes(WEDNESDAY + timedelta(minutes=2))
    assert any("I am on my way" in text for text in await theirs.seen())

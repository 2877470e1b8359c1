"""An agent knows the customers of their tickets by name, as soon as they have one."""

from __future__ import annotations

from tests.conversations.conftest import Chat


async def test_the_customer_of_a_ticket_is_known_from_then_on(chat: Chat) -> None:
    tom, sam, ida = (
        await chat.staff("Tom"),
        await chat.staff("Sam", role="agent"),
        await chat.staff("Ida", role="agent"),
    )
    acme = await chat.customer("Brightwater Foods", owner=tom)

    before = await sam.says("called Brightwater Foods, they are fine")
    await tom.says(f"/ticket C{acme.id} the press stands still")
    [ticket] = await chat.rows("tickets")
    holder, other = (sam, ida) if ticket["assignee_id"] == sam.id else (ida, sam)
    after = await holder.says("called Brightwater Foods, they are fine")
    unknown = await other.says("called Brightwater Foods, they are fine")
    await holder.says("/transfer T1 @" + other.name)
    moved = await other.says("called Brightwater Foods again, they are fine")

    assert "Save" in after.buttons
    for said, is_known in ((before, False), (after, True), (unknown, False), (moved, True)):
        assert any(label.startswith("Save + new lead") for label in said.buttons) is not is_known, said.text

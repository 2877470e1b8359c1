"""The history of a customer is also that of its calls, follow-ups and people; one's own lines name whom they were about."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat


@pytest.mark.parametrize("in_group", [False, True])
async def test_history_of_a_customer_lists_what_happened_there(chat: Chat, in_group: bool) -> None:
    tom = await chat.staff("Tom")
    place = chat.group("launch") if in_group else None
    acme = await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=tom)
    await tom.says("called Globex, they are happy")
    await tom.presses("Save")
    await tom.says("called Acme, they want 20 seats, follow up Friday 10am")
    await tom.presses("Save")
    await tom.fills(f"contact.add:{acme.id}", {"name": "Priya"})
    await tom.says(f"/next C{acme.id} monday 9am send the quote")

    said = await tom.says(f"/history C{acme.id}", place=place)

    lines = said.text.splitlines()
    assert ["Tom · Follow-up planned (F2): send the quote" in lines[1], "Tom · Contact added (P1)" in lines[2]] == [
        True,
        True,
    ]
    assert "Tom · Activity logged (F1): " in lines[3]
    assert "they want 20 seats" in lines[3]
    assert "happy" not in said.text


async def test_my_history_names_whom_each_change_was_about(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they want 20 seats")
    await tom.presses("Save")
    await tom.says("/lead Initech, 020 7946 0999")

    lines = (await tom.says("/history")).text.splitlines()

    assert "Lead added (L1) · Initech" in lines[1]
    assert "Activity logged · Acme" in lines[2]


async def test_a_lead_s_call_is_in_its_history(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Initech, 020 7946 0999")
    await tom.says("called Initech, no budget yet")
    await tom.presses("Save")

    said = await tom.says("/history L1")

    assert "no budget yet" in said.text

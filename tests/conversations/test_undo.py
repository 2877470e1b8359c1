"""Undo, redo and history."""

from __future__ import annotations

from datetime import timedelta

from tests.conversations.conftest import Chat


async def test_undo_goes_back_step_by_step(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.says("/lead Nordwind, Eva, eva@nordwind.com")

    first, second = await tom.says("/undo"), await tom.says("撤销")

    assert (first.key, second.key) == ("undone", "undone")
    assert "L2" in first.text
    assert "L1" in second.text
    assert await chat.rows("leads") == []
    assert (await tom.says("/undo")).key == "nothing-to-undo"

    redone = await tom.presses("Redo")

    assert redone.key == "redone"
    assert [row["company"] for row in await chat.rows("leads")] == ["Acme"]
    assert (await tom.says("/undo")).key == "undone"
    assert await chat.rows("leads") == []


async def test_the_button_works_for_ten_minutes_then_history(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    chat.now += timedelta(minutes=11)

    late = await tom.presses("Undo")

    assert late.key == "undo-too-late"
    assert (await tom.says("/undo")).key == "undo-nothing-recent"
    assert len(await chat.rows("leads")) == 1
    listed = await tom.presses("History")
    assert listed.key == "history-mine"
    assert "Lead added (L1)" in listed.text
    assert (await tom.presses("Undo")).key == "undone"
    assert await chat.rows("leads") == []


async def test_who_changed_it_since_is_named(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    added = await tom.says("/lead Acme, Jane, jane@acme.com")
    assert added.key == "lead-added"
    await ana.says("L1")
    await ana.presses("Qualified")

    refused = await tom.presses("Undo")

    assert refused.key == "undo-refused"
    assert "Ana" in refused.text
    assert (await chat.rows("leads"))[0]["status"] == "qualified"


async def test_history_of_a_record_shows_before_and_after(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    ana = await chat.staff("Ana", role="manager")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("Qualified")
    await ana.forges(f"lead.give:1.{mei.id}")

    said = await ana.says("/history L1")

    assert said.key == "history-of"
    assert "Tom · Lead added" in said.text
    assert "status: new → qualified" in said.text
    assert "owner: Tom → Mei" in said.text
    assert (await tom.says("历史 L1")).key == "record-not-found"
    assert (await tom.says("/history L99")).key == "record-not-found"
    assert (await tom.says("/history nonsense")).key == "wrong-usage"


async def test_managers_may_undo_others_may_not(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    ana = await chat.staff("Ana", role="manager")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    [action] = [row for row in await chat.rows("journal_actions") if row["name"] == "lead-added"]

    assert (await mei.forges(f"undo:{action['id']}")).key == "record-not-found"
    assert (await mei.forges("undo:999")).key == "nothing-to-undo"
    assert (await mei.forges("undo:x")).key == "button-too-old"
    assert len(await chat.rows("leads")) == 1
    assert (await ana.forges(f"history.undo:{action['id']}")).key == "undone"
    assert await chat.rows("leads") == []


async def test_undone_twice_is_harmless(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    [action] = [row for row in await chat.rows("journal_actions") if row["name"] == "lead-added"]
    await tom.presses("Undo")

    again = await tom.forges(f"undo:{action['id']}")

    assert again.key == "undo-refused"
    assert await chat.rows("leads") == []


async def test_undo_withdraws_what_was_not_said_yet(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.forges(f"lead.give:1.{mei.id}")
    await tom.presses("Undo")

    assert await chat.delivered() == []
    assert mei.heard == []


async def test_history_shows_phones_and_emails(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, +44 20 7183 8750, jane@acme.com")
    form = {"company": "Acme", "person": "Jane", "phone": "+44 20 7183 8751", "email": "jane@acme.com"}
    await tom.fills("lead.change:1", form)

    said = await tom.says("/history L1")

    assert "phone: – → +44 20 7183 8751" in said.text
    assert "phone: +44 20 7183 8750 → –" in said.text
    assert "e-mail:" not in said.text  # it stayed
    await tom.presses("Undo")
    again = await tom.says("/history L1")
    assert "phone: +44 20 7183 8751 → –" in again.text


async def test_history_of_a_contact_shows_what_came_with_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    customer = await chat.customer("Acme", owner=tom)
    await tom.fills(f"contact.add:{customer.id}", {"name": "Jane"})
    await tom.fills("contact.change:1", {"name": "Jane", "email": "jane@acme.com"})

    assert "e-mail: – → jane@acme.com" in (await tom.says("/history P1")).text


async def test_the_first_of_two_reports_is_not_undone_under_the_second(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    for words in ("called Acme, they want a quote", "visited Acme, they like it"):
        await tom.says(words)
        await tom.presses("Save")
    reported = [row["id"] for row in await chat.rows("journal_actions") if row["name"] == "activity-logged"]

    refused = await tom.forges(f"undo:{reported[0]}")

    assert refused.key == "undo-refused"
    assert "Tom" in refused.text
    assert (await chat.rows("leads"))[0]["status"] == "working"
    assert [(await tom.says("/undo")).key for _ in reported] == ["undone", "undone"]
    assert (await chat.rows("leads"))[0]["status"] == "new"


async def test_what_is_not_theirs_any_more_is_not_undone_by_a_former_manager(chat: Chat) -> None:
    ana, ada = await chat.staff("Ana", role="manager"), await chat.staff("Ada", role="admin")
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await ana.says("L1")
    await ana.presses("Qualified")
    await ada.forges(f"team.setrole:{ana.id}.rep")

    assert (await ana.says("/undo")).key == "record-not-found"
    assert (await chat.rows("leads"))[0]["status"] == "qualified"
    assert (await tom.says("/undo")).key == "undo-refused"


async def test_nobody_takes_a_role_back_by_undoing(chat: Chat) -> None:
    ana, ada = await chat.staff("Ana", role="admin"), await chat.staff("Ada", role="admin")
    await ana.forges(f"team.setrole:{ana.id}.rep")

    assert (await ana.says("/undo")).key == "record-not-found"
    assert {row["name"]: row["role"] for row in await chat.rows("staff")} == {"Ana": "rep", "Ada": "admin"}
    assert ada.id

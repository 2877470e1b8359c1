"""What the company masks for a role, and what a role may not change: set, previewed, shown, refused, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.opportunities.actions import OpportunityChange, change_opportunity, open_opportunity
from domain.people.errors import FieldLocked
from domain.values.money import Money
from handlers.chat import Press
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person


async def saves(chat: Chat, who: Person, *fields: str) -> str:
    """Turns each on; gives the last preview."""
    text = ""
    for field in fields:
        text = (await who.forges(f"company.turn:{field}")).text
        assert (await who.presses("Save")).key == "company-saved"
    return text


async def test_a_masked_field_is_masked_outside_ones_own_records_and_looking_is_kept(chat: Chat) -> None:
    anna, tom, mei = await chat.staff("Anna", role="admin"), await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750, jane@newco.com")
    await tom.says("/lead Globex, Zoe Quinn, +44 20 7183 8751")
    await anna.forges(f"team.setsight:{mei.id}.team")
    assert "20 7183 8750" in (await mei.says("L1")).text

    preview = await saves(chat, anna, "masks.rep.phone", "masks.rep.email")
    assert "New: e-mail, masked for Sales rep" in preview
    assert "2 people see their cards so from now on." in preview
    [told, *_] = [said for said in await chat.tick() if said.key == "company-changed"]
    assert "phone, masked for Sales rep" in told.text

    hidden = await mei.says("L1")
    assert "7183 8750" not in hidden.text
    assert "j***@newco.com" in hidden.text
    assert hidden.buttons[0] == "Show"
    own = await tom.says("L1")
    assert "20 7183 8750" in own.text
    assert "Show" not in own.buttons

    shown = await mei.presses("Show")
    assert "20 7183 8750" in shown.text
    assert "Show" not in shown.buttons
    assert "Mei · Looked at what is masked L1" in (await anna.says("/audit looked")).text
    assert "7183 8750" not in (await mei.says("/history L1")).text

    await mei.does(Press("lead.edit:1"))
    form = mei.receipt.form
    assert form is not None
    assert {"phone", "email"}.isdisjoint(field.name for field in form.fields)
    assert form.note is not None
    assert "4420718" not in str(form.note)
    values = {field.name: field.value for field in form.fields}
    changed = await mei.fills("lead.change:1", {**values, "phone": "+44 20 7183 0000", "note": "calls on Monday"})
    assert changed is not None
    assert changed.key == "lead-changed"
    assert "20 7183 8750" in (await anna.says("L1")).text
    assert "masked" in (await anna.says("/roles")).text.casefold()


async def test_history_masks_a_chat_account_as_its_card_does(chat: Chat) -> None:
    anna, tom, mei = await chat.staff("Anna", role="admin"), await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    await tom.does(Press("lead.edit:1"))
    form = tom.receipt.form
    assert form is not None
    values = {field.name: field.value for field in form.fields}
    handles = {"wechat": "jane_miller_77", "whatsapp": "+44 7700 900123"}
    await tom.fills("lead.change:1", {**values, **handles})
    await anna.forges(f"team.setsight:{mei.id}.team")
    await saves(chat, anna, "masks.rep.handle", "masks.rep.phone")

    for said in (await mei.says("L1"), await mei.says("/history L1")):
        assert "jane_miller_77" not in said.text
        assert "900123" not in said.text
    for said in (await tom.says("L1"), await tom.says("/history L1")):
        assert "jane_miller_77" in said.text  # it is his own
        assert "7700 900123" in said.text


async def test_a_locked_field_is_refused_whichever_way_it_is_changed(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    mei = await chat.staff("Mei", role="manager")
    customer = await chat.customer("Acme", owner=tom)
    await tom.forges(f"customer.setgrade:{customer.id}.A")
    fields = ("customer.grade", "customer.owner", "customer.name", "customer.phone", "opportunity.stage")
    await saves(chat, anna, *(f"locks.rep.{each}" for each in fields))
    await saves(chat, anna, "locks.manager.customer.grade")

    refused = await tom.forges(f"customer.setgrade:{customer.id}.B")
    assert refused.key == "field-locked"
    assert refused.text == "The grade of a customer is not yours to change. Who may: support agents, admins."
    assert (await mei.forges(f"customer.setgrade:{customer.id}.B")).key == "field-locked"
    assert (await mei.forges("company.turn:locks.manager.customer.grade")).key == "own-limits"
    assert (await tom.forges(f"customer.give:{customer.id}.{mei.id}")).key == "field-locked"

    await tom.does(Press(f"customer.edit:{customer.id}"))
    form = tom.receipt.form
    assert form is not None
    names = {field.name for field in form.fields}
    assert {"name", "grade"}.isdisjoint(names)
    assert "phone" in names  # there is none yet, and what is empty may be filled in
    values = {field.name: field.value for field in form.fields}
    changed = await tom.fills(
        f"customer.change:{customer.id}", {**values, "name": "Other", "phone": "+44 20 7183 8750"}
    )
    assert changed is not None
    assert "Acme" in changed.text
    again = await tom.fills(f"customer.change:{customer.id}", {**values, "phone": "+44 20 7183 0000"})
    assert again is not None
    assert "8750" in again.text

    assert (await anna.forges(f"customer.setgrade:{customer.id}.B")).key != "field-locked"
    await anna.forges("company.turn:locks.rep.customer.grade")
    await anna.presses("Save")
    assert (await tom.forges(f"customer.setgrade:{customer.id}.C")).key != "field-locked"
    await anna.presses("Undo")
    assert (await tom.forges(f"customer.setgrade:{customer.id}.A")).key == "field-locked"
    assert (await tom.forges("company.turn:locks.rep.customer.grade")).key == "not-allowed"
    assert (await anna.forges("company.turn:masks.manager.phone")).key == "button-too-old"


async def test_what_is_locked_is_marked_on_cards_and_ones_own_first_filling_can_be_taken_back(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/lead Newco, Jane Miller")
    fields = ("customer.grade", "customer.owner", "customer.phone", "lead.owner", "opportunity.stage")
    await saves(chat, anna, *(f"locks.rep.{each}" for each in fields))

    card = await tom.says(f"C{acme.id}")
    assert "Grade" in card.buttons  # there is none yet
    assert "🔒 Owner" in card.buttons
    assert "Assign" not in card.buttons
    assert (await tom.presses("🔒 Owner")).key == "field-locked"
    assert "🔒 Owner" in (await tom.says("L1")).buttons
    assert (await tom.forges("lead.assign:1")).key == "field-locked"
    assert "Assign" in (await anna.says("L1")).buttons

    await tom.says(f"C{acme.id}")
    await tom.presses("Grade")
    graded = await tom.presses("A")
    assert "🔒 Grade" in graded.buttons
    assert (await tom.forges(f"customer.grade:{acme.id}")).text.startswith("The grade of a customer is not yours")
    assert (await tom.presses("Undo")).key == "undone"
    assert (await chat.rows("customers"))[0]["grade"] is None
    await tom.presses("Redo")
    assert (await chat.rows("customers"))[0]["grade"] == "A"
    await tom.says("/history")
    chat.now += timedelta(minutes=11)
    assert (await tom.presses("Undo")).key == "field-locked"

    await tom.does(Press(f"customer.edit:{acme.id}"))
    form = tom.receipt.form
    assert form is not None
    values = {field.name: field.value for field in form.fields}
    await tom.fills(f"customer.change:{acme.id}", {**values, "phone": "+44 20 7183 8750"})
    assert (await tom.says("/undo")).key == "undone"
    assert await chat.rows("contact_points") == []

    await tom.fills(f"opportunity.open:{acme.id}", {"name": "Racks", "amount": "900 GBP"})
    deal = await tom.says("O1")
    assert [each for each in deal.buttons if each.startswith("🔒")] == ["🔒 Stage"]
    assert (await tom.presses("🔒 Stage")).key == "field-locked"


async def test_a_locked_amount_keeps_its_currency(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    customer = await chat.customer("Acme", owner=tom)
    deal = await perform(
        chat.house.database.unit_of_work,
        lambda uow, actor: open_opportunity(
            uow, tom.staff, customer.id, OpportunityChange(name="Racks", amount=Money.of(900, "GBP")), now=chat.now
        ),
        actor=tom.staff,
        now=chat.now,
        through="test",
    )
    await saves(chat, anna, "locks.rep.opportunity.amount")

    with pytest.raises(FieldLocked):
        await perform(
            chat.house.database.unit_of_work,
            lambda uow, actor: change_opportunity(
                uow, tom.staff, deal.id, OpportunityChange(name="Racks", amount=Money.of(900, "USD"))
            ),
            actor=tom.staff,
            now=chat.now,
            through="test",
        )


async def test_whose_record_a_followup_is_about_reads_its_phone(chat: Chat) -> None:
    anna, tom, mei = await chat.staff("Anna", role="admin"), await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    await anna.forges(f"team.setsight:{mei.id}.team")
    await saves(chat, anna, "masks.rep.phone")
    await tom.says("/next L1 tomorrow 10:00 call Jane")

    assert "20 7183 8750" in (await tom.says("F1")).text
    assert "7183 8750" not in (await mei.says("F1")).text

    said = await tom.says("called Newco, Ann answers at +44 20 7183 8759 and ann@newco.com")
    assert "+44 20 7183 8759, ann@newco.com\n" in said.text
    assert "+44 20 7183 8759, ann@newco.com" in (await tom.presses("Save")).text

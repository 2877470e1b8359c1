"""Leads in chat: added in one line, doubted, met again, moved on, handed over."""

from __future__ import annotations

import pytest

from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Press
from handlers.dispatch import perform
from tests.conversations.conftest import Chat


async def test_a_line_acts_at_once_and_can_be_undone(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    said = await tom.says("/lead Acme Ltd, Jane Miller, 020 7183 8750, jane@acme.com, fair")

    assert said.key == "lead-added"
    assert "L1 Acme\n" in said.text
    assert "Acme Ltd" in said.text
    assert "+44 20 7183 8750" in said.text
    assert any(label.startswith("Undo") for label in said.buttons)
    [lead] = await chat.rows("leads")
    assert (lead["company"], lead["name"], lead["source"], lead["status"]) == ("Acme Ltd", "Jane Miller", "fair", "new")
    assert [point["value"] for point in await chat.rows("contact_points")] == ["+442071838750", "jane@acme.com"]

    undo = next(button.press for row in said.body.rows for button in row if button.label.startswith("Undo"))
    # A number opens the record, however it is typed; Telegram makes a link of the one with the slash.
    assert {(await tom.says(each)).text for each in ("L1", "#l1", "／Ｌ１", "/L1", "、L1")} == {
        (await tom.says("L1")).text
    }

    undone = await tom.forges(undo, message="1")

    assert undone.key == "undone"
    assert "L1" in undone.text
    assert undone.edits is not None
    assert await chat.rows("leads") == []

    again = await tom.presses("Redo")

    assert again.key == "redone"
    assert [row["company"] for row in await chat.rows("leads")] == ["Acme Ltd"]


async def test_phones_are_read_in_the_country_of_the_speaker(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")

    said = await mei.says("新线索 华新科技、王总、021-62345678 转802，微信号: wang_2024")

    assert said.key == "lead-added"
    assert "021 6234 5678 转 802" in said.text
    assert "wang_2024" in said.text
    phone, wechat = await chat.rows("contact_points")
    assert (phone["value"], phone["extension"], phone["unique_key"]) == ("+862162345678", "802", None)
    assert (wechat["kind"], wechat["value"]) == ("wechat", "wang_2024")


async def test_doubtful_words_are_asked_and_one_tap_saves(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    doubt = await tom.says("/lead Acme Tom Brown 020 7183 8750")

    assert doubt.key == "lead-which"
    assert await chat.rows("leads") == []

    saved = await tom.presses("Acme · Tom Brown")

    assert saved.key == "lead-added"
    [lead] = await chat.rows("leads")
    assert (lead["company"], lead["name"]) == ("Acme", "Tom Brown")
    assert len(await chat.rows("contact_points")) == 1


# ---------------------------------------------------------------- somebody has it


async def test_somebody_elses_is_told_masked_and_can_be_asked_for(chat: Chat) -> None:
    mei = await chat.staff("王梅", locale="zh-CN", timezone="Asia/Shanghai")
    tom = await chat.staff("Tom")
    await mei.says("/lead 华新科技, 张总, 13800138000")

    met = await tom.says("/lead Huaxin, Zhang, +86 138 0013 8000")

    assert met.key == "duplicate-found"
    assert "王*" in met.text
    assert "华新" not in met.text
    assert "王梅" not in met.text

    asked = await tom.presses("Ask to share")

    assert asked.key == "share-request-sent"
    [request] = await chat.delivered()
    assert request.key == "share-asked"
    assert request in mei.heard

    shared = await mei.presses("共享")

    assert shared.key == "share-done"
    [told] = await chat.delivered()
    assert told.key == "share-granted"
    assert "华新科技" in told.text
    card = await tom.presses("Open L1")
    assert "华新科技" in card.text

    await mei.presses("撤销")
    gone = await tom.says("L1")

    assert gone.key == "record-not-found"


async def test_declining_says_so_and_shows_nothing(chat: Chat) -> None:
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom")
    await mei.says("/lead Secret Garden, Jane, jane@secret.com")
    await tom.says("/lead Other, Jane, jane@secret.com")
    await tom.presses("Ask to share")
    await chat.delivered()

    await mei.presses("No")

    [told] = await chat.delivered()
    assert told.key == "share-declined"
    assert "Secret" not in told.text
    assert (await tom.says("L1")).key == "record-not-found"


async def test_asking_for_what_is_not_there_answers_the_same(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    said = await tom.forges("share.ask:lead.999")

    assert said.key == "share-request-sent"
    assert await chat.planned() == []


async def test_ones_own_opens_its_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")

    said = await tom.says("/lead Acme, Jane Miller, jane@acme.com")

    assert said.key == "lead-exists"
    assert "L1" in said.text
    assert len(await chat.rows("leads")) == 1
    assert "Save anyway" not in said.buttons


async def test_the_same_company_may_be_saved_anyway(chat: Chat) -> None:
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom")
    await mei.says("/lead Acme Ltd, Jane, jane@acme.com")

    met = await tom.says("/lead ACME Limited, Bob, bob@acme.com")

    assert met.key == "duplicate-found"
    assert "Save anyway" in met.buttons

    saved = await tom.presses("Save anyway")

    assert saved.key == "lead-added"
    assert [row["company"] for row in await chat.rows("leads")] == ["Acme Ltd", "ACME Limited"]


async def test_a_shared_switchboard_only_warns(chat: Chat) -> None:
    mei = await chat.staff("Mei", timezone="Asia/Shanghai", locale="zh-CN")
    await mei.says("/lead 华新科技, 张总, 400-123-4567")

    said = await mei.says("/lead 北方实业, 李总, 4001234567")

    assert said.key == "lead-added"
    assert "顺便一提：L1 华新科技" in said.text


# ---------------------------------------------------------------- its way


async def test_from_new_to_customer_and_back(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme Ltd, Jane Miller, jane@acme.com")
    await tom.says("L1")
    assert (await tom.presses("Working on it")).key == "lead-moved"
    assert (await tom.presses("Qualified")).key == "lead-moved"

    converted = await tom.presses("To customer")

    assert converted.key == "lead-converted"
    assert "Jane Miller" in converted.text
    [lead] = await chat.rows("leads")
    [customer] = await chat.rows("customers")
    [contact] = await chat.rows("contacts")
    [opportunity] = await chat.rows("opportunities")
    [point] = await chat.rows("contact_points")
    assert (lead["status"], lead["customer_id"]) == ("converted", customer["id"])
    assert (customer["name"], customer["short_name"], customer["owner_id"]) == ("Acme Ltd", "Acme", tom.id)
    assert (contact["name"], opportunity["name"]) == ("Jane Miller", "Acme")
    assert (point["lead_id"], point["contact_id"]) == (None, contact["id"])

    await tom.presses("Undo")

    assert await chat.rows("customers") == []
    [point] = await chat.rows("contact_points")
    assert point["lead_id"] == lead["id"]
    assert (await chat.rows("leads"))[0]["status"] == "qualified"


async def test_followups_and_activities_come_along(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote, follow up Friday 10am")
    await tom.presses("Save")
    await tom.says("L1")

    await tom.presses("To customer")

    [followup] = await chat.rows("followups")
    [activity] = await chat.rows("activities")
    assert (followup["lead_id"], followup["customer_id"]) == (None, 1)
    assert (activity["lead_id"], activity["customer_id"]) == (1, 1)


async def test_lost_with_a_reason_and_tried_again(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("Lost")

    lost = await tom.presses("Price")

    assert lost.key == "lead-lost"
    assert "(Price)" in lost.text
    assert (await chat.rows("leads"))[0]["lost_reason"] == "price"
    assert (await tom.presses("Try again")).key == "lead-reopened"
    await tom.presses("Lost")
    await tom.presses("Something else")

    words = await tom.says("their brother sells it cheaper")

    assert words.key == "lead-lost"
    assert (await chat.rows("leads"))[0]["lost_reason"] == "their brother sells it cheaper"


async def test_old_buttons_show_how_things_stand(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("To customer")

    again = await tom.forges("lead.convert:1")

    assert again.key == "lead-card"
    assert len(await chat.rows("customers")) == 1
    assert (await tom.forges("lead.lose:1.price")).key == "lead-card"
    assert (await chat.rows("leads"))[0]["status"] == "converted"


async def test_assigning_tells_the_new_owner(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("Assign")

    given = await tom.says("@mei")

    assert given.key == "lead-given"
    [told] = await chat.delivered()
    assert told in mei.heard
    assert told.buttons[:2] == ["Accept", "Pass on"]
    assert "Assign" not in told.buttons  # Pass on does that
    assert (await mei.presses("Accept")).key == "lead-accepted"
    [lead] = await chat.rows("leads")
    assert (lead["owner_id"], lead["status"]) == (mei.id, "working")
    assert (await tom.says("L1")).key == "record-not-found"


async def test_assigning_to_nobody_known_asks_again_and_news_goes_on(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("Assign")

    assert (await tom.says("@nobody")).key == "no-such-colleague"
    assert (await tom.says("called Acme, they want a quote")).key == "entry-card"


# ---------------------------------------------------------------- forms


async def test_an_empty_lead_is_a_form(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead")
    await tom.does(Press("form.open:1"))
    form = tom.receipt.form
    assert form is not None
    assert form.press.startswith("form.send:")

    nothing = await tom.fills(form.press, {"company": "", "phone": "12"})

    assert nothing is None
    assert set(tom.receipt.field_errors) == {"phone"}

    saved = await tom.fills(form.press, {"company": "Acme", "person": "Jane", "phone": "020 7183 8750"})

    assert saved is not None
    assert saved.key == "lead-added"
    assert await chat.rows("drafts") == []


async def test_wrong_points_open_the_form_with_the_error(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    said = await tom.says("/lead Acme, Jane, 12345678")

    assert said.key == "form-waits"
    assert "12345678" in said.text
    await tom.does(Press("form.open:1"))
    form = tom.receipt.form
    assert form is not None
    assert {field.name: field.value for field in form.fields}["company"] == "Acme"
    assert "phone" in tom.receipt.field_errors


async def test_changing_a_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com, 07911 123456")
    await tom.does(Press("lead.edit:1"))
    assert tom.receipt.form is not None
    values = {field.name: field.value for field in tom.receipt.form.fields}

    saved = await tom.fills("lead.change:1", {**values, "company": "Acme Ltd", "email": "", "grade": "A"})

    assert saved is not None
    assert saved.key == "lead-changed"
    [lead] = await chat.rows("leads")
    assert (lead["company"], lead["grade"]) == ("Acme Ltd", "A")
    assert [point["kind"] for point in await chat.rows("contact_points")] == ["phone"]

    await tom.presses("Undo")

    assert (await chat.rows("leads"))[0]["company"] == "Acme"
    assert len(await chat.rows("contact_points")) == 2


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("/lead " + "x" * 100_000, "lead-too-long"),
        ("/lead <script>alert(1)</script>, *_<&", "lead-added"),
        ("/lead \u202eAcme\u200b\x00, Jane", "lead-added"),
        ("/lead \x00\u200b", "form-waits"),
        ("/lead " + "a" * 300 + ", Jane", "form-waits"),
    ],
)
async def test_bad_input_gets_a_clear_answer(chat: Chat, typed: str, key: str) -> None:
    tom = await chat.staff("Tom")

    said = await tom.says(typed)

    assert said.key == key
    assert "\u202e" not in said.text


@pytest.mark.parametrize(
    ("payload", "key"),
    [
        ("lead.show:999", "record-not-found"),
        ("lead.show:99999999999999999999", "button-too-old"),
        ("lead.status:1.lost", "button-too-old"),
        ("lead.status:1.converted", "button-too-old"),
        ("lead.lose:1.because", "button-too-old"),
        ("lead.lose:1", "button-too-old"),
        ("lead.read:1.1", "button-too-old"),
        ("lead.anyway:1", "button-too-old"),
        ("lead.give:1.999", "record-not-found"),
        ("record.show:wolf.1", "button-too-old"),
        ("record.show:lead.-1", "button-too-old"),
        ("share.yes:lead.1.1", "record-not-found"),
        ("share.yes:staff.1.1", "button-too-old"),
        ("form.save:7", "form-gone"),
        ("list.save:7", "list-gone"),
        ("find.page:7.0", "button-too-old"),
        ("entry.pick:1.lead.99999999999", "entry-gone"),
        ("nonsense", "button-too-old"),
        ("", "button-too-old"),
    ],
)
async def test_forged_presses(chat: Chat, payload: str, key: str) -> None:
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom")
    await mei.says("/lead Acme, Jane, jane@acme.com")
    lead_of_tom = payload.startswith(("lead.lo", "lead.status", "lead.give"))
    if lead_of_tom:
        tom = mei

    said = await tom.forges(payload)

    assert said.key == key
    assert len(await chat.rows("leads")) == 1


async def test_two_leads_of_one_company_make_one_customer(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme Ltd, Jane, jane@acme.com")
    await tom.says("/lead Acme Limited, Bob, bob@acme.com")
    await tom.presses("Save anyway")
    await tom.forges("lead.convert:1")

    asked = await tom.forges("lead.convert:2")

    assert asked.key == "lead-ask-convert"
    joined = await tom.presses("Yes, to C1")
    assert joined.key == "lead-converted"
    assert len(await chat.rows("customers")) == 1
    assert [(row["name"], row["customer_id"]) for row in await chat.rows("contacts")] == [("Jane", 1), ("Bob", 1)]


async def test_news_about_a_company_that_a_colleague_has_is_never_lost(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead Nordwind GmbH, Eva, eva@nordwind.com")
    await tom.says("called Nordwind, they want a quote, follow up Friday 10am")

    met = await tom.presses("Save")

    assert met.key == "duplicate-found"
    assert (await tom.presses("Save anyway")).key == "entry-saved"
    assert len(await chat.rows("leads")) == 2
    assert len(await chat.rows("followups")) == 1


async def test_without_an_owner_the_managers_are_asked(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    ana = await chat.staff("Ana", role="manager")
    await mei.says("/lead Nordwind, Eva, eva@nordwind.com")

    async def leave(uow: UnitOfWork, actor: Staff | None) -> None:
        (await uow.staff.get(mei.id)).is_active = False

    await perform(chat.house.database.unit_of_work, leave, now=chat.now)
    await tom.says("/lead Other, Eva, eva@nordwind.com")

    await tom.presses("Ask to share")

    [asked] = await chat.delivered()
    assert asked in ana.heard
    assert (await ana.presses("Share")).key == "share-done"

"""Customers, contacts and opportunities in chat."""

from __future__ import annotations

from domain.values.money import Money
from handlers.chat import Press
from tests.conversations.conftest import Chat, Person


async def opened(person: Person, payload: str) -> dict[str, str]:
    """The values of the form that a press opens."""
    await person.does(Press(payload))
    form = person.receipt.form
    assert form is not None
    return {field.name: field.value for field in form.fields}


async def test_any_spelling_of_the_number_shows_the_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Ltd", owner=tom)

    for typed in ("/customer C1", "/customer 1", "c1", "#C1", "Ｃ１", "客户 C1", "、customer c1"):
        said = await tom.says(typed)
        assert said.key == "customer-card", typed
        assert "C1 Acme Ltd" in said.text


async def test_another_reps_is_not_there(chat: Chat) -> None:
    tom, mei, ana = await chat.staff("Tom"), await chat.staff("Mei"), await chat.staff("Ana", role="manager")
    await chat.customer("Acme Ltd", owner=tom)

    hidden, absent = await mei.says("C1"), await mei.says("C2")

    assert (hidden.key, absent.key) == ("record-not-found", "record-not-found")
    assert hidden.text.replace("C1", "") == absent.text.replace("C2", "")
    assert (await ana.says("C1")).key == "customer-card"


async def test_changing_a_customer(chat: Chat) -> None:
    tom = await chat.staff("Tom", timezone="Asia/Shanghai")
    await chat.customer("上海华新科技有限公司", owner=tom)
    values = await opened(tom, "customer.edit:1")

    wrong = await tom.fills(
        "customer.change:1", {**values, "phone": "12", "credit_code": "91310000000000000X", "custom": "floor"}
    )

    assert wrong is None
    assert set(tom.receipt.field_errors) <= {"phone", "credit_code", "custom"}

    saved = await tom.fills(
        "customer.change:1",
        {
            **values,
            "short_name": "华新",
            "grade": "A",
            "phone": "021-62345678",
            "wechat": "huaxin_2024",
            "tags": "VIP, 老客户",
            "custom": "楼层：12",
            "address": "上海市",
        },
    )

    assert saved is not None
    assert saved.key == "customer-changed"
    assert "021 6234 5678" in saved.text
    assert "楼层: 12" in saved.text
    [row] = await chat.rows("customers")
    assert (row["short_name"], row["grade"], row["tags"], row["custom"]) == (
        "华新",
        "A",
        ["VIP", "老客户"],
        {"楼层": "12"},
    )

    await tom.presses("Undo")

    assert (await chat.rows("customers"))[0]["grade"] is None
    assert await chat.rows("contact_points") == []


async def test_a_contact_with_a_lunar_birthday(chat: Chat) -> None:
    tom = await chat.staff("Tom", timezone="Asia/Shanghai")
    await chat.customer("Acme", owner=tom)
    await opened(tom, "contact.new:1")

    assert await tom.fills("contact.add:1", {"name": "王总", "birthday": "32 March"}) is None
    assert set(tom.receipt.field_errors) == {"birthday"}

    saved = await tom.fills("contact.add:1", {"name": "王总", "phone": "13800138000", "birthday": "农历八月十五"})

    assert saved is not None
    assert saved.key == "contact-added"
    assert "08-15 (lunar)" in saved.text
    assert "138 0013 8000" in saved.text
    card = await tom.says("P1")
    assert card.key == "contact-card"
    assert "王总" in (await tom.says("C1")).text

    values = await opened(tom, "contact.edit:1")
    changed = await tom.fills("contact.change:1", {**values, "title": "采购"})
    assert changed is not None
    assert (await chat.rows("contacts"))[0]["title"] == "采购"
    assert (await chat.rows("contacts"))[0]["birthday"] == "lunar 08-15"


async def test_a_taken_mobile_is_an_error_at_the_field(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead Acme, Jane, +44 7911 123456")
    await chat.customer("Other", owner=tom)

    said = await tom.fills("contact.add:1", {"name": "Jane", "phone": "07911 123456"})

    assert said is None
    assert set(tom.receipt.field_errors) == {"phone"}
    assert tom.receipt.field_errors["phone"].key == "duplicate-found"


async def test_grade_by_button(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("C1")
    await tom.presses("Grade")

    said = await tom.presses("A")

    assert said.key == "customer-changed"
    assert (await chat.rows("customers"))[0]["grade"] == "A"


async def test_assigning_moves_what_is_open(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("To customer")
    await tom.presses("Assign")

    said = await tom.presses("Mei")

    assert said.key == "customer-given"
    assert (await chat.rows("opportunities"))[0]["owner_id"] == mei.id
    [told] = await chat.delivered()
    assert told.key == "customer-assigned"
    assert "Accept" in told.buttons


# ---------------------------------------------------------------- opportunities


async def test_stages_of_an_opportunity(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("To customer")
    card = await tom.says("O1")
    assert card.key == "opportunity-card"

    moved = await tom.presses("Proposal")

    assert moved.key == "opportunity-moved"
    values = await opened(tom, "opportunity.edit:1")
    said = await tom.fills("opportunity.change:1", {**values, "amount": "50k", "expected_on": "27 Nov 2026"})
    assert said is not None
    assert "£50,000" in said.text
    [row] = await chat.rows("opportunities")
    assert (row["amount_minor"], row["amount_currency"]) == (Money.of(50_000, "GBP").minor, "GBP")

    won = await tom.presses("Won")

    assert won.key == "opportunity-won"
    assert (await chat.rows("opportunities"))[0]["closed_at"] == chat.now
    await tom.presses("Undo")
    assert (await chat.rows("opportunities"))[0]["stage"] == "proposal"


async def test_losing_an_opportunity_asks_why(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.presses("To customer")
    await tom.says("O1")
    await tom.presses("Lost")

    said = await tom.presses("Competitor")

    assert said.key == "opportunity-lost"
    [row] = await chat.rows("opportunities")
    assert (row["stage"], row["lost_reason"]) == ("lost", "competitor")
    assert (await tom.forges("opportunity.stage:1.paradise")).key == "button-too-old"


async def test_amounts_and_days_nobody_can_read(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    said = await tom.fills("opportunity.open:1", {"name": "", "amount": "lots", "expected_on": "whenever"})

    assert said is None
    assert set(tom.receipt.field_errors) == {"name", "amount", "expected_on"}


# ---------------------------------------------------------------- groups


async def test_a_group_sees_masked_cards_and_show_me_answers_privately(chat: Chat) -> None:
    tom = await chat.staff("Tom", timezone="Asia/Shanghai")
    group = chat.group("sales")
    await tom.says("/lead 华新科技, 王伟, 13800138000")

    said = await tom.says("L1", place=group)

    assert "13800138000" not in said.text.replace(" ", "")
    assert "138****8000" in said.text
    assert "王伟" not in said.text

    shown = await tom.presses("Show me", place=group)

    assert "138 0013 8000" in shown.text
    assert shown.sent.row.extra.get("to_user") == tom.user
    assert shown.edits is None


async def test_long_lists_say_how_many_more(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    for number in range(15):
        await tom.fills("contact.add:1", {"name": f"Person {number}"})

    card = await tom.says("C1")

    assert "10 more contacts" in card.text
    more = await tom.presses("10 more")
    assert more.key == "customer-contacts"
    assert "Person 5" in more.text
    last = await tom.presses("2 more")
    assert "Person 14" in last.text
    assert (await tom.presses("Back")).key == "customer-card"


async def test_the_grade_that_it_has_is_no_change(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    graded = await tom.forges(f"customer.setgrade:{acme.id}.A")
    actions = len(await chat.rows("journal_actions"))

    again = await tom.forges(f"customer.setgrade:{acme.id}.A")

    assert "Undo" in graded.buttons
    assert "Undo" not in again.buttons
    assert len(await chat.rows("journal_actions")) == actions

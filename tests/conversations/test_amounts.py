"""What a saved amount does, and in which currency somebody speaks."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat


async def test_an_amount_opens_the_sale_and_then_updates_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they have 20k")

    saved = await tom.presses("Save")

    assert "O1 Acme · Qualified · £20,000" in saved.text
    await tom.says("called Acme, now it is 25k")
    await tom.presses("Save")
    [opportunity] = await chat.rows("opportunities")
    assert (opportunity["customer_id"], opportunity["amount_minor"], opportunity["owner_id"]) == (
        acme.id,
        2_500_000,
        tom.id,
    )
    assert "£25,000" in (await tom.says(f"C{acme.id}")).text

    await tom.says("/undo")
    assert [row["amount_minor"] for row in await chat.rows("opportunities")] == [2_000_000]


async def test_a_sale_that_is_over_is_left_alone(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they have 20k")
    await tom.presses("Save")
    await tom.forges("opportunity.stage:1.won")

    await tom.says("called Acme, another 5k")
    await tom.presses("Save")

    assert [(row["stage"], row["amount_minor"]) for row in await chat.rows("opportunities")] == [
        ("won", 2_000_000),
        ("qualified", 500_000),
    ]


async def test_a_lead_keeps_what_is_expected_and_takes_it_along(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Zenith, they want 20 seats for 50k")
    saved = await tom.presses("Save + new lead Zenith")
    card = await tom.says("L1")

    assert "Amount: £50,000" in saved.text
    assert "Expected: £50,000" in card.text
    await tom.presses("To customer")
    [opportunity] = await chat.rows("opportunities")
    assert (opportunity["amount_minor"], opportunity["amount_currency"]) == (5_000_000, "GBP")


async def test_what_is_expected_is_put_right_in_the_form(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Zenith Ltd")

    await tom.fills("lead.change:1", {"company": "Zenith Ltd", "amount": "12.5k"})
    assert (await chat.rows("leads"))[0]["amount_minor"] == 1_250_000
    wrong = await tom.fills("lead.change:1", {"company": "Zenith Ltd", "amount": "a lot"})

    assert wrong is None
    assert set(tom.receipt.field_errors) == {"amount"}


@pytest.mark.parametrize(
    ("timezone", "currency"),
    [("Asia/Shanghai", "CNY"), ("Europe/London", "GBP"), ("America/New_York", "USD"), ("UTC", "GBP")],
)
async def test_a_bare_amount_is_in_the_money_of_the_place(chat: Chat, timezone: str, currency: str) -> None:
    mei = await chat.staff("Mei", timezone=timezone)
    await mei.says("called Zenith, they have a budget of 50k")
    await mei.presses("Save")

    [activity] = await chat.rows("activities")
    assert (activity["amount_minor"], activity["amount_currency"]) == (5_000_000, currency)
    assert currency in (await mei.says("/settings")).text


async def test_a_currency_that_is_set_beats_the_place(chat: Chat) -> None:
    mei = await chat.staff("Mei", timezone="Asia/Shanghai")
    given = {"language": "en", "timezone": "Asia/Shanghai", "work_start": "9:00", "work_end": "18:00"}
    hours = {"quiet_start": "21:00", "quiet_end": "8:00"}

    wrong = await mei.fills("settings.change", {**given, **hours, "currency": "XXA"})
    assert wrong is None
    assert set(mei.receipt.field_errors) == {"currency"}
    card = await mei.fills("settings.change", {**given, **hours, "currency": "usd"})

    assert card is not None
    assert "USD" in card.text
    await mei.says("called Zenith, they have a budget of 50k")
    await mei.presses("Save")
    assert (await chat.rows("activities"))[0]["amount_currency"] == "USD"


async def test_never_is_no_phone(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("called Gamma, wants it by 9999-12-31")

    assert "+44" not in card.text

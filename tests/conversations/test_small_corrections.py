"""Small things that read wrong."""

from __future__ import annotations

from tests.conversations.conftest import Chat


async def test_a_month_that_was_typed_small_is_said_as_it_is_written(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert "There is no 30 February" in (await tom.says("called Acme, follow up 30 february")).text


async def test_a_letter_that_finds_nothing_is_no_new_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says("/find a")).buttons == []
    assert (await tom.says("/find HP")).buttons != []


async def test_customer_with_a_lead_s_number_shows_the_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Initech, 020 7946 0999")

    assert (await tom.says("/customer L1")).key == "lead-card"


async def test_a_command_that_resembles_nothing_is_not_guessed(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert "/next" not in (await tom.says("/ticket C1 broken")).text
    assert "/lead" in (await tom.says("/leed Acme")).text


async def test_two_lines_of_my_day_about_one_customer_have_buttons_of_their_own(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    globex = await chat.customer("Globex", owner=tom)
    await tom.says(f"/next C{globex.id} today 15:00 call them")
    await tom.says(f"/next C{globex.id} today 16:00 send the quote")

    day = await tom.says("/today")

    about = [label for label in day.buttons if "Globex" in label]
    assert len(set(about)) == len(about) == 2


async def test_customer_with_a_name_that_only_one_has_opens_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Globex Trading", owner=tom)
    await chat.customer("Acme Foods", owner=tom)
    await chat.customer("Acme Dental", owner=tom)

    assert (await tom.says("/customer globex")).key == "customer-card"
    assert "Acme Foods" in (found := (await tom.says("/customer Acme")).text) and "Acme Dental" in found
    assert (await tom.says("/customer Nobody")).key == "find-nothing"

"""What is mine: customers, leads and deals, listed for whoever owns them."""

from __future__ import annotations

import pytest

from handlers.dialogs.lists import PAGE
from handlers.records.mine import asked_for_mine
from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("my customers", "customer"),
        ("show me all my clients", "customer"),
        ("列出我的客户", "customer"),
        ("我有哪些客户", "customer"),
        ("my leads", "lead"),
        ("我的线索", "lead"),
        ("what are my open deals", "opportunity"),
        ("my pipeline", "opportunity"),
        ("我的商机", "opportunity"),
        ("my customers are unhappy", None),
        ("我的客户很满意", None),
        ("told my clients about the price", None),
    ],
)
def test_which_words_ask_for_them(words: str, record: str | None) -> None:
    assert asked_for_mine(words) == record


async def test_ones_own_are_listed_in_pages_and_nobody_elses(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    assert [(await tom.says(f"my {what}")).key for what in ("customers", "leads", "deals")] == [
        "mine-no-customer",
        "mine-no-lead",
        "mine-no-opportunity",
    ]
    await mei.says("/lead Nordwind GmbH, Eva")
    for number in range(PAGE + 1):
        await tom.says(f"/lead Company{number} Ltd, Jane, 020 7183 875{number}")
    await tom.says("L2")
    await tom.presses("To customer")

    leads = await tom.says("my leads")

    assert leads.key == "mine-lead"
    assert "Company8" in leads.text
    assert "Nordwind" not in leads.text
    assert "Company0" not in leads.text  # the customer by now
    assert len(leads.text.splitlines()) == PAGE + 1

    assert "C1 Company0" in (await tom.says("/customer")).text
    assert (await tom.presses("Open C1")).key == "customer-card"
    assert (await tom.says("my deals")).text.endswith("\nO1 Company0 · Qualified")
    await tom.fills("opportunity.change:1", {"name": "30 seats"})
    assert (await tom.says("my deals")).text.endswith("\nO1 30 seats · Company0 · Qualified")


async def test_the_next_page_goes_on_behind_the_last_line(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    for number in range(PAGE + 1):
        await tom.says(f"/lead Company{number} Ltd, Jane, 020 7183 875{number}")
    await tom.says("my leads")

    rest = await tom.presses("1 more")

    assert "Company0" in rest.text
    assert "Company1" not in rest.text
    assert "Company8" in (await tom.presses("From the start")).text

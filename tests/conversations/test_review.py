from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.leads.actions import NewLead, add_lead
from domain.leads.converting import convert_lead
from domain.opportunities.actions import OpportunityChange, move_opportunity, open_opportunity
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person


async def a_quarter(chat: Chat, tom: Person) -> None:
    """Of Tom: four sales that stand still, twelve leads of an advert, ten of a fair of which one was won."""
    customer = await chat.customer("Acme", owner=tom)

    async def made(uow: Any, actor: Any) -> None:
        for number in range(4):
            change = OpportunityChange(name=f"Deal {number}")
            await open_opportunity(uow, tom.staff, customer.id, change, now=chat.now - timedelta(days=30))
        for number in range(22):
            new = NewLead(company=f"Company {number}", source="advert" if number < 12 else "fair")
            lead = await add_lead(uow, tom.staff, new, now=chat.now - timedelta(days=20))
        converted = await convert_lead(uow, tom.staff, lead.id, now=chat.now - timedelta(days=9))
        await move_opportunity(uow, tom.staff, converted.opportunity.id, "won", now=chat.now - timedelta(days=2))

    await perform(chat.house.database.unit_of_work, made, actor=tom.staff, now=chat.now, through="test")


async def test_a_review_finds_three_things_and_each_can_be_acted_on(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    ana = await chat.staff("Ana", role="manager")
    await a_quarter(chat, tom)

    said = await ana.says("/review")
    assert (
        "Sales stand still in “Qualified”: 4 of 4 for two weeks or longer · half of them longer than 30 days"
        in said.text
    )
    assert "“Fair” pays best: 1 of 10 leads won so far. “Advert”: none of 12." in said.text
    assert "Tom has 21 open leads; the others typically have 0." in said.text
    assert "O1 Deal 0" in (await ana.presses("Show ①")).text
    assert (await tom.says("/review")).key == "not-allowed"
    assert (await tom.forges("review.give:1.1.2")).key == "not-allowed"

    planned = await ana.forges("review.plan:1.qualified")
    assert "4 follow-ups planned" in planned.text
    assert {row["opportunity_id"] for row in await chat.rows("followups")} == {1, 2, 3, 4}
    assert {row["owner_id"] for row in await chat.rows("followups")} == {tom.id}
    names = {row["id"]: row["name"] for row in await chat.rows("opportunities")}
    assert all(row["note"].startswith(f"{names[row['opportunity_id']]} · ") for row in await chat.rows("followups"))
    assert "Each of them has a follow-up" in (await ana.forges("review.plan:1.qualified")).text
    preview = await ana.presses("No longer offer it")
    assert "12 leads keep “Advert”" in preview.text
    await ana.presses("Cancel")

    given = await ana.presses("Up to 10 untouched leads to Mei")
    assert "10 leads go from Tom to Mei, who is told and is to accept." in given.text
    assert [row["owner_id"] for row in await chat.rows("leads")].count(mei.id) == 10
    assert (await ana.forges(f"review.give:1.{tom.id}.{mei.id}")).key == "review-changed"  # by now they have as many
    await ana.presses("Undo")
    assert [row["owner_id"] for row in await chat.rows("leads")].count(mei.id) == 0


async def test_where_little_happened_the_review_says_so(chat: Chat) -> None:
    zoe = await chat.staff("Zoe", role="admin", team=None, locale="zh-CN")
    said = await zoe.says("复盘 Q2")
    for words in ("每个阶段都不到 3 个", "还说明不了什么", "没有人既有 10 条以上"):
        assert words in said.text
    assert "其他报表" in said.buttons

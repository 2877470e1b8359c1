"""Who is meant where nobody is named: perhaps the customer of the last minutes, who is offered and never taken for granted."""

from __future__ import annotations

from datetime import timedelta

from tests.conversations.conftest import Chat


async def test_the_customer_of_the_last_minutes_is_offered(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN")
    huaxin = await chat.customer("华新科技", owner=mei)
    await mei.says("刚跟华新科技通了电话，要报价")
    await mei.presses("保存")

    offered = await mei.says("他说价格太高")
    assert "是 华新科技 吗？" in offered.text
    assert "保存给 华新科技" in offered.buttons
    nobody = await mei.presses("不关联客户")
    assert "未指定客户" in nobody.text
    await mei.presses("取消")

    await mei.says("他说价格太高")
    await mei.presses("保存给 华新科技")
    assert [row["customer_id"] for row in await chat.rows("activities")] == [huaxin.id] * 2


async def test_of_a_new_lead_as_well_but_not_of_anybody_and_not_for_ever(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Fernhill Bakery, they want a quote")
    await tom.presses("Save + new lead")

    assert "Save for Fernhill Bakery" in (await tom.says("he thinks it is too expensive")).buttons
    await tom.presses("Cancel")
    assert "No customer" in (await tom.says("spent the morning on the quarterly report")).text
    await tom.presses("Cancel")
    chat.now += timedelta(minutes=11)
    assert "No customer" in (await tom.says("he thinks it is too expensive")).text

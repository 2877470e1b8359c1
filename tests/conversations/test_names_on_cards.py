"""How companies are called: short on every card, whole on their own; and found by the short name behind /next."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    "typed", ["/next Beta friday 10am send the quote", "/next beta ltd, friday 10am, send the quote"]
)
async def test_next_knows_whom_its_words_begin_with(chat: Chat, typed: str) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Beta Ltd, Jane Miller, 020 7183 8750")

    said = await tom.says(typed)

    assert said.key == "followup-planned"
    [followup] = await chat.rows("followups")
    assert (followup["lead_id"], followup["note"]) == (1, "send the quote")


async def test_next_knows_a_customer_by_its_first_word(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    beta = await chat.customer("Beta Ltd", owner=tom)

    assert (await tom.says("/next beta friday 10am send the quote")).key == "followup-planned"
    assert (await chat.rows("followups"))[0]["customer_id"] == beta.id


async def test_next_asks_which_of_two(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Beta Ltd", owner=tom)
    await chat.customer("Beta Logistics Ltd", owner=tom)

    card = await tom.says("/next beta friday 10am send the quote")

    assert card.key == "entry-card"
    assert "Save for Beta" in card.buttons[0]
    assert await chat.rows("followups") == []


async def test_next_does_not_know_what_others_have(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="North")
    await chat.customer("Beta Ltd", owner=mei)

    assert (await tom.says("/next beta friday 10am send the quote")).key == "entry-card"


async def test_cards_show_the_short_name_and_the_own_card_the_whole(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    own = await mei.says("/lead 上海华新科技有限公司, 王伟")
    report = await mei.says("给华新打了电话，要报价，周五上午10点再跟进")
    saved = await mei.presses("保存")
    followup = await mei.says("F1")
    found = await mei.says("查 华新")

    assert "L1 华新科技\n" in own.text
    assert "上海华新科技有限公司" in own.text
    for said in (report, saved, followup, found):
        assert "华新科技" in said.text
        assert "上海华新" not in said.text


async def test_a_converted_lead_keeps_both_names(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Beta Ltd, Jane Miller")
    await tom.presses("To customer")

    found = await tom.says("/find beta")

    assert "C1 Beta" in found.text
    assert "L1" not in found.text
    [customer] = await chat.rows("customers")
    assert (customer["name"], customer["short_name"]) == ("Beta Ltd", "Beta")


async def test_what_was_said_is_found_below_the_names(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    ana = await chat.staff("Ana", role="manager")
    eve = await chat.staff("Eve", team="North")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they compare our quotation with Globex")
    await tom.presses("Save")

    said = await tom.says("/find quotation")

    assert f"C{acme.id} Acme · Call · just now: called Acme, they compare our quotation" in said.text
    assert said.buttons == [f"Open C{acme.id}"]
    assert (await ana.says("/find quotation")).key == "find-found"
    assert (await eve.says("/find quotation")).key == "find-nothing"
    assert (await tom.presses("Open C1")).key == "customer-card"
    await tom.says("/undo")
    assert (await tom.says("/find quotation")).key == "find-nothing"


async def test_a_long_note_is_shown_around_the_words(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says(f"called Acme, {'they went on about the weather ' * 10} and then a brochure was wanted")
    await tom.presses("Save")

    said = await tom.says("/find brochure")

    assert "brochure was wanted" in said.text
    assert "called Acme" not in said.text


@pytest.mark.parametrize(
    ("sentence", "company", "person"),
    [
        ("拜访了新客户金龙汽车，联系人陈经理", "金龙汽车", "陈经理"),
        ("拜访了金龙汽车，联系人陈经理，报价20万，周五下午三点再去", "金龙汽车", "陈经理"),
        ("新客户：大众食品，联系人王总", "大众食品", "王总"),
        ("拜访了新客户上海明珠，联系人李经理", "上海明珠", "李经理"),
    ],
)
async def test_a_new_company_keeps_its_name(chat: Chat, sentence: str, company: str, person: str) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")

    card = await mei.says(sentence)

    assert card.buttons[0] == f"保存并新建线索 {company}"
    await mei.presses("保存并新建线索")
    [lead] = await chat.rows("leads")
    assert (lead["company"], lead["name"]) == (company, person)


@pytest.mark.parametrize("sentence", ["新客户要报价，周五给", "拜访了新客户", "新客户很多，联系人都要问清楚"])
async def test_words_that_name_nobody_make_no_company(chat: Chat, sentence: str) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")

    assert (await mei.says(sentence)).buttons[0] == "保存"

"""The duplicate guard over near names, as people meet it: asked, masked where it is a colleague's, one tap saves."""

from __future__ import annotations

from tests.conversations.conftest import Chat


async def test_a_colleagues_company_by_its_short_name_is_told_masked(chat: Chat) -> None:
    mei = await chat.staff("王梅", locale="zh-CN", timezone="Asia/Shanghai")
    li = await chat.staff("李雷", locale="zh-CN", timezone="Asia/Shanghai")
    await mei.says("新线索 深圳市大疆创新科技有限公司、张总、13800138000")

    met = await li.says("新线索 大疆创新、陈工、13911119999")

    assert met.key == "duplicate-found"
    assert "名称相近" in met.text
    assert "王*" in met.text
    assert "深圳" not in met.text
    assert "张总" not in met.text
    assert len(await chat.rows("leads")) == 1

    assert (await li.presses("仍然保存")).key == "lead-added"
    assert [row["company"] for row in await chat.rows("leads")] == ["深圳市大疆创新科技有限公司", "大疆创新"]


async def test_ones_own_is_shown_with_a_way_to_save_all_the_same(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead International Business Machines Corp, Ginni, 020 7183 8750")

    met = await tom.says("/lead IBM, Arvind, 020 7183 8751")

    assert met.key == "lead-near"
    assert "You may have it already" in met.text
    assert "L1" in met.text
    assert (await tom.presses("Save anyway")).key == "lead-added"
    assert len(await chat.rows("leads")) == 2


async def test_homophones_and_other_places_are_other_companies(chat: Chat) -> None:
    mei = await chat.staff("王梅", locale="zh-CN", timezone="Asia/Shanghai")
    for line in ("北京鼎盛建材有限公司、张总", "北京鼎晟建材有限公司、李总", "上海鼎盛建材有限公司、赵总"):
        assert (await mei.says(f"/lead {line}")).key == "lead-added"
    assert len(await chat.rows("leads")) == 3


async def test_a_mailbox_at_the_same_company_is_asked_about(chat: Chat) -> None:
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom")
    await mei.says("/lead Nordwind GmbH, Eva, eva@nordwind.com")
    await mei.says("/lead Somebody, Jo, jo@gmail.com")

    met = await tom.says("/lead NW Shipping, Bob, bob@nordwind.com")

    assert met.key == "duplicate-found"
    assert "e-mail domain" in met.text
    assert "Eva" not in met.text
    assert (await tom.presses("Save anyway")).key == "lead-added"
    assert (await tom.says("/lead Anybody, Ann, ann@gmail.com")).key == "lead-added"


async def test_news_of_a_mailbox_there_ask_whether_it_is_that_company(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Nordwind GmbH, Eva, eva@nordwind.com")
    await tom.says("met Bob Stone from Zephyr Ltd, bob@nordwind.com, call Friday 10am")

    asked = await tom.presses("Save + new lead Zephyr Ltd")

    assert asked.key == "entry-near"
    assert "Nordwind" in asked.text
    assert await chat.rows("activities") == []

    card = await tom.presses("Yes, Nordwind")

    assert "Nordwind" in card.text
    assert (await tom.presses("Save")).key == "entry-saved"
    assert [row["company"] for row in await chat.rows("leads")] == ["Nordwind GmbH"]
    assert [row["lead_id"] for row in await chat.rows("activities")] == [1]


async def test_a_list_sets_apart_what_is_known_by_nearly_that_name(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead International Business Machines Corp, Ginni, 020 7183 8750")

    card = await tom.says(
        "IBM, Arvind, 020 7183 8751\nHutchinson Engineering, Jo, 020 7183 8752\n"
        "Hutchison Eng Ltd, Al, 020 7183 8753\nLarkfield Hotels, Una, 020 7183 8754"
    )
    assert "Line 1 IBM: exists · owner M. · nearly the same name" in card.text
    assert "Line 3 Hutchison Eng Ltd: nearly the name in line 2" in card.text
    assert "International" not in card.text

    await tom.presses("Save all (2)")
    assert [row["company"] for row in await chat.rows("leads")][1:] == ["Hutchinson Engineering", "Larkfield Hotels"]


async def test_the_whole_list_may_be_saved_all_the_same(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead 华为技术有限公司, 张总, +86 13800138000")

    await tom.says("深圳华为, 李总, +86 13911119999\nNordwind, Eva, eva@nordwind.com")
    await tom.presses("Save all, also known companies (2)")

    assert len(await chat.rows("leads")) == 3


async def test_a_rename_is_kept_and_tells_of_nearly_that_name(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead International Business Machines Corp, Ginni, 020 7183 8750")
    await tom.says("/lead Nordwind, Eva, 020 7183 8751")
    await mei.says("/lead Larkfield, Una, 020 7183 8752")

    renamed = await tom.fills("lead.change:2", {"company": "IBM", "phone": "020 7183 8751"})
    assert renamed is not None and "Nearly the name of L1 International Business Machines" in renamed.text
    again = await tom.fills("lead.change:2", {"company": "IBM", "phone": "020 7183 8751", "note": "big"})
    assert again is not None and "Nearly" not in again.text

    theirs = await mei.fills("lead.change:3", {"company": "IBM Ltd", "phone": "020 7183 8752"})
    assert theirs is not None and "Somebody else has a company with nearly this name · owner T." in theirs.text
    assert "International" not in theirs.text

"""Pasted lines become one list card."""

from __future__ import annotations

from tests.conversations.conftest import Chat

LINES = """company\tcontact\tphone
Acme Ltd\tJane Miller\t020 7183 8750
Nordwind GmbH\tEva\t+49 30 901820
Acme Limited\tBob\t+44 7911 123456

Known AG\tUwe\t+44 7400 123456
Broken\tIan\t12"""


async def test_a_table_with_a_header(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead Whoever, Uwe, +44 7400 123456")

    card = await tom.says(LINES)

    assert card.key == "list-card"
    assert (card.facts["fresh"], card.facts["repeated"], card.facts["unreadable"]) == (2, 2, 1)
    assert "New: Acme, Nordwind" in card.text
    assert "Line 4 Acme Limited: same as line 2" in card.text
    assert "Line 5 Known AG: exists · owner M." in card.text
    assert "Line 6" in card.text
    assert "Whoever" not in card.text
    assert card.buttons[0] == "Save all (2)"

    saved = await tom.presses("Save all")

    assert saved.key == "list-saved"
    assert [row["company"] for row in await chat.rows("leads")] == ["Whoever", "Acme Ltd", "Nordwind GmbH"]

    await tom.presses("Undo")

    assert [row["company"] for row in await chat.rows("leads")] == ["Whoever"]


async def test_saving_known_companies_too(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("Acme, Jane, +44 7911 123456\nAcme, Bob, +44 7400 123456")

    saved = await tom.presses("Save all, also")

    assert saved.facts["count"] == 2
    assert [row["name"] for row in await chat.rows("leads")] == ["Jane", "Bob"]


async def test_two_hundred_lines_under_one_action(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    lines = [f"客户{number}有限公司 王{number} 1380013{number:04}" for number in range(1, 201)]

    card = await mei.says("\n".join(lines))

    assert card.facts["fresh"] == 200
    saving = await mei.presses("全部保存")
    assert (saving.key, saving.facts["count"]) == ("list-saving", 200)
    assert len(await chat.rows("leads")) == 50
    [saved] = [said for said in await chat.tick() if said.key == "list-finished"]
    assert saved.text == "已保存 ✓ 200 条线索。"
    assert saved.edits == saving.edits
    rows = await chat.rows("leads")
    assert len(rows) == 200
    assert (rows[0]["company"], rows[0]["name"]) == ("客户1有限公司", "王1")
    actions = {row["action_id"] for row in await chat.rows("journal_changes") if row["table_name"] == "leads"}
    assert len(actions) == 1
    await mei.presses("撤销")
    await chat.tick()
    assert await chat.rows("leads") == []


async def test_what_somebody_adds_while_a_long_list_is_saved_is_left_out(chat: Chat) -> None:
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom")
    await mei.says("\n".join(f"Firm{n}, Jane{n}, j{n}@qq.com" for n in range(60)))
    await mei.presses("Save all")
    await tom.says("/lead Elsewhere, Jane, j59@qq.com")

    [saved] = [said for said in await chat.tick() if said.key == "list-finished"]

    assert saved.text.startswith("Saved ✓ 59 leads. One line was left out.")
    assert len(await chat.rows("leads")) == 60


async def test_too_many_lines(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    said = await tom.says("\n".join(f"Acme {n}, Jane, j{n}@acme{n}.com" for n in range(500)))

    assert said.key == "list-too-long"
    assert await chat.rows("drafts") == []


async def test_news_of_two_lines_is_no_list(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    said = await tom.says("called Acme, they want a quote\nfollow up Friday 10am")

    assert said.key == "entry-card"


async def test_saved_twice_saves_once(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("Acme, Jane, jane@acme.com\nNordwind, Eva, eva@nordwind.com")
    await tom.presses("Save all")

    assert (await tom.forges("list.save:1")).key == "list-gone"
    assert len(await chat.rows("leads")) == 2


async def test_nobody_elses_list(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("Acme, Jane, jane@acme.com\nNordwind, Eva, eva@nordwind.com")

    assert (await mei.forges("list.save:1")).key == "list-gone"
    assert await chat.rows("leads") == []


async def test_problems_come_in_pages(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    lines = ["company, contact, phone", *(f"Company {n}, Jane, 12" for n in range(20))]

    card = await tom.says("\n".join(lines))

    assert card.facts["unreadable"] == 20
    assert "12 more" in card.buttons
    assert "4 more" in (await tom.presses("12 more")).buttons
    assert "Line 21" in (await tom.presses("4 more")).text


async def test_words_that_may_be_anything_are_asked_about_and_not_saved(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    card = await tom.says(
        "Acme, Jane, 020 7183 8750\nnonsense line\nGlobex, Hank, hank@globex.com\nInitech 020 7946 0999"
    )
    await tom.presses("Save all")

    assert "Line 2: “nonsense line”: is that a company?" in card.text
    assert [row["company"] for row in await chat.rows("leads")] == ["Acme", "Globex", "Initech"]

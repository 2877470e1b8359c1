"""Forms asked question by question, where a channel has none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import Chat


async def test_an_empty_lead_is_asked_field_by_field(plain: Chat) -> None:
    tom = await plain.staff("Tom")

    first = await tom.says("/lead")

    assert first.key == "form-ask"
    assert "Company?" in first.text
    assert "Contact person?" in (await tom.says("Acme Ltd")).text
    assert "Phone?" in (await tom.says("Jane Miller")).text
    assert "E-mail?" in (await tom.says("020 7183 8750")).text
    assert "Source?" in (await tom.presses("Skip")).text
    last = await tom.says("skip")
    assert "Note?" in last.text
    assert last.buttons == ["Save", "Cancel"]

    saved = await tom.presses("Save")

    assert saved.key == "lead-added"
    [lead] = await plain.rows("leads")
    assert (lead["company"], lead["name"], lead["source"]) == ("Acme Ltd", "Jane Miller", None)
    assert await plain.rows("drafts") == []


async def test_save_at_any_question(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")
    await tom.says("Acme")

    assert (await tom.presses("Save")).key == "lead-added"


async def test_what_is_wrong_is_asked_again(plain: Chat) -> None:
    tom = await plain.staff("Tom")

    said = await tom.says("/lead Acme, Jane, 12345678")

    assert said.key == "form-ask"
    assert "12345678" in said.text
    again = await tom.says("1234")
    assert again.key == "form-ask"
    assert "“1234” doesn’t look like a phone number" in again.text
    assert (await tom.says("020 7183 8750")).key == "form-overview"
    assert (await tom.presses("Save")).key == "lead-added"
    assert len(await plain.rows("leads")) == 1


async def test_each_answer_is_checked_when_it_is_given(plain: Chat) -> None:
    mei = await plain.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await mei.says("/settings")
    await mei.presses("修改")
    await mei.presses("时区")
    wrong = await mei.says("上海滩")
    assert "上海滩" in wrong.text
    assert "目前：Asia/Shanghai" in wrong.text  # what stood there stays
    assert (await mei.presses("返回")).key == "form-overview"
    await mei.presses("上班时间")
    assert (await mei.says("25:00")).key == "form-ask"
    assert "8:30" in (await mei.says("8:30")).text

    tom = await plain.staff("Tom")
    await tom.says("/lead")
    await tom.says("Acme")
    await tom.says("Jane")
    assert "doesn’t look like a phone number" in (await tom.says("12")).text
    card = await tom.says("met Bill Lumbergh from Initech, follow up Friday 10am")
    assert "Initech (new lead)" in card.text  # no phone at all, but news: the form waits
    await tom.presses("Cancel")
    assert "New lead" in (await tom.says("/resume")).text


async def test_an_edit_begins_with_the_overview(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")

    overview = await tom.presses("Change")

    assert overview.key == "form-overview"
    assert "Company: Acme" in overview.text
    assert (await tom.presses("Grade")).key == "form-ask"
    assert (await tom.presses("B")).key == "form-overview"
    await tom.presses("Contact person")
    await tom.says("Jane Miller")
    await tom.presses("E-mail")
    await tom.says("-")
    saved = await tom.presses("Save")
    assert saved.key == "lead-changed"
    [lead] = await plain.rows("leads")
    assert (lead["name"], lead["grade"]) == ("Jane Miller", "B")
    assert await plain.rows("contact_points") == []


async def test_nothing_at_all_is_an_error_at_the_company(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")

    said = await tom.presses("Save")

    assert said.key == "form-ask"
    assert "company or a person" in said.text


async def test_commands_go_on_while_a_form_waits_and_cancel_drops_it(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")
    assert (await tom.says("/find Acme")).key == "find-nothing"

    await tom.forges("form.show:1")

    assert (await tom.presses("Cancel")).key == "form-dropped"
    assert await plain.rows("leads") == []
    assert (await tom.forges("form.show:1")).key == "form-gone"


async def test_an_old_question_no_longer_takes_the_words(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")
    plain.now += timedelta(hours=3)

    assert (await tom.says("called Acme, they want a quote")).key == "entry-card"
    assert (await tom.forges("form.show:1")).key == "form-ask"


async def test_answers_of_any_length_and_kind(plain: Chat) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")

    assert (await tom.says("x" * 100_000)).key == "form-ask"
    assert (await tom.says("\u202e\x00Acme")).key == "form-ask"
    assert (await tom.presses("Save")).key == "lead-added"
    assert (await plain.rows("leads"))[0]["company"] == "Acme"


@pytest.mark.parametrize(
    "payload", ["form.ask:1.99", "form.set:1.0.0", "form.set:1.0", "form.skip:1.x", "form.save:1x"]
)
async def test_forged_presses_on_a_form(plain: Chat, payload: str) -> None:
    tom = await plain.staff("Tom")
    await tom.says("/lead")

    assert (await tom.forges(payload)).key == "button-too-old"


async def test_nobody_elses_form(plain: Chat) -> None:
    tom, mei = await plain.staff("Tom"), await plain.staff("Mei")
    await tom.says("/lead")

    assert (await mei.forges("form.save:1")).key == "form-gone"

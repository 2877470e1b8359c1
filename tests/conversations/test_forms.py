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
    assert again.key == "form-overview"
    wrong = await tom.presses("Save")
    assert wrong.key == "form-ask"
    assert "1234" in wrong.text
    assert (await tom.says("020 7183 8750")).key == "form-overview"
    assert (await tom.presses("Save")).key == "lead-added"
    assert len(await plain.rows("leads")) == 1


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

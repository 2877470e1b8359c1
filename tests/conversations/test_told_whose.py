"""Cards and notices say whom they are about and whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import Chat


async def test_who_is_given_a_lead_reads_the_company_first(chat: Chat) -> None:
    ana, mei = await chat.staff("Ana", role="manager"), await chat.staff("Mei")
    await ana.says("/lead Initech, 020 7946 0999")
    await ana.presses("Assign")
    await ana.presses("Mei")
    await chat.delivered()

    assert mei.heard[-1].text.startswith("Initech · L1\nAna handed you this lead")


async def test_the_giver_s_card_keeps_the_name_of_the_new_owner(chat: Chat) -> None:
    ana, mei, sam = [
        await chat.staff(name, role=role) for name, role in (("Ana", "manager"), ("Mei", "rep"), ("Sam", "rep"))
    ]
    acme = await chat.customer("Acme", owner=ana)
    given = await ana.says(f"/next C{acme.id} friday 10am send the quote @Mei")
    await chat.delivered()
    assert mei.heard[-1].text.startswith("Acme · Fri 20 Nov, 10:00: Ana asks you to follow up")

    await mei.presses("Accept")
    await chat.delivered()

    edits = [said for said in ana.heard if said.edits and said.key == "followup-card"]
    assert given.key == "followup-given"
    assert "· Mei ·" in edits[-1].text
    assert "· Mei ·" not in mei.heard[-1].text

    await mei.presses("Pass on")
    await mei.presses("Sam")
    await chat.delivered()

    [told] = [said for said in ana.heard if said.key == "followup-passed"]
    assert "Mei passed it on to Sam" in told.text
    assert sam.heard[-1].key == "followup-assigned"


async def test_why_says_what_it_was_about(chat: Chat) -> None:
    ana, mei = await chat.staff("Ana", role="manager"), await chat.staff("Mei")
    for name in ("Initech", "Umbrella"):
        await ana.says(f"/lead {name}")
        await ana.presses("Assign")
        await ana.presses("Mei")

    lines = (await mei.says("/why")).text.splitlines()[1:]

    assert ["(Umbrella L2)" in lines[0], "(Initech L1)" in lines[1]] == [True, True]


async def test_a_comment_names_its_customer_and_who_is_nobody(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"C{acme.id}")
    card = (await chat.rows("cards"))[-1]["message"]

    missed = await tom.says("@nobody hi", reply_to=card)
    await tom.says("@Mei have a look", reply_to=card)
    await chat.delivered()

    assert "No colleague is called @nobody" in missed.text
    assert [row["note"] for row in await chat.rows("activities")] == ["@nobody hi", "@Mei have a look"]
    assert mei.heard[-1].text.startswith("Tom on Acme C1: @Mei have a look")


async def test_a_card_in_a_group_is_its_owner_s_to_save(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    group = chat.group("launch")
    await tom.says("called Acme, they want a quote", place=group)

    refused = await mei.presses("Save", place=group)
    saved = await tom.presses("Save", place=group)

    assert "Tom’s" in refused.text
    assert saved.key == "entry-saved"


async def test_a_customer_is_not_sent_to_a_manager(chat: Chat) -> None:
    await chat.staff("Tom")
    refused = await chat.stranger("Priya").says("/today")

    assert refused.key == "for-staff-only"
    assert "manager" not in refused.text


async def test_the_reminder_shows_the_only_contact(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.fills(f"contact.add:{acme.id}", {"name": "Priya", "phone": "020 7946 0999"})
    await tom.says(f"/next C{acme.id} in 10 minutes send the quote")

    [reminder] = [said for said in await chat.tick(after=timedelta(minutes=11)) if said.key == "followup-due"]

    assert "Priya" in reminder.text
    assert "20 7946 0999" in reminder.text


@pytest.mark.parametrize(("record", "code"), [("lead", "L1"), ("customer", "C1")])
async def test_who_gave_a_record_hears_who_has_it_now(chat: Chat, record: str, code: str) -> None:
    ana, mei, _sam = [
        await chat.staff(name, role=role) for name, role in (("Ana", "manager"), ("Mei", "rep"), ("Sam", "rep"))
    ]
    if record == "lead":
        await ana.says("/lead Initech")
    else:
        await chat.customer("Initech", owner=ana)
        await ana.says("C1")
    await ana.presses("Assign")
    await ana.presses("Mei")
    await chat.delivered()
    await mei.presses("Pass on")
    await mei.presses("Sam")
    await chat.delivered()

    assert [said.text for said in ana.heard if said.key == f"{record}-passed"] == [
        f"Mei passed {code} Initech on to Sam."
    ]
    # Sam got it from Mei; that it goes back to her is nothing to tell Ana.
    assert not any(said.key == f"{record}-passed" for said in mei.heard)


async def test_what_was_accepted_is_not_said_to_be_changed(chat: Chat) -> None:
    ana, mei = await chat.staff("Ana", role="manager"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=ana)
    await ana.says(f"/next C{acme.id} friday 10am send the quote @Mei")
    await chat.delivered()
    await mei.presses("Accept")

    refused = await ana.presses("Undo")

    assert refused.key == "undo-refused"
    assert "Mei accepted it" in refused.text

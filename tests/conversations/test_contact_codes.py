"""Who a customer's person in chat is: by a one-time code, by their own phone, or by staff from the queue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.page import sign_in
from handlers.chat import Blocked, ContactCard
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, phone
from tests.conversations.visitors import a_contact, account, code_of, connected

PHONE = "+447700900123"


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


async def test_a_code_says_who_somebody_is(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    jane = chat.stranger("janey")
    invitation = await tom.says(f"/invite C{acme.id}")

    came_in = await jane.says(f"/start {code_of(invitation)}")
    told = [said.key for said in await chat.delivered()]

    assert (invitation.key, came_in.key) == ("contact-invitation", "contact-is-known")
    assert "Jane Miller" in came_in.text
    assert [said.key for said in jane.heard] == ["contact-is-known", "welcome"]
    assert (await account(chat, jane))["contact_id"] == contact.id
    assert told == ["contact-came-in"]
    assert [said.key for said in tom.heard][-1] == "contact-came-in"
    assert "janey" in tom.heard[-1].text


async def test_the_owner_hears_of_it_and_can_say_that_it_is_not_them(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    jane = await connected(chat, chat.stranger("janey"), contact, by=tom)
    await chat.delivered()

    undone = await tom.presses("That’s not them")

    assert undone.key == "contact-unbound"
    assert (await account(chat, jane))["contact_id"] is None
    assert (await tom.presses("Undo")).key == "undone"
    assert (await account(chat, jane))["contact_id"] == contact.id


async def test_a_code_works_once_and_not_for_ever(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    code, late = [code_of(await tom.says(f"/invite P{contact.id}")) for _ in range(2)]
    jane, eve = chat.stranger("janey"), chat.stranger("Eve")
    await jane.says(f"/start {code}")

    assert (await jane.says(f"/start {code}")).key == "contact-is-known"  # she taps it twice
    assert (await eve.says(f"/start {code}")).key == "invitation-invalid"
    chat.now += timedelta(days=8)
    assert (await eve.says(late)).key == "invitation-invalid"
    assert (await account(chat, eve))["contact_id"] is None


async def test_whom_a_code_is_not_for(chat: Chat, tom: Person) -> None:
    """A colleague, somebody of another company, somebody who has left meanwhile, and a code of another house."""
    acme, globex = [await chat.customer(name, owner=tom) for name in ("Acme", "Globex")]
    jane, hank = [
        await a_contact(chat, customer.id, name, by=tom) for customer, name in ((acme, "Jane"), (globex, "Hank"))
    ]
    at_phone = await connected(chat, chat.stranger("hank"), hank, by=tom)
    code = code_of(await tom.says(f"/invite P{jane.id}"))

    assert (await tom.says(f"/join {code}")).key == "code-for-customer"
    assert (await at_phone.says(f"/start {code}")).key == "identity-taken"
    assert (await at_phone.says("/start 4F7K2Q8M3XAT")).key == "invitation-invalid"

    await tom.forges(f"contact.left:{jane.id}.yes")
    assert (await chat.stranger("Jane").says(f"/start {code}")).key == "invitation-invalid"
    assert (await tom.says(f"/invite P{jane.id}")).key == "contact-has-left"
    assert (await tom.says(f"/invite C{acme.id}")).key == "invite-nobody"


async def test_who_has_left_their_customer_is_a_stranger_again(chat: Chat, tom: Person) -> None:
    acme, globex = [await chat.customer(name, owner=tom) for name in ("Acme", "Globex")]
    old, new = [await a_contact(chat, each.id, "Jane", by=tom) for each in (acme, globex)]
    jane = await connected(chat, chat.stranger("janey"), old, by=tom)
    await tom.forges(f"contact.left:{old.id}.yes")

    assert (await connected(chat, jane, new, by=tom)) is jane
    assert (await account(chat, jane))["contact_id"] == new.id


async def test_a_second_account_is_the_same_person(chat: Chat, tom: Person) -> None:
    phone(chat)
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    await connected(chat, chat.stranger("janey"), contact, by=tom)

    answers = await Caller(chat, "7", "Jane").says(f"/start {code_of(await tom.says(f'/invite P{contact.id}'))}")

    assert [said.key for said in answers] == ["contact-is-known", "welcome"]
    bound = [row["channel"] for row in await chat.rows("identities") if row["contact_id"] == contact.id]
    assert bound == ["local", "phone"]


async def test_ones_own_phone_says_who_one_is(chat: Chat, tom: Person) -> None:
    """Telegram gives the number without its plus."""
    phone(chat)
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom, phone=PHONE)
    jane, eve, max_ = Caller(chat, "7", "Jane"), Caller(chat, "8", "Eve"), Caller(chat, "9", "Max")

    theirs = [said.key for said in await jane.does(ContactCard("447700900123", "Jane", is_own=True))]
    anothers = [said.key for said in await eve.does(ContactCard(PHONE, "Jane", is_own=False))]
    unknown = [said.key for said in await max_.does(ContactCard("+447700900999", "Max", is_own=True))]

    assert theirs == ["contact-is-known", "welcome"]
    assert anothers == ["phone-not-own"]
    assert unknown == ["welcome", "phone-unknown"]
    assert [row["contact_id"] for row in await chat.rows("identities") if row["channel"] == "phone"] == [
        contact.id,
        None,
        None,
    ]
    assert [row["words"] for row in await chat.rows("inquiries")] == ["☎ +447700900999"]


async def test_a_number_of_somebody_who_left_or_of_two_says_nothing(chat: Chat, tom: Person) -> None:
    phone(chat)
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane", by=tom, phone=PHONE)
    for name in ("Ann", "Ben"):
        await a_contact(chat, acme.id, name, by=tom, phone="020 7946 0123")
    await tom.forges(f"contact.left:{contact.id}.yes")

    for user, number in (("7", PHONE), ("8", "+442079460123")):
        said = await Caller(chat, user, "Jane").does(ContactCard(number, "Jane", is_own=True))
        assert said[-1].key == "phone-unknown"
    assert {row["contact_id"] for row in await chat.rows("identities") if row["channel"] == "phone"} == {None}


async def test_another_reps_customer_is_not_there(chat: Chat, tom: Person) -> None:
    mei, sam = await chat.staff("Mei", team="North"), await chat.staff("Sam", role="agent", team="Support")
    acme = await chat.customer("Acme", owner=tom)
    await a_contact(chat, acme.id, "Jane", by=tom)

    assert (await mei.says(f"/invite C{acme.id}")).key == "record-not-found"
    assert (await mei.says("/invite P1")).key == "record-not-found"
    assert (
        await sam.says(f"/invite C{acme.id}")
    ).key == "contact-invitation"  # whoever writes is the agents' to look after
    assert (await chat.stranger("Eve").says(f"/invite C{acme.id}")).key == "for-staff-only"


async def test_whoever_looks_after_them_hears_that_they_closed_the_chat(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    jane = await connected(chat, chat.stranger("janey"), await a_contact(chat, acme.id, "Jane Miller", by=tom), by=tom)

    await jane.does(Blocked(blocked=True))
    await chat.delivered()

    assert tom.heard[-1].key == "contact-closed-chat"
    assert (await jane.says("I am back")).key == "ticket-progress"
    assert (await account(chat, jane))["unreachable_since"] is None


async def test_a_code_signs_a_customer_in_on_the_page_once(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    first, second, late = [code_of(await tom.says(f"/invite P{contact.id}")) for _ in range(3)]
    redeem = sign_in(chat.house).redeem

    assert await redeem(first, None) == f"contact-{contact.id}"
    assert await redeem(first, None) is None  # an old link lies in many hands
    assert await redeem(second, None) == f"contact-{contact.id}"  # another browser of hers
    welcomes = [said for said in await chat.delivered() if said.key == "welcome"]
    assert [said.sent.place for said in welcomes] == [f"private:contact-{contact.id}"]
    jane = Person(chat, "Jane Miller", f"contact-{contact.id}")
    assert [person.name for person in await chat.house.people.people()] == ["Tom", "Jane Miller"]
    assert (await jane.says("/mydata")).key == "mydata"
    chat.now += timedelta(days=8)
    assert await redeem(late, None) is None

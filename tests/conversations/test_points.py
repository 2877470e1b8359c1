"""Points in chat: switched on, earned by a sale, shown to staff and customer, used with a second person's yes, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import Chat, Person, Said
from tests.conversations.visitors import a_contact, connected

MINUTE = timedelta(minutes=1)
RULES = {
    "since": "2026-11-18",
    "won": "GBP 10, cny 100",
    "referral": "50",
    "survey": "5",
    "most_a_day": "5000",
    "most_a_person": "0",
    "months": "12",
}


async def switched_on(ana: Person) -> Said:
    await ana.fills("company.change:points.all", RULES)
    return await ana.presses("Save")


async def won(tom: Person, customer_id: int, amount: str) -> None:
    await tom.fills(f"opportunity.open:{customer_id}", {"name": "Press", "amount": amount})
    await tom.presses("Won")


async def answered(person: Person, form: str, **values: str) -> Said:
    said = await person.fills(form, values)
    assert said is not None
    return said


async def refused_at(person: Person, form: str, **values: str) -> dict[str, str]:
    """What is said at which field; the form stays open."""
    assert await person.fills(form, values) is None
    return {name: said.key for name, said in person.receipt.field_errors.items()}


async def test_from_the_first_rule_to_a_cup(chat: Chat) -> None:
    tom, ana, zoe = (
        await chat.staff("Tom"),
        await chat.staff("Ana", role="manager"),
        await chat.staff("Zoe", role="admin"),
    )
    acme, beta = await chat.customer("Acme", owner=tom), await chat.customer("Beta", owner=tom)

    await ana.says("/settings")
    await ana.presses("Company settings")
    off = await ana.presses("Points")
    wrong = await ana.fills("company.change:points.all", {**RULES, "won": "ten pounds"})
    assert {name: said.key for name, said in ana.receipt.field_errors.items()} == {"won": "wrong-points-rates"}
    preview = await answered(ana, "company.change:points.all", **RULES)
    saved = await ana.presses("Save")
    assert "Counts from: off" in off.text
    assert wrong is None
    assert "Won opportunities: one point for each: – → GBP 10" in preview.text
    assert "what customers have stays as it is" in preview.text
    assert "Won opportunities: one point for each: CNY 100, GBP 10" in saved.text

    await won(tom, acme.id, "£2500")
    await chat.tick(after=MINUTE)
    await tom.says(f"/customer C{acme.id}")
    card = await tom.presses("Points")
    assert card.text.splitlines()[1] == "Balance: 250"
    assert "+250 · Opportunity won → 250" in card.text
    assert card.buttons == ["Use points", "Give for a referral", "Customer"]
    assert (await tom.presses("Customer")).key == "customer-card"

    use = f"points.use:{acme.id}"
    assert await refused_at(tom, use, points="251", reason="a cup") == {"points": "points-not-enough"}
    assert await refused_at(tom, use, points="-1", reason="a cup") == {"points": "points-no-number"}
    assert await refused_at(tom, use, points="40", reason=" ") == {"reason": "points-reason-missing"}
    asked = await answered(tom, f"points.use:{acme.id}", points="40", reason="a cup")
    assert asked.key == "points-redeem-asked"
    await answered(tom, f"points.use:{acme.id}", points="40", reason="a cup")
    await chat.tick(after=MINUTE)
    [request] = [said for said in ana.heard if said.key == "approval-card"]
    assert "Tom asks to use 40 points." in request.text
    assert "For: a cup" in request.text
    assert (await tom.forges("approval.yes:1")).key == "approval-not-found"
    agreed = await ana.presses("Approve")
    assert "40 points of Acme" in agreed.text
    assert (await zoe.forges("approval.yes:1")).key == "approval-is-approved"
    await chat.tick(after=MINUTE)
    assert [said.text for said in tom.heard if said.key == "approval-answered"] == [
        "Ana agreed: Acme has used 40 points."
    ]
    assert "−40 · Used: a cup (Ana) → 210" in (await tom.says("/points acme")).text

    given = await answered(tom, f"points.refer:{acme.id}", referred=f"c{beta.id}")
    assert given.text.splitlines()[1] == "Given. Balance: 260"
    assert "+50 · Brought a customer: Beta (Tom) → 260" in given.text
    refer = f"points.refer:{acme.id}"
    assert await refused_at(ana, refer, referred="Beta") == {"referred": "points-already-referred"}
    assert await refused_at(tom, refer, referred="Nobody") == {"referred": "points-no-such-customer"}
    assert await refused_at(tom, refer, referred="Acme") == {"referred": "points-referred-themselves"}
    await tom.presses("Undo")
    await chat.tick(after=MINUTE)
    assert "−50 · Taken back (Brought a customer) → 210" in (await tom.says(f"/points C{acme.id}")).text

    refused = await answered(tom, f"points.change:{acme.id}", points="500", reason="why not")
    assert refused.key == "not-allowed"
    change = f"points.change:{acme.id}"
    assert await refused_at(ana, change, points="-211", reason="x") == {"points": "points-not-enough"}
    assert await refused_at(ana, change, points="many", reason="x") == {"points": "points-no-number"}
    corrected = await answered(ana, f"points.change:{acme.id}", points="＋1,000", reason="a broken press")
    assert "+1,000 · Corrected: a broken press (Ana) → 1,210" in corrected.text

    await ana.presses("Undo")
    await chat.tick(after=MINUTE)
    assert "Balance: 210" in (await ana.says(f"/points C{acme.id}")).text


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_what_a_customer_sees(chat: Chat, locale: str) -> None:
    tom, ana = await chat.staff("Tom", locale=locale), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    jane, stranger = chat.stranger("Jane"), chat.stranger("Stranger")
    jane.locale = stranger.locale = locale
    contact = await a_contact(chat, acme.id, "Jane", by=tom)
    await connected(chat, jane, contact, by=ana)
    word = {"en": "/points", "zh-CN": "积分"}[locale]

    assert (await jane.says(word)).key == "points-none-here"
    await switched_on(ana)
    await won(ana, acme.id, "2000 GBP") if locale == "en" else await won(ana, acme.id, "20000 CNY")
    await chat.tick(after=MINUTE)
    for each in range(10):
        await answered(ana, f"points.change:{acme.id}", points=str(each + 1), reason="secret")
    await chat.tick(after=MINUTE)

    card = await jane.says(word)
    assert card.key == "points-yours"
    assert {"en": "You have 255 points.", "zh-CN": "您有 255 积分。"}[locale] in card.text
    assert {"en": "Tom sees to it", "zh-CN": "Tom会为您安排"}[locale] in card.text
    assert "secret" not in card.text
    assert "Ana" not in card.text
    older = await jane.presses({"en": "3 more", "zh-CN": "还有 3"}[locale])
    assert {"en": "For your order", "zh-CN": "下单"}[locale] in older.text
    staffs = await tom.says({"en": "/points Acme", "zh-CN": "积分 Acme"}[locale])
    assert {"en": "Corrected: secret (Ana)", "zh-CN": "更正：secret（Ana）"}[locale] in staffs.text

    assert (await stranger.says(word)).key == "points-for-customers"
    assert (await stranger.forges("points.mine:99")).key == "points-for-customers"
    assert (await jane.forges(f"points.page:{acme.id}.99")).key == "for-staff-only"
    group = chat.group("Acme")
    in_group = await jane.says(word, place=group)
    assert in_group.sent.reply is not None
    assert in_group.sent.reply.private

    soon = await chat.tick(after=timedelta(days=330))
    assert not [said for said in soon if "points" in said.key]
    assert {"en": "of them expire", "zh-CN": "到期"}[locale] in (await jane.says(word)).text
    await chat.tick(after=timedelta(days=40))
    assert {"en": "You have no points now.", "zh-CN": "您目前没有积分。"}[locale] in (await jane.says(word)).text


async def test_a_yes_that_was_taken_back_is_not_given_again_by_who_asked(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom", role="admin"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    await switched_on(ana)
    await won(tom, acme.id, "2500")
    await chat.tick(after=MINUTE)
    await answered(tom, f"points.use:{acme.id}", points="40", reason="a cup")
    await chat.tick(after=MINUTE)
    await ana.presses("Approve")
    await ana.presses("Undo")
    taken_back = (await chat.rows("journal_actions"))[-1]["id"]

    assert (await tom.forges(f"history.undo:{taken_back}")).key == "own-request"
    assert [row["state"] for row in await chat.rows("approvals")] == ["open"]
    assert (await ana.forges(f"history.undo:{taken_back}")).key == "redone"
    assert [row["state"] for row in await chat.rows("approvals")] == ["approved"]

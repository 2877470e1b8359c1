from __future__ import annotations

from datetime import date, timedelta
from time import process_time
from typing import Any

from charts.model import Bars, Columns
from domain.opportunities.actions import OpportunityChange, move_opportunity, open_opportunity
from domain.values.money import Money
from handlers.chat import Phrase, Press
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person


async def sales(chat: Chat, owner: Person, *deals: tuple[str, int, str]) -> None:
    """Sales of a customer of theirs: how each ended or where it stands, its amount and currency."""
    customer = await chat.customer(f"{owner.name} Ltd", owner=owner)

    async def made(uow: Any, actor: Any) -> None:
        for stage, value, currency in deals:
            change = OpportunityChange(name=stage, amount=Money.of(value, currency), expected_on=date(2026, 11, 30))
            deal = await open_opportunity(uow, owner.staff, customer.id, change, now=chat.now - timedelta(days=20))
            if stage in {"won", "lost"}:
                await move_opportunity(uow, owner.staff, deal.id, "demo", now=chat.now - timedelta(days=9))
            if stage != "qualified":
                await move_opportunity(uow, owner.staff, deal.id, stage, now=chat.now - timedelta(days=2))

    await perform(chat.house.database.unit_of_work, made, actor=owner.staff, now=chat.now, through="test")


async def test_a_leader_sets_quotas_and_everybody_sees_what_is_attained(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="South")
    ana = await chat.staff("Ana", role="manager")
    await sales(chat, tom, ("won", 50_000, "GBP"), ("won", 900, "USD"), ("proposal", 100_000, "GBP"))

    said = await ana.says("/quota @Tom 2026-11 200000")
    assert "Quota: £200,000" in said.text
    assert any("Ana set your quota for Nov 2026: £200,000." in each.text for each in await chat.delivered())
    shown = await ana.presses("Show")
    assert "Tom: won £50,000, $900 of £200,000 = 25% · likely £60,000 more" in shown.text
    await ana.forges(f"undo:{(await chat.rows('journal_actions'))[-1]['id']}")
    assert await chat.rows("quotas") == []
    assert (await ana.says("/quota @Tom 20万")).key == "quota-set"  # this month, without another word

    mine = await tom.says("/quota")
    assert "Tom: won £50,000, $900 of" in mine.text
    assert "Set 2026" not in mine.buttons
    rows = await tom.presses("🔎 Numbers")
    assert "Won · Tom · All: 2" in rows.text
    assert "O1 won" in (await tom.presses("Show ②")).text
    for refused in ("/quota @Mei", "/quota @Tom 2026-12 5", "/quota set 2026", "/quota team Sales"):
        assert (await tom.says(refused)).key == "not-allowed", refused
    assert (await ana.says("/quota @Mei 2026-12 5")).key == "not-allowed"  # of another team
    assert (await ana.says("/quota @Tom Q4 200000")).key == "quota-which-month"
    assert (await ana.says("/quota @Tom 2026-13 200000")).key == "wrong-usage"
    assert (await ana.says("/quota Zed Q4 20k")).key == "no-such-people"
    assert (await ana.says("/quota 2026-13")).key == "no-such-period"
    assert "called @Nobody." in (await ana.says("/quota @Nobody 2026-12 200000")).text
    assert (await mei.forges(f"quota.show:{tom.id}.202611")).key == "not-allowed"
    assert (await mei.forges("quota.edit:1.2026")).key == "not-allowed"
    assert "no quota" in (await ana.says("业绩目标 2026-12 @Tom")).text
    await ana.says("/quota @Tom 2026-11 0")
    assert await chat.rows("quotas") == []


async def test_a_form_sets_a_team_for_a_year(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    assert "Set 2026" in (await ana.says("/quota")).buttons
    assert "Quotas 2026" in (await ana.says("业绩目标 设置2026 Sales")).text
    await ana.does(Press("quota.edit:1.2026"))
    form = ana.receipt.form
    assert form is not None
    assert [field.facts["name"] for field in form.fields] == ["Ana", "Tom"]
    twelve = " ".join(["-", *(f"{month}000" for month in range(2, 13))])
    wrong = {f"p{ana.id}": "5000 6000", f"p{tom.id}": twelve}
    await ana.fills(form.press, wrong)
    assert set(ana.receipt.field_errors) == {f"p{ana.id}"}
    said = await ana.fills(form.press, {**wrong, f"p{ana.id}": "5,000.50"})

    assert said is not None
    assert "23 months were changed, for 2 people." in said.text
    kept = {(row["staff_id"], row["month"]): row["amount_minor"] for row in await chat.rows("quotas")}
    assert kept[tom.id, date(2026, 12, 1)] == 1_200_000
    assert kept[ana.id, date(2026, 1, 1)] == 500_050
    assert (tom.id, date(2026, 1, 1)) not in kept
    shown = await ana.presses("Show")
    assert "Together: nothing won yet of £137,006 = 0%" in shown.text
    drawn = chat.drawer.drawn[-1]
    assert isinstance(drawn, Bars)
    assert (drawn.series[0].name, drawn.series[0].values) == ("Quota", (77_000.0, 60_006.0))
    await ana.does(Press("quota.edit:2.2026"))
    assert ana.receipt.form is not None
    assert ana.receipt.form.fields[0].value == "5000.5GBP"
    again = await ana.fills(form.press, {f"p{ana.id}": "5000.50GBP", f"p{tom.id}": twelve})
    assert again is not None
    assert "stood there already" in again.text
    one = await ana.fills(form.press, {f"p{ana.id}": "6000"})  # Tom came to the team after the form was opened
    assert one is not None
    assert "12 months were changed, for one person." in one.text
    assert len([row for row in await chat.rows("quotas") if row["staff_id"] == tom.id]) == 11

    for place in range(20):
        await chat.staff(f"Bea {place}")
    await ana.does(Press("quota.edit:2.2026"))
    assert ana.receipt.form is not None
    assert len(ana.receipt.form.fields) == 20
    assert ana.receipt.form.note == Phrase("quota-form-cut", {"limit": 20, "count": 2, "year": "2026"})


async def test_the_forecast_is_weighted_by_the_setting_until_enough_has_ended(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    boss = await chat.staff("Zoe", role="admin", team=None)
    ended = [("won", 1, "GBP")] * 3 + [("lost", 1, "GBP")] * 7
    await sales(chat, tom, ("qualified", 1000, "GBP"), ("proposal", 500, "CNY"), *ended)

    said = await boss.says("/report forecast")
    assert "Nov 2026: 2 · CN¥500, £1,000 · likely CN¥300, £200" in said.text
    assert "Qualified: 1 · likely £200 · 20%, as set: only 10 sales that got this far have ended" in said.text
    drawn = chat.drawer.drawn[-1]
    assert isinstance(drawn, Columns)
    assert [series.name for series in drawn.series] == ["Likely", "The rest of the amount"]

    await boss.says("/settings")
    for label in ("Company settings", "Forecast"):
        card = await boss.presses(label)
    assert "Proposal: 60%" in card.text
    preview = await boss.fills("company.change:forecast.all", {"qualified": "10", "proposal": "", "least": "10"})
    assert preview is not None
    assert "One open sale is weighted otherwise, unless 10 ended ones say better." in preview.text
    await boss.presses("Save")
    said = await boss.says("/report forecast @Tom")
    assert "As things stand, expected by " in said.text
    assert "Qualified: 1 · likely £300 · 30%, by their own sales: won 3 of 10" in said.text
    # All that was lost had come to the demo and no further: whatever is beyond it was always won.
    assert "Proposal: 1 · likely CN¥300 · 60%, as set: only 3 sales that got this far have ended" in said.text
    assert "Ended in the last year · Came to Demo: 10" in (await boss.presses("🔎 Numbers")).text
    assert (await boss.fills("company.change:forecast.all", {"qualified": "110", "least": "10"})) is None
    assert set(boss.receipt.field_errors) == {"qualified"}


async def test_a_long_text_after_the_command_is_read_in_a_moment(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    began = process_time()
    assert (await ana.says(f"/quota {'1,' * 1000} @")).key == "no-such-people"
    assert process_time() - began < 5

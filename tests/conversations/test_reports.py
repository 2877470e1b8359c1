from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from charts.model import Flow, Funnel
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.reports.model import Report
from domain.reports.periods import month_of
from domain.reports.wanted import Wanted
from domain.values.money import Money
from handlers.chat import Text
from handlers.dispatch import perform
from handlers.reports.cards import read
from handlers.reports.sheets import rows_behind
from storage import tables
from tests.conversations.conftest import Chat


async def a_little_business(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    mei = await chat.staff("Mei", team="South")
    await tom.says("/lead Acme Ltd, Jane Miller, fair")
    await tom.says("/log called Acme, they want a quote")
    await tom.presses("Save")
    await tom.says("/lead Globex, Hank Scott")
    await mei.says("/lead Initech, Bill Lund")


AMOUNTS = (Money(9 * 10**18, "GBP"), Money(9 * 10**18, "GBP"), Money(-500, "USD"), Money(20_000, "CNY"))


async def test_a_report_is_a_picture_a_table_and_every_number_opens(chat: Chat) -> None:
    await a_little_business(chat)
    ana = await chat.staff("Ana", role="manager")

    said = await ana.says("/report funnel this month")

    assert said.body.picture
    assert said.body.picture_alt.startswith("Sales funnel: Leads: 2")
    [funnel] = chat.drawer.drawn
    assert isinstance(funnel, Funnel)
    assert [(step.label, step.value) for step in funnel.steps] == [
        ("Leads", 2), ("Contacted", 1), ("Qualified", 0), ("Converted", 0), ("Won", 0)
    ]  # fmt: skip
    assert "Contacted: 1 (50%)" in said.text
    assert "Initech" not in said.text  # Mei is of another team

    opened = await ana.presses("🔎 Numbers")
    assert "① Leads: 2" in opened.text
    rows = await ana.presses("Show ②")
    assert "Contacted: 1" in rows.text
    assert "L1 Acme" in rows.text
    assert "Globex" not in rows.text
    card = await ana.presses("Open L1")
    assert "Jane Miller" in card.text


async def test_people_teams_and_times_are_understood_in_both_languages(chat: Chat) -> None:
    await a_little_business(chat)
    boss = await chat.staff("Zoe", role="admin", team=None, locale="zh-CN")

    for asked, title, shown in (
        ("报表 漏斗 本月", "销售漏斗", "线索：3"),
        ("/report 漏斗 本月 @Mei", "销售漏斗", "线索：1"),
        ("/report sources this month team Sales", "线索来源", "未填来源"),
        ("/report activity 上个月", "工作量", "暂时没有可统计的内容"),
        ("/report activity Sales", "工作量", "Tom：1（电话 1）"),
    ):
        said = await boss.says(asked)
        assert title in said.text, asked
        assert shown in said.text, asked
    assert (await boss.says("/report funnel @Nobody")).key == "no-such-colleague"
    assert (await boss.says("/report funnel the moon")).key == "no-such-people"
    for nonsense in ("9999-12-31", "0001-01-01 to 0001-01-02"):  # a moment beyond what can be counted
        assert (await boss.says(f"/report funnel {nonsense}")).key == "no-such-period"
    assert "“2026-13”" in (await boss.says("/report funnel 2026-13")).text
    assert (await boss.says("/report everything")).key == "no-such-report"
    menu = await boss.says("/report")
    assert "销售漏斗" in menu.buttons
    assert (await boss.presses("例会")).key == "report"


async def test_an_empty_company_has_every_report(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager", team="Nobody else")
    for name in (
        "sources", "cycle", "activity", "timeliness", "forecast", "losses", "tickets", "needs", "meeting", "scorecard", "ageing"
    ):  # fmt: skip
        said = await ana.says(f"/report {name}")
        assert "Nothing to count here yet." in said.text, name
        assert said.body.picture is None, "a picture of nothing"
        assert [label for label in said.buttons if label != "⏰ By itself"] == ["Other reports"], name
    assert "Sales funnel" in (await ana.presses("Other reports")).buttons


async def test_amounts_below_zero_beyond_all_measure_and_of_other_currencies_are_told_apart(chat: Chat) -> None:
    """Nothing is added up across currencies; sums past what one amount can hold are still said."""
    ana = await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=ana)

    async def sell(uow: UnitOfWork, actor: Staff | None) -> None:
        for number, (stage, amount) in enumerate(
            [(stage, amount) for stage in ("won", "lost", "proposal") for amount in AMOUNTS]
        ):
            sale = Opportunity(
                customer_id=acme.id,
                owner_id=ana.id,
                name=f"Sale {number}",
                stage=stage,
                amount=amount,
                created_at=chat.now,
            )
            sale.closed_at = chat.now if stage != "proposal" else None
            await uow.opportunities.add(sale)

    await perform(chat.house.database.unit_of_work, sell, now=chat.now, through="test")
    for name in ("cycle", "losses", "forecast", "flow", "quota"):
        said = await ana.says(f"/report {name}")
        assert said.key == "report", name
        for part in ("CN¥200", "-$5", "more GBP than I can write"):
            assert part in said.text, (name, part)
        assert (await ana.presses("⬇ XLSX")).body.document is not None, name
    digest = await ana.says("/digest")
    assert "£" in digest.text


async def test_a_workbook_holds_the_table_and_the_rows_and_no_formula(chat: Chat) -> None:
    tom = await chat.staff("Tom", role="admin")
    await tom.says("/lead =HYPERLINK(1), Jane Miller, fair")
    await tom.says("/report funnel this month")

    sheet = await tom.presses("⬇ XLSX")

    assert sheet.body.document_name == "funnel-2026-11-01-2026-11-30.xlsx"
    assert sheet.body.document is not None
    with zipfile.ZipFile(io.BytesIO(sheet.body.document)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        cells = book.read("xl/worksheets/sheet2.xml").decode()
    assert "=HYPERLINK(1)" in words
    assert "<f>" not in cells


async def test_a_workbook_has_all_rows_and_says_what_it_has_no_room_for(chat: Chat) -> None:
    zoe = await chat.staff("Zoe", role="admin", team=None)
    made = {"company_key": "", "status": "new", "tags": [], "custom": {}, "version": 1, "created_at": chat.now}
    async with chat.house.database.unit_of_work() as uow:
        rows = [{**made, "company": f"Company {number}", "owner_id": zoe.id} for number in range(1100)]
        await uow.session.execute(insert(tables.leads), rows)
        await uow.commit()
    await zoe.says("/report funnel this month")
    sheet = await zoe.presses("⬇ XLSX")
    assert sheet.body.document is not None
    with zipfile.ZipFile(io.BytesIO(sheet.body.document)) as book:
        assert book.read("xl/worksheets/sheet2.xml").decode().count("<row ") == 1101
    async with chat.house.database.read() as uow:
        asker = await uow.staff.get(zoe.id)
        found = await read(uow, asker, Wanted(report=Report.FUNNEL, period=month_of(chat.now.date())), now=chat.now)
        few, left = await rows_behind(uow, asker, found, most=1050)
    assert (len(few), len({row.id for row in few}), left) == (1050, 1050, 50)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL has more writers than one
async def test_a_report_is_read_while_somebody_else_writes(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    is_read = asyncio.Event()

    def hear(*said: Any) -> None:
        if "count(CASE" in said[2]:
            is_read.set()

    event.listen(chat.house.database._reads.sync_engine, "before_cursor_execute", hear)
    async with chat.house.database.unit_of_work():
        asked = asyncio.ensure_future(ana.says("/report funnel"))
        await asyncio.wait_for(is_read.wait(), 10)
        assert not asked.done()
    assert (await asked).key == "report"


async def test_how_long_an_entry_took_is_on_the_scorecard(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    await tom.says("/lead Acme Ltd, Jane Miller")
    for seconds in (8, 30):
        await tom.says("called Acme, they want a quote")
        chat.now += timedelta(seconds=seconds)
        await tom.presses("Save")
    said = await ana.says("/report scorecard")
    assert "Time to log an activity: median 19 s → 19 s (2)" in said.text
    assert "Entries · From 16 Nov 2026 · All: 2" in (await ana.presses("🔎 Numbers")).text
    for words in ("记分卡 本季度", "scorecard last week @Tom", "销售预测 @Tom", "复盘 Q3 @Tom"):
        assert (await ana.says(words)).key == "report"


async def test_without_the_picture_the_words_still_come(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    chat.drawer.is_broken = True
    said = await ana.says("/flow")
    assert said.body.picture is None
    assert "could not be drawn" in said.text

    chat.drawer.is_broken, chat.drawer.late = False, 1  # its process is only beginning: once more in a moment
    assert [each for each in await ana.does_text("/flow") if each.sent.body is not None] == []
    [said] = await chat.tick(after=timedelta(seconds=5))
    assert said.body.picture


async def test_who_leads_nobody_is_refused_and_a_number_that_is_gone_says_so(chat: Chat) -> None:
    await a_little_business(chat)
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Rep Tom")
    assert (await tom.says("/report funnel")).key == "not-allowed"

    await ana.says("/report funnel today")
    await ana.presses("🔎 Numbers")
    refused = await tom.forges("report.cells:1.0")
    assert refused.key == "not-allowed"
    assert (await ana.forges("report.rows:1.5.0")).key in {"report-nothing-counted", "button-too-old"}
    assert (await ana.forges("report.cells:9999.0")).key == "button-too-old"


async def test_the_flow_marks_where_deals_stand_still(chat: Chat) -> None:
    tom = await chat.staff("Tom", role="admin", team=None)
    for name in ("Acme", "Globex", "Initech"):
        await chat.customer(name, owner=tom)
    from domain.opportunities.actions import OpportunityChange, move_opportunity, open_opportunity

    async def deals(uow: object, actor: object) -> None:
        for number in (1, 2, 3):
            change = OpportunityChange(name=f"Deal {number}")
            await open_opportunity(uow, tom.staff, number, change, now=chat.now - timedelta(days=40))  # type: ignore[arg-type]
        await move_opportunity(uow, tom.staff, 2, "demo", now=chat.now - timedelta(days=20))  # type: ignore[arg-type]
        await move_opportunity(uow, tom.staff, 3, "won", now=chat.now - timedelta(days=1))  # type: ignore[arg-type]

    await perform(chat.house.database.unit_of_work, deals, actor=tom.staff, now=chat.now, through="test")

    said = await tom.says("/flow")

    flow = chat.drawer.drawn[-1]
    assert isinstance(flow, Flow)
    assert [(stage.count, stage.note, bool(stage.mark)) for stage in flow.stages[:2]] == [
        ("1", "40 days", True), ("1", "20 days", False)
    ]  # fmt: skip
    assert flow.stages[0].who == "Tom"
    assert [stage.count for stage in flow.outcomes] == ["1", "0"]
    assert "Qualified: 1 · half of them longer than 40 days · stuck: 1" in said.text
    assert "O1 Deal 1" in (await tom.presses("Qualified: 1 stuck")).text


async def test_a_report_comes_by_itself_until_it_is_stopped(chat: Chat) -> None:
    await a_little_business(chat)
    ana = await chat.staff("Ana", role="manager")

    said = await ana.says("/report funnel last week every Monday 9:00")
    assert "next Mon 23 Nov, 09:00" in said.text
    group = chat.group("sales")
    await ana.says("/report forecast every Friday at 17:00", place=group)
    assert (await ana.says("/report funnel every now and then")).key == "schedule-not-understood"

    assert not [each for each in await chat.tick(chat.now + timedelta(days=1)) if each.key == "report-due"]
    friday = chat.now.replace(day=20, hour=17, minute=0)
    [in_group] = [each for each in await chat.tick(friday + timedelta(seconds=10)) if each.key == "report-due"]
    assert in_group.to == group
    monday = friday.replace(day=23, hour=9)
    [comes] = [each for each in await chat.tick(monday + timedelta(seconds=5)) if each.key == "report-due"]
    assert comes.body.picture
    assert "16–22 Nov 2026" in comes.text
    assert "Leads: 2" in comes.text
    assert not [each for each in await chat.tick(after=timedelta(minutes=5)) if each.key == "report-due"]
    assert "Leads: 2" in (await ana.presses("🔎 Numbers")).text

    listed = await ana.says("/report")
    listed = await ana.presses("⏰ By itself")
    assert "Sales funnel · last week" in listed.text
    assert (await ana.presses("Stop ①")).key == "report-stopped"
    await ana.presses("Undo")
    assert "Sales funnel" in (await ana.forges("report.schedules:")).text
    assert (await ana.presses("Stop ①")).key == "report-stopped"
    assert not [
        each
        for each in await chat.tick(monday + timedelta(days=7, minutes=1))
        if each.to != group and each.key == "report-due"
    ]


async def test_where_customers_read_along_no_report_comes(chat: Chat) -> None:
    await a_little_business(chat)
    ana, priya = await chat.staff("Ana", role="manager"), chat.stranger("Priya")
    group = chat.group("launch")
    said = await ana.says("/report forecast every Friday at 17:00", place=group)
    await priya.does(Text("good morning", addressed=False), place=group)

    assert said.key == "report-scheduled"
    assert (await ana.says("/report funnel every Monday 9:00", place=group)).key == "scheduled-among-guests"
    friday = chat.now.replace(day=20, hour=17, minute=0, second=5)
    assert not [each for each in await chat.tick(friday) if each.key == "report-due"]

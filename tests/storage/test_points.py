"""The ledger of points in each database: it follows what stands, once for each cause, and is never negative."""

from __future__ import annotations

import asyncio
import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from domain.company.keeping import settings_of, write_settings
from domain.company.topics import Points
from domain.errors import CrmError
from domain.journal.model import Source
from domain.opportunities.actions import OpportunityChange, change_opportunity, move_opportunity
from domain.opportunities.model import Opportunity
from domain.points.actions import (
    ask_redemption,
    correct_points,
    give_for_referral,
    redeem_approved,
    statement,
)
from domain.points.checking import check_points
from domain.points.errors import AlreadyReferred, NotEnoughPoints
from domain.points.ledger import catch_up, let_expire, plan_points, points_wait, settle
from domain.points.model import EntryKind
from domain.values.money import Money
from storage import tables
from storage.engine import Database
from tests.storage.company import NOW, Team
from tests.storage.jobs import finish_jobs, next_chunk

RULES = Points(since=date(2026, 11, 1), won={"CNY": 100}, referral=50, survey=5, most_a_person=120)


async def rules(team: Team, wanted: Points = RULES) -> None:
    async with team.acting(team.ada) as uow:
        company = await uow.company.get()
        write_settings(company, settings_of(company).model_copy(update={"points": wanted}))


async def a_sale(team: Team, customer_id: int, amount: int = 10_000) -> int:
    async with team.acting(team.mei) as uow:
        sale = Opportunity(
            customer_id=customer_id,
            owner_id=team.mei.id,
            name="Pumps",
            amount=Money.of(amount, "CNY"),
            created_at=NOW,
        )
        return (await uow.opportunities.add(sale)).id


async def win(team: Team, sale_id: int) -> int:
    async with team.acting(team.mei) as uow:
        await move_opportunity(uow, team.mei, sale_id, "won", now=NOW)
        return await uow.action_id()


async def look(team: Team, *, now: datetime = NOW) -> int:
    """With all that it takes: a look back on the first day is a job's, and what that finds is looked at the next time."""
    looked = await look_once(team, now=now)
    return looked + (await look_once(team, now=now) if await finish_jobs(team.database, now=now) else 0)


async def look_once(team: Team, *, now: datetime) -> int:
    async with team.database.unit_of_work() as uow:
        uow.acts(None, at=now, source=Source(channel="scheduler", delivery="points"))
        looked = await plan_points(uow, now)
        await uow.commit()
    return looked


async def balance(team: Team, customer_id: int) -> int:
    async with team.database.read() as uow:
        account = await uow.points.find_account(customer_id)
        assert (await check_points(uow)).wrong == {}
        return account.balance if account is not None else 0


async def lines(team: Team, customer_id: int) -> list[tuple[str, int, int]]:
    async with team.database.read() as uow:
        entries = (await uow.points.list_entries([customer_id])).get(customer_id, ())
    return [(entry.kind.value, entry.points, entry.short) for entry in entries]


async def test_a_sale_that_is_undone_and_won_again_leaves_lines_and_not_points(team: Team) -> None:
    await rules(team)
    customer = await team.customer()
    sale = await a_sale(team, customer.id)
    won = await win(team, sale)
    assert await look(team)
    assert not await look(team)
    assert await balance(team, customer.id) == 100

    async with team.acting(team.mei) as uow:
        await uow.journal.undo(won, actor=team.mei, now=NOW)
        undo = await uow.action_id()
    await look(team)
    assert await balance(team, customer.id) == 0
    async with team.acting(team.mei) as uow:
        await uow.journal.undo(undo, actor=team.mei, now=NOW)
    await look(team)
    async with team.acting(team.mei) as uow:
        change = OpportunityChange(name="Pumps", amount=Money.of(25_000, "CNY"))
        await change_opportunity(uow, team.mei, sale, change)
    await look(team)
    await rules(team, Points())
    async with team.acting(team.mei) as uow:
        change = OpportunityChange(name="Pumps", amount=Money.of(99_000, "CNY"))
        await change_opportunity(uow, team.mei, sale, change)
    await look(team)
    assert await lines(team, customer.id) == [
        ("won", 100, 0),
        ("reversed", -100, 0),
        ("won", 100, 0),
        ("reversed", -100, 0),
        ("won", 250, 0),
    ]
    assert await balance(team, customer.id) == 250


async def test_what_came_before_is_looked_at_once_when_points_are_switched_on(team: Team) -> None:
    customer = await team.customer()
    await win(team, await a_sale(team, customer.id))
    await look(team)
    assert await balance(team, customer.id) == 0
    await rules(team)
    async with team.database.read() as uow:
        assert await points_wait(uow, NOW)
    await look(team)
    assert await balance(team, customer.id) == 100
    async with team.database.unit_of_work() as uow:
        await uow.outreach.forget_marks(NOW + timedelta(days=1000))
        await uow.commit()
    async with team.database.read() as uow:
        assert not await points_wait(uow, NOW)


async def test_the_look_back_goes_in_chunks_and_leaves_nobody_out(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a transaction of its own; a row that is there twice is looked at twice and earns once."""
    monkeypatch.setattr("domain.points.ledger.LOOKED_BACK_AT_ONCE", 2)
    customer = await team.customer()
    for each in range(5):
        sale = await a_sale(team, customer.id)
        if each != 1:
            await win(team, sale)
    await look(team)
    await rules(team)

    await look_once(team, now=NOW)
    waiting = []
    while await next_chunk(team.database, now=NOW):
        async with team.database.read() as uow:
            waiting.append(await uow.session.scalar(select(func.count()).select_from(tables.point_looks)))
    assert waiting == [1, 3, 4, 4]
    await look_once(team, now=NOW)
    assert await balance(team, customer.id) == 400
    await look_once(team, now=NOW)
    assert not await next_chunk(team.database, now=NOW)


async def test_what_was_used_is_not_taken_back_twice_and_not_given_twice(team: Team) -> None:
    await rules(team)
    customer = await team.customer()
    sale = await a_sale(team, customer.id)
    won = await win(team, sale)
    await look(team)
    async with team.acting(team.ada) as uow:
        await correct_points(uow, team.ada, customer.id, -70, "a cup", now=NOW)
    async with team.acting(team.mei) as uow:
        await uow.journal.undo(won, actor=team.mei, now=NOW)
    await look(team)
    assert await balance(team, customer.id) == 0
    await win(team, sale)
    await look(team)
    assert await lines(team, customer.id) == [
        ("won", 100, 0),
        ("corrected", -70, 0),
        ("reversed", -30, 70),
        ("won", 30, 70),
    ]


async def test_a_decision_is_undone_by_the_journal_and_its_points_follow(team: Team) -> None:
    await rules(team)
    customer, new = await team.customer(), await team.customer(name="Neu", name_key="neu")
    async with team.acting(team.ada) as uow:
        await give_for_referral(uow, team.ada, customer.id, new.id, now=NOW)
        given = await uow.action_id()
    async with team.acting(team.mei) as uow:
        with pytest.raises(AlreadyReferred):
            await give_for_referral(uow, team.mei, customer.id, new.id, now=NOW)
    async with team.acting(team.mei) as uow:
        approval = await ask_redemption(uow, team.mei, customer.id, 40, "a cup", now=NOW)
    async with team.acting(team.ada) as uow:
        await redeem_approved(uow, team.ada, approval.id, now=NOW)
        redeemed = await uow.action_id()
    assert await balance(team, customer.id) == 10
    async with team.acting(team.ada) as uow:
        await uow.journal.undo(redeemed, actor=team.ada, now=NOW)
        await uow.journal.undo(given, actor=team.ada, now=NOW)
    await look(team)
    assert await balance(team, customer.id) == 0
    assert [kind for kind, _, _ in await lines(team, customer.id)] == ["referral", "redeemed", "reversed", "reversed"]
    async with team.acting(team.ada) as uow:
        with pytest.raises(NotEnoughPoints):
            await redeem_approved(uow, team.ada, approval.id, now=NOW)


async def test_what_is_asked_twice_is_one_request_and_another_use_is_another(team: Team) -> None:
    await rules(team)
    customer = await team.customer()
    async with team.acting(team.ada) as uow:
        await correct_points(uow, team.ada, customer.id, 100, "a fair", now=NOW)
    asked = []
    for what in ("a cup", "a cup ", "a shirt"):
        async with team.acting(team.mei) as uow:
            asked.append((await ask_redemption(uow, team.mei, customer.id, 40, what, now=NOW)).id)
    assert asked == [asked[0], asked[0], asked[0] + 1]


async def test_what_a_day_lets_through(team: Team) -> None:
    await rules(team)
    referrer = await team.customer()
    others = [await team.customer(name=f"New {each}", name_key=f"new{each}") for each in range(4)]

    async def refer(each: int, at: datetime) -> None:
        async with team.acting(team.ada) as uow:
            await give_for_referral(uow, team.ada, referrer.id, others[each].id, now=at)

    for each in range(3):
        await refer(each, NOW)
    await refer(3, NOW + timedelta(days=1))
    assert await lines(team, referrer.id) == [
        ("referral", 50, 0),
        ("referral", 50, 0),
        ("referral", 20, 30),
        ("referral", 50, 0),
    ]


async def test_points_expire_once_and_in_their_order(team: Team) -> None:
    await rules(team)
    customer = await team.customer()
    await win(team, await a_sale(team, customer.id))
    await look(team)
    async with team.acting(team.ada) as uow:
        await correct_points(uow, team.ada, customer.id, -30, "a cup", now=NOW)
        shown = await statement(uow, customer.id, now=NOW + timedelta(days=340), limit=10)
        assert (shown.balance, shown.soon) == (70, 70)
        assert [line.reason for line in shown.lines] == ["a cup", None]
    await look(team)
    over = NOW + timedelta(days=366)
    async with team.database.read() as uow:
        assert await points_wait(uow, over)
        assert not await points_wait(uow, NOW)
    assert await look(team, now=over) == 1
    assert await look(team, now=over) == 0
    assert (await lines(team, customer.id))[-1] == ("expired", -70, 0)
    assert await balance(team, customer.id) == 0


async def test_lines_are_only_added(team: Team, database: Database) -> None:
    await rules(team)
    customer = await team.customer()
    await win(team, await a_sale(team, customer.id))
    await look(team)
    entries, accounts = tables.point_entries, tables.point_accounts
    for statement_ in (
        update(entries).values(points=5),
        delete(entries),
        update(accounts).values(balance=-1),
        text("INSERT INTO point_accounts (customer_id, balance, entries, kept) VALUES (99, -1, 0, '[]')"),
    ):
        with pytest.raises(IntegrityError):
            async with database.unit_of_work() as uow:
                await uow.session.execute(statement_)
    async with database.unit_of_work() as uow:
        [entry] = (await uow.points.list_entries([customer.id]))[customer.id]
        names = {column.name for column in entries.columns} - {"id", "number"}
        values: dict[str, Any] = {name: getattr(entry, name) for name in names}
        with pytest.raises(IntegrityError):
            await uow.session.execute(entries.insert().values(**values, number=2))
    assert await balance(team, customer.id) == 100


async def test_many_at_once_on_one_customer(team: Team, database: Database) -> None:
    """Wins, undone wins, corrections and redemptions of the same points in parallel; nothing is lost, nothing twice."""
    await rules(team, RULES.model_copy(update={"most_a_day": 0, "most_a_person": 0}))
    customer, chance = await team.customer(), random.Random(6)
    sales = [await a_sale(team, customer.id, 100 * (each + 1)) for each in range(6)]
    actions = [await win(team, sale) for sale in sales]
    async with team.acting(team.mei) as uow:
        await catch_up(uow, now=NOW)
        asked = [(await ask_redemption(uow, team.mei, customer.id, 4 + each, "a cup", now=NOW)).id for each in range(5)]
    refused, done = list[str](), list[str]()

    async def step(work: str, each: int) -> None:
        try:
            async with team.acting(team.ada) as uow:
                if work == "undo":
                    await uow.journal.undo(actions[each], actor=team.ada, now=NOW)
                elif work == "redeem":
                    await redeem_approved(uow, team.ada, asked[each], now=NOW)
                elif work == "correct":
                    await correct_points(uow, team.ada, customer.id, chance.choice((-6, -3, 5)), "because", now=NOW)
                elif work == "settle":
                    await settle(uow, f"opportunity:{sales[each]}", now=NOW)
                else:
                    await catch_up(uow, now=NOW)
            done.append(work)
        except CrmError as refusal:
            refused.append(refusal.code)

    work = [("undo", each) for each in range(6)] + [("redeem", each % 5) for each in range(10)]
    work += [("correct", 0) for _ in range(10)] + [("settle", each) for each in range(6)] * 2
    work += [("look", 0) for _ in range(6)]
    chance.shuffle(work)
    await asyncio.gather(*(step(*each) for each in work))
    while await look(team):
        pass

    left = await balance(team, customer.id)
    found = await lines(team, customer.id)
    assert left == sum(points for _, points, _ in found) >= 0
    assert sum(kind == "won" for kind, _, _ in found) == 6
    assert sum(kind == "reversed" for kind, _, _ in found) == 6
    async with database.read() as uow:
        entries = (await uow.points.list_entries([customer.id]))[customer.id]
    redeemed = [entry for entry in entries if entry.kind is EntryKind.REDEEMED]
    assert len(redeemed) == len({entry.source for entry in redeemed}) <= 5
    assert set(refused) <= {"points-not-enough", "approval-closed"}
    assert done.count("redeem") == len(redeemed)


async def test_two_expire_at_once(team: Team) -> None:
    await rules(team)
    customer = await team.customer()
    await win(team, await a_sale(team, customer.id))
    await look(team)
    over = NOW + timedelta(days=400)

    async def expire() -> None:
        async with team.database.unit_of_work() as uow:
            await let_expire(uow, now=over)
            await uow.commit()

    await asyncio.gather(*(expire() for _ in range(6)))
    assert await lines(team, customer.id) == [("won", 100, 0), ("expired", -100, 0)]
    assert await balance(team, customer.id) == 0

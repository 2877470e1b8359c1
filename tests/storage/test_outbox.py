from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from domain.notifications.model import (
    CardPlace,
    Notification,
    NotificationState,
    Outcome,
    Planned,
    Urgency,
)
from storage import tables
from storage.engine import Database, open_database
from storage.notifications import due_ids
from tests.storage.company import NOW, Clock, Team, a_followup, planned

LEASE = timedelta(seconds=15)
US, THEM = "here:1:a", "here:2:b"


async def plan(database: Database, *rows: Planned) -> None:
    async with database.unit_of_work() as uow:
        for row in rows:
            uow.plan(row)
        await uow.commit()


async def claim(database: Database, now: datetime = NOW, *, limit: int = 50, holder: str = US) -> list[Notification]:
    async with database.unit_of_work() as uow:
        claimed = await uow.notifications.claim_due(now, limit=limit, lease=LEASE, holder=holder)
        await uow.commit()
    return list(claimed)


async def settle(database: Database, *outcomes: Outcome) -> None:
    async with database.unit_of_work() as uow:
        await uow.notifications.settle(outcomes)
        await uow.commit()


def outcome(one: Notification, state: NotificationState = NotificationState.SENT, **fields: object) -> Outcome:
    return Outcome(notification_id=one.id, attempt=one.attempts, state=state, at=NOW, **fields)  # type: ignore[arg-type]


async def row_of(database: Database, one: Notification) -> Notification:
    table = tables.notifications
    async with database.read() as uow:
        found = await uow.notifications._list(table.c.id == one.id, 1)
    return found[0]


async def test_facts_come_back_as_they_were(database: Database) -> None:
    facts = {"when": NOW, "lead": 5, "names": ("a", "b"), "text": "<script>"}
    await plan(database, planned(facts=facts, extra={"url": "x"}, channel="local", place="p", chosen=True))
    (one,) = await claim(database)
    assert (one.facts, one.extra, one.place, one.chosen, one.urgency) == (
        facts,
        {"url": "x"},
        "p",
        True,
        Urgency.NORMAL,
    )


async def test_urgent_first_then_what_is_due_longest(database: Database) -> None:
    hour = timedelta(hours=1)
    await plan(
        database,
        planned("broadcast", urgency=Urgency.BROADCAST, due_at=NOW - 9 * hour),
        planned("second", due_at=NOW - hour),
        planned("first", due_at=NOW - 2 * hour),
        planned("urgent", urgency=Urgency.URGENT),
        planned("future", due_at=NOW + hour),
    )
    assert [one.key for one in await claim(database, limit=3)] == ["urgent", "first", "second"]
    assert [one.key for one in await claim(database)] == ["broadcast"]
    assert await claim(database) == []


async def test_an_answer_that_was_put_off_is_not_overtaken_by_a_later_one(database: Database) -> None:
    await plan(database, planned("older", urgency=Urgency.DIRECT))
    (older,) = await claim(database)
    await plan(database, planned("later", urgency=Urgency.DIRECT))
    await settle(database, outcome(older, NotificationState.PENDING, retry_at=NOW + timedelta(seconds=8)))

    assert [one.key for one in await claim(database, NOW + timedelta(seconds=9))] == ["older", "later"]


async def test_what_was_put_off_together_comes_back_in_its_order_also_in_several_batches(database: Database) -> None:
    await plan(database, *(planned(str(number), urgency=Urgency.DIRECT) for number in range(6)))
    at = NOW + timedelta(seconds=8)
    for one in reversed(await claim(database)):
        await settle(database, outcome(one, NotificationState.PENDING, retry_at=at))

    assert [one.key for _ in range(3) for one in await claim(database, at, limit=2)] == ["0", "1", "2", "3", "4", "5"]


async def test_a_lease_that_ran_out_is_claimed_again(database: Database, clock: Clock) -> None:
    await plan(database, planned())
    (first,) = await claim(database)
    clock.passes(LEASE - timedelta(seconds=1))
    assert await claim(database, holder=THEM) == []
    clock.passes(timedelta(seconds=1))
    (second,) = await claim(database, holder=THEM)
    assert (first.attempts, second.attempts) == (1, 2)

    await settle(database, outcome(first, NotificationState.FAILED, reason="late"))
    assert (await row_of(database, first)).state is NotificationState.PENDING
    await settle(database, outcome(second))
    assert (await row_of(database, first)).state is NotificationState.SENT


async def test_what_is_due_is_told_apart_from_what_time_it_is(database: Database) -> None:
    """``guanxi tick --now`` sends as of a moment; leases keep to the real clock."""
    await plan(database, planned(due_at=NOW + timedelta(days=3)))
    assert len(await claim(database, NOW + timedelta(days=4))) == 1
    assert await claim(database, NOW + timedelta(days=5)) == []


async def test_settling_writes_what_became_of_it(database: Database) -> None:
    await plan(database, planned("a"), planned("b"), planned("c"), planned("d"))
    a, b, c, d = sorted(await claim(database), key=lambda one: one.key)
    later = NOW + timedelta(minutes=1)
    await settle(
        database,
        outcome(a, channel="telegram"),
        outcome(b, NotificationState.SKIPPED, reason="done"),
        outcome(c, NotificationState.FAILED, reason="blocked"),
        outcome(d, NotificationState.PENDING, reason="busy", retry_at=later),
    )
    rows = [await row_of(database, one) for one in (a, b, c, d)]
    assert [(row.state, row.reason, row.sent_at) for row in rows] == [
        (NotificationState.SENT, None, NOW),
        (NotificationState.SKIPPED, "done", None),
        (NotificationState.FAILED, "blocked", None),
        (NotificationState.PENDING, "busy", None),
    ]
    assert rows[0].channel == "telegram"
    assert await claim(database) == []
    (again,) = await claim(database, later)
    assert (again.key, again.attempts) == ("d", 2)


async def test_a_skipped_reminder_gives_its_key_back(database: Database) -> None:
    await plan(database, planned("followup-due", about="followup:1", dedupe_key="k"))
    (one,) = await claim(database)
    await settle(database, outcome(one, NotificationState.SKIPPED, reason="quiet"))
    await plan(database, planned(dedupe_key="k"))
    assert len(await claim(database)) == 1
    assert (await row_of(database, one)).dedupe_key == f"k#{one.id}"


@pytest.mark.parametrize("state", [NotificationState.SENT, NotificationState.SKIPPED, NotificationState.FAILED])
async def test_any_other_settled_row_keeps_its_key(database: Database, state: NotificationState) -> None:
    await plan(database, planned(dedupe_key="k"))
    (one,) = await claim(database)
    await settle(database, outcome(one, state))
    await plan(database, planned(dedupe_key="k"))
    assert await claim(database) == []


async def test_where_cards_stand_is_remembered(database: Database) -> None:
    await plan(database, planned("a"), planned("b"))
    a, b = await claim(database)

    def place(record: str) -> CardPlace:
        return CardPlace(channel="local", place="p", message="9", record=record)

    await settle(database, outcome(a, card=place("draft:1")))
    await settle(database, outcome(b, card=place("lead:1")))
    async with database.read() as uow:
        assert await uow.cards.find("local", "p", "9") == place("lead:1")
        assert await uow.cards.find("local", "p", "8") is None
        assert await uow.cards.places_of("lead:1") == [place("lead:1")]
        assert await uow.cards.places_of("draft:1") == []


async def test_several_records_may_share_a_card(database: Database) -> None:
    await plan(database, planned("a"), planned("b"))
    claimed = await claim(database)
    cards = [CardPlace(channel="local", place="p", message="9", record=f"followup:{number}") for number in (1, 2)]
    await settle(database, *(outcome(one, card=card) for one, card in zip(claimed, cards, strict=True)))
    async with database.read() as uow:
        assert await uow.cards.list_at("local", "p", "9") == cards
        assert await uow.cards.find("local", "p", "9") is None
        assert await uow.cards.places_of("followup:2") == [cards[1]]


async def test_only_the_newest_edit_of_a_message_is_sent(database: Database) -> None:
    here = {"channel": "local", "place": "p", "edit": "9"}
    await plan(database, planned("old", **here), planned("other", **{**here, "edit": "8"}))
    await plan(database, planned("never", **here), planned("new", **here))
    claimed = await claim(database)
    assert [one.key for one in claimed] == ["other", "new"]
    async with database.read() as uow:
        rows = (await uow.session.execute(select(tables.notifications.c.reason, tables.notifications.c.key))).all()
    assert {tuple(row) for row in rows} == {("superseded", "old"), (None, "other"), (None, "new")}  # one a transaction


async def test_one_action_is_claimed_alone(team: Team) -> None:
    await plan(team.database, planned("other"))
    async with team.acting(team.mei) as uow:
        uow.plan(planned("mine"))
        action_id = await uow.action_id()
    async with team.database.unit_of_work() as uow:
        claimed = await uow.notifications.claim_due(NOW, limit=5, lease=LEASE, holder=US, action_id=action_id)
    assert [one.key for one in claimed] == ["mine"]


async def test_leases_of_dead_processes_are_released(database: Database) -> None:
    await plan(database, *(planned(str(number)) for number in range(3)))
    await claim(database, limit=1, holder="here:1:a")
    await claim(database, limit=1, holder="here:2:b")
    await claim(database, limit=1, holder="there:3:c")
    async with database.unit_of_work() as uow:
        assert set(await uow.notifications.holders()) == {"here:1:a", "here:2:b", "there:3:c"}
        assert await uow.notifications.release(["here:1:a"]) == 1
        await uow.commit()
    (one,) = await claim(database)
    assert one.attempts == 2


async def test_two_processes_claim_each_row_once(database: Database, database_url: str) -> None:
    await plan(database, *(planned(str(number)) for number in range(60)))
    others = [open_database(database_url, clock=lambda: NOW) for _ in range(3)]

    async def work(own: Database) -> list[int]:
        ids: list[int] = []
        while claimed := await claim(own, limit=7, holder=own.holder):
            ids += [one.id for one in claimed]
            await settle(own, *(outcome(one) for one in claimed))
        return ids

    claimed = [row_id for ids in await asyncio.gather(*(work(one) for one in others)) for row_id in ids]
    for one in others:
        await one.dispose()
    assert sorted(claimed) == list(range(1, 61))


async def test_two_processes_plan_each_reminder_once(team: Team, database_url: str) -> None:
    async with team.acting(team.mei) as uow:
        for _ in range(30):
            await uow.followups.add(a_followup(team.mei, due_at=NOW))
    others = [open_database(database_url, clock=lambda: NOW) for _ in range(2)]

    async def work(own: Database) -> int:
        return sum([await plan_due(own, limit=7) for _ in range(6)])

    counts = await asyncio.gather(*(work(one) for one in others))
    for one in others:
        await one.dispose()
    assert sum(counts) == 30


async def test_depth_and_what_is_next(database: Database) -> None:
    async with database.read() as uow:
        assert await uow.notifications.next_due() is None
        assert await uow.notifications.depth(NOW) == (0, 0.0)
    minute = timedelta(minutes=1)
    await plan(database, planned(due_at=NOW - minute), planned(due_at=NOW), planned(due_at=NOW + minute))
    async with database.read() as uow:
        assert await uow.notifications.next_due() == NOW - minute
        assert await uow.notifications.depth(NOW) == (2, 60.0)


async def test_why(team: Team) -> None:
    await plan(
        team.database,
        planned("a", staff_id=team.mei.id, about="followup:1"),
        planned("b", staff_id=team.tom.id, about="followup:1"),
    )
    async with team.database.read() as uow:
        assert [one.key for one in await uow.notifications.list_about("followup:1", limit=5)] == ["b", "a"]
        assert [one.key for one in await uow.notifications.list_for(team.mei.id, limit=5)] == ["a"]


# ---------------------------------------------------------------- reminders of follow-ups


async def plan_due(database: Database, until: datetime = NOW, limit: int = 100) -> int:
    async with database.unit_of_work() as uow:
        planned_now = await uow.followups.plan_due(until=until, now=NOW, limit=limit)
        await uow.commit()
    return planned_now


async def test_a_due_followup_is_planned_once(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        due = await uow.followups.add(a_followup(team.mei, due_at=NOW, chosen=False))
        await uow.followups.add(a_followup(team.mei, due_at=NOW, has_hour=False))
        await uow.followups.add(a_followup(team.mei, due_at=NOW + timedelta(hours=1)))
        closed = await uow.followups.add(a_followup(team.mei, due_at=NOW))
        closed.cancel(now=NOW)
    assert await plan_due(team.database) == 1
    assert await plan_due(team.database) == 0
    (one,) = await claim(team.database)
    assert one == Notification(
        id=one.id,
        key="followup-due",
        facts={"followup": due.id},
        due_at=NOW,
        staff_id=team.mei.id,
        contact_id=None,
        channel=None,
        place=None,
        urgency=Urgency.NORMAL,
        chosen=False,
        dedupe_key=f"followup:{due.id}:{NOW.isoformat()}",
        card=None,
        edit=None,
        about=f"followup:{due.id}",
        extra={},
        state=NotificationState.PENDING,
        attempts=1,
        reason=None,
        action_id=None,
        created_at=NOW,
        sent_at=None,
    )


async def test_a_moved_followup_is_planned_for_its_new_moment(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        followup = await uow.followups.add(a_followup(team.mei, due_at=NOW))
    await plan_due(team.database)
    moment = NOW + timedelta(minutes=5, microseconds=7)
    async with team.acting(team.mei) as uow:
        loaded = await uow.followups.get_for(team.mei, followup.id)
        loaded.move(due_at=moment, has_hour=True)
    assert await plan_due(team.database) == 0
    assert await plan_due(team.database, moment) == 1
    keys = [one.dedupe_key for one in await claim(team.database, moment)]
    assert keys == [f"followup:{followup.id}:{at.isoformat()}" for at in (NOW, moment)]


async def test_a_reminder_left_out_comes_back_when_the_followup_opens_again(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        followup = await uow.followups.add(a_followup(team.mei, due_at=NOW))
    await plan_due(team.database)
    async with team.acting(team.mei) as uow:
        loaded = await uow.followups.get_for(team.mei, followup.id)
        loaded.finish(now=NOW)
        done = await uow.action_id()
    (one,) = await claim(team.database)
    await settle(team.database, outcome(one, NotificationState.SKIPPED, reason="done"))
    assert await plan_due(team.database) == 0
    async with team.database.unit_of_work() as uow:
        await uow.journal.undo(done, actor=team.mei, now=NOW)
        await uow.commit()
    assert await plan_due(team.database) == 1


async def test_planning_keeps_to_its_limit_earliest_first(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        for minutes in (3, 1, 2):
            await uow.followups.add(a_followup(team.mei, due_at=NOW - timedelta(minutes=minutes), note=str(minutes)))
    assert await plan_due(team.database, limit=2) == 2
    assert [NOW - one.due_at for one in await claim(team.database)] == [timedelta(minutes=3), timedelta(minutes=2)]
    assert await plan_due(team.database, limit=2) == 1


# ---------------------------------------------------------------- the plans of the database


async def explained(database: Database, statement: object) -> str:
    dialect = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
    async with database.connection() as connection:
        compiled = statement.compile(  # type: ignore[attr-defined]
            dialect=connection.dialect, compile_kwargs={"literal_binds": True}
        )
        if database.dialect == "postgresql":
            await connection.execute(text("SET enable_seqscan = off"))
        return "\n".join(str(row) for row in await connection.exec_driver_sql(dialect + str(compiled)))


async def test_claiming_walks_the_index_of_pending_rows_only(database: Database) -> None:
    plan_of_claim = await explained(
        database, due_ids(of_one_action=False).params(now=NOW, real_now=NOW, most=50, most_broadcasts=50)
    )
    assert plan_of_claim.count("ix_notifications_pending") == len(Urgency)
    assert "SCAN notifications" not in plan_of_claim


async def test_a_tick_reads_no_rows_that_are_due_later(database: Database) -> None:
    """The row behind the index is never looked at when the moment lies ahead: the index has urgency and moment."""
    await plan(database, *(planned(due_at=NOW + timedelta(days=1)) for _ in range(500)))
    plan_of_claim = await explained(
        database, due_ids(of_one_action=False).params(now=NOW, real_now=NOW, most=50, most_broadcasts=50)
    )
    if database.dialect == "sqlite":
        assert plan_of_claim.count("(urgency=? AND due_at<?)") == len(Urgency)
    else:
        assert plan_of_claim.count("Index Cond: ((urgency = ") == len(Urgency)
        assert plan_of_claim.count("AND (due_at <= ") == len(Urgency)


async def test_planning_walks_the_index_of_unplanned_followups(database: Database) -> None:
    followups = tables.followups
    statement = (
        select(followups.c.id)
        .where(
            text("status = 'open' AND has_hour AND (planned_for IS NULL OR planned_for <> due_at)"),
            followups.c.due_at <= datetime(2026, 11, 20, tzinfo=UTC),
        )
        .order_by(followups.c.due_at)
        .limit(10)
    )
    assert "ix_followups_unplanned" in await explained(database, statement)

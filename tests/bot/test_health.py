"""``/health``, ``/metrics`` and the work of quiet moments, on a real database file."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import backups
from bot.health import STUCK_SECONDS, health, metrics
from bot.housekeeping import CHECKED, Housekeeping, in_background
from bot.local.people import private_place
from bot.local_people import customer_user
from bot.settings import Settings
from bot.wiring import House, open_house
from domain.attachments.model import AttachedFile, AttachmentKind, FileState
from domain.drafts.model import Draft
from domain.notifications.model import Planned
from domain.people.actions import NewStaff, add_staff
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.chat import ChatEvent, Conversation, PlaceKind, Sender, Text, Unknown
from handlers.dispatch import perform
from storage import tables

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOB = customer_user("Bob")
WORDS = "Acme wants twenty seats"


@dataclass
class Desk:
    """A house whose clock is moved by hand."""

    house: House
    now: datetime = NOON
    deliveries: list[str] = field(default_factory=list)

    async def hears(self, content: Any) -> None:
        self.deliveries.append(str(len(self.deliveries)))
        await self.house.dispatcher.dispatch(
            ChatEvent(
                channel="local",
                delivery_id=self.deliveries[-1],
                conversation=Conversation(channel="local", key=private_place(BOB), kind=PlaceKind.PRIVATE),
                sender=Sender(user=BOB, name="Bob"),
                at=self.now,
                content=content,
            )
        )
        await self.house.delivery.drain()

    async def does(self, action: Any) -> Any:
        return await perform(self.house.database.unit_of_work, action, now=self.now)

    async def rows(self, table: Any) -> list[Mapping[str, Any]]:
        async with self.house.database.connection() as connection:
            return [dict(row) for row in (await connection.execute(select(table))).mappings()]


@pytest.fixture
async def desk(place: Path) -> AsyncIterator[Desk]:
    settings = Settings.model_construct(
        database_url=f"sqlite+aiosqlite:///{place / 'guanxi.db'}", local_page=True, backup_dir=None, key=None
    )
    holder: list[Desk] = []
    async with open_house(settings, now=lambda: holder[0].now if holder else NOON) as house:
        holder.append(Desk(house))
        yield holder[0]


def planned(**more: Any) -> Planned:
    return Planned(**{"key": "staff-unreachable", "facts": {"name": WORDS, "reason": "x"}, "due_at": NOON, **more})


async def plans(desk: Desk, *rows: Planned) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for row in rows:
            uow.plan(row)

    await desk.does(act)


async def test_a_quiet_house_is_healthy(desk: Desk) -> None:
    facts = await health(desk.house, [])

    assert facts["ok"] is True
    assert facts["database"]["dialect"] == "sqlite"
    assert facts["database"]["milliseconds"] >= 0
    assert facts["outbox"] == {"due": 0, "oldest_seconds": 0.0, "stuck": False}
    assert (facts["jobs"], facts["files"]) == ({"failing": 0}, {"waiting": 0})
    assert facts["channels"] == {"local": {"up": True, "last_update_at": None}}


async def test_the_last_update_is_told(desk: Desk) -> None:
    await desk.hears(Text("hello"))

    assert (await health(desk.house, []))["channels"]["local"]["last_update_at"] == NOON.isoformat()


async def test_old_rows_are_a_backlog_and_stuck_when_nothing_leaves(desk: Desk) -> None:
    await plans(desk, planned(channel="local", place="staff:1"), planned(channel="local", place="staff:2"))
    desk.now = NOON + timedelta(hours=1)

    backlog = await health(desk.house, [])
    desk.house.delivery.counters.last_at -= STUCK_SECONDS + 1
    stuck = await health(desk.house, [])

    assert backlog["ok"] is True
    assert backlog["outbox"] == {"due": 2, "oldest_seconds": 3600.0, "stuck": False}
    assert stuck["ok"] is False
    assert stuck["outbox"]["stuck"] is True


async def test_files_that_are_still_to_be_fetched_are_counted(desk: Desk) -> None:
    states = (FileState.WAITING, FileState.WAITING, FileState.KEPT, FileState.REFUSED)
    async with desk.house.database.unit_of_work() as uow:
        for number, state in enumerate(states):
            await uow.attachments.add_file(
                AttachedFile(
                    channel="local",
                    ref=str(number),
                    kind=AttachmentKind.PHOTO,
                    place="staff:1",
                    state=state,
                    created_at=NOON,
                )
            )
        await uow.commit()

    assert (await health(desk.house, []))["files"] == {"waiting": 2}
    assert "guanxi_files_waiting 2.0" in (await metrics(desk.house)).decode()


async def test_who_waits_for_another_receiver_is_well(desk: Desk) -> None:
    class Waiting:
        name = "slack"
        is_waiting = True

        def health(self) -> Mapping[str, Any]:
            return {"up": False, "receiving": False, "token_refused": False}

    platform: Any = Waiting()
    waits = (await health(desk.house, [platform], {"slack": platform}))["channels"]["slack"]
    free = (await health(desk.house, [platform]))["channels"]["slack"]

    assert (waits["up"], waits["waits_for_another_receiver"]) == (True, True)
    assert free["up"] is False
    assert "waits_for_another_receiver" not in free


async def test_a_database_that_does_not_answer_is_unhealthy(desk: Desk, place: Path) -> None:
    await desk.house.database.dispose()
    (place / "guanxi.db").write_bytes(b"no database any more" * 1000)

    facts = await health(desk.house, [])
    text = (await metrics(desk.house)).decode()

    assert facts["ok"] is False
    assert facts["database"]["ok"] is False
    assert (facts["outbox"]["due"], facts["jobs"]["failing"], facts["files"]["waiting"]) == (None, None, None)
    assert "guanxi_database_up 0.0" in text
    assert "guanxi_outbox_due" not in text


async def test_metrics_count_without_saying_what_was_said(desk: Desk) -> None:
    await desk.hears(Text(WORDS))
    await desk.hears(Unknown("message.sticker", {"text": WORDS}))
    desk.house.dispatcher.counters.incidents += 1
    desk.house.delivery.counters.count("telegram", "pending")
    desk.house.delivery.counters.count(None, "failed")
    desk.now = NOON + timedelta(seconds=90)
    await plans(desk, planned(channel="local", place="staff:1"))

    text = (await metrics(desk.house)).decode()

    for line in (
        'guanxi_events_total{channel="local"} 2.0',
        'guanxi_unknown_content_total{channel="local",kind="message.sticker"} 1.0',
        'guanxi_notifications_total{channel="telegram",outcome="retried"} 1.0',
        'guanxi_notifications_total{channel="none",outcome="failed"} 1.0',
        "guanxi_incidents_total 1.0",
        "guanxi_outbox_due 1.0",
        "guanxi_jobs_failing 0.0",
        "guanxi_outbox_oldest_seconds 90.0",
        'guanxi_dispatch_seconds_bucket{le="+Inf"} 2.0',
        "guanxi_dispatch_seconds_count 2.0",
    ):
        assert line in text.splitlines()
    assert re.search(r'guanxi_notifications_total\{channel="local",outcome="sent"\} [1-9]', text)
    assert "Acme" not in text


async def test_invented_kinds_do_not_swell_the_metrics(desk: Desk) -> None:
    for number in range(500):
        desk.house.dispatcher.unknown["telegram", f"kind{number}"] += 1

    lines = (await metrics(desk.house)).decode().splitlines()

    assert len([line for line in lines if line.startswith("guanxi_unknown_content_total{")]) == 101
    assert 'guanxi_unknown_content_total{channel="any",kind="other"} 400.0' in lines


# ---------------------------------------------------------------- housekeeping


async def test_deliveries_and_drafts_are_forgotten_after_two_weeks(desk: Desk) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for days in (15, 13):
            at = NOON - timedelta(days=days)
            await uow.drafts.add(
                Draft(staff_id=None, kind="log", content={}, channel="local", place="x", created_at=at, updated_at=at)
            )
            for number in range(600):
                await uow.inbox.accept("local", f"{days}:{number}", at=at)

    await desk.does(act)

    await Housekeeping(desk.house).look()

    left = await desk.rows(tables.inbox)
    assert len(left) == 600
    assert all(row["delivery"].startswith("13:") for row in left)
    assert [row["updated_at"] for row in await desk.rows(tables.drafts)] == [NOON - timedelta(days=13)]


async def test_what_was_said_is_forgotten_after_a_month(desk: Desk) -> None:
    await plans(desk, *(planned(channel="local", place="staff:1", extra={"reply_to": "7"}) for _ in range(4)))
    states = [("sent", 31), ("skipped", 31), ("sent", 29), ("pending", 31)]
    async with desk.house.database.unit_of_work() as uow:
        for row_id, (state, days) in enumerate(states, start=1):
            settled_at = None if state == "pending" else NOON - timedelta(days=days)
            changed = update(tables.notifications).where(tables.notifications.c.id == row_id)
            await uow.session.execute(changed.values(state=state, settled_at=settled_at))
        await uow.commit()

    await Housekeeping(desk.house).look()

    kept = [(bool(row["facts"]), bool(row["extra"])) for row in await desk.rows(tables.notifications)]
    assert kept == [(False, False), (False, False), (True, True), (True, True)]
    assert [row["key"] for row in await desk.rows(tables.notifications)] == ["staff-unreachable"] * 4


async def test_a_backup_is_made_each_day_and_looked_at_each_week(desk: Desk, place: Path) -> None:
    keeping, folder = Housekeeping(desk.house), place / "backups"
    for _ in range(40):
        await keeping.look()
        desk.now += timedelta(hours=12)

    made = backups.list_backups(folder, automatic_only=True)
    assert [backup.at.date() for backup in made[:7]] == [(NOON + timedelta(days=19 - back)).date() for back in range(7)]
    assert len(made) == 7 + 2
    assert (folder / CHECKED).read_text().startswith("guanxi-auto-")
    assert not await desk.rows(tables.notifications)


async def test_hand_made_backups_are_never_removed(desk: Desk, place: Path) -> None:
    folder = place / "backups"
    folder.mkdir()
    by_hand = folder / backups.name_at(NOON - timedelta(days=900), ".db")
    by_hand.touch()

    await Housekeeping(desk.house).look()

    assert by_hand.exists()


async def test_admins_are_told_once_a_day_when_the_backup_fails(desk: Desk, place: Path) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for name, role in (("Ada", Role.ADMIN), ("Mei", Role.REP)):
            await add_staff(uow, None, NewStaff(name=name, role=role), now=NOON)

    await desk.does(act)
    (place / "backups").write_text("a file where the folder should be")
    keeping = Housekeeping(desk.house)
    for _ in range(6):
        await keeping.look()
        desk.now += timedelta(minutes=30)

    told = await desk.rows(tables.notifications)
    assert [(row["key"], row["staff_id"], row["facts"]) for row in told] == [("backup-failed", 1, {"why": "no-room"})]


async def test_a_damaged_backup_is_found_by_the_weekly_look(desk: Desk, place: Path) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        await add_staff(uow, None, NewStaff(name="Ada", role=Role.ADMIN), now=NOON)

    await desk.does(act)
    keeping = Housekeeping(desk.house)
    await keeping.look()
    desk.now += timedelta(hours=1)
    [made] = backups.list_backups(place / "backups")
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: len(whole) // 2])
    os.utime(place / "backups" / CHECKED, (0, 0))

    await keeping.look()

    assert [row["facts"] for row in await desk.rows(tables.notifications)] == [{"why": "damaged"}]


async def test_work_in_the_background_gives_its_error_and_may_be_left() -> None:
    async def fail() -> None:
        await in_background(lambda: Path("/no/such/folder/file").touch())

    with pytest.raises(FileNotFoundError):
        await fail()
    release = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait() -> None:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(5)

    waits = asyncio.create_task(in_background(wait))
    await asyncio.sleep(0)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    release.set()

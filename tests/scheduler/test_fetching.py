"""Fetching the bytes of what people sent: once, through faults, crashes and beside another process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from domain.attachments.model import LARGEST, AttachedFile, AttachmentKind, FileState
from domain.errors import ChannelBusy, FileRefused
from domain.people.model import Role, Staff
from scheduler.fetching import AT_ONCE, LEASE, PATIENCE, Fetching
from storage.engine import Database, open_database
from storage.tables import attached_files, notifications
from tests.fakes.file_store import FilesInMemory

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0photo"


@dataclass
class Shelf:
    """A channel that gives bytes by reference; ``troubles`` are raised in turn first, ``gate`` holds it up."""

    contents: dict[str, bytes] = field(default_factory=dict)
    troubles: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    knocks: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        self.asked.append(ref)
        self.knocks.put_nowait(ref)
        await self.gate.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        return self.contents[ref]


@dataclass
class Archive:
    """One database, a clock, a channel and a store."""

    database: Database
    clock: list[datetime]
    shelf: Shelf = field(default_factory=Shelf)
    store: FilesInMemory = field(default_factory=FilesInMemory)
    tom: Staff | None = None

    def process(self, holder: str = "here:1:a", **others: Any) -> Fetching:
        """``others`` are channels besides, and what else differs."""
        except_for = others.pop("except_for", ())
        return Fetching(
            others.pop("open_unit", self.database.unit_of_work),
            self.database.read,
            channels={"chat": self.shelf, **others},  # type: ignore[dict-item]
            store=self.store,
            holder=holder,
            except_for=except_for,
            now=lambda: self.clock[0],
            real_now=lambda: self.clock[0],
        )

    async def announce(self, ref: str, content: bytes | None = JPEG, **said: Any) -> int:
        if content is not None:
            self.shelf.contents[ref] = content
        assert self.tom is not None
        given = {"channel": "chat", "place": "private", "staff_id": self.tom.id, "created_at": NOW, **said}
        async with self.database.unit_of_work() as uow:
            file = await uow.attachments.add_file(AttachedFile(ref=ref, kind=AttachmentKind.PHOTO, **given))
            await uow.commit()
        return file.id

    async def file(self) -> Mapping[str, Any]:
        async with self.database.read() as uow:
            return dict((await uow.session.execute(select(attached_files))).mappings().one())

    async def told(self) -> list[str]:
        async with self.database.read() as uow:
            found = await uow.session.execute(select(notifications.c.key, notifications.c.facts))
            return [f"{row.key}: {row.facts['reason']}" for row in found]


@pytest.fixture
async def archive(database_url: str) -> AsyncIterator[Archive]:
    clock = [NOW]
    database = open_database(database_url, clock=lambda: clock[0])
    made = Archive(database, clock)
    made.shelf.gate.set()
    async with database.unit_of_work() as uow:
        made.tom = await uow.staff.add(Staff(name="Tom", role=Role.REP, timezone="UTC", created_at=NOW))
        await uow.commit()
    yield made
    await database.dispose()


async def test_what_waits_is_fetched_once_and_kept_with_its_witness(archive: Archive) -> None:
    await archive.announce("a")

    tried = [await archive.process().fetch_due() for _ in range(2)]

    file = await archive.file()
    assert tried == [1, 0]
    assert archive.shelf.asked == ["a"]
    assert (file["state"], file["media_type"], file["size"]) == (FileState.KEPT, "image/jpeg", len(JPEG))
    assert archive.store.get(file["stored"]) == JPEG
    assert await archive.told() == []


@pytest.mark.parametrize(
    ("content", "trouble", "reason"),
    [
        (b"", None, "empty"),
        (bytes(LARGEST + 1), None, "too-large"),
        (None, FileRefused(FileRefused.TOO_LARGE), "too-large"),
        (None, FileRefused(FileRefused.GONE), "gone"),
        (None, FileRefused(FileRefused.FORBIDDEN), "forbidden"),
    ],
)
async def test_what_will_never_be_kept_is_said_once(
    archive: Archive, content: bytes | None, trouble: Exception | None, reason: str
) -> None:
    await archive.announce("a", content)
    archive.shelf.troubles = [trouble] if trouble else []

    await archive.process().fetch_due()

    file = await archive.file()
    assert (file["state"], file["reason"], file["stored"]) == (FileState.REFUSED, reason, None)
    assert await archive.told() == [f"attachment-not-kept: {reason}"]
    assert archive.store.contents == {}


async def test_faults_are_tried_again_after_growing_pauses(archive: Archive) -> None:
    await archive.announce("a")
    archive.shelf.troubles = [ConnectionError(), TimeoutError(), ChannelBusy(90.0)]
    process, pauses = archive.process(), []
    for _ in range(3):
        assert await process.fetch_due() == 1
        due_at = (await archive.file())["due_at"]
        pauses.append((due_at - archive.clock[0]).total_seconds())
        assert await process.fetch_due() == 0
        archive.clock[0] = due_at

    assert await process.fetch_due() == 1
    assert pauses == [2, 4, 90]
    assert (await archive.file())["state"] == FileState.KEPT


async def test_after_a_day_it_is_given_up_and_said(archive: Archive) -> None:
    await archive.announce("a", attempts=PATIENCE - 1)
    archive.shelf.troubles = [ConnectionError()]

    await archive.process().fetch_due()

    assert await archive.told() == ["attachment-not-kept: out-of-reach"]


async def test_no_room_is_a_fault_that_may_pass(archive: Archive) -> None:
    await archive.announce("a")
    archive.store.troubles = [OSError("no space left")]

    await archive.process().fetch_due()

    file = await archive.file()
    assert (file["state"], file["reason"]) == (FileState.WAITING, "no-room")


async def test_what_a_dead_process_held_is_fetched_when_its_lease_runs_out(archive: Archive) -> None:
    await archive.announce("a")
    archive.shelf.gate.clear()
    dying = asyncio.create_task(archive.process("here:1:dead").fetch_due())
    await archive.shelf.knocks.get()
    dying.cancel()
    await asyncio.wait({dying})
    archive.shelf.gate.set()

    while_leased = await archive.process().fetch_due()
    archive.clock[0] += LEASE
    afterwards = await archive.process().fetch_due()

    assert (while_leased, afterwards) == (0, 1)
    assert len(archive.store.contents) == 1


async def test_a_late_worker_changes_nothing_and_leaves_nothing_behind(archive: Archive) -> None:
    await archive.announce("a")
    archive.shelf.gate.clear()
    late = asyncio.create_task(archive.process("here:1:late").fetch_due())
    await archive.shelf.knocks.get()
    archive.clock[0] += LEASE
    again = asyncio.create_task(archive.process("here:2:again").fetch_due())
    await archive.shelf.knocks.get()
    archive.shelf.gate.set()
    await asyncio.gather(late, again)

    file = await archive.file()
    assert (file["state"], file["attempts"]) == (FileState.KEPT, 2)
    assert list(archive.store.contents) == [file["stored"]]


async def test_two_processes_fetch_each_file_once(archive: Archive) -> None:
    for number in range(20):
        await archive.announce(str(number))

    await asyncio.gather(*(archive.process(f"here:{number}:x").fetch_due() for number in (1, 2)))

    assert sorted(archive.shelf.asked, key=int) == [str(number) for number in range(20)]


async def test_a_channel_that_is_not_configured_waits(archive: Archive) -> None:
    await archive.announce("a", channel="slack")

    assert await archive.process().fetch_due() == 0
    assert (await archive.file())["attempts"] == 0


async def test_it_wakes_when_something_is_announced_and_ends_when_told(archive: Archive) -> None:
    process, stop = archive.process(), asyncio.Event()
    running = asyncio.create_task(process.run(stop=stop))
    await archive.announce("a")
    process.wake()
    async with asyncio.timeout(5):
        await archive.shelf.knocks.get()
        stop.set()
        process.wake()
        await running

    assert len(archive.store.contents) == 1


async def test_a_platform_that_keeps_us_waiting_holds_up_no_other(archive: Archive) -> None:
    slow = Shelf()
    for ref in "abc":
        slow.contents[ref] = JPEG
        await archive.announce(ref, channel="slow")
    process, stop = archive.process(slow=slow), asyncio.Event()
    running = asyncio.create_task(process.run(stop=stop))
    async with asyncio.timeout(5):
        waited_for = [await slow.knocks.get() for _ in range(AT_ONCE)]
        for ref in "de":
            await archive.announce(ref)
            process.wake()
            await archive.shelf.knocks.get()
        stop.set()
        process.wake()
        slow.gate.set()
        await running

    assert waited_for == ["a", "b"]
    assert archive.shelf.asked == ["d", "e"]


async def test_a_place_that_is_free_takes_the_next(archive: Archive) -> None:
    hung = asyncio.Event()
    fetch = archive.shelf.fetch

    async def all_but_the_first(ref: str, *, limit: int) -> bytes:
        if ref == "0":
            await hung.wait()
        return await fetch(ref, limit=limit)

    archive.shelf.fetch = all_but_the_first  # type: ignore[method-assign]
    for number in range(4):
        await archive.announce(str(number))
    fetching = asyncio.create_task(archive.process().fetch_due())
    async with asyncio.timeout(5):
        others = [await archive.shelf.knocks.get() for _ in range(3)]
        hung.set()
        tried = await fetching

    assert (others, tried) == (["1", "2", "3"], 4)


async def test_what_another_process_has_to_fetch_is_left_to_it(archive: Archive) -> None:
    await archive.announce("a")

    tried = await archive.process(except_for=["chat"]).fetch_due()

    assert (tried, (await archive.file())["attempts"]) == (0, 0)


async def test_where_nothing_is_due_nobody_waits_for_the_writer(archive: Archive) -> None:
    def open_unit() -> Any:
        raise AssertionError("a writing transaction")

    assert await archive.process(open_unit=open_unit).fetch_due() == 0

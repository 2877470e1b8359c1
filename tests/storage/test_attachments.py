"""What belongs to which record, and files that nothing refers to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from domain.attachments.actions import attach_files, list_attachments
from domain.attachments.model import AttachedFile, Attachment, AttachmentKind, Fetched, FileState
from domain.errors import RecordNotFound
from domain.people.model import Staff
from storage.attachments import NEXT_FETCH
from storage.engine import open_database
from storage.export import export_lines
from storage.importing import import_file
from tests.databases import sqlite_url
from tests.storage.company import NOW, Clock, Team, an_activity
from tests.storage.test_undo import undo

DIGEST = "ab" * 32


async def a_file(team: Team, by: Staff, *, stored: str | None = None, album: str | None = None) -> int:
    async with team.acting(by) as uow:
        file = await uow.attachments.add_file(
            AttachedFile(
                channel="local",
                ref="r",
                kind=AttachmentKind.PHOTO,
                name="shop.jpg",
                place="p",
                album=album,
                staff_id=by.id,
                created_at=NOW,
            )
        )
    if stored is not None:
        async with team.acting(by) as uow:
            await uow.attachments.claim_fetches(channels=["local"], limit=9, lease=timedelta(minutes=1), holder="h")
            kept = Fetched(file_id=file.id, attempt=1, state=FileState.KEPT, size=5, sha256=DIGEST, stored=stored)
            assert await uow.attachments.settle_fetch(kept)
    return file.id


async def attach(team: Team, by: Staff, *files: int, **owner: int) -> Sequence[Attachment]:
    async with team.acting(by, "attachment-added") as uow:
        return await attach_files(uow, by, files, **owner, now=NOW)  # type: ignore[arg-type]


async def counted(team: Team, record: str, record_id: int) -> int:
    async with team.database.read() as uow:
        return await uow.attachments.count_of(record, record_id)


async def test_a_record_has_its_own_its_activities_and_a_customer_those_of_its_leads(team: Team) -> None:
    lead, customer = await team.lead(), await team.customer()
    async with team.acting(team.mei) as uow:
        of_lead = await uow.activities.add(an_activity(team.mei, lead_id=lead.id))
        of_customer = await uow.activities.add(an_activity(team.mei, customer_id=customer.id))
    await attach(team, team.mei, await a_file(team, team.mei), lead_id=lead.id)
    await attach(team, team.mei, await a_file(team, team.mei), activity_id=of_lead.id)
    await attach(team, team.mei, await a_file(team, team.mei), activity_id=of_customer.id)

    before = [await counted(team, "lead", lead.id), await counted(team, "customer", customer.id)]
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).customer_id = customer.id
        (await uow.activities.get_for(team.mei, of_lead.id)).customer_id = customer.id

    assert before == [2, 1]
    assert await counted(team, "customer", customer.id) == 3
    assert await counted(team, "activity", of_lead.id) == 1


async def test_who_may_not_see_the_record_sees_none_of_it(team: Team) -> None:
    lead = await team.lead(team.mei)
    await attach(team, team.mei, await a_file(team, team.mei, stored="a" * 32), lead_id=lead.id)

    async with team.database.read() as uow:
        [own] = await list_attachments(uow, team.mei, "lead", lead.id, limit=5)
        older = await list_attachments(uow, team.mei, "lead", lead.id, limit=5, before=own.id)
        with pytest.raises(RecordNotFound):
            await list_attachments(uow, team.tom, "lead", lead.id, limit=5)

    assert (own.name, own.by, own.state, own.stored, own.size) == ("shop.jpg", "Mei", FileState.KEPT, "a" * 32, 5)
    assert older == []


async def test_a_file_belongs_to_one_thing_and_only_who_sent_it_says_to_which(team: Team) -> None:
    lead = await team.lead(team.mei)
    file = await a_file(team, team.mei)

    by_another = await attach(team, team.ana, file, lead_id=lead.id)
    first = await attach(team, team.mei, file, lead_id=lead.id)
    second = await attach(team, team.mei, file, lead_id=lead.id)

    assert [len(each) for each in (by_another, first, second)] == [0, 1, 0]


async def test_bytes_go_a_month_after_the_last_thing_that_needed_them(team: Team, clock: Clock) -> None:
    lead = await team.lead()
    used, undone = [await a_file(team, team.mei, stored=letter * 32) for letter in "ab"]
    await attach(team, team.mei, used, lead_id=lead.id)
    [taken_off] = await attach(team, team.mei, undone, lead_id=lead.id)

    async def look() -> Sequence[str]:
        async with team.acting(team.ada) as uow:
            after: int | None = 0
            while after is not None:
                after = await uow.attachments.mark_unused(clock.now, after=after, limit=1)
            return await uow.attachments.remove_unused(clock.now - timedelta(days=30), limit=10)

    await look()
    async with team.database.read() as uow:
        [action] = {line.action_id for line in await uow.journal.history_of("attachments", taken_off.id, limit=1)}
    await undo(team, action)
    at_once = await look()
    clock.passes(timedelta(days=29))
    soon = await look()
    clock.passes(timedelta(days=2))
    later, again = await look(), await look()

    assert (at_once, soon, later, again) == ([], [], ["b" * 32], [])
    async with team.database.read() as uow:
        states = [file.state for file in await uow.attachments.list_files([used, undone])]
        assert states == [FileState.KEPT, FileState.REMOVED]
        assert await uow.attachments.list_stored(["a" * 32, "b" * 32, "c" * 32]) == {"a" * 32}


async def test_leases_of_dead_processes_are_given_back(team: Team) -> None:
    await a_file(team, team.mei)
    async with team.acting(team.mei) as uow:
        await uow.attachments.claim_fetches(channels=["local"], limit=9, lease=timedelta(minutes=1), holder="h:1:x")

    async with team.acting(team.mei) as uow:
        held = await uow.attachments.claim_fetches(channels=["local"], limit=9, lease=timedelta(minutes=1), holder="i")
        holders = await uow.attachments.fetch_holders()
        await uow.attachments.release_fetches(holders)
        [again] = await uow.attachments.claim_fetches(
            channels=["local"], limit=9, lease=timedelta(minutes=1), holder="i"
        )

    assert (held, holders, again.attempts) == ((), ["h:1:x"], 2)


async def test_an_export_says_what_there_is_and_holds_no_bytes(team: Team, tmp_path: Path) -> None:
    lead = await team.lead()
    await attach(team, team.mei, await a_file(team, team.mei, stored="a" * 32), lead_id=lead.id)
    written = [line async for line in export_lines(team.database)]
    (tmp_path / "all.jsonl").write_text("\n".join(written), encoding="utf-8")
    other = open_database(sqlite_url(tmp_path, "other.db"))
    counts = (await import_file(other, tmp_path / "all.jsonl", now=NOW)).counts
    await other.dispose()

    [attachment] = [each for each in map(json.loads, written) if each["type"] == "attachment"]
    assert {name: attachment[name] for name in ("kind", "name", "lead_id", "state", "size", "sha256")} == {
        "kind": "photo",
        "name": "shop.jpg",
        "lead_id": lead.id,
        "state": "kept",
        "size": 5,
        "sha256": DIGEST,
    }
    assert "a" * 32 not in "".join(written)
    assert "attachment" not in counts


async def test_waiting_files_are_found_by_their_index(team: Team) -> None:
    is_sqlite = team.database.dialect == "sqlite"
    asked = NEXT_FETCH.compile(dialect=sqlite.dialect() if is_sqlite else postgresql.dialect())
    async with team.database.read() as uow:
        if not is_sqlite:  # which prefers to scan so small a table
            await uow.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await uow.session.execute(text(f"{'EXPLAIN QUERY PLAN' if is_sqlite else 'EXPLAIN'} {asked}"))

    assert "ix_attached_files_waiting" in str(plan.all())

"""Any sequence of actions and undos leaves what replaying the other actions leaves, and a refused undo changes nothing."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain.activities.actions import Entry, log_entry
from domain.activities.model import ActivityKind
from domain.customers import actions as customers
from domain.errors import CrmError
from domain.followups import actions as followups
from domain.followups.actions import Subject, When
from domain.journal.model import UndoRefused
from domain.leads import actions as leads
from domain.leads.actions import NewLead, contact_points
from domain.leads.converting import convert_lead
from domain.leads.model import LeadStatus
from domain.opportunities import actions as opportunities
from domain.opportunities.model import FIRST_STAGE
from domain.people.model import Staff
from storage import tables
from storage.engine import Database, open_database
from storage.references import references_from
from storage.unit_of_work import SqlUnitOfWork
from tests.campaign import IS_LONG
from tests.databases import PostgresServer, sqlite_url
from tests.storage.company import NOW, Team, a_phone, found_team

Key = tuple[int, int]  # the step that made a row, and the how many-th of it
Made = list[tuple[str, int]]
COMPARED = {name: table for name, table in tables.JOURNALED.items() if name not in {"company", "staff", "identities"}}


@dataclass
class World:
    """A database, and by what step each of its rows was made."""

    team: Team
    ids: dict[Key, int] = field(default_factory=dict)
    keys: dict[tuple[str, int], Key] = field(default_factory=dict)

    def remember(self, step: int, made: Made) -> None:
        for number, (table, row_id) in enumerate(made):
            self.ids[step, number] = row_id
            self.keys[table, row_id] = (step, number)

    async def present(self, table: str) -> list[Key]:
        """The rows that are there now."""
        async with self.team.database.read() as uow:
            ids = (await uow.session.scalars(select(COMPARED[table].c.id).order_by(COMPARED[table].c.id))).all()
        return [self.keys[table, row_id] for row_id in ids]


# ---------------------------------------------------------------- what people do


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One action in its unit of work. ``number`` makes it differ from others of its kind."""

    uow: SqlUnitOfWork
    team: Team
    ids: Sequence[int]
    number: int

    @property
    def actor(self) -> Staff:
        return self.team.ada

    @property
    def row(self) -> int:
        return self.ids[0]

    @property
    def somebody(self) -> Staff:
        return (self.team.tom, self.team.ana, self.team.mei)[self.number % 3]

    @property
    def phone(self) -> str:
        return f"+861380013800{self.number % 4}"

    @property
    def when(self) -> When:
        rule = "FREQ=DAILY" if self.number % 3 == 0 else None
        return When(at=NOW + timedelta(hours=self.number + 1), recurrence=rule, note=str(self.number))


async def add_lead(turn: Turn) -> None:
    new = NewLead(
        company=f"Company {turn.number}",
        person=f"Person {turn.number}",
        phones=(turn.phone,) if turn.number < 6 else (),
        despite=True,
    )
    await leads.add_lead(turn.uow, turn.actor, new, now=NOW)


async def fill_in_lead(turn: Turn) -> None:
    """The form, with or without a phone."""
    points = contact_points((turn.phone,), (), country="CN") if turn.number % 2 else []
    change = leads.LeadChange(
        company=f"Renamed {turn.number % 3}", person="Somebody", points=points, tags=[str(turn.number % 2)]
    )
    await leads.change_lead(turn.uow, turn.actor, turn.row, change)


async def add_phone(turn: Turn) -> None:
    (await turn.uow.leads.get_for(turn.actor, turn.row)).points.append(a_phone(turn.phone))


async def delete_lead(turn: Turn) -> None:
    lead = await turn.uow.leads.get_for(turn.actor, turn.row)
    lead.points.clear()
    await turn.uow.flush()
    await turn.uow.flush()
    await turn.uow.session.delete(lead)


async def report(turn: Turn) -> None:
    followups = (turn.when,) if turn.number % 2 else ()
    place = (float(turn.number), 0.5) if turn.number % 3 else None
    subject = Subject(lead_id=turn.row)
    entry = Entry(kind=ActivityKind.CALL, subject=subject, note=str(turn.number), followups=followups, place=place)
    await log_entry(turn.uow, turn.actor, entry, now=NOW)


async def report_with_a_new_lead(turn: Turn) -> None:
    new = NewLead(company=f"Met {turn.number}", phones=(turn.phone,), despite=True)
    await log_entry(turn.uow, turn.actor, Entry(kind=ActivityKind.VISIT, new_lead=new), now=NOW)


async def report_on_customer(turn: Turn) -> None:
    entry = Entry(kind=ActivityKind.MEETING, subject=Subject(customer_id=turn.row), followups=(turn.when,))
    await log_entry(turn.uow, turn.actor, entry, now=NOW)


async def advance(turn: Turn) -> None:
    status = (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)[turn.number % 3]
    await leads.advance_lead(turn.uow, turn.actor, turn.row, status)


async def lose(turn: Turn) -> None:
    await leads.lose_lead(turn.uow, turn.actor, turn.row, reason=str(turn.number), now=NOW)


async def reopen(turn: Turn) -> None:
    await leads.reopen_lead(turn.uow, turn.actor, turn.row)


async def assign(turn: Turn) -> None:
    await leads.assign_lead(turn.uow, turn.actor, turn.row, turn.somebody, now=NOW)


async def accept(turn: Turn) -> None:
    await leads.accept_lead(turn.uow, turn.somebody, turn.row)


async def convert(turn: Turn) -> None:
    await convert_lead(turn.uow, turn.actor, turn.row, now=NOW)


async def hand_all_over(turn: Turn) -> None:
    """What an action over many takes is its own: the records that were there, not the question that found them."""
    for row_id in turn.ids:
        (await turn.uow.leads.get_for(turn.actor, row_id)).owner_id = turn.somebody.id


async def share(turn: Turn) -> None:
    await turn.uow.customers.share("lead", turn.row, turn.somebody.id)


async def plan(turn: Turn) -> None:
    subject = Subject(lead_id=turn.row)
    await followups.plan_followup(turn.uow, turn.actor, subject, turn.when, note="", now=NOW, owner=turn.somebody)


async def finish(turn: Turn) -> None:
    await followups.finish_followup(turn.uow, turn.actor, turn.row, now=NOW)


async def snooze(turn: Turn) -> None:
    await followups.snooze_followup(turn.uow, turn.actor, turn.row, turn.when, now=NOW)


async def cancel(turn: Turn) -> None:
    await followups.cancel_followup(turn.uow, turn.actor, turn.row, now=NOW)


async def reassign(turn: Turn) -> None:
    await followups.reassign_followup(turn.uow, turn.actor, turn.row, turn.somebody, now=NOW)


async def follow_on(turn: Turn) -> None:
    await followups.follow_on(turn.uow, turn.actor, turn.row, NOW + timedelta(days=turn.number % 2), now=NOW)


async def delete_followup(turn: Turn) -> None:
    await turn.uow.session.delete(await turn.uow.followups.get_for(turn.actor, turn.row))


async def grade(turn: Turn) -> None:
    await customers.grade_customer(turn.uow, turn.actor, turn.row, ("A", "B", None)[turn.number % 3])


async def assign_customer(turn: Turn) -> None:
    await customers.assign_customer(turn.uow, turn.actor, turn.row, turn.somebody, now=NOW)


async def add_contact(turn: Turn) -> None:
    change = customers.ContactChange(name=str(turn.number), points=contact_points((turn.phone,), (), country="CN"))
    await customers.add_contact(turn.uow, turn.actor, turn.row, change, now=NOW)


async def fill_in_contact(turn: Turn) -> None:
    points = contact_points((turn.phone,), (), country="CN") if turn.number % 2 else []
    change = customers.ContactChange(name=str(turn.number % 3), points=points)
    await customers.change_contact(turn.uow, turn.actor, turn.row, change)


async def move_opportunity(turn: Turn) -> None:
    stage = ("won", "lost", FIRST_STAGE)[turn.number % 3]
    await opportunities.move_opportunity(turn.uow, turn.actor, turn.row, stage, now=NOW)


STEPS: dict[Callable[[Turn], Awaitable[None]], str | None] = {
    add_lead: None,
    report_with_a_new_lead: None,
    **dict.fromkeys(
        (fill_in_lead, add_phone, delete_lead, report, advance, lose, reopen, assign, accept, convert), "leads"
    ),
    **dict.fromkeys((hand_all_over, share, plan), "leads"),
    **dict.fromkeys((finish, snooze, cancel, reassign, follow_on, delete_followup), "followups"),
    **dict.fromkeys((report_on_customer, grade, assign_customer, add_contact), "customers"),
    fill_in_contact: "contacts",
    move_opportunity: "opportunities",
}
BY_NAME = {step.__name__: step for step in STEPS}


@dataclass
class Done:
    """A step as it was carried out: on which rows, under which action, and when it last took effect."""

    step: int
    name: str
    rows: tuple[Key, ...]
    number: int
    action_id: int
    since: int
    stands: bool = True


async def do(world: World, step: int, name: str, rows: tuple[Key, ...], number: int) -> int | None:
    """The action's id, or None when it was refused or wrote nothing: then there was none."""
    try:
        async with world.team.acting(world.team.ada, name) as uow:
            ids = [world.ids[key] for key in rows]
            await BY_NAME[name](Turn(uow=uow, team=world.team, ids=ids, number=number))
            action_id = await uow.action_id()
    except (CrmError, IntegrityError):
        return None
    async with world.team.database.read() as uow:
        changes = await uow.journal.changes_of(action_id)
    world.remember(step, [(change.table, change.row_id) for change in changes if change.before is None])
    return action_id if changes else None


# ---------------------------------------------------------------- what is compared


async def everything(database: Database) -> dict[str, Any]:
    """All rows, also of the journal, for a refused undo."""
    names = [*tables.JOURNALED, "journal_actions", "journal_changes", "notifications", "search_entries"]
    async with database.read() as uow:
        return {
            name: [
                tuple(row)
                for row in await uow.session.execute(
                    select(tables.metadata.tables[name]).order_by(tables.metadata.tables[name].c.id)
                )
            ]
            for name in names
        }


async def business(world: World) -> dict[tuple[str, Key], dict[str, Any]]:
    """The journaled rows, by the step that made them, with references as such steps, and their search entries."""
    found: dict[tuple[str, Key], dict[str, Any]] = {}
    async with world.team.database.read() as uow:
        for name, table in COMPARED.items():
            for row in (await uow.session.execute(select(table))).mappings():
                found[name, world.keys[name, row["id"]]] = _renumbered(world, name, dict(row))
        for entry in await uow.session.execute(select(tables.search_entries)):
            table_name = {"lead": "leads", "customer": "customers", "contact": "contacts"}[entry.record]
            words = set(entry.tokens.split())
            found["search", world.keys[table_name, entry.record_id]] = {"record": entry.record, "tokens": words}
    return found


def _renumbered(world: World, name: str, row: dict[str, Any]) -> dict[str, Any]:
    for reference in references_from(name):
        target = reference.target_of(row)
        if target is not None and reference.target in COMPARED:
            row[reference.column] = world.keys[reference.target, target]
    return {column: value for column, value in row.items() if column not in {"id", "version"}}


# ---------------------------------------------------------------- the property

UNDO = "undo"
a_step = st.tuples(
    st.sampled_from([*BY_NAME, "add_lead", "report", "report", *[UNDO] * 10]), st.integers(0, 9), st.integers(0, 9)
)
OpenWorld = Callable[[], Awaitable[World]]


async def holds(steps: list[tuple[str, int, int]], open_world: OpenWorld) -> None:
    world = await open_world()
    done: list[Done] = []
    actions: list[int] = []  # the undos too: undoing one is a redo
    for step, (name, pick, number) in enumerate(steps):
        if name == UNDO:
            if actions:
                await _undo(world, actions[-1 - pick % len(actions)], actions)
                await _see_who_stands(world, done, step)
            continue
        rows = await _rows_for(world, name, pick)
        action_id = None if rows is None else await do(world, step, name, rows, number)
        if rows is not None and action_id is not None:
            done.append(Done(step, name, rows, number, action_id, since=step))
            actions.append(action_id)
    await _compare_with_replay(world, done, open_world)


async def _rows_for(world: World, name: str, pick: int) -> tuple[Key, ...] | None:
    table = STEPS[BY_NAME[name]]
    if table is None:
        return ()
    present = await world.present(table)
    if not present:
        return None
    return tuple(present) if name == hand_all_over.__name__ else (present[pick % len(present)],)


async def _undo(world: World, action_id: int, actions: list[int]) -> None:
    before = await everything(world.team.database)
    try:
        async with world.team.database.unit_of_work() as uow:
            undone = await uow.journal.undo(action_id, actor=world.team.ada, now=NOW)
            await uow.commit()
    except UndoRefused:
        assert await everything(world.team.database) == before
    else:
        assert undone.undone_by is not None
        actions.append(undone.undone_by)


async def _see_who_stands(world: World, done: list[Done], step: int) -> None:
    async with world.team.database.read() as uow:
        for one in done:
            stands = (await uow.journal.get_action(one.action_id)).undone_by is None
            if stands and not one.stands:
                one.since = step  # done again: as if it were done now
            one.stands = stands


async def _compare_with_replay(world: World, done: list[Done], open_world: OpenWorld) -> None:
    replayed = await open_world()
    for one in sorted((one for one in done if one.stands), key=lambda one: one.since):
        assert await do(replayed, one.step, one.name, one.rows, one.number) is not None, one
    assert await business(world) == await business(replayed)


def run(
    steps: list[tuple[str, int, int]], make_url: Callable[[], str], drop: Callable[[str], None] = lambda url: None
) -> None:
    databases: list[tuple[str, Database]] = []

    async def open_world() -> World:
        url = make_url()
        database = open_database(url, pool_size=1)
        databases.append((url, database))
        return World(await found_team(database))

    async def whole() -> None:
        try:
            await holds(steps, open_world)
        finally:
            for _, database in databases:
                await database.dispose()

    with asyncio.Runner() as runner:
        runner.run(_as_coroutine(whole()))
    for url, _ in databases:
        drop(url)


async def _as_coroutine(work: Coroutine[Any, Any, None]) -> None:
    await work


calm = settings(
    derandomize=not IS_LONG,  # the same sequences on every run of the suite; the long run takes others each time
    print_blob=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    database=None,
)


@settings(calm, max_examples=600 if IS_LONG else 40)
@given(st.lists(a_step, min_size=4, max_size=24))
def test_undoing_is_never_having_done_it(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory(prefix="gx-") as folder:
        names = iter(range(9))
        run(steps, lambda: sqlite_url(Path(folder), f"{next(names)}.db"))


@pytest.mark.postgres
def test_undoing_is_never_having_done_it_on_postgres(postgres_server: PostgresServer) -> None:
    @settings(calm, max_examples=60 if IS_LONG else 8)
    @given(st.lists(a_step, min_size=8, max_size=24))
    def property_holds(steps: list[tuple[str, int, int]]) -> None:
        run(steps, postgres_server.fresh_database, postgres_server.drop)

    property_holds()

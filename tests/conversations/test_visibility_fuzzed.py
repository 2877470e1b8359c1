"""Random people, teams and records: what each may see by a rule written apart, and what statements and commands show."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.activities.model import Activity, ActivityKind
from domain.customers.model import Contact, Customer
from domain.followups.model import Followup
from domain.leads.model import Lead
from domain.opportunities.model import Opportunity
from domain.people.model import Role, Scope, Staff
from domain.tickets.model import Ticket
from storage import tables, visibility
from tests.conversations.conftest import Chat, Person

# Each team and the one that it is part of; "Northern" begins like another, and "north" is one but for a capital.
ABOVE = {
    "North": None,
    "North/York": "North",
    "North/York/East": "North/York",
    "Northern": None,
    "north": None,
    "South/York": "South",
    "South": None,
}
TEAMS = (*ABOVE, "North", "North/York", None)
SIGHTS = {"rep": ("own", "team", "all"), "agent": ("desk", "team", "all"), "manager": ("own", "team", "all")}
ROLES = ("rep", "rep", "manager", "agent", "admin")
LOOKED_AT = {
    "leads": visibility.visible_leads,
    "customers": visibility.visible_customers,
    "contacts": visibility.visible_contacts,
    "activities": visibility.visible_activities,
    "followups": visibility.visible_followups,
    "opportunities": visibility.visible_opportunities,
    "tickets": visibility.visible_tickets,
}
COMMANDS = (
    "/find Qz",
    "/today",
    "/digest",
    "/queue",
    "/history",
    "/audit",
    "/report funnel",
    "/report activity",
    "/report tickets",
    "/survey",
    "what's next?",
)
CODES = {"leads": "L", "customers": "C", "contacts": "P", "followups": "F", "opportunities": "O", "tickets": "T"}


@dataclass
class World:
    """Everything as plain things, so that the rule below asks no database."""

    people: dict[int, Staff] = field(default_factory=dict)
    shares: set[tuple[str, int, int]] = field(default_factory=set)
    rows: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in LOOKED_AT})

    def customer(self, customer_id: int) -> Any:
        return next(each for each in self.rows["customers"] if each.id == customer_id)

    def lead(self, lead_id: int) -> Any:
        return next(each for each in self.rows["leads"] if each.id == lead_id)


def sight(who: Staff) -> str:
    """The role's, or what an admin set; a manager of no team leads everybody, others of no team have none to see."""
    if who.role is Role.ADMIN:
        return "all"
    usual = {Role.REP: "own", Role.AGENT: "desk", Role.MANAGER: "team"}[who.role]
    asked = who.sees.value if who.sees is not None else usual
    if asked == "team" and not who.team:
        return "all" if who.role is Role.MANAGER else usual
    return asked


def below(team: str | None, above: str | None) -> bool:
    """Climbs the tree, a step at a time."""
    while team is not None:
        if team == above:
            return True
        team = ABOVE[team]
    return False


def of_owner(world: World, who: Staff, owner_id: int | None) -> bool:
    if sight(who) == "all":
        return True
    if owner_id is None:
        return sight(who) == "team"
    owner = world.people[owner_id]
    leads_them = sight(who) == "team" and below(owner.team, who.team)
    stands_in = owner.deputy_id == who.id and owner.absent_until is not None
    return owner_id == who.id or leads_them or stands_in


def sees(world: World, who: Staff, table: str, row: Any) -> bool:
    """The rule of DESIGN, written anew: own, team with those below it, all; an agent the customers of their tickets."""
    if sight(who) == "all":
        return True
    if table == "leads":
        return of_owner(world, who, row.owner_id) or ("lead", row.id, who.id) in world.shares
    if table == "customers":
        asks = [ticket for ticket in world.rows["tickets"] if ticket.customer_id == row.id]
        at_desk = who.role is Role.AGENT and any(each.assignee_id == who.id or each.queued_at for each in asks)
        return at_desk or of_owner(world, who, row.owner_id) or ("customer", row.id, who.id) in world.shares
    if table == "contacts":
        return sees(world, who, "customers", world.customer(row.customer_id))
    lead = world.lead(row.lead_id) if getattr(row, "lead_id", None) else None
    customer = world.customer(row.customer_id) if row.customer_id else None
    through = (lead is not None and sees(world, who, "leads", lead)) or (
        customer is not None and sees(world, who, "customers", customer)
    )
    if table == "activities":
        return through or (lead is None and customer is None and of_owner(world, who, row.by_id))
    if table == "followups":
        return through or row.created_by == who.id or of_owner(world, who, row.owner_id)
    if table == "opportunities":
        return through or of_owner(world, who, row.owner_id)
    return who.role is Role.AGENT or through or row.opened_by == who.id or of_owner(world, who, row.assignee_id)


async def a_world(chat: Chat, dice: random.Random) -> tuple[World, list[Person]]:
    world = World()
    persons = [
        await chat.staff(f"Person{number}", role=dice.choice(ROLES), team=dice.choice(TEAMS)) for number in range(10)
    ]
    ids = [person.id for person in persons]
    anyone = lambda: dice.choice([*ids, None])  # noqa: E731 - a die
    at = chat.now - timedelta(hours=2)
    async with chat.house.database.unit_of_work() as uow:
        for person in await uow.staff.list_all():
            if dice.random() < 0.4:
                person.deputy_id = dice.choice([each for each in ids if each != person.id])
                person.absent_until = dice.choice([None, date(2026, 12, 1)])
            if person.role is not Role.ADMIN and dice.random() < 0.4:
                person.sees = Scope(dice.choice(SIGHTS[person.role.value]))
            world.people[person.id] = person
        made: dict[str, list[Any]] = {}
        made["customers"] = [
            Customer(name=f"Qz{n}cust", name_key=f"qz{n}cust", grade="A", owner_id=anyone(), created_at=at)
            for n in range(8)
        ]
        made["leads"] = [
            Lead(company=f"Qz{n}lead", company_key=f"qz{n}lead", owner_id=anyone(), created_at=at) for n in range(8)
        ]
        for things in made.values():
            uow.session.add_all(things)
        await uow.flush()
        customers, leads = [each.id for each in made["customers"]], [each.id for each in made["leads"]]
        made["contacts"] = [
            Contact(customer_id=dice.choice(customers), name=f"Qz{n}pers", created_at=at) for n in range(4)
        ]
        made["opportunities"] = [
            Opportunity(
                customer_id=dice.choice(customers),
                owner_id=anyone(),
                name=f"Qz{n}sale",
                expected_on=date(2026, 11, 17),
                created_at=at,
            )
            for n in range(6)
        ]
        for n in range(10):
            about = dice.choice([{"lead_id": dice.choice(leads)}, {"customer_id": dice.choice(customers)}, {}])
            by = dice.choice(ids)
            note = Activity(kind=ActivityKind.CALL, by_id=by, note=f"Qz{n}note", at=at, created_at=at, **about)
            made.setdefault("activities", []).append(note)
            following = Followup(
                owner_id=dice.choice(ids), created_by=by, note=f"Qz{n}next", due_at=at, created_at=at, **about
            )
            made.setdefault("followups", []).append(following)
        for n in range(6):
            held = dice.choice([{"assignee_id": dice.choice(ids)}, {"queued_at": at}])
            asker = dice.choice([*customers, None])
            ticket = Ticket(
                title=f"Qz{n}tick", customer_id=asker, opened_by=anyone(), opened_at=at, accepted_at=at, **held
            )
            made.setdefault("tickets", []).append(ticket)
        for name in ("contacts", "opportunities", "activities", "followups", "tickets"):
            uow.session.add_all(made[name])
        for record, of in (("lead", leads), ("customer", customers)):
            shared = {(record, dice.choice(of), dice.choice(ids)) for _ in range(3)}
            for each in shared:
                await uow.customers.share(*each)
            world.shares |= shared
        await uow.commit()
    world.rows.update(made)
    return world, persons


@pytest.mark.parametrize("seed", [7, 2026])
async def test_nobody_is_shown_what_a_rule_written_apart_forbids(chat: Chat, seed: int) -> None:
    dice = random.Random(seed)
    world, persons = await a_world(chat, dice)
    forbidden = 0
    async with chat.house.database.read() as uow:
        for who in world.people.values():
            for name, visible in LOOKED_AT.items():
                table = tables.metadata.tables[name]
                shown = set(await uow.session.scalars(select(table.c.id).where(visible(who))))
                allowed = {row.id for row in world.rows[name] if sees(world, who, name, row)}
                assert shown == allowed, (who.role, who.team, who.sees, name)
                forbidden += len(world.rows[name]) - len(allowed)
    assert forbidden > 50  # the rule forbids something, so that the comparison says something

    for person in persons:
        who = world.people[person.id]
        hidden = {name: [row for row in rows if not sees(world, who, name, row)] for name, rows in world.rows.items()}
        words = {word for rows in hidden.values() for row in rows for word in _words(row)}
        words -= _named_through(world, who)
        before = len(chat.said)
        for command in COMMANDS:
            await person.does_text(command)
        for name, code in CODES.items():
            for row in hidden[name][:2]:
                answer = await person.says(f"{code}{row.id}")
                assert answer.key == "record-not-found", (who.role, code, row.id)
        for press in ("digest.details", "digest.whole"):
            made = [row for row in await chat.rows("digests") if row["staff_id"] == person.id]
            if made:
                await person.forges(f"{press}:{made[-1]['id']}")
        told = "\n".join(
            said.text for said in chat.said[before:] if said.sent.body is not None and said.to == _place(person)
        )
        assert [word for word in words if word in told] == [], (who.role, who.team)


def _named_through(world: World, who: Staff) -> set[str]:
    """Whoever sells to a colleague's customer, or owes them a call, sees its name and no more."""
    shown = [
        row
        for table in ("followups", "opportunities", "tickets")
        for row in world.rows[table]
        if sees(world, who, table, row)
    ]
    customers = [world.customer(row.customer_id) for row in shown if row.customer_id]
    leads = [world.lead(row.lead_id) for row in shown if getattr(row, "lead_id", None)]
    return {word for row in (*customers, *leads) for word in _words(row)}


def _words(row: Any) -> list[str]:
    fields = ("company", "name", "note", "title")
    return [word for name in fields if isinstance(word := getattr(row, name, None), str) and word.startswith("Qz")]


def _place(person: Person) -> str:
    return f"private:{person.user}"

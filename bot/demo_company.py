"""The sandbox company: who works there, whom they sell to, what has happened and what comes next."""

from __future__ import annotations

from datetime import timedelta

from bot.local.people import CHANNEL, private_place
from bot.local_people import customer_user, staff_user
from bot.wiring import House
from domain.activities.actions import Entry, log_entry
from domain.activities.model import ActivityKind
from domain.followups.actions import Subject, When
from domain.journal.model import Source
from domain.leads.actions import NewLead, add_lead
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Identity, Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform

DEMO = Source(channel="demo")
GROUP = "Acme launch"
PEOPLE = (
    NewStaff(name="Tom", role=Role.REP, team="Sales", locale="en", timezone="Europe/London"),
    NewStaff(name="Mei", role=Role.REP, team="Sales", locale="zh-CN", timezone="Asia/Shanghai"),
    NewStaff(name="Ana", role=Role.MANAGER, team="Sales", locale="en", timezone="Europe/London"),
    NewStaff(name="Sam", role=Role.AGENT, team="Support", locale="en", timezone="Europe/London"),
)
CHIPS = {
    "Tom": (
        "called Acme, they want a quote for 20 seats, follow up Friday 10am",
        "/today",
        "/find globex",
    ),
    "Mei": ("刚给华新科技张总打了电话，对报价有疑问，预算20万左右，下周二上午10点再跟进", "今天", "查 华新"),
    "Ana": ("/digest", "/find acme", "/help"),
    "Sam": ("/find acme", "/today", "/help"),
}


async def seed(house: House) -> None:
    """Fill an empty sandbox; one that was kept with --data stays as it is."""
    async with house.database.read() as uow:
        if await uow.staff.list_all():
            return

    async def people(uow: UnitOfWork, actor: Staff | None) -> dict[str, int]:
        ids = {}
        for new in PEOPLE:
            staff = await add_staff(uow, None, new, now=house.now())
            await uow.flush()
            user = staff_user(staff)
            await link_identity(uow, staff, CHANNEL, user, private_place=private_place(user))
            ids[staff.name] = staff.id
        customer = customer_user("Jane Miller")
        await uow.identities.add(
            Identity(channel=CHANNEL, user=customer, name="Jane Miller", private_place=private_place(customer))
        )
        return ids

    ids = await perform(house.database.unit_of_work, people, now=house.now(), through="demo")
    for name, leads in LEADS.items():
        await _seed_for(house, ids[name], leads)


LEADS = {
    "Tom": (
        (NewLead(company="Acme Ltd", person="Jane Miller", country="GB", source="website"), "asked about prices", 2),
        (NewLead(company="Globex", person="Hank Scott", country="GB", source="fair"), None, None),
        (
            NewLead(company="Brightwater Foods", person="Priya Shah", country="GB", source="referral"),
            "sent brochure",
            -1,
        ),
    ),
    "Mei": (
        (NewLead(company="华新科技", person="张伟", country="CN", source="展会"), "介绍了方案", 1),
        (NewLead(company="南海陶瓷", person="梁静", country="CN", source="官网"), None, None),
    ),
}


async def _seed_for(house: House, staff_id: int, leads: tuple[tuple[NewLead, str | None, int | None], ...]) -> None:
    for new, note, days in leads:

        async def act(
            uow: UnitOfWork, actor: Staff | None, new: NewLead = new, note: str | None = note, days: int | None = days
        ) -> None:
            owner = await uow.staff.get(staff_id)
            uow.acts(owner, at=house.now(), source=DEMO)
            lead = await add_lead(uow, owner, new, now=house.now())
            if note is None:
                return
            await uow.flush()
            at = house.now() + timedelta(days=max(days or 0, 0), hours=1)
            entry = Entry(
                kind=ActivityKind.CALL,
                subject=Subject(lead_id=lead.id),
                note=note,
                followups=(When(at=at),) if days else (),
            )
            await log_entry(uow, owner, entry, now=house.now())

        await perform(house.database.unit_of_work, act, now=house.now(), through="demo")

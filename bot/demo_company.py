"""The sandbox company: who works there, whom they sell to, what has happened and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.demo_history import tell_history
from bot.local.people import CHANNEL, group_place, private_place
from bot.local_people import customer_user, staff_user
from bot.wiring import House
from domain.activities.actions import Entry, log_entry
from domain.activities.model import ActivityKind
from domain.customers.actions import grade_customer
from domain.followups.actions import Subject, When
from domain.groups.actions import bind_group
from domain.journal.model import Source
from domain.leads.actions import NewLead, add_lead
from domain.leads.converting import convert_lead
from domain.notifications.model import Planned
from domain.opportunities.actions import OpportunityChange, move_opportunity, open_opportunity
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.binding import bind
from domain.people.consent import say_about
from domain.people.model import Identity, Role, Staff, Topic
from domain.ports import UnitOfWork
from domain.quotas.actions import set_quotas
from domain.reports.periods import month_of
from domain.surveys.defining import current_edition
from domain.surveys.model import SurveyAnswer
from domain.tickets.model import Category
from domain.tickets.noting import note_ticket
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.passing import take_ticket
from domain.values.money import Money
from domain.values.zones import at_local
from handlers.dispatch import perform
from handlers.replies import pack
from handlers.visitors.greeting import welcome_of

DEMO = Source(channel="demo")
GROUP = "Acme launch"
PEOPLE = (
    NewStaff(name="Tom", role=Role.REP, team="Sales", locale="en", timezone="Europe/London"),
    NewStaff(name="Mei", role=Role.REP, team="Sales", locale="zh-CN", timezone="Asia/Shanghai"),
    NewStaff(name="Ana", role=Role.MANAGER, team="Sales", locale="en", timezone="Europe/London"),
    NewStaff(name="Sam", role=Role.AGENT, team="Support", locale="en", timezone="Europe/London"),
)
CHIPS = {
    "Tom": ("called Acme, they want a quote for 20 seats, follow up Friday 10am", "/today", "/find globex"),
    "Mei": ("刚和张总通了电话，想先试用两周，下周二上午10点再跟进", "今天", "查 华新"),
    "Ana": ("/digest", "/survey send csat P1", "/survey results csat", "/find acme", "/today"),
    "Sam": ("/queue", "T1", "/r T1 A new version comes today"),
}


@dataclass(frozen=True, kw_only=True)
class Story:
    """A lead and what became of it. ``told`` is what was logged, ``days_ago`` when; ``next_in`` is in days from today
    (an hour of the day with it, or None for a day alone); ``grade`` makes it a customer of that grade."""

    lead: NewLead
    days_ago: int = 0
    told: str | None = None
    kind: ActivityKind = ActivityKind.CALL
    next_in: int | None = None
    at: time | None = None
    what: str = ""
    grade: str | None = None


STORIES = {
    "Tom": (
        Story(
            lead=NewLead(company="Acme Ltd", person="Jane Miller", phones=("020 7946 0123",), country="GB"),
            days_ago=9,
            told="Showed the new plan, they compare with two others",
            kind=ActivityKind.DEMO,
            grade="A",
        ),
        Story(lead=NewLead(company="Globex", person="Hank Scott", country="GB", source="fair"), days_ago=8),
        Story(
            lead=NewLead(company="Brightwater Foods", person="Priya Shah", country="GB", source="referral"),
            days_ago=6,
            told="Sent the brochure",
            kind=ActivityKind.EMAIL,
            next_in=-1,
            what="Ask what they think of the brochure",
        ),
        Story(
            lead=NewLead(company="Northgate Clinics", person="Owen Reid", country="GB", source="website"),
            days_ago=2,
            told="Wants to start in January",
            next_in=1,
            at=time(15),
            what="Send the January offer",
        ),
    ),
    "Mei": (
        Story(
            lead=NewLead(company="上海华新科技有限公司", person="张伟", phones=("13800138000",), country="CN"),
            days_ago=7,
            told="演示了方案，对报表功能感兴趣",
            kind=ActivityKind.DEMO,
            grade="A",
        ),
        Story(lead=NewLead(company="万利贸易", person="王美玲", country="CN", source="官网"), days_ago=6),
        Story(
            lead=NewLead(company="南海陶瓷", person="梁静", country="CN", source="展会"),
            days_ago=3,
            told="发了报价",
            kind=ActivityKind.QUOTE,
            next_in=0,
            what="问报价的反馈",
        ),
    ),
}


async def seed(house: House) -> None:
    """Fill an empty sandbox; one that was kept with --data stays as it is."""
    async with house.database.read() as uow:
        if await uow.staff.list_all():
            return
    ids = await perform(house.database.unit_of_work, _hire, now=house.now() - timedelta(days=30), through="demo")
    for name, stories in STORIES.items():
        for story in stories:
            await _tell(house, ids[name], story)
    now = house.now()
    await perform(house.database.unit_of_work, lambda uow, actor: _sell(uow, now=now), now=now, through="demo")
    await perform(house.database.unit_of_work, lambda uow, actor: _let_jane_in(uow, now=now), now=now, through="demo")
    await perform(house.database.unit_of_work, lambda uow, actor: _open_tickets(uow, now=now), now=now, through="demo")
    await perform(house.database.unit_of_work, lambda uow, actor: _ask_surveys(uow, now=now), now=now, through="demo")
    await perform(house.database.unit_of_work, lambda uow, actor: tell_history(uow, now=now), now=now, through="demo")


async def _sell(uow: UnitOfWork, *, now: datetime) -> None:
    """What Ana's digest is worth opening for: a sale won, one whose day went by, and leads that nobody has."""
    tom, mei, ana = [await uow.staff.find_by_name(name) for name in ("Tom", "Mei", "Ana")]
    if tom is None or mei is None or ana is None:
        return
    for owner, name, amount, won in (
        (tom, "30 seats", Money(1_260_000, "GBP"), False),
        (mei, "年度服务", Money(8_800_000, "CNY"), True),
    ):
        [customer, *_] = await uow.customers.list_owned(owner.id, limit=1)
        uow.acts(owner, at=now - timedelta(hours=2), source=DEMO)
        expected = now.astimezone(owner.zone).date() - timedelta(days=1)
        change = OpportunityChange(name=name, amount=amount, expected_on=expected)
        sale = await open_opportunity(uow, owner, customer.id, change, now=now - timedelta(days=9))
        if won:
            await move_opportunity(uow, owner, sale.id, "won", now=now - timedelta(minutes=30))
    month = month_of(now.astimezone(tom.zone).date()).first
    quotas = {(tom.id, month): Money(2_000_000, "GBP"), (mei.id, month): Money(12_000_000, "CNY")}
    await set_quotas(uow, ana, quotas, now=now - timedelta(days=9))
    for lead in (
        NewLead(company="Kingsway Print", person="Lucy Hart", country="GB", source="website"),
        NewLead(company="Lakeside School", person="Paul Ward", country="GB", source="fair"),
    ):
        (await add_lead(uow, tom, lead, now=now - timedelta(hours=20))).owner_id = None


async def _let_jane_in(uow: UnitOfWork, *, now: datetime) -> None:
    """Jane of Acme is known in the chat and was welcomed; the group is Acme's."""
    tom = await uow.staff.find_by_name("Tom")
    jane = await uow.identities.find(CHANNEL, customer_user("Jane Miller"))
    if tom is None or jane is None:
        return
    uow.acts(tom, at=now - timedelta(hours=1), source=DEMO)
    [acme] = [each for each in await uow.customers.list_owned(tom.id, limit=10) if each.title == "Acme"]
    [contact] = await uow.customers.list_contacts(acme.id, limit=1)
    await bind(uow, jane, contact, by=tom, now=now)
    await say_about(uow, jane, (Topic.MARKETING,), given=True, words="Yes, keep me posted", now=now)
    welcome = welcome_of(await uow.company.get(), jane, "en")
    uow.plan(
        Planned(
            key=welcome.key,
            facts=pack(welcome),
            due_at=now,
            contact_id=contact.id,
            channel=CHANNEL,
            place=jane.private_place,
            card=welcome.card,
            about=welcome.card,
            extra={"locale": "en"},
        )
    )
    await bind_group(uow, tom, acme.id, channel=CHANNEL, place=group_place(GROUP), title=GROUP, now=now)


async def _open_tickets(uow: UnitOfWork, *, now: datetime) -> None:
    """Sam works on one that Ben of Acme asked, and has two that colleagues wrote down still before him. Jane has none: what
    she writes is a request of its own."""
    sam, tom, mei = [await uow.staff.find_by_name(name) for name in ("Sam", "Tom", "Mei")]
    if sam is None or tom is None or mei is None:
        return
    user = customer_user("Ben Hill")
    ben = await uow.identities.add(
        Identity(channel=CHANNEL, user=user, name="Ben Hill", locale="en", private_place=private_place(user))
    )
    [acme] = await uow.customers.list_owned(tom.id, limit=1)
    [huaxin] = await uow.customers.list_owned(mei.id, limit=1)
    asked = NewTicket(
        text="The export to Excel stops at row 500",
        category=Category.FAULT,
        customer_id=acme.id,
        identity=ben,
        channel=CHANNEL,
        place=ben.private_place,
    )
    ticket = await open_ticket(uow, asked, now=now)
    await take_ticket(uow, sam, ticket.id, now=now)
    await note_ticket(uow, sam, ticket.id, "Only with large files; the old version was the same", now=now)
    for by, text, customer in (
        (tom, "They want training for five new colleagues", acme),
        (mei, "打印出来的报表少一列", huaxin),
    ):
        new = NewTicket(text=text, category=Category.REQUEST, customer_id=customer.id)
        await open_ticket(uow, new, by=by, now=now)


# Weeks ago, the score of five, and what was said with it.
ANSWERS = (
    (7, 4, None),
    (6, 3, "The first answer took a day"),
    (5, 4, None),
    (4, 5, "Quick and friendly"),
    (2, 4, None),
    (1, 5, None),
)


async def _ask_surveys(uow: UnitOfWork, *, now: datetime) -> None:
    """What Acme's and Huaxin's people said in the last weeks, so that the results show something. Jane may be asked again."""
    survey = await current_edition(uow, "csat", now=now)
    for name in ("Tom", "Mei"):
        owner = await uow.staff.find_by_name(name)
        if owner is None:
            return
        [customer] = await uow.customers.list_owned(owner.id, limit=1)
        [contact] = await uow.customers.list_contacts(customer.id, limit=1)
        for number, (weeks, score, words) in enumerate(ANSWERS):
            at = now - timedelta(weeks=weeks, days=number % 3)
            answer = SurveyAnswer(
                survey=survey.name,
                survey_id=survey.id,
                customer_id=customer.id,
                contact_id=contact.id,
                cause=f"demo:{number}",
                about_id=owner.id,
                at=at,
                expires_at=at + timedelta(days=7),
                answered_at=at,
                finished_at=at,
                score=score,
                comment=words if name == "Tom" else None,
            )
            await uow.surveys.add_answer(answer)
    uow.happened("surveys-planned")


async def _hire(uow: UnitOfWork, actor: Staff | None) -> dict[str, int]:
    ids = {}
    for new in PEOPLE:
        staff = await add_staff(uow, None, new, now=BEGINNING)
        await uow.flush()
        user = staff_user(staff)
        await link_identity(uow, staff, CHANNEL, user, private_place=private_place(user))
        ids[staff.name] = staff.id
    jane = customer_user("Jane Miller")
    await uow.identities.add(
        Identity(channel=CHANNEL, user=jane, name="Jane Miller", private_place=private_place(jane))
    )
    return ids


BEGINNING = datetime.fromisoformat("2026-01-05T09:00:00+00:00")


async def _tell(house: House, staff_id: int, story: Story) -> None:
    then = house.now() - timedelta(days=story.days_ago)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        owner = await uow.staff.get(staff_id)
        uow.acts(owner, at=then, source=DEMO)
        lead = await add_lead(uow, owner, story.lead, now=then)
        await uow.flush()
        subject = Subject(lead_id=lead.id)
        if story.grade is not None:
            converted = await convert_lead(uow, owner, lead.id, now=then)
            await grade_customer(uow, owner, converted.customer.id, story.grade)
            contact_id = converted.contact.id if converted.contact else None
            subject = Subject(customer_id=converted.customer.id, contact_id=contact_id)
        if story.told is not None:
            told = Entry(kind=story.kind, subject=subject, note=story.told)
            await log_entry(uow, owner, told, now=then)
        if story.next_in is not None:
            following = Entry(kind=None, subject=subject, note=story.what, followups=(_when(house, owner, story),))
            await log_entry(uow, owner, following, now=then)

    await perform(house.database.unit_of_work, act, now=then, through="demo")


def _when(house: House, owner: Staff, story: Story) -> When:
    today = house.now().astimezone(owner.zone).date()
    day = today + timedelta(days=story.next_in or 0)
    return When(at=at_local(day, story.at or owner.work_start, owner.timezone), has_hour=story.at is not None)

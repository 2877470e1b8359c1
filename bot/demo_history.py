"""What happened in the sandbox company in the months before: enough that each report has something to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.activities.model import Activity, ActivityKind
from domain.customers.model import Contact, Customer
from domain.followups.model import Followup
from domain.leads.model import Lead, LeadStatus
from domain.opportunities.model import CLOSED, Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.reports.periods import quarter_of
from domain.reports.wanted import BEGUN
from domain.tickets.model import Category, Ticket, TicketStatus
from domain.values.companies import company_key
from domain.values.money import Money
from domain.values.zones import at_local, local

REVIEWED = BEGUN.days  # what came at least so long ago, and not before its quarter, is in the review
FRIDAY = 4
LATE = 4  # each fourth follow-up was kept two days late


@dataclass(frozen=True, kw_only=True)
class Sale:
    """A customer and what they may buy, or bought. ``came`` days ago as a lead, ``moved`` days ago into the stage; ``talks`` are
    what was said, the newest last; ``asks`` is what comes next, in some weeks. Without a stage they bought long ago."""

    company: str
    person: str
    source: str
    came: int
    talks: Sequence[str]
    stage: str | None = None
    amount: Money | None = None
    moved: int = 0
    reason: str | None = None
    reviewed: bool = False
    asks: str | None = None


SALES = {
    "Tom": (
        Sale(company="Kestrel Books", person="Joan Kerr", source="website", came=210, moved=96, talks=("Asked how invoices work", "All is well, they will call")),
        Sale(company="Marsh Bakeries", person="Alan Marsh", source="referral", came=190, moved=21, asks="Ask how the new branch runs", talks=("Trained two new colleagues", "Happy with the new reports")),
        Sale(company="Oakfield Academy", person="Mary Stone", source="website", came=70, stage="lost", amount=Money(700_000, "GBP"), moved=20, reason="price", asks="Ask again before the next budget", talks=("Showed it to the head teacher", "Sent a quote for 40 seats", "It is too expensive for them this year")),
        Sale(company="Harbour Hotels", person="Neil Cross", source="website", came=75, stage="won", amount=Money(1_950_000, "GBP"), moved=12, asks="Visit the fourth hotel", talks=("Visited the first hotel", "Sent a quote for all four hotels", "Signed for two years")),
        Sale(company="Pennine Freight", person="Carl Dunn", source="cold-call", came=52, stage="proposal", amount=Money(1_120_000, "GBP"), moved=24, talks=("Showed the dispatch view", "Sent the offer, they compare")),
        Sale(company="Fenwick Dental", person="Ruth Fenwick", source="referral", came=33, stage="won", amount=Money(480_000, "GBP"), moved=8, reviewed=True, asks="Ask how the first month was", talks=("Knows us from Harbour Hotels", "Took the small plan")),
        Sale(company="Redgate Studios", person="Isla Boyd", source="website", came=46, stage="proposal", amount=Money(640_000, "GBP"), moved=17, talks=("Wants it before the new season", "Sent the offer")),
    ),
    "Mei": (
        Sale(company="金辉印刷", person="赵敏", source="website", came=200, moved=27, asks="问问新系统用得怎么样", talks=("上门培训了新同事", "反馈报表比以前快")),
        Sale(company="苏州锦程物流有限公司", person="周敏", source="website", came=66, stage="won", amount=Money(5_600_000, "CNY"), moved=31, talks=("演示了线路看板", "发了两年的报价", "签了两年")),
        Sale(company="成都云杉教育", person="刘洋", source="advert", came=55, stage="lost", amount=Money(2_400_000, "CNY"), moved=6, reason="competitor", asks="明年预算前再问", talks=("要和另一家比", "选了另一家，说上线更快")),
        Sale(company="宁波海图电子", person="陈浩", source="fair", came=60, stage="proposal", amount=Money(7_200_000, "CNY"), moved=22, talks=("展会后上门演示", "发了报价，在等总经理")),
        Sale(company="青岛远洋食品", person="孙丽", source="referral", came=28, stage="negotiation", amount=Money(3_900_000, "CNY"), moved=6, reviewed=True, talks=("老客户介绍来的", "在谈付款方式")),
    ),
}  # fmt: skip
FAIR = ("Abbey Florists", "Beacon Opticians", "Calder Cycles", "Dunmore Farms", "Elm Street Gym", "Foxhill Kennels", "Granby Tools", "Hollins Paper", "Ivybridge Vets", "Juniper Cafés", "Kirkstall Glass", "Linton Marine")  # fmt: skip
REFERRED = {
    "Tom": ("Meadow Nurseries", "Norton Legal", "Orchard Care"),
    "Mei": ("杭州青禾茶业", "厦门立方建材", "西安秦岭药业", "武汉江城印务", "长沙星汉软件"),
}
GIVEN_UP = 4  # each fourth of these leads was
CALLED = {
    "Tom": "Called, they want to see it in the new year",
    "Mei": "打了电话，想年后再看",
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """``asked`` days ago at nine; first answered and solved after so many hours, all on that day. An hour was promised for the answer."""

    owner: str
    text: str
    category: Category
    asked: int
    answered: float
    solved: float
    solution: str


REQUESTS = (
    Request(owner="Tom", text="The invoice shows the old address", category=Category.QUESTION, asked=64, answered=0.6, solved=3, solution="Sent a new one"),
    Request(owner="Mei", text="打印模板缺一栏", category=Category.FAULT, asked=50, answered=2.5, solved=7, solution="已补上"),
    Request(owner="Tom", text="Nobody called back for three days", category=Category.COMPLAINT, asked=43, answered=1.2, solved=8, solution="Called and said sorry"),
    Request(owner="Mei", text="想给新同事做一次培训", category=Category.REQUEST, asked=36, answered=0.4, solved=5, solution="周四已培训"),
    Request(owner="Tom", text="The report is slow on Mondays", category=Category.FAULT, asked=22, answered=0.3, solved=6, solution="Runs at night now"),
    Request(owner="Tom", text="How do we add a branch?", category=Category.QUESTION, asked=15, answered=0.2, solved=1, solution="Sent the steps"),
    Request(owner="Mei", text="发票开错了抬头", category=Category.COMPLAINT, asked=11, answered=0.3, solved=4, solution="已重开发票"),
)  # fmt: skip


async def tell_history(uow: UnitOfWork, *, now: datetime) -> None:
    """After all else, so that the customers whom the rest is about are the first ones. One action, of nobody."""
    customers: dict[str, list[Customer]] = {}
    for name, sales in SALES.items():
        owner = await uow.staff.find_by_name(name)
        if owner is None:
            return
        past = _Past(owner, now)
        customers[name] = [await _sell(uow, past, sale) for sale in sales]
        await _referred(uow, past, REFERRED[name])
        if name == "Tom":
            await _leads(uow, past, FAIR, source="fair", came=REVIEWED + 5)
    await _serve(uow, customers, now=now)


class _Past:
    """Moments of somebody's working time before ``now``."""

    def __init__(self, owner: Staff, now: datetime) -> None:
        self.owner = owner
        self.today = local(now, owner.timezone).date()
        self._first = quarter_of(self.today - BEGUN).first

    def at(self, days: int, hour: int = 10) -> datetime:
        """On that day, or on the Monday after it: a Friday before it may be of another quarter."""
        day = self.today - timedelta(days=days)
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > FRIDAY else 0)
        return at_local(day, self.owner.work_start.replace(hour=hour), self.owner.timezone)

    def reviewed(self, days: int) -> int:
        """So long ago, or at the beginning of the quarter that is reviewed."""
        return max(REVIEWED, min(days, (self.today - self._first).days))


async def _sell(uow: UnitOfWork, past: _Past, sale: Sale) -> Customer:
    owner, came = past.owner, past.reviewed(sale.came) if sale.reviewed else sale.came
    began = past.at(came)
    customer = await uow.customers.add(
        Customer(
            name=sale.company,
            name_key=company_key(sale.company),
            owner_id=owner.id,
            grade="A" if sale.stage == "won" else "B",
            created_at=began,
        )
    )
    await uow.customers.add_contact(Contact(customer_id=customer.id, name=sale.person, created_at=began))
    lead = _lead(past, sale.company, source=sale.source, came=came)
    lead.status, lead.customer_id, lead.name = LeadStatus.CONVERTED, customer.id, sale.person
    await uow.leads.add_many([lead])
    for number, words in enumerate(sale.talks, start=1):
        days = came - (came - sale.moved) * number // len(sale.talks)
        await _talk(uow, past, customer.id, words, days=days, number=number + sale.came)
    if sale.asks is not None:
        due = past.at(-REVIEWED - sale.moved)
        await uow.followups.add(_followup(past, customer.id, due=due, note=sale.asks))
    if sale.stage is not None:
        await uow.opportunities.add(_opportunity(past, sale, customer, began))
    return customer


def _opportunity(past: _Past, sale: Sale, customer: Customer, began: datetime) -> Opportunity:
    moved, is_over = past.at(sale.moved, hour=15), sale.stage in CLOSED
    return Opportunity(
        customer_id=customer.id,
        owner_id=past.owner.id,
        name=customer.title,
        stage=sale.stage or "",
        amount=sale.amount,
        expected_on=None if is_over else past.today + timedelta(days=2 * sale.moved),
        lost_reason=sale.reason,
        closed_at=moved if is_over else None,
        ended_in="proposal" if is_over else None,
        created_at=began + timedelta(hours=1),
        stage_since=moved,
    )


async def _talk(uow: UnitOfWork, past: _Past, customer_id: int, words: str, *, days: int, number: int) -> None:
    """What was said, and the follow-up that it was the answer to."""
    at, kinds = past.at(days, hour=11), (ActivityKind.CALL, ActivityKind.DEMO, ActivityKind.QUOTE, ActivityKind.VISIT)
    due = at - timedelta(days=2) if number % LATE == 0 else at
    followup = _followup(past, customer_id, due=due)
    followup.finish(now=at)
    await uow.followups.add(followup)
    await uow.activities.add(
        Activity(
            kind=kinds[number % len(kinds)],
            by_id=past.owner.id,
            customer_id=customer_id,
            followup_id=followup.id,
            note=words,
            at=at,
            created_at=at,
            began_at=at - timedelta(seconds=8 + number % 7),
        )
    )


def _followup(past: _Past, customer_id: int, *, due: datetime, note: str = "") -> Followup:
    return Followup(
        owner_id=past.owner.id,
        created_by=past.owner.id,
        customer_id=customer_id,
        note=note,
        due_at=due,
        created_at=due - timedelta(days=3) if not note else past.at(REVIEWED),
    )


# ---------------------------------------------------------------- leads


def _lead(past: _Past, company: str, *, source: str, came: int) -> Lead:
    return Lead(
        company=company,
        company_key=company_key(company),
        owner_id=past.owner.id,
        status=LeadStatus.WORKING,
        source=source,
        created_at=past.at(came),
    )


async def _leads(uow: UnitOfWork, past: _Past, companies: Sequence[str], *, source: str, came: int) -> None:
    """Each was called; some were given up."""
    leads = [
        _lead(past, company, source=source, came=past.reviewed(came + number))
        for number, company in enumerate(companies)
    ]
    for lead in leads[GIVEN_UP - 1 :: GIVEN_UP]:
        lead.status, lead.lost_reason = LeadStatus.LOST, "no-need"
    for number, lead in enumerate(await uow.leads.add_many(leads)):
        at = past.at(REVIEWED - 2 - number % 5, hour=14)
        await uow.activities.add(
            Activity(
                kind=ActivityKind.CALL,
                by_id=past.owner.id,
                lead_id=lead.id,
                note=CALLED[past.owner.name],
                at=at,
                created_at=at,
                began_at=at - timedelta(seconds=7 + number % 6),
            )
        )


async def _referred(uow: UnitOfWork, past: _Past, companies: Sequence[str]) -> None:
    await _leads(uow, past, companies, source="referral", came=REVIEWED + 8)


# ---------------------------------------------------------------- requests


async def _serve(uow: UnitOfWork, customers: dict[str, list[Customer]], *, now: datetime) -> None:
    sam = await uow.staff.find_by_name("Sam")
    if sam is None:
        return
    past = _Past(sam, now)
    for number, request in enumerate(REQUESTS):
        asked, of_owner = past.at(request.asked, hour=9), customers[request.owner]
        solved = asked + timedelta(hours=request.solved)
        await uow.tickets.add(
            Ticket(
                title=request.text,
                status=TicketStatus.CLOSED,
                category=request.category,
                customer_id=of_owner[number % len(of_owner)].id,
                opened_by=of_owner[0].owner_id,
                assignee_id=sam.id,
                assigned_at=asked,
                accepted_at=asked,
                opened_at=asked,
                first_answered_at=asked + timedelta(hours=request.answered),
                answer_due_at=asked + timedelta(hours=1),
                solve_due_at=asked + timedelta(hours=9),
                resolved_at=solved,
                closed_at=solved + timedelta(days=3),
                solution=request.solution,
            )
        )

"""What is shown of points: to the staff with who decided what and why, to the customer in plain words."""

from __future__ import annotations

from domain.company.keeping import points_of
from domain.customers.model import Customer
from domain.points.actions import statement
from domain.points.model import EntryKind
from domain.points.queries import Statement, StatementLine
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.router import LEADERS

LONGEST_REASON = 120


async def staff_card(
    ctx: ChatContext,
    customer_id: int,
    *,
    below: int | None = None,
    said: str = "points-card",
    last: tuple[Button, ...] = (),
) -> Reply:
    """Balance, lines, and what may be done. Raises RecordNotFound."""
    customer = await ctx.uow.customers.get_for(ctx.actor, customer_id)
    found = await statement(ctx.uow, customer.id, now=ctx.now, below=below, limit=asked_for())
    page = page_of(found.lines)
    lines = (*_soon(found), *(_line(each, for_staff=True) for each in page.shown))
    more = more_button(page, f"points.page:{customer.id}.{page.shown[-1].entry.number}") if page.shown else ()
    facts = {"customer": customer.id, "name": Secret("name", customer.title), "balance": found.balance}
    buttons = (*more, *(_deciding(ctx, customer, found) if below is None else _back(customer)), *last)
    return Reply(said, facts, lines=lines, buttons=buttons, card=f"points:{customer.id}", private=True)


def _deciding(ctx: ChatContext, customer: Customer, found: Statement) -> tuple[Button, ...]:
    rules = points_of(ctx.company)
    give = Button("points-give", press=f"points.give:{customer.id}", opens_form=True)
    redeem = Button("points-redeem", press=f"points.redeem:{customer.id}", opens_form=True)
    correct = Button("points-correct", press=f"points.correct:{customer.id}", opens_form=True)
    return (
        *((redeem,) if found.balance else ()),
        *((give,) if rules.is_on and rules.referral else ()),
        *((correct,) if ctx.actor.role in LEADERS else ()),
        Button("button-open-customer", press=f"record.show:customer.{customer.id}"),
    )


def _back(customer: Customer) -> tuple[Button, ...]:
    return (Button("button-back", press=f"points.show:{customer.id}"),)


async def own_card(ctx: ChatContext, customer: Customer, *, below: int | None = None) -> Reply:
    """What the customer's people see of it, and how points are used."""
    found = await statement(ctx.uow, customer.id, now=ctx.now, below=below, limit=asked_for())
    if not found.lines and not points_of(ctx.company).is_on:
        return Reply("points-none-here", private=True)
    page = page_of(found.lines)
    helper = await _helper(ctx.uow, customer)
    lines = (
        *_soon(found),
        *(_line(each, for_staff=False) for each in page.shown),
        Line("points-how", {"name": helper}),
    )
    more = more_button(page, f"points.mine:{page.shown[-1].entry.number}") if page.shown else ()
    facts = {"name": customer.title, "balance": found.balance}
    return Reply("points-yours", facts, lines=lines, buttons=more, private=True)


async def _helper(uow: UnitOfWork, customer: Customer) -> str | None:
    owner = await uow.staff.get(customer.owner_id) if customer.owner_id is not None else None
    return owner.name if owner is not None and owner.is_active else None


def _soon(found: Statement) -> tuple[Line, ...]:
    return (Line("points-soon", {"points": found.soon, "at": found.soon_at}),) if found.soon else ()


def _line(each: StatementLine, *, for_staff: bool) -> Line:
    """Who and why are for the staff, and so is what a limit kept back."""
    entry = each.entry
    what = _called(entry.kind, for_staff=for_staff)
    if entry.kind is EntryKind.REVERSED and each.about is not None:
        about = {"what": _called(each.about, for_staff=for_staff)}
        what = Phrase("points-given-back" if entry.points > 0 else "points-taken-back", about)
    reason: object = note_shown(each.reason, most=LONGEST_REASON) if each.reason else None
    if each.referred:
        reason = Secret("name", each.referred)
    facts = {
        "at": entry.at,
        "sign": "+" if entry.points > 0 else "−" if entry.points < 0 else "",
        "points": abs(entry.points),
        "what": what,
        "balance": entry.balance,
        "short": entry.short if for_staff else 0,
        "reason": reason if for_staff else None,
        "by": each.by if for_staff else None,
    }
    return Line("points-line", facts)


def _called(kind: EntryKind, *, for_staff: bool) -> Phrase:
    return Phrase(f"points-kind-{kind}" if for_staff else f"points-yours-{kind}")

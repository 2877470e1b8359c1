"""``/export customers``: all that one sees as a workbook, once a second person has agreed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from domain.approvals.model import Approval, ApprovalState
from domain.customers.exporting import KIND, MOST, allow_export, ask_export
from domain.customers.model import Contact, ContactPoint, Customer
from domain.ports import OpenUnitOfWork, UnitOfWork
from handlers.approvals import KINDS, Kind, approve_buttons
from handlers.chat import Button, Document, Phrase, Reply
from handlers.context import ChatContext
from handlers.notices import Batch
from handlers.rendering.drawing import gathered
from handlers.rendering.reader import Reader
from handlers.reports.sheets import write
from handlers.router import LEADERS, WrongUsage, command, press

SHEET = "customers-sheet"
PAGE = 500
_WORDS = frozenset({"customers", "all customers", "customer", "客户", "全部客户", "所有客户"})
_CUSTOMER_HEADS = ("code", "name", "short-name", "grade", "owner", "phone", "email", "address", "tags")
_PERSON_HEADS = ("code", "customer", "name", "title", "phone", "email")


def _is_export(rest: str) -> bool:
    return " ".join(rest.casefold().split()) in _WORDS


@command("export", "导出", who=LEADERS, bare=_is_export)
async def export(ctx: ChatContext, rest: str) -> Reply:
    """Asked twice it is the request that stands."""
    if not _is_export(rest):
        raise WrongUsage("export")
    return await _ask(ctx)


@press("export.ask")
async def ask_again(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await _ask(ctx)


async def _ask(ctx: ChatContext) -> Reply:
    approval = await ask_export(ctx.uow, ctx.actor, now=ctx.now)
    return Reply("export-asked", {"until": approval.expires_at}, private=True)


# ---------------------------------------------------------------- the second person, and the answer


async def _request(uow: UnitOfWork, approval: Approval, batch: Batch | None) -> Reply:
    buttons = approve_buttons(approval)
    return Reply("export-request", {"name": approval.facts["name"]}, buttons=buttons, card=f"approval:{approval.id}")


async def _carry_out(ctx: ChatContext, approval: Approval, way: str) -> None:
    await allow_export(ctx.uow, ctx.actor, approval.id, now=ctx.now)


async def _answer(uow: UnitOfWork, approval: Approval, batch: Batch) -> Reply | None:
    if approval.state is ApprovalState.DECLINED:
        by = await uow.staff.get(approval.decided_by) if approval.decided_by is not None else None
        return Reply("export-declined", {"name": by.name if by else None})
    if approval.state is ApprovalState.EXPIRED:
        return Reply("export-expired", buttons=(Button("button-export-again", press="export.ask:"),))
    asker = await uow.staff.get(approval.asked_by or 0)
    if approval.state is not ApprovalState.APPROVED or not asker.is_active or not asker.leads_others:
        return None
    name = f"customers-{batch.now.date()}.xlsx"
    return Reply("export-ready", document=Document(name, SHEET, {"asker": asker.id}), private=True)


KINDS[KIND] = Kind(
    card=_request,
    carry_out=_carry_out,
    answer=_answer,
    what=lambda approval: Phrase("export-in-short", {"name": approval.facts["name"]}),
    is_final=True,
)


# ---------------------------------------------------------------- the workbook


@gathered(SHEET)
async def gather(open_reading: OpenUnitOfWork, document: Document, reader: Reader) -> bytes:
    """As its asker may see them when it is sent."""
    customers: list[list[object]] = [[Phrase(f"export-head-{head}") for head in _CUSTOMER_HEADS]]
    people: list[list[object]] = [[Phrase(f"export-head-{head}") for head in _PERSON_HEADS]]
    async with open_reading() as uow:
        asker = await uow.staff.get(document.facts["asker"])
        names = {person.id: person.name for person in await uow.staff.list_all()}
        after, is_more = 0, True
        while is_more and len(customers) <= MOST:
            page = await uow.customers.list_for(asker, after=after, limit=PAGE)
            customers += [_customer(each, names.get(each.owner_id or 0)) for each in page]
            titles = {each.id: each.title for each in page}
            contacts = await uow.customers.list_contacts_of(list(titles))
            people += [_person(each, titles[each.customer_id]) for each in contacts]
            after, is_more = page[-1].id if page else after, len(page) == PAGE
    if is_more:
        customers.append([Phrase("export-cut", {"limit": MOST})])
    sheets = [[Phrase("export-heading"), customers], [Phrase("export-people"), people]]
    facts = {"heading": [Phrase("export-heading"), asker.name], "sheets": sheets}
    return await asyncio.to_thread(write, replace(document, facts=facts), reader)


def _customer(customer: Customer, owner: str | None) -> list[object]:
    phone, email = _reach(customer.points)
    tags = ", ".join(customer.tags)
    short, code = customer.short_name, f"C{customer.id}"
    return [code, customer.name, short, customer.grade, owner, phone, email, customer.address, tags]


def _person(contact: Contact, customer: str) -> list[object]:
    return [f"P{contact.id}", customer, contact.name, contact.title, *_reach(contact.points)]


def _reach(points: Sequence[ContactPoint]) -> tuple[str, str]:
    phone, email = (", ".join(each.value for each in points if each.kind == kind) for kind in ("phone", "email"))
    return phone, email

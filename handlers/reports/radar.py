"""The churn radar in chat: a card with whom a rule flags, why, and what can be done about it at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import locales
from domain.errors import RecordNotFound
from domain.ports import UnitOfWork
from domain.radar.actions import call_today, ignore_flag
from domain.radar.rules import RULES, Rule
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.entries.next_step import next_step
from handlers.notices import Batch, Decision, Skip, notice
from handlers.rendering.catalogue import catalogue
from handlers.rendering.secrets import Secret
from handlers.router import Answer, ButtonTooOld, number, press

BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}
REASONS = ("seasonal", "in-touch", "lost-already", "small")


@notice("radar")
async def flagged(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Skipped when somebody did something about it meanwhile, or the customer is another's by now."""
    decisions: dict[int, Decision] = {}
    asked: dict[str, list[int]] = defaultdict(list)
    for row in batch.rows:
        asked[row.facts["rule"]].append(row.facts["customer"])
    still = {name: await uow.radar.still(BY_NAME[name], ids, now=batch.now) for name, ids in asked.items()}
    for row in batch.rows:
        rule, customer_id = row.facts["rule"], row.facts["customer"]
        reader = batch.staff.get(row.staff_id or 0)
        if customer_id not in still[rule] or reader is None:
            decisions[row.id] = Skip("touched-meanwhile")
            continue
        try:
            customer = await uow.customers.get_for(reader, customer_id)
        except RecordNotFound:
            decisions[row.id] = Skip("gone")
            continue
        facts = {"name": Secret("name", customer.title), "why": why(rule), "last": still[rule][customer_id]}
        decisions[row.id] = Reply("radar", facts, buttons=_buttons(customer_id), card=f"customer:{customer_id}")
    return decisions


def why(rule: str) -> Phrase:
    return Phrase(f"radar-{rule}", {"days": BY_NAME[rule].after.days})


def _buttons(customer_id: int) -> tuple[Button, ...]:
    return (
        Button("button-call-today", press=f"radar.call:{customer_id}", is_main=True),
        Button("button-plan-visit", press=f"radar.visit:{customer_id}"),
        Button("button-ignore", press=f"radar.ignore:{customer_id}"),
        Button("button-open-customer", press=f"record.show:customer.{customer_id}"),
    )


@press("radar.call")
async def call(ctx: ChatContext, argument: str) -> Reply:
    """Raises RecordNotFound."""
    customer_id = number(argument)
    at, is_new = await call_today(ctx.uow, ctx.actor, customer_id, note=_word(ctx, "call"), now=ctx.now)
    customer = await ctx.uow.customers.get_for(ctx.actor, customer_id)
    return Reply(
        "radar-called" if is_new else "radar-planned",
        {"name": Secret("name", customer.title), "at": at},
        buttons=(
            *((undo_button(),) if is_new else ()),
            Button("button-open-customer", press=f"record.show:customer.{customer_id}"),
        ),
        card=f"customer:{customer_id}",
    )


def _word(ctx: ChatContext, what: str) -> str:
    """What is kept with the customer, in the words of who pressed."""
    return catalogue(locales.language_of(ctx.locale)).text(f"radar-note-{what}")


@press("radar.visit")
async def plan_visit(ctx: ChatContext, argument: str) -> Answer:
    """A card that asks for the time. Raises RecordNotFound."""
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    return await next_step(ctx, f"C{customer.id} {_word(ctx, 'visit')}")


@press("radar.ignore")
async def ask_why(ctx: ChatContext, argument: str) -> Reply:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    buttons = tuple(Button(f"radar-because-{each}", press=f"radar.because:{customer.id}.{each}") for each in REASONS)
    back = Button("button-back", press=f"radar.back:{customer.id}")
    return Reply(
        "radar-why-ignored",
        {"name": Secret("name", customer.title)},
        buttons=(*buttons, back),
        card=f"customer:{customer.id}",
    )


@press("radar.back")
async def back(ctx: ChatContext, argument: str) -> Reply:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    return Reply(
        "radar-again",
        {"name": Secret("name", customer.title)},
        buttons=_buttons(customer.id),
        card=f"customer:{customer.id}",
    )


@press("radar.because")
async def ignore(ctx: ChatContext, argument: str) -> Reply:
    """Raises RecordNotFound."""
    given, _, reason = argument.partition(".")
    if reason not in REASONS:
        raise ButtonTooOld
    customer = await ctx.uow.customers.get_for(ctx.actor, number(given))
    await ignore_flag(ctx.uow, ctx.actor, customer.id, reason=_word(ctx, reason), now=ctx.now)
    return Reply(
        "radar-ignored",
        {"name": Secret("name", customer.title), "reason": Phrase(f"radar-because-{reason}")},
        buttons=(undo_button(),),
        card=f"customer:{customer.id}",
    )

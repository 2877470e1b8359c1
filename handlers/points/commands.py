"""``/points``: the staff see a customer's points and decide about them, a customer's person sees their own company's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from domain.customers.model import Customer
from domain.errors import CrmError
from domain.people.binding import contact_behind
from domain.points.actions import correct_points, earned_by_referral, give_for_referral
from domain.points.errors import AlreadyReferred, NoPoints, NotEnoughPoints, ReasonMissing, ReferredThemselves
from handlers.chat import Field, Form, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.forms import ask_form
from handlers.dialogs.lists import asked_for
from handlers.points.cards import own_card, staff_card
from handlers.rendering.secrets import Secret
from handlers.router import (
    EVERYBODY,
    LEADERS,
    Answer,
    ButtonTooOld,
    FieldErrors,
    WrongUsage,
    command,
    fold,
    form,
    number,
    press,
)


class NoSuchCustomer(CrmError):
    """Nobody of that name, or several."""

    code = "points-no-such-customer"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


# Where of a form it is wrong: the form stays open with what was typed.
_FIELDS: Mapping[type[CrmError], str] = {
    NoSuchCustomer: "referred",
    NotEnoughPoints: "points",
    NoPoints: "points",
    ReasonMissing: "reason",
    AlreadyReferred: "referred",
    ReferredThemselves: "referred",
}
_CODE = re.compile(r"#?\s*[cC]\s?-?([0-9]{1,15})")
_NUMBER = re.compile(r"([+\-−–]?)\s*([0-9]{1,10})")


@contextmanager
def at_its_field() -> Iterator[None]:
    """A refusal that is about one field of the form is said there."""
    try:
        yield
    except CrmError as refusal:
        field = _FIELDS.get(type(refusal))
        if field is None:
            raise
        raise FieldErrors({field: Phrase(refusal.code, refusal.facts)}) from None


def _names_customer(rest: str) -> bool:
    return _CODE.fullmatch(fold(rest).strip()) is not None


@command("points", "积分", who=EVERYBODY, bare=lambda rest: not rest or _names_customer(rest), apart=" ")
async def points(ctx: ChatContext, rest: str) -> Reply:
    """Never said in a group: whoever asks there is answered privately."""
    if ctx.staff is None:
        return await _own(ctx)
    if not rest.strip():
        raise WrongUsage("points")
    return await staff_card(ctx, await _which(ctx, rest))


async def _which(ctx: ChatContext, typed: str) -> int:
    """The customer's number, or a name that only one has. Raises NoSuchCustomer."""
    text = fold(typed).strip()
    code = _CODE.fullmatch(text)
    if code is not None:
        return int(code[1])
    found = await ctx.uow.search.find(ctx.actor, text, limit=asked_for()) if text else ()
    ids = {each.id for each in found if each.record == "customer"}
    if len(ids) != 1:
        raise NoSuchCustomer(typed=typed.strip()[:60])
    return ids.pop()


async def _customer_of(ctx: ChatContext) -> Customer | None:
    contact = await contact_behind(ctx.uow, ctx.identity)
    return await ctx.uow.customers.find_customer(contact.customer_id) if contact is not None else None


async def _own(ctx: ChatContext, below: int | None = None) -> Reply:
    customer = await _customer_of(ctx)
    if customer is None:
        return Reply("points-for-customers", private=True)
    return await own_card(ctx, customer, below=below)


@press("points.mine")
async def own_page(ctx: ChatContext, argument: str) -> Reply:
    """Judged by who presses: their own company's lines, whoever saw the button."""
    if ctx.staff is not None:
        raise ButtonTooOld
    return await _own(ctx, number(argument))


@press("points.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return await staff_card(ctx, number(argument))


@press("points.page")
async def page(ctx: ChatContext, argument: str) -> Reply:
    customer_id, _, below = argument.partition(".")
    return await staff_card(ctx, number(customer_id), below=number(below))


# ---------------------------------------------------------------- a referral


@press("points.give")
async def give(ctx: ChatContext, argument: str) -> Answer:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    each = earned_by_referral(ctx.company)
    field = Field("referred", "points-field-referred", required=True, hint="points-hint-referred")
    facts = {"name": Secret("name", customer.title), "points": each}
    return await ask_form(ctx, Form(f"points.refer:{customer.id}", "points-give-form", (field,), "points-give", facts))


@form("points.refer")
async def take_referral(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    customer_id = number(argument)
    with at_its_field():
        referred = await _which(ctx, values.get("referred", ""))
        await give_for_referral(ctx.uow, ctx.actor, customer_id, referred, now=ctx.now)
    return await staff_card(ctx, customer_id, said="points-given", last=(undo_button(),))


# ---------------------------------------------------------------- a correction


@press("points.correct")
async def correct(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    fields = (
        Field("points", "points-field-change", required=True, hint="points-hint-change"),
        Field("reason", "points-field-why", kind="long", required=True),
    )
    facts = {"name": Secret("name", customer.title)}
    return await ask_form(ctx, Form(f"points.change:{customer.id}", "points-correct-form", fields, facts=facts))


@form("points.change")
async def take_correction(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    customer_id = number(argument)
    changed = signed(values.get("points", ""))
    with at_its_field():
        await correct_points(ctx.uow, ctx.actor, customer_id, changed, values.get("reason", ""), now=ctx.now)
    return await staff_card(ctx, customer_id, said="points-corrected", last=(undo_button(),))


def signed(typed: str) -> int:
    """``-50``, ``+1,000``, ``２００``; 0 for what is no whole number, which no action takes."""
    found = _NUMBER.fullmatch(fold(typed).replace(",", "").strip())
    return 0 if found is None else int(found[2]) * (-1 if found[1] in {"-", "−", "–"} else 1)

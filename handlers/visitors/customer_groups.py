"""``/bind C7`` in a group: it is that customer's from then on."""

from __future__ import annotations

from domain.errors import RecordNotFound
from domain.groups.actions import bind_group, unbind_group
from domain.groups.errors import GroupBoundElsewhere, GroupNotBound
from domain.people.desk import customer_at_desk
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.rendering.secrets import Secret
from handlers.router import Answer, WrongUsage, command, number, press
from handlers.visitors.contact_chats import read_customer_or_contact
from handlers.visitors.guests import group_of


def _is_customer(rest: str) -> bool:
    named = read_customer_or_contact(rest)
    return named is not None and named[0] == "customer"


@command("bind", "绑定", bare=_is_customer)
async def bind(ctx: ChatContext, rest: str) -> Answer:
    """``C7``: this group is theirs. Without a number: whose it is."""
    if not ctx.in_group:
        return Reply("bind-in-group")
    if not rest:
        return await _whose(ctx)
    named = read_customer_or_contact(rest)
    if named is None or named[0] != "customer":
        raise WrongUsage("bind")
    return await _bind(ctx, named[1], move=False)


async def _bind(ctx: ChatContext, customer_id: int, *, move: bool) -> Reply:
    place = {"channel": ctx.event.channel, "place": group_of(ctx)}
    title = ctx.event.conversation.title
    customer = await customer_at_desk(ctx.uow, ctx.actor, customer_id)
    standing = await ctx.uow.groups.find(**place)
    if standing is not None and standing.customer_id == customer.id:
        return await _whose(ctx)
    try:
        await bind_group(ctx.uow, ctx.actor, customer.id, **place, title=title, move=move, now=ctx.now)
    except GroupBoundElsewhere as elsewhere:
        buttons = (
            Button("button-move-group", press=f"bind.move:{customer.id}", facts={"code": f"C{customer.id}"}),
            Button("button-leave-group", press="bind.whose:"),
        )
        return Reply(
            "group-ask-move",
            {"bound": await _title(ctx, elsewhere.customer_id), "name": Secret("name", customer.title)},
            buttons=buttons,
            private=True,
        )
    return Reply(
        "group-is-bound",
        {"code": f"C{customer.id}", "name": Secret("name", customer.title)},
        buttons=(undo_button(),),
        private=True,
    )


async def _title(ctx: ChatContext, customer_id: int) -> Secret | None:
    """None for a customer whom the speaker may not see: that it is another's is all they are told."""
    try:
        return Secret("name", (await customer_at_desk(ctx.uow, ctx.actor, customer_id)).title)
    except RecordNotFound:
        return None


@press("bind.move")
async def move(ctx: ChatContext, argument: str) -> Reply:
    if not ctx.in_group:
        raise GroupNotBound
    return await _bind(ctx, number(argument), move=True)


@press("bind.whose")
async def show_whose(ctx: ChatContext, argument: str) -> Reply:
    return await _whose(ctx)


async def _whose(ctx: ChatContext) -> Reply:
    actor = ctx.actor
    group = await ctx.uow.groups.find(ctx.event.channel, group_of(ctx))
    if group is None:
        raise GroupNotBound
    by = await ctx.uow.staff.get(group.bound_by) if group.bound_by is not None else actor
    title = await _title(ctx, group.customer_id)
    buttons = (Button("button-unbind", press="bind.off:"),) if title is not None else ()
    return Reply(
        "group-whose",
        {"code": f"C{group.customer_id}" if title else None, "name": title, "by": by.name, "at": group.bound_at},
        buttons=buttons,
        private=True,
    )


@press("bind.off")
async def unbind(ctx: ChatContext, argument: str) -> Reply:
    group = await unbind_group(ctx.uow, ctx.actor, channel=ctx.event.channel, place=group_of(ctx))
    return Reply("group-unbound", {"code": f"C{group.customer_id}"}, buttons=(undo_button(),), private=True)

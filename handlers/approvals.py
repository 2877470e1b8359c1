"""The card by which somebody approves or declines what another asked, and what the asker hears of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.approvals.actions import decline
from domain.approvals.model import APPROVERS, Approval
from domain.ports import UnitOfWork
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import number, press


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a kind of approval says and does. ``card`` asks; its first button is Approve. ``carry_out`` does what was
    approved, approval included. ``answer`` is what the asker hears, None: nothing. ``what`` is it in a few words."""

    card: Callable[[UnitOfWork, Approval, Batch | None], Awaitable[Reply]]
    carry_out: Callable[[ChatContext, Approval, str], Awaitable[None]]
    answer: Callable[[UnitOfWork, Approval, Batch], Awaitable[Reply | None]]
    what: Callable[[Approval], Phrase]
    is_final: bool = False  # what was carried out cannot be undone


KINDS: dict[str, Kind] = {}


def approve_buttons(approval: Approval, *between: Button) -> tuple[Button, ...]:
    """Approve first, Decline last."""
    return (
        Button("button-approve", press=f"approval.yes:{approval.id}", is_main=True),
        *between,
        Button("button-decline", press=f"approval.no:{approval.id}"),
    )


@press("approval.yes")
async def say_yes(ctx: ChatContext, argument: str) -> Reply:
    """``12``, or ``12.3`` where the kind offers another way of approving."""
    approval_id, _, way = argument.partition(".")
    approval = await ctx.uow.approvals.get_for(ctx.actor, number(approval_id))
    if not approval.is_open:
        return await closed_card(ctx.uow, approval)
    kind = KINDS[approval.kind]
    await kind.carry_out(ctx, approval, way)
    return await closed_card(ctx.uow, approval, *(() if kind.is_final else (undo_button(),)))


@press("approval.no")
async def say_no(ctx: ChatContext, argument: str) -> Reply:
    approval = await ctx.uow.approvals.get_for(ctx.actor, number(argument))
    if not approval.is_open:
        return await closed_card(ctx.uow, approval)
    await decline(ctx.uow, ctx.actor, approval.id, now=ctx.now)
    return await closed_card(ctx.uow, approval, undo_button())


async def closed_card(uow: UnitOfWork, approval: Approval, *buttons: Button) -> Reply:
    """What became of it, and by whom."""
    by = await uow.staff.get(approval.decided_by) if approval.decided_by is not None else None
    facts = {
        "what": KINDS[approval.kind].what(approval),
        "who": by.name if by else None,
        "at": approval.decided_at or approval.expires_at,
    }
    return Reply(f"approval-is-{approval.state}", facts, buttons=buttons, card=f"approval:{approval.id}", private=True)


@notice("approval-card")
async def cards(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Asking while it is open. What was decided before the card came is not asked; a card that stands says how it ended.
    Who may not decide it any more keeps what they saw."""
    approvals = await _of(uow, batch)
    decisions: dict[int, Decision] = {}
    asking: dict[int, Reply] = {}  # each of those who may decide gets the same card
    for row in batch.rows:
        approval = approvals.get(row.facts["approval"])
        reader = batch.staff.get(row.staff_id or 0)
        if approval is None or reader is None or reader.role not in APPROVERS[approval.kind]:
            decisions[row.id] = Skip("gone")
        elif approval.is_open:
            if approval.id not in asking:
                asking[approval.id] = await KINDS[approval.kind].card(uow, approval, batch)
            decisions[row.id] = asking[approval.id]
        else:
            decisions[row.id] = await closed_card(uow, approval) if row.edit else Skip("decided-meanwhile")
    return decisions


@notice("approval-answered")
async def answers(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    approvals = await _of(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        approval = approvals.get(row.facts["approval"])
        said = await KINDS[approval.kind].answer(uow, approval, batch) if approval is not None else None
        decisions[row.id] = said or Skip("gone")
    return decisions


async def _of(uow: UnitOfWork, batch: Batch) -> Mapping[int, Approval]:
    found = await uow.approvals.list_by_ids(sorted({row.facts["approval"] for row in batch.rows}))
    return {approval.id: approval for approval in found}

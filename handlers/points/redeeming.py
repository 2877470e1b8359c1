"""A customer uses points: somebody asks, somebody else agrees, and the points go."""

from __future__ import annotations

from collections.abc import Mapping

from domain.approvals.model import Approval, ApprovalState
from domain.points.actions import REDEEM, Redemption, ask_redemption, redeem_approved
from domain.ports import UnitOfWork
from handlers.approvals import KINDS, Kind, approve_buttons
from handlers.chat import Button, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.forms import ask_form
from handlers.notices import Batch
from handlers.points.commands import at_its_field, signed
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.router import Answer, form, number, press


@press("points.redeem")
async def redeem(ctx: ChatContext, argument: str) -> Answer:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    fields = (
        Field("points", "points-field-used", kind="number", required=True),
        Field("reason", "points-field-for", kind="long", required=True, hint="points-hint-for"),
    )
    facts = {"name": Secret("name", customer.title)}
    return await ask_form(ctx, Form(f"points.use:{customer.id}", "points-redeem-form", fields, "points-ask", facts))


@form("points.use")
async def take_redemption(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    wanted = signed(values.get("points", ""))
    with at_its_field():
        approval = await ask_redemption(
            ctx.uow, ctx.actor, number(argument), wanted, values.get("reason", ""), now=ctx.now
        )
    back = Button("button-back", press=f"points.show:{number(argument)}")
    facts = {"points": wanted, "until": approval.expires_at}
    return Reply("points-redeem-asked", facts, buttons=(back,), card=f"points:{number(argument)}", private=True)


# ---------------------------------------------------------------- the second person's card, and the answer


async def _request(uow: UnitOfWork, approval: Approval, batch: Batch | None) -> Reply:
    asked = Redemption.of(approval)
    account = await uow.points.find_account(asked.customer_id)
    asker = await uow.staff.get(approval.asked_by) if approval.asked_by is not None else None
    facts = {"who": asker.name if asker is not None else None, **_facts(asked)}
    lines = (
        Line("points-request-for", {"reason": note_shown(asked.reason)}),
        Line("points-request-balance", {"balance": account.balance if account is not None else 0}),
    )
    return Reply(
        "points-request", facts, lines=lines, buttons=approve_buttons(approval), card=f"approval:{approval.id}"
    )


def _facts(asked: Redemption) -> dict[str, object]:
    return {"customer": asked.customer_id, "name": Secret("name", asked.title), "points": asked.points}


async def _carry_out(ctx: ChatContext, approval: Approval, way: str) -> None:
    await redeem_approved(ctx.uow, ctx.actor, approval.id, now=ctx.now)


async def _answer(uow: UnitOfWork, approval: Approval, batch: Batch) -> Reply | None:
    if approval.state is ApprovalState.OPEN:
        return None
    asked = Redemption.of(approval)
    by = await uow.staff.get(approval.decided_by) if approval.decided_by is not None else None
    show = Button("button-details", press=f"points.show:{asked.customer_id}")
    facts = {"who": by.name if by is not None else None, **_facts(asked)}
    return Reply(f"points-request-{approval.state}", facts, buttons=(show,))


def _in_short(approval: Approval) -> Phrase:
    return Phrase("points-in-short", _facts(Redemption.of(approval)))


KINDS[REDEEM] = Kind(card=_request, carry_out=_carry_out, answer=_answer, what=_in_short)

"""Saying to what a file belongs: an activity, a lead or a customer."""

from __future__ import annotations

from collections.abc import Sequence

from domain.attachments.actions import attach_files
from domain.customers.comments import subject_of
from domain.errors import RecordNotFound
from domain.journal.model import ChangeRecord
from handlers.chat import Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.records.by_number import code_of, title_for
from handlers.rendering.secrets import Secret

OWNERS = ("activity_id", "lead_id", "customer_id")
Owner = dict[str, int]


def owner_in(changes: Sequence[ChangeRecord]) -> Owner | None:
    """What an action made that a photo can belong to."""
    new = {change.table: change for change in reversed(changes) if change.before is None and change.after is not None}
    if "activities" in new:
        return {"activity_id": new["activities"].row_id}
    if "attachments" in new:
        after = new["attachments"].after or {}
        return {name: after[name] for name in OWNERS if after.get(name) is not None}
    return {"lead_id": new["leads"].row_id} if "leads" in new else None


async def give(ctx: ChatContext, files: Sequence[int], owner: Owner) -> Reply:
    """Attach, and say to what. Raises RecordNotFound for what is not the speaker's."""
    lead_id, customer_id, kind = owner.get("lead_id"), owner.get("customer_id"), None
    if "activity_id" in owner:
        activity = await ctx.uow.activities.get_for(ctx.actor, owner["activity_id"])
        lead_id, customer_id, kind = activity.lead_id, activity.customer_id, activity.kind
    record = _record_of(lead_id, customer_id)
    title = await title_for(ctx, *record) if record else None
    attached = await attach_files(ctx.uow, ctx.actor, files, **owner, now=ctx.now)
    return Reply(
        "attachment-added",
        {
            "count": len(attached),
            "name": Secret("name", title) if title else Phrase("entry-nobody"),
            "kind": Phrase(f"activity-{kind}") if kind else None,
        },
        buttons=(undo_button(),),
        card=f"{record[0]}:{record[1]}" if record else None,
    )


def _record_of(lead_id: int | None, customer_id: int | None) -> tuple[str, int] | None:
    if customer_id is not None:
        return "customer", customer_id
    return None if lead_id is None else ("lead", lead_id)


async def give_to_record(ctx: ChatContext, record: str, record_id: int, files: Sequence[int]) -> Reply:
    """Raises RecordNotFound."""
    subject = await subject_of(ctx.uow, ctx.actor, record, record_id)
    owner = _record_of(subject.lead_id, subject.customer_id)
    if owner is None:
        raise RecordNotFound(record=code_of(record, record_id))
    ctx.uow.happened("attachment-added", **{owner[0]: owner[1]})
    return await give(ctx, files, {f"{owner[0]}_id": owner[1]})

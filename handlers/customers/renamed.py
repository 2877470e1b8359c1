"""A company that was given another name: kept as it was written, and told where somebody has nearly that name."""

from __future__ import annotations

from domain.errors import RecordNotFound
from domain.leads.errors import DuplicateFound
from domain.records import Found
from handlers.chat import Line
from handlers.context import ChatContext
from handlers.rendering.secrets import Secret


async def near_lines(ctx: ChatContext, name: str, *, own: str, before: str) -> tuple[Line, ...]:
    """``own`` is the code of the record (C7). Of another's record only that it exists, and a masked owner."""
    if not name or name == before:
        return ()
    for found in await ctx.uow.customers.find_near(company=name):
        if found.code != own:
            return (await _line(ctx, found),)
    return ()


async def _line(ctx: ChatContext, found: Found) -> Line:
    record, record_id = ("customer", found.customer_id or 0) if found.record == "contact" else (found.record, found.id)
    try:
        if record == "lead":
            await ctx.uow.leads.get_for(ctx.actor, record_id)
        else:
            await ctx.uow.customers.get_for(ctx.actor, record_id)
    except RecordNotFound:
        return Line("renamed-near-another", {"owner": DuplicateFound(found).facts["owner"]})
    return Line("renamed-near", {"code": found.code, "name": Secret("name", found.title)})

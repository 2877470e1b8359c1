"""A day that somebody names for a form: ``next Friday``, 下周五, 1/12, 2026-12-01."""

from __future__ import annotations

from handlers.context import ChatContext
from handlers.understanding import Context, Names, parse_past, parse_when


async def read_day(ctx: ChatContext, said: str) -> str | None:
    """The ISO date that is meant, in the person's zone; None where none is named."""
    reading = await ctx.reading() if ctx.staff is not None else _of_customer(ctx)
    moment = parse_when(said, reading) or parse_past(said, reading)
    return moment.at.date().isoformat() if moment is not None else None


def _of_customer(ctx: ChatContext) -> Context:
    """Customers name no names of ours; their days are those of the company's zone."""
    return Context(
        now=ctx.event.at.astimezone(ctx.zone),
        zone=ctx.zone,
        working_hours=(ctx.company.work_start, ctx.company.work_end),
        currency=ctx.company.currency,
        date_order="YMD" if ctx.locale.startswith("zh") else "DMY",
        country=ctx.company.country,
        names=Names(),
    )

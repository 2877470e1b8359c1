"""``/needs L12``: a questionnaire that the staff fill in for a lead; the answers are kept with it."""

from __future__ import annotations

import re

from domain.surveys.asking import begin_for_lead
from domain.surveys.defining import list_known
from domain.surveys.errors import SurveyNotFound
from handlers.chat import Button, Reply
from handlers.context import ChatContext
from handlers.router import Answer, WrongUsage, command, fold, number, press
from handlers.surveys.answers import next_step
from handlers.surveys.cards import words_in

_LEAD = re.compile(r"#?\s*[Ll]\s?-?([0-9]{1,15})")


def _lead_of(rest: str) -> int | None:
    found = _LEAD.fullmatch(fold(rest[:40]).strip())
    return int(found[1]) if found else None


@command("needs", "需求", bare=lambda rest: _lead_of(rest) is not None)
async def needs(ctx: ChatContext, rest: str) -> Answer:
    """One questionnaire begins at once; of several the person chooses."""
    lead_id = _lead_of(rest)
    if lead_id is None:
        raise WrongUsage("needs")
    return await _choose(ctx, lead_id)


@press("lead.needs")
async def pressed(ctx: ChatContext, argument: str) -> Answer:
    return await _choose(ctx, number(argument))


async def _choose(ctx: ChatContext, lead_id: int) -> Answer:
    lead = await ctx.uow.leads.get_for(ctx.actor, lead_id)
    known = [each for each in await list_known(ctx.uow) if each.asks.whom == "lead" and not each.is_paused]
    if len(known) == 1:
        return await _begin(ctx, known[0].name, lead.id)
    buttons = tuple(
        Button(
            "button-survey-choice",
            press=f"needs.begin:{each.name}.{lead.id}",
            facts={"label": words_in(each.asks.title, ctx.locale)},
        )
        for each in known
    )
    if not buttons:
        raise SurveyNotFound(name="needs")
    return Reply("needs-which", {"lead": lead.title}, buttons=buttons, private=True)


@press("needs.begin")
async def begin(ctx: ChatContext, argument: str) -> Answer:
    name, _, lead_id = argument.rpartition(".")
    return await _begin(ctx, name, number(lead_id))


async def _begin(ctx: ChatContext, name: str, lead_id: int) -> Answer:
    answer = await begin_for_lead(ctx.uow, ctx.actor, name, lead_id, now=ctx.now)
    survey = (await ctx.uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
    return await next_step(ctx, answer, survey, survey.asks.next_question({}), fresh=True)

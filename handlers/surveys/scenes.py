"""What a question needs beside its words: the reader's language, the ticket it is about, whom a group's question is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.company.model import Company
from domain.notifications.model import Notification
from domain.ports import UnitOfWork
from domain.surveys.asking import asked_in_group
from domain.surveys.model import Survey, SurveyAnswer
from domain.surveys.windows import may_be_asked_at
from domain.tickets.model import TicketStatus
from domain.tickets.queries import TicketView
from domain.tickets.words import title_for_customer
from handlers.notices import Batch, Decision, Later, Skip, notice
from handlers.rendering.wording import shortened
from handlers.surveys.cards import Scene, present_card, question_card

MOST_NAMES = 8
LONGEST_TITLE = 80


async def scene_of(
    uow: UnitOfWork,
    answer: SurveyAnswer,
    survey: Survey,
    *,
    locale: str,
    ticket: TicketView | None = None,
    asked: Sequence[SurveyAnswer] | None = None,
) -> Scene:
    """``ticket`` is the one that it is about, where it was read already. ``asked`` are those whom a group's question is for,
    before it went out."""
    if answer.ticket_id is not None and ticket is None:
        ticket = next(iter(await uow.tickets.list_views([answer.ticket_id])), None)
    title = title_for_customer(ticket) if ticket is not None else None
    about = None if title is None else shortened(title, LONGEST_TITLE)
    if answer.place is None:
        return Scene(locale=locale, about=about)
    beside = await uow.surveys.list_asked_beside(answer) if asked is None else asked
    named = [each.contact_id or 0 for each in beside[:MOST_NAMES]]
    people = await uow.broadcasts.list_addressees(named)
    scores = [each.score for each in beside if each.score is not None]
    said = (len(scores), sum(scores) / len(scores)) if survey.asks.results_in_group and scores else None
    return Scene(locale=locale, about=about, names=[people[each].name for each in named if each in people], said=said)


async def _questions(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The question goes out, if it is still one, in the middle of a working day."""
    answers = await uow.surveys.list_answers([row.facts["answer"] for row in batch.rows])
    surveys = await uow.surveys.list_by_ids({answer.survey_id for answer in answers.values()})
    accounts = await uow.surveys.accounts_of([each.contact_id for each in answers.values() if each.contact_id])
    ticket_ids = [answer.ticket_id for answer in answers.values() if answer.ticket_id is not None]
    tickets = {view.id: view for view in await uow.tickets.list_views(ticket_ids)}
    paused = {survey.name for survey in await uow.surveys.list_current() if survey.paused_at is not None}
    company = await uow.company.get()
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        answer = answers.get(row.facts["answer"])
        if answer is None:
            decisions[row.id] = Skip("gone")
            continue
        survey = surveys[answer.survey_id]
        ticket = tickets.get(answer.ticket_id or 0)
        reason = _unwanted(answer, batch, ticket.status if ticket is not None else None)
        if reason is None and survey.name in paused and answer.asked_by is None:
            reason = "survey-paused"
        if reason is None and answer.place is None and answer.contact_id not in accounts:
            reason = "gone"  # they left their customer meanwhile: the chat is a stranger's
        asked: Sequence[SurveyAnswer] | None = None
        if reason is None and answer.place is not None:
            beside = await uow.surveys.list_beside(answer)
            asked, why = await asked_in_group(uow, survey, beside, row_id=row.id, now=batch.now)
            reason = None if asked else why
        at = batch.now if row.chosen else may_be_asked_at(batch.now, _zone_of(row, company), company)
        if reason is not None:
            decisions[row.id] = Skip(reason)
        elif at > batch.now:
            decisions[row.id] = Later(at, "quiet-hours")
        else:
            account = accounts.get(answer.contact_id or 0)
            language = account.locale if account is not None and answer.place is None else None
            scene = await scene_of(uow, answer, survey, locale=language or company.locale, ticket=ticket, asked=asked)
            decisions[row.id] = question_card(answer, survey, scene)
    return decisions


def _zone_of(row: Notification, company: Company) -> str:
    zone: str = row.extra.get("timezone", company.timezone)
    return zone


def _unwanted(answer: SurveyAnswer, batch: Batch, ticket: TicketStatus | None) -> str | None:
    if answer.answered_at is not None:
        return "answered-meanwhile"
    if answer.is_expired(batch.now):
        return "expired"
    return "ticket-reopened" if ticket is not None and ticket is not TicketStatus.CLOSED else None


notice("survey-csat")(_questions)
notice("survey-visit")(_questions)
notice("survey-nps")(_questions)
notice("survey-form")(_questions)


@notice("survey-card")
async def cards(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """A message that stands says how it stands."""
    answers = await uow.surveys.list_answers([row.facts["answer"] for row in batch.rows])
    surveys = await uow.surveys.list_by_ids({answer.survey_id for answer in answers.values()})
    accounts = await uow.surveys.accounts_of([each.contact_id for each in answers.values() if each.contact_id])
    company = await uow.company.get()
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        answer = answers.get(row.facts["answer"])
        if answer is None:
            decisions[row.id] = Skip("gone")
            continue
        account = accounts.get(answer.contact_id or 0)
        locale = (account.locale if account is not None and answer.place is None else None) or company.locale
        scene = await scene_of(uow, answer, surveys[answer.survey_id], locale=locale)
        show = question_card if answer.place is not None else present_card  # others read along in a group
        decisions[row.id] = show(answer, surveys[answer.survey_id], scene)
    return decisions

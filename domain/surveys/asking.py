"""Asking: one person, those of a group, everybody of a segment. What is asked stands in the outbox until it may be said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from domain.care.budget import COOL_DOWN, Verdict, standings, verdict
from domain.care.budget import Kind as Budget
from domain.customers.model import Contact
from domain.errors import RecordNotFound
from domain.groups.model import BoundGroup
from domain.notifications.model import Planned, Urgency
from domain.people.desk import contact_at_desk
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.defining import current_edition
from domain.surveys.definition import Definition, Kind
from domain.surveys.errors import AskedLately, NobodySeenThere, NobodyToAsk, NothingWaits, SurveyForLeads
from domain.surveys.model import Survey, SurveyAnswer
from domain.surveys.queries import Candidate
from domain.surveys.windows import may_be_asked_at, zones_of

BY_HAND = "hand"
QUESTIONS = ("survey-csat", "survey-visit", "survey-nps", "survey-form")
"""The keys by which a question stands in the outbox."""


def record_of(answer_id: int) -> str:
    """The card of a question; in a group all who are asked by it share the first one's."""
    return f"survey:{answer_id}"


def budget_of(asks: Definition, *, ticket_id: int | None) -> Budget:
    """A form and a score of a visit or by hand wait behind the one of a ticket."""
    if asks.kind is Kind.NPS:
        return Budget.NPS
    if asks.kind is Kind.FORM:
        return Budget.SURVEY
    return Budget.CSAT if ticket_id is not None else Budget.VISIT


def key_of(asks: Definition, *, ticket_id: int | None) -> str:
    """The outbox's key, by which ``domain.care.budget`` knows what it is."""
    return {Budget.NPS: "survey-nps", Budget.SURVEY: "survey-form", Budget.CSAT: "survey-csat"}.get(
        budget_of(asks, ticket_id=ticket_id), "survey-visit"
    )


async def verdicts(
    uow: UnitOfWork, asks: Definition, contact_ids: Collection[int], *, ticket_id: int | None = None, now: datetime
) -> Mapping[int, Verdict]:
    """May each of them be asked now?"""
    known = await standings(uow, contact_ids, at=now)
    kind = budget_of(asks, ticket_id=ticket_id)
    return {contact_id: verdict(standing, kind, at=now) for contact_id, standing in known.items()}


# ---------------------------------------------------------------- by hand


async def ask_contact(uow: UnitOfWork, actor: Staff, name: str, contact_id: int, *, now: datetime) -> SurveyAnswer:
    """Ask one person in private, as soon as they may be asked; the answer's ``at`` says when.

    Raises SurveyNotFound, SurveyForLeads, RecordNotFound, NobodyToAsk, AskedLately.
    """
    survey = await for_customers(uow, name, now=now)
    contact = await contact_at_desk(uow, actor, contact_id)
    await _must_be_free(uow, survey.asks, contact, now=now)
    customer = await uow.customers.find_customer(contact.customer_id)
    asked = Candidate(
        contact_id=contact.id,
        customer_id=contact.customer_id,
        cause=f"{BY_HAND}:{now:%Y-%m-%dT%H:%M:%S}",
        happened_at=now,
        about_id=customer.owner_id if customer is not None else None,
    )
    zone, at = await _when(uow, contact.id, now=now)
    answer = await add_asked(uow, survey, asked, by=actor, at=at)
    plan_question(uow, survey, [answer], zone=zone)
    uow.happened("survey-sent", answer=answer.id, customer=contact.customer_id)
    return answer


async def for_customers(uow: UnitOfWork, name: str, *, now: datetime) -> Survey:
    survey = await current_edition(uow, name, now=now)
    if survey.asks.whom == "lead":
        raise SurveyForLeads(name=name)
    return survey


async def _must_be_free(uow: UnitOfWork, asks: Definition, contact: Contact, *, now: datetime) -> None:
    if contact.left_at is not None or not await uow.surveys.accounts_of([contact.id]):
        raise NobodyToAsk
    said = (await verdicts(uow, asks, [contact.id], now=now))[contact.id]
    if said.reason == COOL_DOWN and said.again_at is not None:
        raise AskedLately(name=contact.name, until=said.again_at)
    if not said.is_allowed:
        raise NobodyToAsk


async def ask_group(uow: UnitOfWork, actor: Staff, name: str, group: BoundGroup, *, now: datetime) -> SurveyAnswer:
    """Ask the customer's people who are in their group, by one message there. Raises as ``ask_contact``, and NobodySeenThere."""
    survey = await for_customers(uow, name, now=now)
    there = await uow.surveys.contacts_in(group.channel, group.place, group.customer_id)
    if not there:
        raise NobodySeenThere
    said = await verdicts(uow, survey.asks, there, now=now)
    free = [contact_id for contact_id in there if said[contact_id].is_allowed]
    if not free:
        raise NobodyToAsk
    customer = await uow.customers.find_customer(group.customer_id)
    zone, at = await _when(uow, free[0], now=now)
    answers = [
        await add_asked(
            uow,
            survey,
            Candidate(
                contact_id=contact_id,
                customer_id=group.customer_id,
                cause=f"{BY_HAND}:{now:%Y-%m-%dT%H:%M:%S}",
                happened_at=now,
                about_id=customer.owner_id if customer is not None else None,
                channel=group.channel,
                place=group.place,
            ),
            by=actor,
            at=at,
        )
        for contact_id in free
    ]
    plan_question(uow, survey, answers, zone=zone)
    uow.happened("survey-sent", answer=answers[0].id, customer=group.customer_id)
    return answers[0]


async def asked_in_group(
    uow: UnitOfWork, survey: Survey, beside: Sequence[SurveyAnswer], *, row_id: int, now: datetime
) -> tuple[Sequence[SurveyAnswer], str]:
    """Of those whom a group's question is for, the ones who may be asked now, and why the first other one may not.

    ``row_id`` is the question's own row of the outbox. Asked when it goes out, and once more when it has: in between
    somebody may have switched surveys off, who then does not count as asked.
    """
    people = await uow.broadcasts.list_addressees([answer.contact_id or 0 for answer in beside])
    known = await standings(uow, people, at=now)
    free: list[SurveyAnswer] = []
    reasons: list[str] = []
    for answer in beside:
        standing = known.get(answer.contact_id or 0)
        if standing is None:
            continue  # they left
        kind = budget_of(survey.asks, ticket_id=answer.ticket_id)
        said = verdict(standing, kind, at=now, row_id=row_id)
        if said.reason is None:
            free.append(answer)
        else:
            reasons.append(said.reason)
    return free, next(iter(reasons), "gone")


async def _when(uow: UnitOfWork, contact_id: int, *, now: datetime) -> tuple[str, datetime]:
    """Their zone, and from when on they may be asked."""
    zone = (await zones_of(uow, [contact_id]))[contact_id]
    return zone, may_be_asked_at(now, zone, await uow.company.get())


async def ask_at_once(uow: UnitOfWork, actor: Staff, answer_id: int, *, now: datetime) -> SurveyAnswer:
    """Ask now what waits for its hour: whoever sends knows that they may. Raises RecordNotFound, and NothingWaits."""
    answer = await uow.surveys.get_answer_for(actor, answer_id)
    survey = (await uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
    if answer.asked_by is None or not await uow.notifications.withdraw(_key_in_outbox(answer)):
        raise NothingWaits
    for each in await uow.surveys.list_beside(answer) if answer.place is not None else [answer]:
        each.at = now
    plan_question(uow, survey, [answer], at_once=True)
    uow.happened("survey-sent", answer=answer.id, customer=answer.customer_id)
    return answer


async def try_out(uow: UnitOfWork, actor: Staff, name: str, *, now: datetime) -> SurveyAnswer:
    """The same with oneself as the customer; what one answers counts nowhere. Raises SurveyNotFound."""
    survey = await current_edition(uow, name, now=now)
    answer = await uow.surveys.add_answer(
        SurveyAnswer(
            survey=survey.name,
            survey_id=survey.id,
            cause=f"test:{now:%Y-%m-%dT%H:%M:%S.%f}",
            asked_by=actor.id,
            at=now,
            expires_at=now + timedelta(days=1),
        )
    )
    uow.happened("survey-tried", answer=answer.id)
    return answer


async def begin_for_lead(uow: UnitOfWork, actor: Staff, name: str, lead_id: int, *, now: datetime) -> SurveyAnswer:
    """A questionnaire that the staff fill in for a lead. Raises SurveyNotFound and RecordNotFound."""
    survey = await current_edition(uow, name, now=now)
    if survey.asks.whom != "lead":
        raise RecordNotFound(record=name)
    lead = await uow.leads.get_for(actor, lead_id)
    answer = await uow.surveys.add_answer(
        SurveyAnswer(
            survey=survey.name,
            survey_id=survey.id,
            lead_id=lead.id,
            cause=f"lead:{lead.id}:{now:%Y-%m-%dT%H:%M:%S}",
            asked_by=actor.id,
            about_id=lead.owner_id,
            at=now,
            expires_at=now + timedelta(days=survey.asks.expires_days),
        )
    )
    uow.happened("survey-begun", answer=answer.id, lead=lead.id)
    return answer


# ---------------------------------------------------------------- what all of them do


async def add_asked(
    uow: UnitOfWork, survey: Survey, asked: Candidate, *, by: Staff | None, at: datetime
) -> SurveyAnswer:
    """The row of one person, who is asked at ``at``."""
    return await uow.surveys.add_answer(
        SurveyAnswer(
            survey=survey.name,
            survey_id=survey.id,
            customer_id=asked.customer_id,
            contact_id=asked.contact_id,
            ticket_id=asked.ticket_id,
            cause=asked.cause,
            asked_by=by.id if by is not None else None,
            about_id=asked.about_id,
            channel=asked.channel,
            place=asked.place,
            at=at,
            expires_at=at + timedelta(days=survey.asks.expires_days),
        )
    )


def plan_question(
    uow: UnitOfWork, survey: Survey, answers: Sequence[SurveyAnswer], *, zone: str | None = None, at_once: bool = False
) -> None:
    """One message for all of them, who share a group; for one of them their own.

    ``zone`` is the reader's, looked at once more when it goes out; ``at_once``: at whatever hour, somebody said so.
    """
    first = answers[0]
    uow.plan(
        Planned(
            key=key_of(survey.asks, ticket_id=first.ticket_id),
            facts={"answer": first.id},
            due_at=first.at,
            contact_id=first.contact_id,
            channel=first.channel,
            place=first.place,
            urgency=Urgency.NORMAL,
            chosen=at_once,
            dedupe_key=_key_in_outbox(first) + (":now" if at_once else ""),
            extra={"timezone": zone} if zone is not None else {},
            card=record_of(first.id),
            about=f"customer:{first.customer_id}",
        )
    )


def _key_in_outbox(answer: SurveyAnswer) -> str:
    return f"survey:{answer.survey}:{answer.cause}:{answer.contact_id}"

"""What a bad answer sets going: a follow-up with a deadline, the owner and their manager told, and in the end the customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.customers.model import Customer
from domain.followups.model import Followup, FollowupStatus
from domain.groups.actions import owner_of
from domain.notifications.model import Notification, NotificationState, Planned, Urgency
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.asking import asked_in_group
from domain.surveys.model import Survey, SurveyAnswer
from domain.values.zones import at_local, local

MOST_CARDS = 20
MOST_OFFERS = 50
LONGEST_QUOTE = 300
OFFER_LASTS = timedelta(days=30)


async def hear_answer(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, *, now: datetime) -> None:
    """After each change of an answer: a low one has a follow-up that quotes it, one that is low no more has none."""
    if answer.is_test or answer.customer_id is None:
        return
    followup = await uow.followups.find(answer.followup_id) if answer.followup_id is not None else None
    if not answer.is_low:
        if followup is not None:
            followup.falls_away(now=now)
            await _refresh(uow, answer, now=now)
        return
    if followup is None or followup.status is FollowupStatus.CANCELLED:
        await _open_followup(uow, answer, survey, now=now)
    elif followup.status is FollowupStatus.OPEN:
        followup.note = note_of(answer, survey)
        await _refresh(uow, answer, now=now)


def note_of(answer: SurveyAnswer, survey: Survey) -> str:
    """``CSAT 2/5 “too slow”``: short, and the same in every language."""
    said = " ".join((answer.comment or "").split())[:LONGEST_QUOTE]
    top = survey.asks.scale[-1]
    return f"{survey.name.upper()} {answer.score}/{top}" + (f" “{said}”" if said else "")


async def _open_followup(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, *, now: datetime) -> None:
    customer = await uow.customers.find_customer(answer.customer_id or 0)
    people = list(await uow.staff.list_active())
    owner = await _who_acts(uow, customer, answer, people)
    if owner is None:
        return
    company = await uow.company.get()
    day = calendar_of(owner, company).next_workday(local(now, owner.timezone).date(), hours_of(owner))
    followup = await uow.followups.add(
        Followup(
            owner_id=owner.id,
            created_by=owner.id,
            customer_id=answer.customer_id,
            contact_id=answer.contact_id,
            note=note_of(answer, survey),
            due_at=at_local(day, owner.work_end, owner.timezone),
            is_deadline=True,
            chosen=False,
            created_at=now,
        )
    )
    answer.followup_id = followup.id
    _tell(uow, "survey-low", answer, owner, now=now)
    for leader in leaders_of(owner, people):
        _tell(uow, "survey-low-told", answer, leader, now=now)


async def _who_acts(
    uow: UnitOfWork, customer: Customer | None, answer: SurveyAnswer, people: list[Staff]
) -> Staff | None:
    """The customer's owner, else whose work it was about, else whoever leads."""
    owner = await owner_of(uow, customer) if customer is not None else None
    about = next((person for person in people if person.id == answer.about_id), None)
    return owner or about or next(iter(leaders_of(None, people)), None)


def _tell(uow: UnitOfWork, key: str, answer: SurveyAnswer, person: Staff, *, now: datetime) -> None:
    uow.plan(
        Planned(
            key=key,
            facts={"answer": answer.id},
            due_at=now,
            staff_id=person.id,
            urgency=Urgency.URGENT,
            dedupe_key=f"{key}:{answer.id}:{answer.followup_id}:{person.id}",
            card=f"lowscore:{answer.id}",
            about=f"customer:{answer.customer_id}",
        )
    )


async def _refresh(uow: UnitOfWork, answer: SurveyAnswer, *, now: datetime) -> None:
    """The cards that told of it say what it is now, each in the language of who reads it."""
    places = await uow.cards.places_of(f"lowscore:{answer.id}", limit=MOST_CARDS)
    accounts = await uow.identities.list_at([(place.channel, place.place) for place in places]) if places else ()
    readers = {(account.channel, account.private_place): account.staff_id for account in accounts}
    for place in places:
        uow.plan(
            Planned(
                key="survey-low-card",
                facts={"answer": answer.id},
                due_at=now,
                staff_id=readers.get((place.channel, place.place)),
                channel=place.channel,
                place=place.place,
                edit=place.message,
                card=place.record,
                urgency=Urgency.URGENT,
                chosen=True,
                about=f"customer:{answer.customer_id}",
            )
        )


# ---------------------------------------------------------------- afterwards


async def followed_wait(uow: UnitOfWork, now: datetime) -> bool:
    return await uow.surveys.is_any_followed()


async def offer_to_tell(uow: UnitOfWork, now: datetime) -> int:
    """Something was done about a low score: ask whoever had it whether the customer is to hear what changed, once."""
    answers = await uow.surveys.list_followed(limit=MOST_OFFERS)
    for answer in answers:
        followup = await uow.followups.find(answer.followup_id or 0)
        if followup is not None and followup.closed_at is not None and now - followup.closed_at < OFFER_LASTS:
            uow.plan(
                Planned(
                    key="survey-offer",
                    facts={"answer": answer.id},
                    due_at=now,
                    staff_id=followup.owner_id,
                    urgency=Urgency.URGENT,
                    dedupe_key=f"survey-offer:{answer.id}:{answer.followup_id}",
                    about=f"customer:{answer.customer_id}",
                )
            )
    await uow.surveys.mark_offered([answer.id for answer in answers], now)
    return len(answers)


async def tell_changed(uow: UnitOfWork, actor: Staff, answer_id: int, words: str, *, now: datetime) -> SurveyAnswer:
    """Tell whoever answered what changed since, in these words. Raises RecordNotFound. Sent twice it goes once."""
    answer = await uow.surveys.get_answer_for(actor, answer_id)
    uow.plan(
        Planned(
            key="survey-changed",
            facts={"words": words, "by": actor.name},
            due_at=now,
            contact_id=answer.contact_id,
            urgency=Urgency.NORMAL,
            chosen=True,
            dedupe_key=f"survey-changed:{answer.id}:{answer.followup_id}",
            about=f"customer:{answer.customer_id}",
        )
    )
    uow.happened("survey-told", answer=answer.id, customer=answer.customer_id)
    return answer


async def question_went_out(uow: UnitOfWork, row: Notification, state: NotificationState, now: datetime) -> None:
    """Only what went out counts as asked; in a group that is everybody whom the message asks."""
    answer = await uow.surveys.find_answer(row.facts.get("answer", 0))
    if state is not NotificationState.SENT or answer is None or row.edit is not None:
        return
    asked: Sequence[SurveyAnswer] = [answer]
    if answer.place is not None:
        survey = (await uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
        beside = await uow.surveys.list_beside(answer)
        asked, _ = await asked_in_group(uow, survey, beside, row_id=row.id, now=now)
    await uow.surveys.mark_sent([each.id for each in asked], now)

"""Surveys, and what each person was asked and answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, text, update

from domain.errors import RecordNotFound
from domain.followups.model import FollowupStatus
from domain.people.model import Identity, Staff
from domain.surveys.definition import Rule
from domain.surveys.model import Survey, SurveyAnswer
from domain.surveys.queries import AnswerView, Candidate, Segment, Tally
from storage import tables
from storage.repository import Repository
from storage.survey_candidates import due_candidates, segment_candidates
from storage.survey_views import answer_views, tally
from storage.visibility import visible_survey_answers

_s, _a = tables.surveys.c, tables.survey_answers.c
MOST_LATEST = 5
MOST_IN_A_GROUP = 100
# As the partial indexes say it: SQLite compares the words.
_CURRENT = text("surveys.is_current")
_FOLLOWED = text("survey_answers.followup_id IS NOT NULL AND survey_answers.offered_at IS NULL")
_LOW = text("survey_answers.is_low")


class SqlSurveys(Repository):
    async def add(self, survey: Survey) -> Survey:
        return await self._add(survey)

    async def find(self, name: str) -> Survey | None:
        return await self._one(select(Survey).where(_s.name == name, _CURRENT), of=Survey)

    async def list_current(self) -> Sequence[Survey]:
        return (await self._session.scalars(select(Survey).where(_CURRENT).order_by(_s.name))).all()

    async def list_by_ids(self, ids: Collection[int]) -> Mapping[int, Survey]:
        if not ids:
            return {}
        found = await self._session.scalars(select(Survey).where(_s.id.in_(sorted(ids))))
        return {survey.id: survey for survey in found}

    async def last_edition(self, name: str) -> int:
        return await self._session.scalar(select(func.max(_s.edition)).where(_s.name == name)) or 0

    # ------------------------------------------------------------ one person's

    async def add_answer(self, answer: SurveyAnswer) -> SurveyAnswer:
        return await self._add(answer)

    async def find_answer(self, answer_id: int) -> SurveyAnswer | None:
        return await self._one(select(SurveyAnswer).where(_a.id == answer_id), of=SurveyAnswer)

    async def get_answer_for(self, actor: Staff, answer_id: int) -> SurveyAnswer:
        found = await self._find_for(actor, answer_id, of=SurveyAnswer, visible=visible_survey_answers)
        if found is None:
            raise RecordNotFound(record=f"#{answer_id}")
        return found

    async def find_beside(self, answer: SurveyAnswer, contact_id: int) -> SurveyAnswer | None:
        return await self._one(
            select(SurveyAnswer).where(_beside(answer), _a.contact_id == contact_id), of=SurveyAnswer
        )

    async def list_beside(self, answer: SurveyAnswer) -> Sequence[SurveyAnswer]:
        statement = select(SurveyAnswer).where(_beside(answer)).order_by(_a.id).limit(MOST_IN_A_GROUP)
        return (await self._session.scalars(statement)).all()

    async def list_asked_beside(self, answer: SurveyAnswer) -> Sequence[SurveyAnswer]:
        asked = or_(_a.sent_at.is_not(None), _a.answered_at.is_not(None))
        statement = select(SurveyAnswer).where(_beside(answer), asked).order_by(_a.id).limit(MOST_IN_A_GROUP)
        return (await self._session.scalars(statement)).all()

    async def find_latest(self, contact_id: int, *, since: datetime) -> Sequence[SurveyAnswer]:
        theirs = (_a.contact_id == contact_id, _a.at >= since, _a.sent_at.is_not(None))
        statement = select(SurveyAnswer).where(*theirs).order_by(_a.at.desc(), _a.id.desc()).limit(MOST_LATEST)
        return (await self._session.scalars(statement.with_for_update() if self._locks else statement)).all()

    async def list_answers(self, ids: Collection[int]) -> Mapping[int, SurveyAnswer]:
        if not ids:
            return {}
        found = await self._session.scalars(select(SurveyAnswer).where(_a.id.in_(sorted(ids))))
        return {answer.id: answer for answer in found}

    async def mark_sent(self, answer_ids: Sequence[int], at: datetime) -> None:
        unsent = (_a.id.in_(answer_ids), _a.sent_at.is_(None))
        await self._session.execute(update(tables.survey_answers).where(*unsent).values(sent_at=at))

    async def mark_begun(self, answer_id: int, at: datetime) -> None:
        await self._session.execute(update(tables.survey_answers).where(_a.id == answer_id).values(begun_at=at))

    async def begun_at(self, answer_id: int) -> datetime | None:
        at: datetime | None = await self._session.scalar(select(_a.begun_at).where(_a.id == answer_id))
        return at

    async def list_of_contact(self, contact_id: int, *, limit: int) -> Sequence[SurveyAnswer]:
        theirs = select(SurveyAnswer).where(_a.contact_id == contact_id, _a.answered_at.is_not(None))
        return (await self._session.scalars(theirs.order_by(_a.at.desc()).limit(limit))).all()

    async def contacts_in(self, channel: str, place: str, customer_id: int) -> Sequence[int]:
        guests, identities, contacts = tables.guests.c, tables.identities.c, tables.contacts.c
        there = (
            select(contacts.id)
            .join(tables.identities, identities.contact_id == contacts.id)
            .join(tables.guests, guests.identity_id == identities.id)
            .where(
                guests.channel == channel,
                guests.place == place,
                guests.left_at.is_(None),
                contacts.customer_id == customer_id,
                contacts.left_at.is_(None),
            )
        )
        return (await self._session.scalars(there.distinct().order_by(contacts.id).limit(MOST_IN_A_GROUP))).all()

    async def accounts_of(self, contact_ids: Collection[int]) -> Mapping[int, Identity]:
        if not contact_ids:
            return {}
        rows = tables.identities.c
        reachable = (rows.private_place.is_not(None), rows.unreachable_since.is_(None))
        contacts = tables.contacts.c
        theirs = select(Identity).join(tables.contacts, contacts.id == rows.contact_id)
        theirs = theirs.where(rows.contact_id.in_(sorted(contact_ids)), contacts.left_at.is_(None), *reachable)
        found = await self._session.scalars(
            theirs.order_by(rows.last_spoke_at.is_not(None), rows.last_spoke_at, rows.id)
        )
        return {identity.contact_id: identity for identity in found if identity.contact_id is not None}

    async def phones_of(self, contact_ids: Collection[int]) -> Mapping[int, str]:
        if not contact_ids:
            return {}
        points = tables.contact_points.c
        theirs = (points.contact_id.in_(sorted(contact_ids)), points.kind == "phone")
        found = select(points.contact_id, func.min(points.value)).where(*theirs).group_by(points.contact_id)
        return {row[0]: row[1] for row in await self._session.execute(found)}

    # ------------------------------------------------------------ by rule, and by hand to many

    async def list_due(
        self, name: str, rule: Rule, *, until: datetime, since: datetime, among: range | None = None, limit: int
    ) -> Sequence[Candidate]:
        return await due_candidates(self._session, name, rule, until=until, since=since, among=among, limit=limit)

    async def last_contact_id(self) -> int:
        return await self._session.scalar(select(func.max(tables.contacts.c.id))) or 0

    async def list_segment(self, actor: Staff, segment: Segment, *, after: int, limit: int) -> Sequence[Candidate]:
        return await segment_candidates(self._session, actor, segment, after=after, limit=limit)

    # ------------------------------------------------------------ listening

    def _followed(self) -> tuple[ColumnElement[bool], ...]:
        followups = tables.followups.c
        return (_FOLLOWED, followups.status == FollowupStatus.DONE, _a.contact_id.is_not(None))  # type: ignore[return-value]

    async def is_any_followed(self) -> bool:
        followups = tables.followups
        statement = select(_a.id).join(followups, followups.c.id == _a.followup_id).where(*self._followed()).limit(1)
        return await self._session.scalar(statement) is not None

    async def list_followed(self, *, limit: int) -> Sequence[SurveyAnswer]:
        followups = tables.followups
        statement = select(SurveyAnswer).join(followups, followups.c.id == _a.followup_id).where(*self._followed())
        locked = statement.order_by(_a.id).limit(limit).with_for_update(of=tables.survey_answers, skip_locked=True)
        return (await self._session.scalars(locked)).all()

    async def mark_offered(self, answer_ids: Sequence[int], at: datetime) -> None:
        await self._session.execute(update(tables.survey_answers).where(_a.id.in_(answer_ids)).values(offered_at=at))

    async def tally(self, actor: Staff, name: str, *, since: datetime) -> Tally:
        return await tally(self._session, and_(_a.survey == name, _a.at >= since, visible_survey_answers(actor)))

    async def list_views(
        self,
        actor: Staff,
        *,
        name: str | None = None,
        since: datetime,
        until: datetime | None = None,
        is_low: bool | None = None,
        commented: bool = False,
        limit: int,
    ) -> Sequence[AnswerView]:
        which = [visible_survey_answers(actor), _a.answered_at >= since, *_asked()]
        which += [_a.survey == name] if name is not None else []
        which += [_a.answered_at < until] if until is not None else []
        which += [_a.is_low.is_(is_low)] if is_low is not None else []
        which += [_a.comment.is_not(None)] if commented else []
        return await answer_views(self._session, and_(*which), order=(_a.answered_at.desc(), _a.id.desc()), limit=limit)

    async def list_low(
        self, staff_ids: Collection[int], *, since: datetime, until: datetime, limit: int
    ) -> Sequence[AnswerView]:
        customers, ids = tables.customers.c, sorted(staff_ids)
        theirs = _a.about_id.in_(ids) | _a.customer_id.in_(select(customers.id).where(customers.owner_id.in_(ids)))
        which = and_(_LOW, _a.answered_at > since, _a.answered_at <= until, theirs, *_asked())
        order = (_a.score * 100 / _worst(), _a.answered_at.desc())
        return await answer_views(self._session, which, order=order, limit=limit)

    async def list_all_views(self, actor: Staff, name: str, *, since: datetime, limit: int) -> Sequence[AnswerView]:
        went_out = _a.sent_at.is_not(None) | _a.answered_at.is_not(None)
        which = and_(visible_survey_answers(actor), _a.survey == name, _a.at >= since, went_out, *_asked())
        return await answer_views(self._session, which, order=(_a.id,), limit=limit)


def _asked() -> tuple[ColumnElement[bool], ...]:
    """Without tests."""
    return ((_a.contact_id.is_not(None) | _a.lead_id.is_not(None)),)


def _worst() -> ColumnElement[int]:
    """The top of the scale, so that 2 of 5 and 6 of 10 can stand in one list."""
    return case((_s.kind == "nps", 10), else_=5)


def _beside(answer: SurveyAnswer) -> ColumnElement[bool]:
    return and_(
        _a.survey_id == answer.survey_id,
        _a.cause == answer.cause,
        _a.channel == answer.channel,
        _a.place == answer.place,
    )

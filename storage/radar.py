"""Finds whom the radar's rules flag. The same conditions count in the report ``churn``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select

from domain.activities.model import ActivityKind
from domain.radar.rules import (
    KEY_SILENT,
    LOW_SCORE,
    MOST_A_DAY,
    RHYTHM,
    SILENT,
    STRETCH,
    STRETCHES,
    TRIED,
    UNANSWERED,
    Flagged,
    Rule,
)
from domain.tickets.model import ACTIVE
from storage import tables
from storage.epochs import epoch
from storage.repository import Repository

_c, _o, _a, _s, _t, _n = (
    tables.customers.c,
    tables.opportunities.c,
    tables.activities.c,
    tables.survey_answers.c,
    tables.tickets.c,
    tables.notifications.c,
)
_CONTACT = and_(_a.customer_id == _c.id, _a.kind != ActivityKind.NOTE)
_AT_ONCE = 200


def _silent(rule: Rule, now: datetime) -> ColumnElement[bool]:
    since = now - rule.after
    spoken = exists().where(_CONTACT, _a.at >= since, _a.at <= now).correlate(tables.customers)
    graded = _c.grade.in_(rule.grades) if rule.grades is not None else literal(value=True)
    return and_(graded, _c.created_at < since, ~spoken)


def _rhythm(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Silent for much longer than they usually are."""
    many, first, last = func.count(), epoch(func.min(_a.at)), epoch(func.max(_a.at))
    silence = int(now.timestamp()) - last
    broken = and_(
        many >= rule.least,
        silence >= int(rule.after.total_seconds()),
        silence * (many - 1) > rule.factor * (last - first),
    )
    contacts = select(literal(1)).where(_CONTACT, _a.at >= now - rule.within, _a.at <= now).correlate(tables.customers)
    return contacts.group_by(_a.customer_id).having(broken).exists()


def _low(rule: Rule, now: datetime) -> ColumnElement[bool]:
    return exists().where(_s.customer_id == _c.id, _s.is_low, _s.answered_at >= now - rule.after, _s.answered_at <= now)


def _unanswered(rule: Rule, now: datetime) -> ColumnElement[bool]:
    return exists().where(_t.customer_id == _c.id, *_waiting(now))


def _waiting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_t.status.in_(ACTIVE), _t.first_answered_at.is_(None), _t.answer_due_at < now)


CONDITIONS: Mapping[str, Callable[[Rule, datetime], ColumnElement[bool]]] = {
    UNANSWERED.name: _unanswered,
    LOW_SCORE.name: _low,
    KEY_SILENT.name: _silent,
    RHYTHM.name: _rhythm,
    SILENT.name: _silent,
}


def flags(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Does the rule flag this row of ``customers``?"""
    return CONDITIONS[rule.name](rule, now)


def tried(now: datetime) -> Mapping[str, ColumnElement[bool]]:
    """The back-test: who lost and who bought in the stretches before ``now``, and which of them a rule had flagged at the
    beginning of the stretch in which it happened."""
    begins = [now - STRETCH * number for number in range(STRETCHES, 0, -1)]
    lost, won = _ended("lost", begins[0], now), _ended("won", begins[0], now)
    return {
        "lost": lost,
        "lost_flagged": or_(*(and_(_ended("lost", begin, begin + STRETCH), _flagged_at(begin)) for begin in begins)),
        "bought": and_(won, ~lost),
        "bought_flagged": and_(
            ~lost, or_(*(and_(_ended("won", begin, begin + STRETCH), _flagged_at(begin)) for begin in begins))
        ),
    }


def _ended(stage: str, begin: datetime, end: datetime) -> ColumnElement[bool]:
    return exists().where(_o.customer_id == _c.id, _o.stage == stage, _o.closed_at > begin, _o.closed_at <= end)


def _flagged_at(moment: datetime) -> ColumnElement[bool]:
    return or_(*(flags(rule, moment) for rule in TRIED))


def _mark(rule: Rule, now: datetime) -> ColumnElement[Any]:
    """What it is flagged for: the oldest such ticket, the newest low score, else the last contact."""
    if rule is UNANSWERED:
        found = select(func.min(_t.id)).where(_t.customer_id == _c.id, *_waiting(now))
    elif rule is LOW_SCORE:
        found = select(func.max(_s.id)).where(_s.customer_id == _c.id, _s.is_low)
    else:
        found = select(func.max(_a.id)).where(_CONTACT)
    return func.coalesce(found.correlate(tables.customers).scalar_subquery(), 0)


class SqlRadar(Repository):
    async def largest_id(self) -> int:
        return await self._session.scalar(select(func.max(_c.id))) or 0

    async def list_new(self, rules: Sequence[Rule], *, ids: tuple[int, int], now: datetime) -> Sequence[Flagged]:
        found: list[Flagged] = []
        for rule in rules:
            mark = _mark(rule, now).label("mark")
            flagged = (
                select(_c.id, _c.owner_id, _c.grade, mark)
                .where(_c.id >= ids[0], _c.id < ids[1], _c.owner_id.is_not(None), flags(rule, now))
                .subquery()
            )
            key = f"radar:{rule.name}:" + cast(flagged.c.id, String) + ":" + cast(flagged.c.mark, String)
            new = ~exists().where(_n.dedupe_key == key)
            best_first = (case((flagged.c.grade == "A", 0), else_=1), flagged.c.id)
            # The first few of each owner: who has hundreds must not stand before all others for weeks.
            place = func.row_number().over(partition_by=flagged.c.owner_id, order_by=best_first).label("place")
            ranked = select(flagged, place).where(new).subquery()
            statement = select(ranked).where(ranked.c.place <= MOST_A_DAY).order_by(ranked.c.place).limit(_AT_ONCE)
            found += [
                Flagged(customer_id=row.id, owner_id=row.owner_id, rule=rule.name, mark=row.mark)
                for row in await self._session.execute(statement)
            ]
        return found

    async def count_said(self, owner_ids: Sequence[int], *, since: datetime) -> Mapping[int, int]:
        statement = (
            select(_n.staff_id, func.count().label("many"))
            .where(_n.staff_id.in_(owner_ids), _n.key == "radar", _n.due_at >= since)
            .group_by(_n.staff_id)
        )
        return {row.staff_id: row.many for row in await self._session.execute(statement)}

    async def still(self, rule: Rule, customer_ids: Sequence[int], *, now: datetime) -> Mapping[int, datetime | None]:
        last = select(func.max(_a.at)).where(_CONTACT).correlate(tables.customers).scalar_subquery().label("last")
        statement = select(_c.id, last).where(_c.id.in_(customer_ids), flags(rule, now))
        return {row.id: row.last for row in await self._session.execute(statement)}

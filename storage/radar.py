"""Finds whom the radar's rules flag. The same conditions count in the report ``churn``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)

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
from storage import tables
from storage.epochs import epoch
from storage.ready import Ready, Together
from storage.repository import Repository
from storage.types import BigId, UtcDateTime

_c, _o, _a, _s, _t, _n = (
    tables.customers.c,
    tables.opportunities.c,
    tables.activities.c,
    tables.survey_answers.c,
    tables.tickets.c,
    tables.notifications.c,
)
_CONTACT = and_(_a.customer_id == _c.id, _a.kind != ActivityKind.NOTE)
_ACTIVE = text("tickets.status NOT IN ('resolved', 'closed')")  # as the partial index says it
_AT_ONCE = 200
_NOW = timedelta(0)
_MOMENT = UtcDateTime()
Ago = Callable[[timedelta], ColumnElement[datetime]]
"""The moment so long before the one that is asked of."""


def _silent(rule: Rule, ago: Ago) -> ColumnElement[bool]:
    since = ago(rule.after)
    spoken = exists().where(_CONTACT, _a.at >= since, _a.at <= ago(_NOW)).correlate(tables.customers)
    graded = () if rule.grades is None else (or_(*(_c.grade == grade for grade in rule.grades)),)
    return and_(*graded, _c.created_at < since, ~spoken)


def _rhythm(rule: Rule, ago: Ago) -> ColumnElement[bool]:
    """Silent for much longer than they usually are."""
    many, first, last = func.count(), epoch(func.min(_a.at)), epoch(func.max(_a.at))
    silence = epoch(ago(_NOW)) - last
    broken = and_(
        many >= rule.least,
        silence >= int(rule.after.total_seconds()),
        silence * (many - 1) > cast(rule.factor, Float) * (last - first),
    )
    lately = and_(_CONTACT, _a.at >= ago(rule.within), _a.at <= ago(_NOW))
    contacts = select(literal(1)).where(lately).correlate(tables.customers)
    return contacts.group_by(_a.customer_id).having(broken).exists()


def _low(rule: Rule, ago: Ago) -> ColumnElement[bool]:
    lately = and_(_s.answered_at >= ago(rule.after), _s.answered_at <= ago(_NOW))
    return exists().where(_s.customer_id == _c.id, _s.is_low, lately)


def _unanswered(rule: Rule, ago: Ago) -> ColumnElement[bool]:
    return exists().where(_t.customer_id == _c.id, *_waiting(ago))


def _waiting(ago: Ago) -> tuple[ColumnElement[bool], ...]:
    return (_ACTIVE, _t.first_answered_at.is_(None), _t.answer_due_at < ago(_NOW))  # type: ignore[return-value]


CONDITIONS: Mapping[str, Callable[[Rule, Ago], ColumnElement[bool]]] = {
    UNANSWERED.name: _unanswered,
    LOW_SCORE.name: _low,
    KEY_SILENT.name: _silent,
    RHYTHM.name: _rhythm,
    SILENT.name: _silent,
}


@lru_cache(maxsize=64)
def flags(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Does the rule flag this row of ``customers``?"""
    return CONDITIONS[rule.name](rule, lambda span: literal(now - span, _MOMENT))


@lru_cache(maxsize=8)  # a report asks for it several times, and it is large
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


def _mark(rule: Rule, ago: Ago) -> ColumnElement[Any]:
    """What it is flagged for: the oldest such ticket, the newest low score, else the last contact."""
    if rule is UNANSWERED:
        found = select(func.min(_t.id)).where(_t.customer_id == _c.id, *_waiting(ago))
    elif rule is LOW_SCORE:
        found = select(func.max(_s.id)).where(_s.customer_id == _c.id, _s.is_low)
    else:
        found = select(func.max(_a.id)).where(_CONTACT)
    return func.coalesce(found.correlate(tables.customers).scalar_subquery(), 0)


# ---------------------------------------------------------------- once a minute


def _named(span: timedelta) -> str:
    return f"ago_{span // timedelta(seconds=1)}"


def _ago(span: timedelta) -> ColumnElement[datetime]:
    return bindparam(_named(span), type_=_MOMENT)


@cache
def _new(rule: Rule) -> Ready:
    """Whom the rule flags anew: the planner asks it each minute, so it is not built each minute."""
    mark = _mark(rule, _ago).label("mark")
    window = (_c.id >= bindparam("first", type_=BigId), _c.id < bindparam("end", type_=BigId))
    whom = and_(*window, _c.owner_id.is_not(None), CONDITIONS[rule.name](rule, _ago))
    flagged = select(_c.id, _c.owner_id, _c.grade, mark).where(whom).subquery()
    key = f"radar:{rule.name}:" + cast(flagged.c.id, String) + ":" + cast(flagged.c.mark, String)
    new = ~exists().where(_n.dedupe_key == key)
    best_first = (case((flagged.c.grade == "A", 0), else_=1), flagged.c.id)
    # The first few of each owner: who has hundreds must not stand before all others for weeks.
    place = func.row_number().over(partition_by=flagged.c.owner_id, order_by=best_first).label("place")
    ranked = select(flagged, place).where(new).subquery()
    few = select(ranked.c.id, ranked.c.owner_id, ranked.c.mark).where(ranked.c.place <= MOST_A_DAY)
    return Ready(few.order_by(ranked.c.place).limit(bindparam("most", type_=Integer)))


class SqlRadar(Repository):
    async def largest_id(self) -> int:
        return await self._session.scalar(_LARGEST_ID) or 0

    async def list_new(self, rules: Sequence[Rule], *, ids: tuple[int, int], now: datetime) -> Sequence[Flagged]:
        await self._flush_changes()
        together = Together(self._session)
        found = [(rule, together.add(_new(rule), _given(rule, ids, now))) for rule in rules]
        await together.run()
        return [
            Flagged(customer_id=customer_id, owner_id=owner_id, rule=rule.name, mark=mark)
            for rule, rows in found
            for customer_id, owner_id, mark in rows
        ]

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


_LARGEST_ID = select(func.max(_c.id))


def _given(rule: Rule, ids: tuple[int, int], now: datetime) -> dict[str, Any]:
    moments = {_named(span): now - span for span in (_NOW, rule.after, rule.within)}
    return {**moments, "first": ids[0], "end": ids[1], "most": _AT_ONCE}

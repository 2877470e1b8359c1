"""Leads, sales and what somebody is to sell: what each number of them counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, extract, func, or_, true

from domain.activities.model import ActivityKind
from domain.leads.model import LeadStatus
from domain.reports.chances import HISTORY
from domain.reports.model import STUCK_AFTER, Asked
from storage import tables
from storage.counted.section import Condition, Section, by, each_row, in_time
from storage.epochs import epoch
from storage.visibility import visible_leads, visible_opportunities, visible_quotas

_l = tables.leads.c
_o = tables.opportunities.c
_a = tables.activities.c

WAS_SPOKEN_TO = exists().where(_a.lead_id == _l.id, _a.kind != ActivityKind.NOTE)
HAS_WON = exists().where(_o.customer_id == _l.customer_id, _o.stage == "won")
QUALIFIED = _l.status.in_(("qualified", "converted"))
CONVERTED = _l.status == "converted"


def funnel(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "contacted": or_(QUALIFIED, WAS_SPOKEN_TO),
        "qualified": QUALIFIED,
        "converted": CONVERTED,
        "won": and_(CONVERTED, HAS_WON),
    }


def sources(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "converted": CONVERTED, "won": and_(CONVERTED, HAS_WON)}


def leads(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="lead",
        table=tables.leads,
        owner=_l.owner_id,
        visible=visible_leads,
        within=in_time(_l.created_at),
        at=_l.created_at,
        **parts,
    )


STILL_A_LEAD = _l.status.in_((LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED))


def duplicates(asked: Asked) -> Mapping[str, Condition]:
    """An older lead or customer of the same company."""
    older, known = tables.leads.alias("older"), tables.customers.c
    as_lead = exists().where(older.c.company_key == _l.company_key, older.c.id < _l.id)
    as_customer = exists().where(known.name_key == _l.company_key, known.created_at < _l.created_at)
    return {"all": true(), "duplicate": and_(_l.company_key != "", or_(as_lead, as_customer))}


SINCE = func.coalesce(_o.stage_since, _o.created_at)  # in its stage
OPEN_DEAL = _o.closed_at.is_(None)
WON, LOST = _o.stage == "won", _o.stage == "lost"


def deals(name: str, *, at: ColumnElement[Any] = _o.closed_at, **parts: Any) -> Section:
    return Section(
        name=name,
        record="opportunity",
        table=tables.opportunities,
        owner=_o.owner_id,
        visible=visible_opportunities,
        at=at,
        **parts,
    )


def closed_as(outcome: Condition) -> Callable[[Asked], Condition]:
    return lambda asked: and_(outcome, in_time(_o.closed_at)(asked))


def expected(asked: Asked) -> Condition:
    """What is expected until the last day, what is late, and what nobody gave a day."""
    return and_(OPEN_DEAL, or_(_o.expected_on.is_(None), _o.expected_on <= asked.last))


def month(asked: Asked) -> ColumnElement[Any]:
    month = cast(extract("year", _o.expected_on) * 100 + extract("month", _o.expected_on), String)
    return case((_o.expected_on.is_(None), "none"), (_o.expected_on < asked.today, "late"), else_=month)


def ages(asked: Asked) -> Mapping[str, Condition]:
    """How long open deals have been where they are: to a week, a month, three, longer."""
    age = (int(asked.now.timestamp()) - epoch(SINCE)) / 86400.0
    return {
        "all": true(),
        "week": age < 7,
        "month": and_(age >= 7, age < 30),
        "quarter": and_(age >= 30, age < 90),
        "longer": age >= 90,
        "stuck": age >= STUCK_AFTER.days,
    }


def ended(asked: Asked) -> Condition:
    """What says how likely others are won: see ``domain.reports.chances``."""
    return and_(_o.closed_at >= asked.now - HISTORY, _o.closed_at < asked.now, _o.ended_in.is_not(None))


def came_to(asked: Asked) -> Mapping[str, Condition]:
    """What was won passed every stage; what was lost came as far as the stage that it ended in."""
    stages = tuple(asked.chances)
    return {
        "all": true(),
        "won": WON,
        **{f"to-{stage}": or_(WON, _o.ended_in.in_(stages[place:])) for place, stage in enumerate(stages)},
    }


def standing(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "stuck": ages(asked)["stuck"]}


def each_stage(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), **{stage: _o.stage == stage for stage in asked.stages}}


_q = tables.quotas.c
QUOTAS = Section(
    name="quotas",
    record="quota",
    table=tables.quotas,
    owner=_q.staff_id,
    visible=visible_quotas,
    within=lambda asked: and_(_q.month >= asked.first, _q.month <= asked.last, _q.amount_minor.is_not(None)),
    measures=each_row,
    group=by(_q.staff_id),
    sums="all",
)

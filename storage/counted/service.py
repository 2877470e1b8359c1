"""Tickets, satisfaction and customers: what each number of them counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select, true

from domain.reports.model import SILENT_AFTER, Asked
from domain.tickets.model import ACTIVE, Category
from storage import tables
from storage.counted.section import Condition, Section, by_cut, in_time
from storage.visibility import visible_customers, visible_survey_answers, visible_tickets

_t = tables.tickets.c
_a = tables.activities.c

ANSWERED = _t.first_answered_at.is_not(None)
IN_TIME = and_(ANSWERED, or_(_t.answer_due_at.is_(None), _t.first_answered_at <= _t.answer_due_at))
SOLVED = _t.resolved_at.is_not(None)


def answered_and_solved(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "answered": ANSWERED,
        "in_time": IN_TIME,
        "solved": SOLVED,
        "open": _t.status.in_(ACTIVE),
    }


def tickets(name: str, **parts: Any) -> Section:
    """A ticket that went into another is counted there."""
    return Section(
        name=name,
        record="ticket",
        table=tables.tickets,
        owner=_t.assignee_id,
        visible=visible_tickets,
        **{"within": lambda asked: and_(_t.merged_into_id.is_(None), in_time(_t.opened_at)(asked)), "at": _t.opened_at, **parts},
    )  # fmt: skip


def levels(asked: Asked) -> Mapping[str, Condition]:
    """What was promised, kept and not kept; what is not due yet is neither."""
    solved_in_time = and_(SOLVED, or_(_t.solve_due_at.is_(None), _t.resolved_at <= _t.solve_due_at))
    return {
        "all": true(),
        "in_time": IN_TIME,
        "not_in_time": or_(and_(ANSWERED, ~IN_TIME), and_(~ANSWERED, _t.answer_due_at < asked.now)),
        "solved_in_time": solved_in_time,
        "not_solved_in_time": or_(
            and_(SOLVED, _t.resolved_at > _t.solve_due_at), and_(~SOLVED, _t.solve_due_at < asked.now)
        ),
    }


def complaints(asked: Asked) -> Condition:
    return and_(_t.category == Category.COMPLAINT, SOLVED, _t.merged_into_id.is_(None), in_time(_t.resolved_at)(asked))


_s = tables.survey_answers.c
OF_A_CUSTOMER = or_(_s.contact_id.is_not(None), _s.lead_id.is_not(None))  # else it is a test


def of_kind(kind: str) -> Condition:
    return _s.survey_id.in_(select(tables.surveys.c.id).where(tables.surveys.c.kind == kind))


def csat(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "low": _s.is_low, **{f"s{score}": _s.score == score for score in range(1, 6)}}


def nps(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "promoters": _s.score >= 9,
        "passives": and_(_s.score >= 7, _s.score <= 8),
        "detractors": _s.score <= 6,
    }


def replied(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "replied": _s.answered_at.is_not(None)}


def answers(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="survey_answer",
        table=tables.survey_answers,
        owner=_s.about_id,
        visible=visible_survey_answers,
        **{"at": _s.answered_at, **parts},
    )


def scored(name: str, kind: str, measures: Callable[[Asked], Mapping[str, Condition]]) -> Section:
    def within(asked: Asked) -> Condition:
        return and_(of_kind(kind), OF_A_CUSTOMER, _s.score.is_not(None), in_time(_s.answered_at)(asked))

    return answers(name, within=within, measures=measures, group=by_cut(_s.answered_at), score=_s.score)


def unhappy(asked: Asked) -> Condition:
    """What was said beside a low score."""
    return and_(OF_A_CUSTOMER, _s.is_low, _s.comment.is_not(None), in_time(_s.answered_at)(asked))


def sent(asked: Asked) -> Condition:
    went_out = or_(_s.sent_at.is_not(None), _s.answered_at.is_not(None))
    return and_(OF_A_CUSTOMER, went_out, in_time(_s.at)(asked))


_c = tables.customers.c


def silent_at(moment: datetime) -> Condition:
    """Known for so long by then, and nothing happened in between."""
    since = moment - SILENT_AFTER
    happened = exists().where(_a.customer_id == _c.id, _a.at >= since, _a.at < moment)
    return and_(_c.created_at < since, ~happened)


def silence(asked: Asked) -> Mapping[str, Condition]:
    end = min(asked.until, asked.now)
    return {
        "known": _c.created_at < end - SILENT_AFTER,
        "silent": silent_at(end),
        "known_before": _c.created_at < asked.since - SILENT_AFTER,
        "silent_before": silent_at(asked.since),
    }


CUSTOMERS = Section(
    name="customers",
    record="customer",
    table=tables.customers,
    owner=_c.owner_id,
    visible=visible_customers,
    within=lambda asked: true(),
    measures=lambda asked: {"all": true(), **silence(asked)},
    at=_c.created_at,
)

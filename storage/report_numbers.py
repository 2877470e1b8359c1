"""What each number of a report counts: docs/users/reports.md says the same in words, line by line.

A report is one section or several; a section counts the rows of one table, each row in one line (``group``) and in any
number of numbers (``measures``). The rows behind a number are found by the very conditions that counted it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    true,
)

from domain.activities.model import ActivityKind
from domain.leads.model import LeadStatus
from domain.radar.rules import RULES
from domain.reports.chances import HISTORY
from domain.reports.model import NEXT_WITHIN, ON_TIME_WITHIN, SAME_DAY_WITHIN, SILENT_AFTER, STUCK_AFTER, Asked, Report
from domain.tickets.model import ACTIVE, Category
from storage import tables
from storage.epochs import epoch
from storage.radar import flags, tried
from storage.visibility import (
    Reach,
    visible_activities,
    visible_customers,
    visible_followups,
    visible_leads,
    visible_opportunities,
    visible_quotas,
    visible_survey_answers,
    visible_tickets,
)

Condition = ColumnElement[bool]
_l, _o, _a, _f, _t = (
    tables.leads.c,
    tables.opportunities.c,
    tables.activities.c,
    tables.followups.c,
    tables.tickets.c,
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """``within`` are the rows of the time that was asked, ``measures`` which of them each number counts (all: each).
    ``sums`` adds up amounts, of the rows that this measure counts; ``median`` is the span from
    one moment to another, None to now. ``score`` is added up for averages. ``weighted``: of sales, each amount counts as far as
    it is likely to be won; their lines are told how likely where ``chances`` is set."""

    name: str
    record: str
    table: Table
    owner: ColumnElement[Any]
    visible: Callable[[Reach], Condition]
    within: Callable[[Asked], Condition]
    measures: Callable[[Asked], Mapping[str, Condition]]
    group: Callable[[Asked], ColumnElement[Any]] | None = None
    sums: str | None = None
    median: tuple[ColumnElement[Any], ColumnElement[Any] | None] | None = None
    at: ColumnElement[Any] | None = None
    score: ColumnElement[Any] | None = None
    weighted: bool = False
    chances: bool = False


def _in(moment: ColumnElement[Any]) -> Callable[[Asked], Condition]:
    return lambda asked: and_(moment >= asked.since, moment < asked.until)


def _all(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true()}


def _by(column: ColumnElement[Any]) -> Callable[[Asked], ColumnElement[Any]]:
    return lambda asked: column


def _cut(moment: ColumnElement[Any]) -> Callable[[Asked], ColumnElement[Any]]:
    """Which of ``Asked.cuts`` the moment lies behind: 0 for the first week or month."""

    def place(asked: Asked) -> ColumnElement[Any]:
        later = [(moment < cut, literal(number)) for number, cut in enumerate(asked.cuts[1:])]
        return case(*later, else_=literal(len(asked.cuts) - 1)) if later else literal(0)

    return place


def _each_cut(moment: ColumnElement[Any], of: Condition) -> Callable[[Asked], Mapping[str, Condition]]:
    """``all``, and by month: ``m0`` is the first."""
    place = _cut(moment)
    return lambda asked: {
        "all": of,
        **{f"m{number}": and_(of, place(asked) == number) for number in range(len(asked.cuts))},
    }


# ---------------------------------------------------------------- leads

_WAS_SPOKEN_TO = exists().where(_a.lead_id == _l.id, _a.kind != ActivityKind.NOTE)
_HAS_WON = exists().where(_o.customer_id == _l.customer_id, _o.stage == "won")
_QUALIFIED = _l.status.in_(("qualified", "converted"))
_CONVERTED = _l.status == "converted"


def _funnel(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "contacted": or_(_QUALIFIED, _WAS_SPOKEN_TO),
        "qualified": _QUALIFIED,
        "converted": _CONVERTED,
        "won": and_(_CONVERTED, _HAS_WON),
    }


def _sources(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "converted": _CONVERTED, "won": and_(_CONVERTED, _HAS_WON)}


def _leads(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="lead",
        table=tables.leads,
        owner=_l.owner_id,
        visible=visible_leads,
        within=_in(_l.created_at),
        at=_l.created_at,
        **parts,
    )


# ---------------------------------------------------------------- opportunities

_SINCE = func.coalesce(_o.stage_since, _o.created_at)  # in its stage
_OPEN_DEAL = _o.closed_at.is_(None)
_WON, _LOST = _o.stage == "won", _o.stage == "lost"


def _deals(name: str, *, at: ColumnElement[Any] = _o.closed_at, **parts: Any) -> Section:
    return Section(
        name=name,
        record="opportunity",
        table=tables.opportunities,
        owner=_o.owner_id,
        visible=visible_opportunities,
        at=at,
        **parts,
    )


def _closed_as(outcome: Condition) -> Callable[[Asked], Condition]:
    return lambda asked: and_(outcome, _in(_o.closed_at)(asked))


def _expected(asked: Asked) -> Condition:
    """What is expected until the last day, what is late, and what nobody gave a day."""
    return and_(_OPEN_DEAL, or_(_o.expected_on.is_(None), _o.expected_on <= asked.last))


def _month(asked: Asked) -> ColumnElement[Any]:
    month = cast(extract("year", _o.expected_on) * 100 + extract("month", _o.expected_on), String)
    return case((_o.expected_on.is_(None), "none"), (_o.expected_on < asked.today, "late"), else_=month)


def _ages(asked: Asked) -> Mapping[str, Condition]:
    """How long open deals have been where they are: to a week, a month, three, longer."""
    age = (int(asked.now.timestamp()) - epoch(_SINCE)) / 86400.0
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


def _came_to(asked: Asked) -> Mapping[str, Condition]:
    """What was won passed every stage; what was lost came as far as the stage that it ended in."""
    stages = tuple(asked.chances)
    return {
        "all": true(),
        "won": _WON,
        **{f"to-{stage}": or_(_WON, _o.ended_in.in_(stages[place:])) for place, stage in enumerate(stages)},
    }


def _standing(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "stuck": _ages(asked)["stuck"]}


def _each_stage(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), **{stage: _o.stage == stage for stage in asked.stages}}


# ---------------------------------------------------------------- what was done, what must be


def _kinds(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), **{kind.value: _a.kind == kind for kind in ActivityKind}}


_GRACE = case((_f.has_hour, int(ON_TIME_WITHIN.total_seconds())), else_=int(SAME_DAY_WITHIN.total_seconds()))
_WAS_DONE = _f.status == "done"
_ON_TIME = and_(_WAS_DONE, epoch(_f.closed_at) - epoch(_f.due_at) <= _GRACE)
_STILL_OPEN = _f.status == "open"


def _due(asked: Asked) -> Condition:
    """Due in the time asked, and by now; who cancelled one owes nothing."""
    return and_(_f.status != "cancelled", _in(_f.due_at)(asked), _f.due_at < asked.now)


def _is_over(asked: Asked) -> Condition:
    """Past its hour; what has a day alone has all of it, as for being on time."""
    return or_(and_(_f.has_hour, _f.due_at < asked.now), _f.due_at < asked.now - SAME_DAY_WITHIN)


def _timeliness(asked: Asked) -> Mapping[str, Condition]:
    late = and_(_WAS_DONE, epoch(_f.closed_at) - epoch(_f.due_at) > _GRACE)
    return {"all": true(), "on_time": _ON_TIME, "late": late, "open": _STILL_OPEN}


def _followups(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="followup",
        table=tables.followups,
        owner=_f.owner_id,
        visible=visible_followups,
        **{"at": _f.due_at, "measures": _all, **parts},
    )


def _activities(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="activity",
        table=tables.activities,
        owner=_a.by_id,
        visible=visible_activities,
        at=_a.at,
        **{"within": _in(_a.at), "group": _by(_a.by_id), **parts},
    )


def _written_by_hand(asked: Asked) -> Condition:
    return and_(_in(_a.at)(asked), _a.began_at.is_not(None))


# ---------------------------------------------------------------- tickets

_ANSWERED = _t.first_answered_at.is_not(None)
_IN_TIME = and_(_ANSWERED, or_(_t.answer_due_at.is_(None), _t.first_answered_at <= _t.answer_due_at))
_SOLVED = _t.resolved_at.is_not(None)


def _service(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "answered": _ANSWERED,
        "in_time": _IN_TIME,
        "solved": _SOLVED,
        "open": _t.status.in_(ACTIVE),
    }


def _tickets(name: str, **parts: Any) -> Section:
    """A ticket that went into another is counted there."""
    return Section(
        name=name,
        record="ticket",
        table=tables.tickets,
        owner=_t.assignee_id,
        visible=visible_tickets,
        **{"within": lambda asked: and_(_t.merged_into_id.is_(None), _in(_t.opened_at)(asked)), "at": _t.opened_at, **parts},
    )  # fmt: skip


def _levels(asked: Asked) -> Mapping[str, Condition]:
    """What was promised, kept and not kept; what is not due yet is neither."""
    solved_in_time = and_(_SOLVED, or_(_t.solve_due_at.is_(None), _t.resolved_at <= _t.solve_due_at))
    return {
        "all": true(),
        "in_time": _IN_TIME,
        "not_in_time": or_(and_(_ANSWERED, ~_IN_TIME), and_(~_ANSWERED, _t.answer_due_at < asked.now)),
        "solved_in_time": solved_in_time,
        "not_solved_in_time": or_(
            and_(_SOLVED, _t.resolved_at > _t.solve_due_at), and_(~_SOLVED, _t.solve_due_at < asked.now)
        ),
    }


def _complaints(asked: Asked) -> Condition:
    return and_(_t.category == Category.COMPLAINT, _SOLVED, _t.merged_into_id.is_(None), _in(_t.resolved_at)(asked))


# ---------------------------------------------------------------- satisfaction

_s = tables.survey_answers.c
_OF_A_CUSTOMER = or_(_s.contact_id.is_not(None), _s.lead_id.is_not(None))  # else it is a test


def _of_kind(kind: str) -> Condition:
    return _s.survey_id.in_(select(tables.surveys.c.id).where(tables.surveys.c.kind == kind))


def _csat(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "low": _s.is_low, **{f"s{score}": _s.score == score for score in range(1, 6)}}


def _nps(asked: Asked) -> Mapping[str, Condition]:
    return {
        "all": true(),
        "promoters": _s.score >= 9,
        "passives": and_(_s.score >= 7, _s.score <= 8),
        "detractors": _s.score <= 6,
    }


def _asked(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), "replied": _s.answered_at.is_not(None)}


def _answers(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="survey_answer",
        table=tables.survey_answers,
        owner=_s.about_id,
        visible=visible_survey_answers,
        **{"at": _s.answered_at, **parts},
    )


def _scored(name: str, kind: str, measures: Callable[[Asked], Mapping[str, Condition]]) -> Section:
    def within(asked: Asked) -> Condition:
        return and_(_of_kind(kind), _OF_A_CUSTOMER, _s.score.is_not(None), _in(_s.answered_at)(asked))

    return _answers(name, within=within, measures=measures, group=_cut(_s.answered_at), score=_s.score)


def _unhappy(asked: Asked) -> Condition:
    """What was said beside a low score."""
    return and_(_OF_A_CUSTOMER, _s.is_low, _s.comment.is_not(None), _in(_s.answered_at)(asked))


def _sent(asked: Asked) -> Condition:
    went_out = or_(_s.sent_at.is_not(None), _s.answered_at.is_not(None))
    return and_(_OF_A_CUSTOMER, went_out, _in(_s.at)(asked))


# ---------------------------------------------------------------- customers, and leads that came twice

_c = tables.customers.c


def _silent_at(moment: datetime) -> Condition:
    """Known for so long by then, and nothing happened in between."""
    since = moment - SILENT_AFTER
    happened = exists().where(_a.customer_id == _c.id, _a.at >= since, _a.at < moment)
    return and_(_c.created_at < since, ~happened)


def _silence(asked: Asked) -> Mapping[str, Condition]:
    end = min(asked.until, asked.now)
    return {
        "known": _c.created_at < end - SILENT_AFTER,
        "silent": _silent_at(end),
        "known_before": _c.created_at < asked.since - SILENT_AFTER,
        "silent_before": _silent_at(asked.since),
    }


def _duplicates(asked: Asked) -> Mapping[str, Condition]:
    """An older lead or customer of the same company."""
    older, known = tables.leads.alias("older"), _c
    as_lead = exists().where(older.c.company_key == _l.company_key, older.c.id < _l.id)
    as_customer = exists().where(known.name_key == _l.company_key, known.created_at < _l.created_at)
    return {"all": true(), "duplicate": and_(_l.company_key != "", or_(as_lead, as_customer))}


_q = tables.quotas.c
_QUOTAS = Section(
    name="quotas",
    record="quota",
    table=tables.quotas,
    owner=_q.staff_id,
    visible=visible_quotas,
    within=lambda asked: and_(_q.month >= asked.first, _q.month <= asked.last, _q.amount_minor.is_not(None)),
    measures=_all,
    group=_by(_q.staff_id),
    sums="all",
)
_STILL_A_LEAD = _l.status.in_((LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED))

_CUSTOMERS = Section(
    name="customers",
    record="customer",
    table=tables.customers,
    owner=_c.owner_id,
    visible=visible_customers,
    within=lambda asked: true(),
    measures=lambda asked: {"all": true(), **_silence(asked)},
    at=_c.created_at,
)

SECTIONS: Mapping[Report, Sequence[Section]] = {
    Report.FUNNEL: (_leads("leads", measures=_funnel),),
    Report.SOURCES: (_leads("leads", measures=_sources, group=_by(_l.source)),),
    Report.CYCLE: (
        _deals("deals", within=_closed_as(_WON), measures=_all, group=_by(_o.owner_id), sums="all", median=(_o.created_at, _o.closed_at)),
    ),
    Report.ACTIVITY: (_activities("activities", measures=_kinds),),
    Report.TIMELINESS: (_followups("followups", within=_due, measures=_timeliness, group=_by(_f.owner_id)),),
    Report.FORECAST: (
        _deals("deals", at=_o.created_at, within=_expected, measures=_all, group=_month, sums="all", weighted=True),
        _deals("stages", at=_o.created_at, within=_expected, measures=_all, group=_by(_o.stage), sums="all", weighted=True, chances=True),
        _deals("ended", within=ended, measures=_came_to),
    ),
    Report.QUOTA: (
        _QUOTAS,
        _deals("won", within=_closed_as(_WON), measures=_all, group=_by(_o.owner_id), sums="all"),
        _deals("open", at=_o.created_at, within=_expected, measures=_all, group=_by(_o.owner_id), sums="all", weighted=True),
    ),
    Report.REVIEW: (
        _deals("stages", at=_SINCE, within=lambda asked: _OPEN_DEAL, measures=_standing, group=_by(_o.stage), sums="stuck", median=(_SINCE, None)),
        _leads("leads", measures=_sources, group=_by(_l.source)),
        replace(_leads("load", measures=_all, group=_by(_l.owner_id)), within=lambda asked: _STILL_A_LEAD),
        _followups("overdue", within=lambda asked: and_(_STILL_OPEN, _is_over(asked)), group=_by(_f.owner_id)),
    ),
    Report.SERVICE: (_tickets("tickets", measures=_levels, group=_cut(_t.opened_at)),),
    Report.LOSSES: (_deals("deals", within=_closed_as(_LOST), measures=_all, group=_by(_o.lost_reason), sums="all"),),
    Report.TICKETS: (
        _tickets("tickets", measures=_service, group=_by(_t.category), median=(_t.opened_at, _t.first_answered_at)),
    ),
    Report.NEEDS: (
        _tickets("tickets", measures=_each_cut(_t.opened_at, true()), group=_by(_t.category)),
        _deals("losses", within=_closed_as(_LOST), measures=_each_cut(_o.closed_at, true()), group=_by(_o.lost_reason)),
        _answers("words", within=_unhappy, measures=_each_cut(_s.answered_at, true()), group=_by(_s.survey)),
    ),
    Report.MEETING: (
        _activities("done", measures=_all),
        _followups("kept", at=_f.closed_at, within=lambda asked: and_(_WAS_DONE, _in(_f.closed_at)(asked)), group=_by(_f.owner_id)),
        _followups("overdue", within=lambda asked: and_(_STILL_OPEN, _is_over(asked)), group=_by(_f.owner_id)),
        _deals("stuck", at=_SINCE, within=lambda asked: and_(_OPEN_DEAL, asked.now - STUCK_AFTER > _SINCE), measures=_all, group=_by(_o.owner_id)),
        _followups("next", within=lambda asked: and_(_STILL_OPEN, ~_is_over(asked), _f.due_at < asked.now + NEXT_WITHIN), group=_by(_f.owner_id)),
    ),
    Report.FLOW: (
        _deals("stages", at=_SINCE, within=lambda asked: _OPEN_DEAL, measures=_ages, group=_by(_o.stage), median=(_SINCE, None)),
        _deals("who", at=_SINCE, within=lambda asked: _OPEN_DEAL, measures=_each_stage, group=_by(_o.owner_id)),
        _deals("ends", within=_in(_o.closed_at), measures=_all, group=_by(_o.stage), sums="all"),
    ),
    Report.AGEING: (_deals("stages", at=_SINCE, within=lambda asked: _OPEN_DEAL, measures=_ages, group=_by(_o.stage)),),
    Report.SATISFACTION: (
        _scored("csat", "csat", _csat),
        _scored("nps", "nps", _nps),
        _answers("asked", at=_s.at, within=_sent, measures=_asked),
    ),
    Report.CHURN: (replace(_CUSTOMERS, measures=lambda asked: {"all": true(), **{rule.name: flags(rule, asked.now) for rule in RULES}, **tried(asked.now)}),),
    Report.SCORECARD: (
        _followups("followups", within=_due, measures=_timeliness, group=_cut(_f.due_at)),
        _tickets("tickets", measures=_service, group=_cut(_t.opened_at), median=(_t.opened_at, _t.first_answered_at)),
        _tickets("complaints", at=_t.resolved_at, within=_complaints, measures=_all, group=_cut(_t.resolved_at), median=(_t.opened_at, _t.resolved_at)),
        _deals("deals", within=_closed_as(_WON), measures=_all, group=_cut(_o.closed_at), sums="all", median=(_o.created_at, _o.closed_at)),
        _followups("returns", within=lambda asked: and_(_due(asked), _f.customer_id.is_not(None)), measures=_timeliness, group=_cut(_f.due_at)),
        _leads("leads", measures=_duplicates, group=_cut(_l.created_at)),
        _activities("entries", within=_written_by_hand, measures=_all, group=_cut(_a.at), median=(_a.began_at, _a.created_at)),
        _scored("csat", "csat", _csat),
        _CUSTOMERS,
    ),
}  # fmt: skip

"""What each number of a report counts: docs/users/reports.md says the same in words, line by line.

A report is one section or several; a section counts the rows of one table, each row in one line (``group``) and in any
number of numbers (``measures``), as ``storage.counted`` says them. The rows behind a
number are found by the very conditions that counted it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import and_, true

from domain.radar.rules import RULES
from domain.reports.model import NEXT_WITHIN, STUCK_AFTER, Report
from storage import tables
from storage.counted import sales, service, work
from storage.counted.section import Section, by, by_cut, each_cut, each_row, in_time
from storage.radar import flags, tried

_l = tables.leads.c
_o = tables.opportunities.c
_a = tables.activities.c
_f = tables.followups.c
_t = tables.tickets.c
_s = tables.survey_answers.c

SECTIONS: Mapping[Report, Sequence[Section]] = {
    Report.FUNNEL: (sales.leads("leads", measures=sales.funnel),),
    Report.SOURCES: (sales.leads("leads", measures=sales.sources, group=by(_l.source)),),
    Report.CYCLE: (
        sales.deals("deals", within=sales.closed_as(sales.WON), measures=each_row, group=by(_o.owner_id), sums="all", median=(_o.created_at, _o.closed_at)),
    ),
    Report.ACTIVITY: (work.activities("activities", measures=work.kinds),),
    Report.TIMELINESS: (work.followups("followups", within=work.due, measures=work.timeliness, group=by(_f.owner_id)),),
    Report.FORECAST: (
        sales.deals("deals", at=_o.created_at, within=sales.expected, measures=each_row, group=sales.month, sums="all", weighted=True),
        sales.deals("stages", at=_o.created_at, within=sales.expected, measures=each_row, group=by(_o.stage), sums="all", weighted=True, chances=True),
        sales.deals("ended", within=sales.ended, measures=sales.came_to),
    ),
    Report.QUOTA: (
        sales.QUOTAS,
        sales.deals("won", within=sales.closed_as(sales.WON), measures=each_row, group=by(_o.owner_id), sums="all"),
        sales.deals("open", at=_o.created_at, within=sales.expected, measures=each_row, group=by(_o.owner_id), sums="all", weighted=True),
    ),
    Report.REVIEW: (
        sales.deals("stages", at=sales.SINCE, within=lambda asked: sales.OPEN_DEAL, measures=sales.standing, group=by(_o.stage), sums="stuck", median=(sales.SINCE, None)),
        sales.leads("leads", measures=sales.sources, group=by(_l.source)),
        replace(sales.leads("load", measures=each_row, group=by(_l.owner_id)), within=lambda asked: sales.STILL_A_LEAD),
        work.followups("overdue", within=lambda asked: and_(work.STILL_OPEN, work.is_over(asked)), group=by(_f.owner_id)),
    ),
    Report.SERVICE: (service.tickets("tickets", measures=service.levels, group=by_cut(_t.opened_at)),),
    Report.LOSSES: (sales.deals("deals", within=sales.closed_as(sales.LOST), measures=each_row, group=by(_o.lost_reason), sums="all"),),
    Report.TICKETS: (
        service.tickets("tickets", measures=service.answered_and_solved, group=by(_t.category), median=(_t.opened_at, _t.first_answered_at)),
    ),
    Report.NEEDS: (
        service.tickets("tickets", measures=each_cut(_t.opened_at, true()), group=by(_t.category)),
        sales.deals("losses", within=sales.closed_as(sales.LOST), measures=each_cut(_o.closed_at, true()), group=by(_o.lost_reason)),
        service.answers("words", within=service.unhappy, measures=each_cut(_s.answered_at, true()), group=by(_s.survey)),
    ),
    Report.MEETING: (
        work.activities("done", measures=each_row),
        work.followups("kept", at=_f.closed_at, within=lambda asked: and_(work.WAS_DONE, in_time(_f.closed_at)(asked)), group=by(_f.owner_id)),
        work.followups("overdue", within=lambda asked: and_(work.STILL_OPEN, work.is_over(asked)), group=by(_f.owner_id)),
        sales.deals("stuck", at=sales.SINCE, within=lambda asked: and_(sales.OPEN_DEAL, asked.now - STUCK_AFTER > sales.SINCE), measures=each_row, group=by(_o.owner_id)),
        work.followups("next", within=lambda asked: and_(work.STILL_OPEN, ~work.is_over(asked), _f.due_at < asked.now + NEXT_WITHIN), group=by(_f.owner_id)),
    ),
    Report.FLOW: (
        sales.deals("stages", at=sales.SINCE, within=lambda asked: sales.OPEN_DEAL, measures=sales.ages, group=by(_o.stage), median=(sales.SINCE, None)),
        sales.deals("who", at=sales.SINCE, within=lambda asked: sales.OPEN_DEAL, measures=sales.each_stage, group=by(_o.owner_id)),
        sales.deals("ends", within=in_time(_o.closed_at), measures=each_row, group=by(_o.stage), sums="all"),
    ),
    Report.AGEING: (sales.deals("stages", at=sales.SINCE, within=lambda asked: sales.OPEN_DEAL, measures=sales.ages, group=by(_o.stage)),),
    Report.SATISFACTION: (
        service.scored("csat", "csat", service.csat),
        service.scored("nps", "nps", service.nps),
        service.answers("asked", at=_s.at, within=service.sent, measures=service.replied),
    ),
    Report.CHURN: (replace(service.CUSTOMERS, measures=lambda asked: {"all": true(), **{rule.name: flags(rule, asked.now) for rule in RULES}, **tried(asked.now)}),),
    Report.SCORECARD: (
        work.followups("followups", within=work.due, measures=work.timeliness, group=by_cut(_f.due_at)),
        service.tickets("tickets", measures=service.answered_and_solved, group=by_cut(_t.opened_at), median=(_t.opened_at, _t.first_answered_at)),
        service.tickets("complaints", at=_t.resolved_at, within=service.complaints, measures=each_row, group=by_cut(_t.resolved_at), median=(_t.opened_at, _t.resolved_at)),
        sales.deals("deals", within=sales.closed_as(sales.WON), measures=each_row, group=by_cut(_o.closed_at), sums="all", median=(_o.created_at, _o.closed_at)),
        work.followups("returns", within=lambda asked: and_(work.due(asked), _f.customer_id.is_not(None)), measures=work.timeliness, group=by_cut(_f.due_at)),
        sales.leads("leads", measures=sales.duplicates, group=by_cut(_l.created_at)),
        work.activities("entries", within=work.written_by_hand, measures=each_row, group=by_cut(_a.at), median=(_a.began_at, _a.created_at)),
        service.scored("csat", "csat", service.csat),
        service.CUSTOMERS,
    ),
}  # fmt: skip

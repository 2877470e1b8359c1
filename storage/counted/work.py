"""What was done and what must be: what each number of entries and follow-ups counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, case, or_, true

from domain.activities.model import ActivityKind
from domain.reports.model import ON_TIME_WITHIN, SAME_DAY_WITHIN, Asked
from storage import tables
from storage.counted.section import Condition, Section, by, each_row, in_time
from storage.epochs import epoch
from storage.visibility import visible_activities, visible_followups

_a = tables.activities.c
_f = tables.followups.c


def kinds(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true(), **{kind.value: _a.kind == kind for kind in ActivityKind}}


GRACE = case((_f.has_hour, int(ON_TIME_WITHIN.total_seconds())), else_=int(SAME_DAY_WITHIN.total_seconds()))
WAS_DONE = _f.status == "done"
ON_TIME = and_(WAS_DONE, epoch(_f.closed_at) - epoch(_f.due_at) <= GRACE)
STILL_OPEN = _f.status == "open"


def due(asked: Asked) -> Condition:
    """Due in the time asked, and by now; who cancelled one owes nothing."""
    return and_(_f.status != "cancelled", in_time(_f.due_at)(asked), _f.due_at < asked.now)


def is_over(asked: Asked) -> Condition:
    """Past its hour; what has a day alone has all of it, as for being on time."""
    return or_(and_(_f.has_hour, _f.due_at < asked.now), _f.due_at < asked.now - SAME_DAY_WITHIN)


def timeliness(asked: Asked) -> Mapping[str, Condition]:
    late = and_(WAS_DONE, epoch(_f.closed_at) - epoch(_f.due_at) > GRACE)
    return {"all": true(), "on_time": ON_TIME, "late": late, "open": STILL_OPEN}


def followups(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="followup",
        table=tables.followups,
        owner=_f.owner_id,
        visible=visible_followups,
        **{"at": _f.due_at, "measures": each_row, **parts},
    )


def activities(name: str, **parts: Any) -> Section:
    return Section(
        name=name,
        record="activity",
        table=tables.activities,
        owner=_a.by_id,
        visible=visible_activities,
        at=_a.at,
        **{"within": in_time(_a.at), "group": by(_a.by_id), **parts},
    )


def written_by_hand(asked: Asked) -> Condition:
    return and_(in_time(_a.at)(asked), _a.began_at.is_not(None))

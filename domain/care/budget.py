"""How much a customer's person hears of us without having asked: little, the more important first, and nothing they switched off.

What was said to them the outbox knows, and of questions also the surveys: one in a group is for several people. Asked
twice: when something is planned, and when it is about to be sent. See docs/decisions/0022.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.notifications.model import Notification, Urgency
from domain.people.consent import UNASKED
from domain.people.model import Topic
from domain.ports import UnitOfWork


class Kind(StrEnum):
    """What may be sent, the more important first: of two that are due together only the first goes out."""

    CSAT = "csat"  # after a ticket
    VISIT = "visit"  # after a visit, a delivery
    NPS = "nps"
    SURVEY = "survey"  # any other
    NEWS = "news"
    GREETING = "greeting"


KEYS: Mapping[str, Kind] = {
    "survey-csat": Kind.CSAT,
    "survey-visit": Kind.VISIT,
    "survey-nps": Kind.NPS,
    "survey-form": Kind.SURVEY,
    "broadcast": Kind.NEWS,
    "care-greeting": Kind.GREETING,
}
"""The keys by which such things stand in the outbox. A row of one of these that names a contact uses their budget."""
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
SURVEYS = frozenset({Kind.CSAT, Kind.VISIT, Kind.NPS, Kind.SURVEY})
BETWEEN_SURVEYS = timedelta(days=7)
BETWEEN_NPS = timedelta(days=90)
BETWEEN_NEWS = timedelta(days=14)
SURVEY_BEFORE_NEWS = timedelta(days=1)
PAUSES: Mapping[Kind, Sequence[tuple[frozenset[Kind], timedelta]]] = {
    Kind.CSAT: ((SURVEYS, BETWEEN_SURVEYS),),
    Kind.VISIT: ((SURVEYS, BETWEEN_SURVEYS),),
    Kind.NPS: ((SURVEYS, BETWEEN_SURVEYS), (frozenset({Kind.NPS}), BETWEEN_NPS)),
    Kind.SURVEY: ((SURVEYS, BETWEEN_SURVEYS),),
    Kind.NEWS: ((frozenset({Kind.NEWS}), BETWEEN_NEWS), (SURVEYS, SURVEY_BEFORE_NEWS)),
    Kind.GREETING: (),
}
"""How long after which others a kind must wait. Greetings neither wait nor make anything wait."""
LOOK_BACK = max(pause for pauses in PAUSES.values() for _, pause in pauses)
WHILE_COMPLAINING = frozenset({Kind.CSAT})
OPTED_OUT, COMPLAINT_OPEN, COOL_DOWN = "opted-out", "complaint-open", "cool-down"


@dataclass(frozen=True, kw_only=True)
class SaidTo:
    """Something of these kinds that somebody was sent, or is to be sent, at ``at``. ``row_id`` is the outbox's."""

    row_id: int
    kind: Kind
    at: datetime
    is_sent: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of one contact. ``complains``: their company has a complaint that nobody has solved yet."""

    wishes: Mapping[Topic, bool] = field(default_factory=lambda: UNASKED)
    said: Sequence[SaidTo] = ()
    complains: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``reason`` None: it may be sent. Else why not, and from when on it may, None where nobody can say."""

    reason: str | None = None
    again_at: datetime | None = None

    @property
    def is_allowed(self) -> bool:
        return self.reason is None


ALLOWED = Verdict()


def topic_of(kind: Kind) -> Topic:
    """What somebody switches off who does not want this kind."""
    if kind is Kind.GREETING:
        return Topic.GREETINGS
    return Topic.SURVEYS if kind in SURVEYS else Topic.MARKETING


def verdict(standing: Standing, kind: Kind, *, at: datetime, row_id: int | None = None) -> Verdict:
    """May this contact be sent this kind at ``at`` (aware UTC)?

    ``row_id`` is its own row, once it stands in the outbox. What was sent counts, and what is to be sent and goes first:
    a more important kind, or of the same kind what was planned before.
    """
    if not standing.wishes[topic_of(kind)]:
        return Verdict(reason=OPTED_OUT)
    if standing.complains and kind not in WHILE_COMPLAINING and kind is not Kind.GREETING:
        return Verdict(reason=COMPLAINT_OPEN)
    again = [
        said.at + pause
        for said in standing.said
        for kinds, pause in PAUSES[kind]
        if said.kind in kinds and abs(at - said.at) < pause and _goes_first(said, kind, row_id)
    ]
    return Verdict(reason=COOL_DOWN, again_at=max(again)) if again else ALLOWED


def _goes_first(said: SaidTo, kind: Kind, row_id: int | None) -> bool:
    if said.row_id == row_id:
        return False
    if said.is_sent or _RANK[said.kind] < _RANK[kind]:
        return True
    return said.kind is kind and (row_id is None or said.row_id < row_id)


async def standings(uow: UnitOfWork, contact_ids: Collection[int], *, at: datetime) -> Mapping[int, Standing]:
    """What ``verdict`` needs, for each of these contacts; four statements for any number of them."""
    ids = sorted(set(contact_ids))
    if not ids:
        return {}
    said = await uow.outreach.said_to(ids, since=at - LOOK_BACK)
    wishes = await uow.outreach.wishes_of(ids)
    complaining = await uow.outreach.complaining(ids)
    return {
        each: Standing(
            wishes={**UNASKED, **wishes.get(each, {})}, said=said.get(each, ()), complains=each in complaining
        )
        for each in ids
    }


async def unwanted(uow: UnitOfWork, rows: Sequence[Notification], *, now: datetime) -> Mapping[int, str]:
    """Of rows that are about to be sent, those that may not be: row id -> why.

    Between planning and sending somebody may have switched it off, complained, or been asked something that goes first.
    """
    counted = [row for row in rows if _uses_budget(row)]
    known = await standings(uow, [row.contact_id for row in counted if row.contact_id is not None], at=now)
    found: dict[int, str] = {}
    for row in counted:
        said = verdict(known[row.contact_id or 0], KEYS[row.key], at=now, row_id=row.id)
        if said.reason is not None:
            found[row.id] = said.reason
    return found


def _uses_budget(row: Notification) -> bool:
    """Edits and answers say nothing new to anybody. A question to a group is for several people: who plans it judges each."""
    if row.place is not None:
        return False
    return row.key in KEYS and row.contact_id is not None and row.edit is None and row.urgency is not Urgency.DIRECT

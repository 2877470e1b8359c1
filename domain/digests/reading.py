"""What stands in digests, read for many leaders at once: a statement a section, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.digests.habits import digest_habits
from domain.digests.model import Digest, Item, Part, Question, Section, TeamNews
from domain.notifications.agenda import team_of
from domain.people.model import Role, Staff
from domain.people.teams import upwards
from domain.ports import UnitOfWork
from domain.surveys.queries import AnswerView
from domain.values.zones import local, start_of_day

SHOWN = 3  # records that a line names
MOST_COUNTED = 200  # of what is nobody's, and of tickets in danger: beyond it, "200+"
OF_OWNERS = (Section.OVERDUE, Section.SLIPPED, Section.RISK, Section.WON)
ByOwner = Mapping[int | None, Part]


async def read_news(
    uow: UnitOfWork, digests: Sequence[tuple[Digest, Staff]], *, now: datetime, shown: int = SHOWN
) -> Mapping[int, TeamNews]:
    """What each digest, given with its reader, says as of ``now``; by the digest's id.

    The statements are as many as there are different moments to count from: digests of one hour share them, because
    most of their readers read the same one last.
    """
    everybody = list(await uow.staff.list_active())
    teams = _teams(digests, everybody)
    together: dict[tuple[datetime, str], list[tuple[Digest, Staff]]] = defaultdict(list)
    for digest, leader in digests:
        together[digest.since, leader.timezone].append((digest, leader))
    unassigned = await uow.digests.list_unassigned(shown=shown, most=MOST_COUNTED)
    danger = await uow.digests.list_danger(now=now, most=MOST_COUNTED)
    news = {}
    for alike in together.values():
        owners = {person.id for digest, _ in alike for person in teams[digest.id]}
        since = alike[0][0].since
        logged = await uow.digests.count_logged(owners, since=since, until=now)
        new_leads = await uow.digests.count_new_leads(owners, since=since, until=now)
        low = await uow.surveys.list_low(owners, since=since, until=now, limit=MOST_COUNTED)
        by_owner = await _of_owners(uow, owners, *alike[0], now=now, shown=shown)
        for digest, leader in alike:
            team = teams[digest.id]
            ids = {person.id for person in team}
            parts = {section: _merged([by_owner[section].get(each) for each in ids], shown) for section in OF_OWNERS}
            parts[Section.UNASSIGNED] = unassigned
            parts[Section.DANGER] = _danger(danger, ids, shown)
            parts[Section.LOW] = _low(low, ids, shown)
            news[digest.id] = TeamNews(
                digest=digest,
                leader=leader,
                team=team,
                until=now,
                parts=_worth_saying(parts, leader),
                logged={each: logged[each] for each in ids if each in logged},
                new_leads=sum(new_leads.get(each, 0) for each in (*ids, None)),
            )
    return news


def _teams(digests: Sequence[tuple[Digest, Staff]], everybody: list[Staff]) -> Mapping[int, Sequence[Staff]]:
    """By digest. Leaders of the same team share one list: a hundred of them would walk through everybody a hundred times."""
    known: dict[tuple[bool, str | None], Sequence[Staff]] = {}
    by_team: dict[str | None, list[Staff]] = defaultdict(list)
    for person in everybody:
        for team in upwards(person.team):
            by_team[team].append(person)
    found = {}
    for digest, leader in digests:
        key = leader.role is Role.ADMIN, leader.team
        if key not in known:
            known[key] = team_of(leader, everybody if key[0] or leader.team is None else by_team[leader.team])
        found[digest.id] = known[key]
    return found


async def _of_owners(
    uow: UnitOfWork, owners: Collection[int], digest: Digest, leader: Staff, *, now: datetime, shown: int
) -> Mapping[Section, ByOwner]:
    question = _question(owners, digest, leader, now)
    return {section: await uow.digests.list_of_owners(section, question, per_owner=shown) for section in OF_OWNERS}


def _question(owners: Collection[int], digest: Digest, leader: Staff, now: datetime) -> Question:
    today = local(now, leader.timezone).date()
    return Question(
        owners=tuple(sorted(owners)),
        since=digest.since,
        until=now,
        today=start_of_day(today, leader.timezone),
        first=local(digest.since, leader.timezone).date(),
        last=today,
    )


def _merged(parts: Sequence[Part | None], shown: int) -> Part:
    found = [part for part in parts if part is not None]
    counts: dict[int | None, int] = {}
    for part in found:
        counts |= part.by_owner
    items = sorted((item for part in found for item in part.items), key=_oldest_first)
    return Part(count=sum(counts.values()), by_owner=counts, items=items[:shown])


def _oldest_first(item: Item) -> tuple[str, int]:
    moment = item.on.isoformat() if item.on is not None else item.at.isoformat() if item.at is not None else ""
    return moment, item.id


def _danger(found: Sequence[tuple[Item, int | None]], team: Collection[int], shown: int) -> Part:
    """Tickets that one of the team has, that nobody has, and those of the team's customers (whose owner comes with each)."""
    mine = [item for item, owner in found if item.owner_id is None or item.owner_id in team or owner in team]
    counts: dict[int | None, int] = defaultdict(int)
    for item in mine:
        counts[item.owner_id] += 1
    return Part(count=len(mine), by_owner=counts, items=mine[:shown], is_open=len(found) == MOST_COUNTED)


def _low(found: Sequence[AnswerView], team: Collection[int], shown: int) -> Part:
    """Scores of the team's customers, and about the team's work, the worst first."""
    mine = [view for view in found if view.owner_id in team or view.about_id in team]
    counts: dict[int | None, int] = defaultdict(int)
    for view in mine:
        counts[view.owner_id] += 1
    items = [_low_item(view) for view in mine[:shown]]
    return Part(count=len(mine), by_owner=counts, items=items, is_open=len(found) == MOST_COUNTED)


def _low_item(view: AnswerView) -> Item:
    """Behind its button stands what is done about it, else the customer or lead."""
    words = " ".join((view.comment or "").split())
    score = f"{view.score}/{view.scale_top}"
    whose = ("customer", view.customer_id) if view.customer_id is not None else ("lead", view.lead_id or 0)
    record, record_id = whose if view.followup_id is None else ("followup", view.followup_id)
    return Item(
        record=record,
        id=record_id,
        title=" ".join(part for part in (view.customer, score, f"“{words}”" if words else "") if part),
        owner_id=view.owner_id,
        owner_name=None,
        at=view.answered_at,
        survey=view.survey,
    )


def _worth_saying(parts: Mapping[Section, Part], leader: Staff) -> Mapping[Section, Part]:
    habits = digest_habits(leader)
    return {
        section: parts[section]
        for section in Section
        if section not in habits.without
        and parts[section].count >= (habits.threshold if section is Section.OVERDUE else 1)
    }

"""What a leader does about a digest: asks people, once a section and person, who get a card with their own records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.digests.model import Section, TeamNews
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork

# What is said to the people behind a section.
ASKS: Mapping[Section, str] = {
    Section.OVERDUE: "nudged-overdue",
    Section.RISK: "nudged-risk",
    Section.SLIPPED: "slip-asked",
    Section.WON: "praised",
}


def asked_key(digest_id: int, section: Section, staff_id: int) -> str:
    return f"digest-ask:{digest_id}:{section}:{staff_id}"


def people_behind(news: TeamNews, section: Section) -> Sequence[Staff]:
    """Whose records these are, but for the reader's own."""
    owners = news.parts[section].by_owner if section in news.parts else {}
    return [person for person in news.team if person.id in owners and person.id != news.leader.id]


async def already_asked(uow: UnitOfWork, news: TeamNews) -> Collection[tuple[Section, int]]:
    """Who was asked about what from this digest."""
    keys = {
        asked_key(news.digest.id, section, person.id): (section, person.id)
        for section in ASKS
        for person in people_behind(news, section)
    }
    return {keys[key] for key in await uow.notifications.list_known(sorted(keys))} if keys else set()


async def ask_people(
    uow: UnitOfWork, actor: Staff, news: TeamNews, section: Section, *, now: datetime
) -> Sequence[Staff]:
    """Send each of them a card with their records; who was asked from this digest before is not asked again."""
    asked = await already_asked(uow, news)
    people = [person for person in people_behind(news, section) if (section, person.id) not in asked]
    for person in people:
        uow.plan(
            Planned(
                key=ASKS[section],
                facts={"digest": news.digest.id, "by": actor.name, "by_id": actor.id},
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                dedupe_key=asked_key(news.digest.id, section, person.id),
                about=f"staff:{person.id}",
            )
        )
    if people:
        uow.happened(f"team-{ASKS[section]}")
    return people

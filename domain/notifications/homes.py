"""Home pages follow what changes while somebody looks at them: My day is published anew, seldom enough to be read."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.notifications.model import HOME, CardPlace, Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork

MY_DAY = "home"
"""The record of a page that shows My day: ``home:3`` is that of staff 3."""
ELSEWHERE = "home-elsewhere"
"""The page shows what one of its buttons led to; that is not taken out of somebody's hands."""
LOOKED_AT = timedelta(hours=10)  # nobody tells when a page is left; by then the day is over
BACK = timedelta(minutes=2)
MOST_HOMES = 500
MOST_CHANGES = 1000


async def home_shown(
    uow: UnitOfWork, person: Staff, *, channel: str, place: str, is_my_day: bool, now: datetime
) -> None:
    """Remember what somebody's home page shows as of ``now``."""
    record = f"{MY_DAY if is_my_day else ELSEWHERE}:{person.id}"
    await uow.cards.show_home(CardPlace(channel=channel, place=place, message=HOME, record=record), at=now)


async def refresh_homes(uow: UnitOfWork, now: datetime) -> int:
    """Plan My day anew for whoever looks at it and had something changed since; gives how many.

    Asked twice a minute, so that a page changes no more often however much happens.
    """
    homes = await uow.cards.list_homes(MY_DAY, since=now - LOOKED_AT, limit=MOST_HOMES)
    if not homes:
        return 0
    touched = await uow.journal.touched_lately(since=now - BACK, most=MOST_CHANGES)
    stale = [page for page, shown_at in homes if touched.get(_whose(page), shown_at) > shown_at]
    # The account may be somebody else's by now, or nobody's.
    accounts = await uow.identities.list_reachable(staff_ids=sorted({_whose(page) for page in stale}), contact_ids=[])
    users = {(each.staff_id, each.channel, each.private_place): each.user for each in accounts}
    planned = 0
    for page in stale:
        user = users.get((_whose(page), page.channel, page.place))
        if user is not None:
            uow.plan(_anew(page, user, changed_at=touched[_whose(page)], now=now))
            planned += 1
    return planned


def _whose(page: CardPlace) -> int:
    return int(page.record.partition(":")[2])


def _anew(page: CardPlace, user: str, *, changed_at: datetime, now: datetime) -> Planned:
    return Planned(
        key="home-changed",
        due_at=now,
        staff_id=_whose(page),
        channel=page.channel,
        place=page.place,
        urgency=Urgency.DIRECT,  # it makes no noise
        dedupe_key=f"home:{page.channel}:{page.place}:{changed_at.isoformat()}",
        extra={"to_user": user},
    )

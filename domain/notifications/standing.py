"""Cards that stand in chats are edited when what they show was changed elsewhere: one way for every record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.notifications.model import CardPlace, Planned, Urgency
from domain.ports import UnitOfWork

MOST_CARDS = 10
MOST_AT_ONCE = 500


async def edit_cards(
    uow: UnitOfWork, record: str, *, key: str, facts: Mapping[str, Any], now: datetime, newest_alone: bool = False
) -> None:
    """Plan an edit of each of the newest cards of ``record`` that stand with the staff; ``key`` is the notice that draws it
    as it is when it is sent.

    ``newest_alone``: in each chat only the last one. A place that is nobody's private chat is a group, which reads the
    company's language, with names and numbers masked. The card that was pressed is answered anyway: of several edits of one
    message in a transaction the outbox keeps one, the answer.
    """
    await edit_cards_of(uow, {record: facts}, key=key, now=now, newest_alone=newest_alone)


async def edit_cards_of(
    uow: UnitOfWork,
    records: Mapping[str, Mapping[str, Any]],
    *,
    key: str,
    now: datetime,
    newest_alone: bool = False,
) -> None:
    """The same for several records, each with its facts, in as many statements as for one."""
    places = await standing_cards(uow, records)
    if newest_alone:
        by_chat = {(place.channel, place.place): place for place in reversed(places)}
        places = list(by_chat.values())
    if not places:
        return
    readers = await _readers_at(uow, {(place.channel, place.place) for place in places})
    company = await uow.company.get()
    in_group = {"locale": company.locale, "timezone": company.timezone, "masked": True}
    for place in places:
        reader = readers.get((place.channel, place.place))
        uow.plan(
            Planned(
                key=key,
                facts=records[place.record],
                due_at=now,
                staff_id=reader,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                urgency=Urgency.URGENT,
                about=place.record,
                extra={} if reader is not None else in_group,
            )
        )


async def standing_cards(uow: UnitOfWork, records: Collection[str]) -> Sequence[CardPlace]:
    """Where cards of these records stand, the newest first."""
    if len(records) == 1:
        [record] = records
        return await uow.cards.places_of(record, limit=MOST_CARDS)
    if not records:
        return []
    return await uow.cards.places_of_all(records, limit=min(MOST_CARDS * len(records), MOST_AT_ONCE))


async def _readers_at(uow: UnitOfWork, places: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """Whose private chats these are: each has its own reader, who need not be the one who acted."""
    return {
        (account.channel, account.private_place): account.staff_id
        for account in await uow.identities.list_at(places)
        if account.private_place is not None and account.staff_id is not None
    }

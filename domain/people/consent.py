"""What customers hear of us without having asked: surveys and greetings unless they said no, marketing only if they said yes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.people.model import Consent, Identity, Topic
from domain.ports import UnitOfWork

UNASKED = {Topic.SURVEYS: True, Topic.MARKETING: False, Topic.GREETINGS: True}
LONGEST_WORDS = 200


async def accounts_of(uow: UnitOfWork, identity: Identity) -> Sequence[Identity]:
    """All chat accounts of the person behind one of them."""
    if identity.contact_id is None:
        return [identity]
    return await uow.identities.list_for_contact(identity.contact_id)


async def say_about(
    uow: UnitOfWork, identity: Identity, topics: Collection[Topic], *, given: bool, words: str, now: datetime
) -> None:
    """Keep what somebody said about topics. It counts for every channel of theirs."""
    for topic in topics:
        said = Consent(identity_id=identity.id, topic=topic, given=given, words=words[:LONGEST_WORDS], at=now)
        await uow.identities.add_consent(said)


async def wishes_of(uow: UnitOfWork, identity: Identity) -> Mapping[Topic, bool]:
    """What the person wants to hear, whichever of their accounts they said it from."""
    accounts = await accounts_of(uow, identity)
    said = await uow.identities.list_consents([account.id for account in accounts])
    return {**UNASKED, **{consent.topic: consent.given for consent in said}}

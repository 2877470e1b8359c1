"""What stands in chats: drafts, cards, the outbox and the inbox. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.drafts.model import Draft
from domain.notifications.model import CardPlace, Notification, Outcome


class DraftRepository(Protocol):
    async def add(self, draft: Draft) -> Draft: ...
    async def get_for(self, staff_id: int | None, draft_id: int) -> Draft: ...
    async def end_all_of(self, staff_id: int) -> None:
        """Somebody left: nothing of theirs is open any more."""

    async def find_owner(self, draft_id: int) -> int | None:
        """Whose it is; None where there is none."""

    async def find_question(self, staff_id: int, channel: str, place: str) -> Draft | None:
        """The draft with an open question to this person in this conversation."""

    async def find_latest(
        self, staff_id: int, channel: str, place: str, *, since: datetime, kind: str | None = None
    ) -> Draft | None:
        """The draft (of that kind) last shown in this conversation."""

    async def list_of(self, staff_id: int, *, limit: int, kinds: Sequence[str] | None = None) -> Sequence[Draft]:
        """The one last worked on first; of all kinds, or of those named."""

    async def move(self, draft: Draft, *, channel: str, place: str) -> None:
        """Go on with it in another conversation; its question takes the place of the one that is open there."""

    async def remove(self, draft: Draft) -> None: ...
    async def remove_older(self, than: datetime, *, limit: int) -> int:
        """Remove what nobody worked on since; gives how many."""


class CardRepository(Protocol):
    async def find(self, channel: str, place: str, message: str) -> CardPlace | None:
        """The card that stands there; None also where several records share a message."""

    async def list_at(self, channel: str, place: str, message: str) -> Sequence[CardPlace]:
        """All records that a message shows, in their order."""

    async def show_home(self, page: CardPlace, *, at: datetime) -> None:
        """What somebody's home page shows from now on; ``message`` is ``HOME``."""

    async def list_homes(
        self, record_kind: str, *, since: datetime, limit: int
    ) -> Sequence[tuple[CardPlace, datetime]]:
        """Home pages that show such a record, and when they were shown, the latest first."""

    async def find_topic(self, channel: str, group: str, message: str) -> str | None:
        """The key of the topic of ``group`` in which a card stands as this message."""

    async def find_in_thread(self, channel: str, thread: str, record_kind: str) -> str | None:
        """The record of this kind (``place``: ``place:18``) that stands in a thread, the latest."""

    async def forget_thread(self, channel: str, thread: str) -> int:
        """Nothing stands there any more; gives how many cards did."""

    async def places_of(self, record: str, *, limit: int = 10) -> Sequence[CardPlace]:
        """Where cards of a record stand, the newest first."""

    async def places_of_all(self, records: Collection[str], *, limit: int) -> Sequence[CardPlace]:
        """The same for many records, at most ``limit`` together."""


class NotificationRepository(Protocol):
    """The outbox. Planning goes through ``UnitOfWork.plan``."""

    async def claim_due(
        self,
        now: datetime,
        *,
        limit: int,
        lease: timedelta,
        holder: str,
        action_id: int | None = None,
        broadcasts: int | None = None,
    ) -> Sequence[Notification]:
        """Lease pending rows due by ``now``, urgent first, at most ``broadcasts`` of that urgency, and count the attempt. Leases run by the real clock, also
        when ``now`` is another moment (a demo's clock). ``action_id`` claims that action's alone."""

    async def claim_near(
        self,
        *,
        keys: Sequence[str],
        staff_ids: Sequence[int],
        until: datetime,
        limit: int,
        lease: timedelta,
        holder: str,
    ) -> Sequence[Notification]:
        """Lease further pending rows of these keys and people, due by ``until``: they share a card with what is due."""

    async def list_held(self, staff_ids: Sequence[int], *, since: datetime, limit: int) -> Sequence[Notification]:
        """What people wanted to hear in My day only and was settled so since then, oldest first."""

    async def list_known(self, dedupe_keys: Sequence[str]) -> frozenset[str]:
        """Which of these keys stand in the outbox."""

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write outcomes of claimed attempts; one that was claimed again meanwhile is left alone. Remembers cards."""

    async def holders(self) -> Sequence[str]:
        """Who holds leases now, as ``claim_due`` was told."""

    async def release(self, holders: Sequence[str]) -> int:
        """Give back at once the leases of these holders; gives how many."""

    async def list_settled(self, before: datetime, *, after: int, limit: int) -> Sequence[int]:
        """Ids above ``after`` of rows that were settled before that moment and still have their facts, in order."""

    async def empty(self, ids: Sequence[int]) -> None:
        """Forget what settled rows said, and to whom on the platform; when and why it was sent stays."""

    async def withdraw(self, dedupe_key: str) -> bool:
        """Take back what nobody tried to send yet; False when somebody did, or does this moment."""

    async def bring_forward(self, dedupe_key: str, due_at: datetime) -> None:
        """Send what waits earlier."""

    async def next_due(self) -> datetime | None: ...
    async def list_still_due(self, ids: Collection[int], *, now: datetime) -> frozenset[int]:
        """Of these, those that are still to be sent and due by ``now``."""

    async def list_put_off(self, *, holder: str, now: datetime, limit: int) -> Sequence[tuple[int, str, str, datetime]]:
        """Direct answers that were tried and wait to be tried again, and those that another process than ``holder`` has (it
        may have died): id, channel, place, and when it is their turn at the latest."""

    async def depth(self, now: datetime) -> tuple[int, float]:
        """How many rows are due and unsent, and how many seconds the oldest has been."""

    async def list_for(self, staff_id: int, *, limit: int) -> Sequence[Notification]:
        """What was or will be said to somebody, newest first, direct answers left out."""

    async def list_about(self, record: str, *, limit: int) -> Sequence[Notification]:
        """What was or will be said about a record such as ``followup:31``, newest first, direct answers left out."""

    async def list_to_contact(self, contact_id: int, *, limit: int) -> Sequence[Notification]:
        """The same of what is for a customer's person."""

    async def count_heard(self, since: Mapping[int, datetime]) -> Mapping[int, int]:
        """How much each of these people was told since their moment; answers and edits of cards make no noise."""

    async def keys_said(self, about: str, *, since: datetime) -> frozenset[str]:
        """Which texts were said about it since then, direct answers too."""


class Inbox(Protocol):
    async def accept(
        self, channel: str, delivery: str, *, at: datetime, conversation: str | None = None, speaker: str | None = None
    ) -> bool:
        """False when this delivery was already accepted. Waits first until no other process handles an event of this
        ``conversation``. The next to be found is the ``speaker``, as the channel names them."""

    async def keep_unknown(self, channel: str, delivery: str, kind: str, raw: Mapping[str, Any]) -> None:
        """Keep what an accepted delivery held although nobody understood it, for as long as the delivery is remembered."""

    async def forget(self, before: datetime, *, limit: int) -> int:
        """Remove deliveries accepted before that moment, at most ``limit`` at once; gives how many."""


class Receivers(Protocol):
    """Which process receives for a bot. Leases run by the real clock."""

    async def take(self, channel: str, bot: str, *, holder: str, lease: timedelta) -> str:
        """Take or renew the lease unless another's still runs; gives who holds it now."""

    async def release(self, channel: str, bot: str, *, holder: str) -> None:
        """Give up the lease, if it is this holder's."""


class LocalMessages(Protocol):
    """What stands in the conversations of the local channel, which has no server of its own to remember it."""

    async def add(self, place: str, *, sender: str | None, body: Mapping[str, Any], at: datetime) -> int:
        """``sender`` None is the bot. ``body`` is JSON. Gives the message's id."""

    async def replace(self, message_id: int, body: Mapping[str, Any], *, at: datetime) -> bool:
        """False when there is no such message."""

    async def list_of(self, place: str, *, limit: int, before: int | None = None) -> Sequence[Mapping[str, Any]]:
        """The newest ``limit``, oldest first: ``id``, ``sender``, ``body``, ``at``, ``edited_at``."""

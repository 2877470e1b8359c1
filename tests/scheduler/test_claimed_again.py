"""A lease that ends too early: what is being sent, or was sent and is about to be written down, is not sent once more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain.notifications.model import Notification, NotificationState, Outcome, Urgency
from scheduler.settling import Settler
from scheduler.tide import Tide
from tests.scheduler.conftest import NOW, Office, Recorder
from tests.scheduler.test_order_through_faults import answer


@dataclass
class Books:
    """Where outcomes are written; ``meanwhile`` happens once, while they are."""

    written: list[tuple[int, int]] = field(default_factory=list)
    meanwhile: Callable[[], object] | None = None

    @asynccontextmanager
    async def open_unit(self) -> AsyncIterator[Any]:
        yield self

    @property
    def notifications(self) -> Books:
        return self

    def acts(self, *args: object, **facts: object) -> None:
        pass

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        if self.meanwhile is not None:
            self.meanwhile()
            self.meanwhile = None
        self.written += [(outcome.notification_id, outcome.attempt) for outcome in outcomes]

    async def commit(self) -> None:
        pass


def claimed(attempt: int) -> Notification:
    nothing: dict[str, Any] = dict.fromkeys(Notification.__dataclass_fields__)
    known = {"id": 7, "key": "entry-dismissed", "attempts": attempt, "urgency": Urgency.DIRECT, "created_at": NOW}
    return Notification(**{**nothing, **known, "state": NotificationState.PENDING})


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def settler(books: Books) -> Settler:
    return Settler(books.open_unit, now=lambda: NOW, real_now=lambda: NOW, on_settled=None, tide=Tide(lambda: None))


async def written(settler: Settler) -> None:
    while settler.task is not None:
        settler.hurry()
        await asyncio.sleep(0)


async def test_what_is_known_and_not_written_counts_for_the_attempt_that_came_since(
    settler: Settler, books: Books
) -> None:
    assert settler.begins([claimed(1)])
    settler.skipped(claimed(1), "not-wanted")

    assert not settler.begins([claimed(2)])

    await written(settler)
    assert books.written == [(7, 2)]
    assert settler.begins([claimed(3)])


async def test_what_is_claimed_while_it_is_written_is_told_to_that_attempt_as_well(
    settler: Settler, books: Books
) -> None:
    again = []
    books.meanwhile = lambda: again.append(settler.begins([claimed(2)]))
    settler.begins([claimed(1)])
    settler.skipped(claimed(1), "not-wanted")

    await written(settler)

    assert again == [False]
    assert books.written == [(7, 1), (7, 2)]


async def test_nothing_is_said_twice_when_the_lease_ends_before_the_outcome_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.settling.SETTLE_SECONDS", 60)  # so that it is still to be written
    chat = Recorder()
    delivery = office.delivery(chat)
    await answer(office, delivery, 1)
    while not chat.sent:  # noqa: ASYNC110 - a channel without an event
        await asyncio.sleep(0)
    async with office.database.unit_of_work() as uow:  # as time does it
        await uow.notifications.release(await uow.notifications.holders())
        await uow.commit()

    assert await delivery.deliver_due() == 1
    await delivery.drain()

    assert len(chat.sent) == 1
    assert await office.rows("entry-dismissed") == [("sent", None)]

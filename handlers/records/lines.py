"""Lines that the cards of leads, customers and contacts share: how to reach them, what was last, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.customers.model import ContactPoint
from domain.followups.model import Followup
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase
from handlers.dialogs.lists import asked_for, page_of
from handlers.rendering.secrets import Kind, Secret
from handlers.rendering.wording import shortened

LONGEST_NOTE = 300
SHOWN = 2  # follow-ups on a card
POINTS = frozenset({"phone", "email", "wechat", "qq", "whatsapp", "credit_code"})
_SECRET: dict[str, Kind] = {"phone": "phone", "whatsapp": "phone", "email": "email"}


def point_lines(points: Iterable[ContactPoint], *, owner: int | None = None) -> tuple[Line, ...]:
    """A line for each phone, e-mail and handle; masked in groups, and for whose role the company says so. ``owner`` is whose
    record it is of."""
    return tuple(
        Line(
            "card-point",
            {
                "kind": Phrase(f"point-{point.kind}"),
                "value": point_secret(point.kind, point.value, owner=owner),
                "extension": point.extension,
            },
        )
        for point in points
    )


def point_secret(kind: str, value: Any, *, owner: int | None = None) -> Secret:
    """A way to reach somebody, of one of ``POINTS``."""
    return Secret(_SECRET.get(kind, "amount"), value, _SECRET.get(kind, "handle"), owner)


def detail_lines(**details: object) -> tuple[Line, ...]:
    """``card-NAME`` for every detail that is there."""
    return tuple(Line(f"card-{name.replace('_', '-')}", {"value": value}) for name, value in details.items() if value)


async def latest_lines(
    uow: UnitOfWork, *, lead_id: int | None = None, customer_id: int | None = None
) -> tuple[Line, ...]:
    """The last two things that happened and the next two that must."""
    activities = await uow.activities.list_of(lead_id=lead_id, customer_id=customer_id, limit=2)
    followups = await uow.followups.list_open(lead_id=lead_id, customer_id=customer_id, limit=asked_for(SHOWN))
    last = [
        Line(
            "card-last",
            {
                "kind": Phrase(f"activity-{activity.kind}"),
                "at": activity.at,
                "note": note_shown(" ".join(activity.note.split())),
            },
        )
        for activity in activities
    ]
    return (*last, *next_lines(followups))


def next_lines(followups: Sequence[Followup]) -> tuple[Line, ...]:
    """What is planned, or that nothing is."""
    if not followups:
        return (Line("card-no-next"),)
    lines = [
        Line(
            "card-next",
            {
                "followup": followup.id,
                "when": followup.due_at if followup.has_hour else Phrase("day-of", {"at": followup.due_at}),
                "note": note_shown(" ".join(followup.note.split())),
            },
        )
        for followup in followups[:SHOWN]
    ]
    left = page_of(followups, SHOWN)
    more = (Line("card-next-more", {"count": left.left, "open": left.is_open}),) if left.left else ()
    return (*lines, *more)


async def attachment_buttons(uow: UnitOfWork, record: str, record_id: int) -> tuple[Button, ...]:
    """📎 2, which sends them back; nothing where nothing is attached."""
    return attached_button(record, record_id, await uow.attachments.count_of(record, record_id))


def attached_button(record: str, record_id: int, count: int) -> tuple[Button, ...]:
    """The same where it is known how many there are."""
    if not count:
        return ()
    return (Button("button-attachments", press=f"attachment.list:{record}.{record_id}", facts={"count": count}),)


def place_facts(latitude: float, longitude: float) -> dict[str, str]:
    """A place to the metre, in the figures that maps understand whatever the reader's language."""
    return {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}


def note_shown(text: str, *, most: int = LONGEST_NOTE) -> Secret | None:
    """What was said, as far as a card has room; it may hold numbers and names, so groups do not read it."""
    note = shortened(text.strip(), most)
    return Secret("amount", note) if note else None


def name_of(title: str | None, *, in_group: bool) -> str | Secret | None:
    """A name, masked in a group where customers may read along."""
    return Secret("name", title) if in_group and title else title

"""What people do with attachments: send them, say to whom they belong, look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.attachments.model import (
    LARGEST,
    AttachedFile,
    Attachment,
    AttachmentKind,
    Fetched,
    FileState,
    Refusal,
    Shown,
)
from domain.errors import RecordNotFound
from domain.notifications.model import Planned, Urgency
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork


def refuse_too_large(file: AttachedFile) -> None:
    """What says of itself that it is too large is not even asked for."""
    if file.claimed_size is not None and file.claimed_size > LARGEST:
        file.state, file.reason = FileState.REFUSED, Refusal.TOO_LARGE


async def attach_files(
    uow: UnitOfWork,
    actor: Staff,
    file_ids: Sequence[int],
    *,
    activity_id: int | None = None,
    lead_id: int | None = None,
    customer_id: int | None = None,
    ticket_message_id: int | None = None,
    now: datetime,
) -> Sequence[Attachment]:
    """Say to what the files belong, which the actor sent. The caller has loaded the owner for the actor.

    What belongs somewhere already stays there: a double tap attaches once.
    """
    if not file_ids:
        return ()
    used = {attachment.file_id for attachment in await uow.attachments.list_using(file_ids)}
    files = [
        file for file in await uow.attachments.list_files(file_ids) if file.staff_id == actor.id and file.id not in used
    ]
    return [
        await uow.attachments.add(
            Attachment(
                kind=file.kind,
                name=file.name,
                file_id=file.id,
                activity_id=activity_id,
                lead_id=lead_id,
                customer_id=customer_id,
                ticket_message_id=ticket_message_id,
                by_id=actor.id,
                created_at=now,
            )
        )
        for file in files
    ]


async def attach_sent(
    uow: UnitOfWork, identity: Identity, file_ids: Sequence[int], *, ticket_message_id: int, now: datetime
) -> Sequence[Attachment]:
    """What somebody of outside sent with their words to a ticket, which the caller has loaded for them."""
    files = [file for file in await uow.attachments.list_files(file_ids) if file.identity_id == identity.id]
    return [
        await uow.attachments.add(
            Attachment(
                kind=file.kind,
                name=file.name,
                file_id=file.id,
                ticket_message_id=ticket_message_id,
                identity_id=identity.id,
                created_at=now,
            )
        )
        for file in files
    ]


async def attach_place(
    uow: UnitOfWork, actor: Staff, latitude: float, longitude: float, *, activity_id: int, now: datetime
) -> Attachment:
    """Where the actor was, with what they did there."""
    return await uow.attachments.add(
        Attachment(
            kind=AttachmentKind.LOCATION,
            latitude=latitude,
            longitude=longitude,
            activity_id=activity_id,
            by_id=actor.id,
            created_at=now,
        )
    )


async def list_attachments(
    uow: UnitOfWork, actor: Staff, record: str, record_id: int, *, limit: int, before: int | None = None
) -> Sequence[Shown]:
    """Newest first. Raises RecordNotFound, also when the actor may not see the record."""
    if record == "lead":
        await uow.leads.get_for(actor, record_id)
    elif record == "customer":
        await uow.customers.get_for(actor, record_id)
    elif record == "activity":
        await uow.activities.get_for(actor, record_id)
    elif record == "ticket":
        await uow.tickets.get_for(actor, record_id)
    else:
        raise RecordNotFound(record=record)
    return await uow.attachments.list_of(record, record_id, limit=limit, before=before)


def told_of(file: AttachedFile, fetched: Fetched, *, now: datetime) -> Planned | None:
    """What its sender is told of a file that could not be kept, or is not what it claims to be; None when all is well."""
    is_over = fetched.state in {FileState.REFUSED, FileState.KEPT}
    if not is_over or fetched.reason is None or file.staff_id is None:
        return None
    return Planned(
        key="attachment-not-kept" if fetched.state is FileState.REFUSED else "attachment-lying",
        facts={"kind": file.kind.value, "name": file.name, "reason": str(fetched.reason)},
        due_at=now,
        staff_id=file.staff_id,
        channel=file.channel,
        place=file.place,
        urgency=Urgency.URGENT,
        chosen=True,
        dedupe_key=f"attachment:{file.id}",
    )

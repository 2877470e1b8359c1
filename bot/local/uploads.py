"""Files that people put on the page: their bytes first, by POST, then the message that names them."""

from __future__ import annotations

from fastapi import HTTPException, Request

from bot.local.messages import Upload
from domain.attachments.model import LARGEST
from handlers.chat import Album, Attachment, Content

TOO_LARGE = 413


async def read_upload(request: Request) -> bytes:
    """The body. Raises 413 for more than ``LARGEST`` bytes, read no further, and 400 for nothing."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST:
        raise HTTPException(TOO_LARGE)
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise HTTPException(TOO_LARGE)
    if not content:
        raise HTTPException(400)
    return bytes(content)


def kind_of(media_type: str) -> str:
    """A recorded song is a file; only a channel that records voice notes has those."""
    family = media_type.partition("/")[0]
    return {"image": "photo", "video": "video"}.get(family, "file")


def content_with(uploads: list[Upload], text: str, *, addressed: bool) -> Content:
    """One file with its words, or an album of them."""
    files = tuple(
        Attachment(upload.kind, upload.stored, name=upload.name, mime=upload.media_type or None, size=upload.size)
        for upload in uploads
    )
    if len(files) > 1:
        return Album(files, caption=text, addressed=addressed)
    only = files[0]
    return Attachment(
        only.kind, only.ref, name=only.name, mime=only.mime, size=only.size, caption=text, addressed=addressed
    )

"""A message as it is stored (JSON) and as the page gets it (without the bytes, which have addresses of their own)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from handlers.chat import Outgoing, RenderedForm

Body = dict[str, Any]
PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


LARGEST_IN_ROW = 64 * 1024  # bytes of a picture or document; what is larger lies in the channel's file store


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A picture or document with the name under which it is saved. ``content`` is None when it lies in the file store,
    under ``stored``."""

    content: bytes | None
    media_type: str
    name: str
    stored: str | None = None


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody sent: its name in the channel's file store, and what the page said of it."""

    stored: str
    kind: str
    name: str
    media_type: str
    size: int


def body_of(outgoing: Outgoing, *, stored: Mapping[str, str] | None = None) -> Body:
    """What the bot says. ``only`` names the one person of a group who may see it; ``stored`` says under which names its
    ``picture`` and ``document`` lie in the file store, if they do."""
    rendered = outgoing.body
    body: Body = {
        "title": rendered.title,
        "text": rendered.text,
        "rows": [[asdict(button) for button in row] for row in rendered.rows],
        "form": form_body(rendered.form),
        "only": outgoing.to_user,
        "reply_to": outgoing.under or outgoing.reply_to,
    }
    if rendered.picture is not None:
        body["picture"] = {**_where("picture", rendered.picture, stored), "alt": rendered.picture_alt}
    if rendered.document is not None:
        body["document"] = {
            **_where("document", rendered.document, stored),
            "name": rendered.document_name or "document",
            "size": len(rendered.document),
        }
    return body


def _where(part: str, content: bytes, stored: Mapping[str, str] | None) -> Body:
    return {"stored": stored[part]} if stored and part in stored else {"content": _encoded(content)}


def body_of_speech(text: str, *, delivery: str, reply_to: str | None, uploads: Sequence[Upload] = ()) -> Body:
    """What a person says. ``delivery`` is the page's own id of it, by which a repeated one is known."""
    body: Body = {"text": text, "delivery": delivery, "reply_to": reply_to}
    return {**body, "uploads": [asdict(upload) for upload in uploads]} if uploads else body


def form_body(form: RenderedForm | None) -> Body | None:
    return None if form is None else asdict(form)


def shown(place: str, row: Mapping[str, Any]) -> Body:
    """A stored row as the page gets it: id as text, times in ISO 8601, addresses instead of bytes."""
    body = dict(row["body"])
    edited_at = row.get("edited_at")
    message = {
        **body,
        "id": str(row["id"]),
        "sender": row["sender"],
        "at": _iso(row["at"]),
        "edited_at": _iso(edited_at) if edited_at else None,
    }
    stamp = int(edited_at.timestamp() * 1000) if edited_at else 0
    address = f"/local/files/{quote(place, safe='')}/{row['id']}"
    if picture := body.get("picture"):
        message["picture"] = {"alt": picture["alt"], "url": f"{address}/picture?v={stamp}"}
    if document := body.get("document"):
        message["document"] = {
            "name": document["name"],
            "size": document["size"],
            "url": f"{address}/document?v={stamp}",
        }
    if uploads := body.get("uploads"):
        message["uploads"] = [
            {name: upload[name] for name in ("kind", "name", "size")} | {"url": f"{address}/upload-{number}"}
            for number, upload in enumerate(uploads)
        ]
    return message


def file_of(body: Mapping[str, Any], kind: str) -> StoredFile | None:
    """A stored ``picture`` or ``document``, or the ``upload-0`` of a person's words, or None."""
    if kind.startswith("upload-"):
        return _upload_of(body, kind.removeprefix("upload-"))
    stored = body.get(kind) if kind in {"picture", "document"} else None
    if stored is None:
        return None
    if stored.get("stored"):
        name = stored.get("name", "picture")
        return StoredFile(content=None, media_type="application/octet-stream", name=name, stored=stored["stored"])
    content = base64.b64decode(stored["content"])
    return StoredFile(
        content=content,
        media_type=picture_type(content) if kind == "picture" else "application/octet-stream",
        name=stored.get("name", "picture"),
    )


def may_see(body: Mapping[str, Any], viewers: frozenset[str]) -> bool:
    only = body.get("only")
    return only is None or only in viewers


def _upload_of(body: Mapping[str, Any], number: str) -> StoredFile | None:
    uploads = body.get("uploads") or []
    if not number.isascii() or not number.isdecimal() or int(number) >= len(uploads):
        return None
    upload = uploads[int(number)]
    return StoredFile(content=None, media_type="application/octet-stream", name=upload["name"], stored=upload["stored"])


def picture_type(content: bytes) -> str:
    """The type of a picture that a browser may show; anything else is only to be saved."""
    for signature, media_type in PICTURES.items():
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _iso(moment: datetime) -> str:
    return moment.isoformat()

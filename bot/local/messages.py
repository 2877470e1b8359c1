"""A message as it is stored (JSON) and as the page gets it (without the bytes, which have addresses of their own)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from handlers.chat import Outgoing, RenderedForm

Body = dict[str, Any]
PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A picture or document with the name under which it is saved."""

    content: bytes
    media_type: str
    name: str


def body_of(outgoing: Outgoing) -> Body:
    """What the bot says. ``only`` names the one person of a group who may see it."""
    rendered = outgoing.body
    body: Body = {
        "title": rendered.title,
        "text": rendered.text,
        "rows": [[asdict(button) for button in row] for row in rendered.rows],
        "form": form_body(rendered.form),
        "only": outgoing.to_user,
        "reply_to": outgoing.reply_to,
    }
    if rendered.picture is not None:
        body["picture"] = {"content": _encoded(rendered.picture), "alt": rendered.picture_alt}
    if rendered.document is not None:
        body["document"] = {
            "content": _encoded(rendered.document),
            "name": rendered.document_name or "document",
            "size": len(rendered.document),
        }
    return body


def body_of_speech(text: str, *, delivery: str, reply_to: str | None) -> Body:
    """What a person says. ``delivery`` is the page's own id of it, by which a repeated one is known."""
    return {"text": text, "delivery": delivery, "reply_to": reply_to}


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
    return message


def file_of(body: Mapping[str, Any], kind: str) -> StoredFile | None:
    """The bytes of a stored ``picture`` or ``document``, or None. Only known pictures get a type a browser shows."""
    stored = body.get(kind) if kind in {"picture", "document"} else None
    if stored is None:
        return None
    content = base64.b64decode(stored["content"])
    return StoredFile(
        content=content,
        media_type=_picture_type(content) if kind == "picture" else "application/octet-stream",
        name=stored.get("name", "picture"),
    )


def may_see(body: Mapping[str, Any], viewers: frozenset[str]) -> bool:
    only = body.get("only")
    return only is None or only in viewers


def _picture_type(content: bytes) -> str:
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

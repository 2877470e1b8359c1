"""Files that a bot sends: new ones, known ones, and what the platform does not take for a photo."""

import struct
from typing import Any

from tests.fakes.telegram.refusals import Refusal, bad_request
from tests.fakes.telegram.requests import Request, Upload
from tests.fakes.telegram.world import Media

PHOTO_SIDES_LIMIT = 10_000
PHOTO_RATIO_LIMIT = 20
PNG = b"\x89PNG\r\n\x1a\n"
IMAGES = (PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")


def media_of(request: Request, kind: str, value: Any) -> Media:
    """The file that a parameter names: ``attach://part``, a file id, or an address (which nobody can fetch here)."""
    name = str(value)
    if name.startswith("attach://"):
        upload = request.files.get(name.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        return _uploaded(request, kind, upload)
    if "://" in name:
        raise bad_request("failed to get HTTP URL content")
    known = request.world.files.get(name)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
    return known


def _uploaded(request: Request, kind: str, upload: Upload) -> Media:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > request.world.rules.upload_bytes:
        raise Refusal(413, "Request Entity Too Large")
    if kind != "photo":
        facts = {"mime_type": "application/octet-stream"} | ({} if kind == "document" else {"duration": 1})
        return request.world.new_media(kind, upload.content, name=upload.name, **facts)
    if len(upload.content) > request.world.rules.photo_bytes:
        raise bad_request("file is too big for a photo")
    width, height = _photo_sides(upload.content)
    return request.world.new_media(kind, upload.content, width=width, height=height)


def _photo_sides(content: bytes) -> tuple[int, int]:
    """Width and height; of formats other than PNG a guess. Raises 400 for what is no picture, or an impossible one."""
    if not content.startswith(IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if not content.startswith(PNG):
        return 320, 240
    width, height = struct.unpack(">II", content[16:24])
    if width + height > PHOTO_SIDES_LIMIT or max(width, height) > PHOTO_RATIO_LIMIT * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height

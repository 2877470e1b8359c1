"""What a file is by its own first bytes, whatever its name and its sender say. Nothing is ever run or unpacked."""

from __future__ import annotations

from domain.attachments.model import AttachmentKind

PLAIN = "application/octet-stream"
LOOKED_AT = 4096  # bytes

_PROGRAM = "application/x-executable"
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"MZ", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"#!", _PROGRAM),
)
_FTYP = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}
_AUDIO_BRANDS = (b"M4A ", b"M4B ")

# Documents of office programs are archives inside.
_OPEN_OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis.opendocument")
_SAME = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/heif": "image/heic",
    "audio/opus": "audio/ogg",
    "application/ogg": "audio/ogg",
    "video/ogg": "audio/ogg",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/webm": "video/webm",
    "video/x-matroska": "video/webm",
    "application/x-zip-compressed": "application/zip",
    "application/x-rar-compressed": "application/vnd.rar",
    "text/rtf": "application/rtf",
}
_MPEG4 = frozenset({"video/mp4", "audio/mp4", "video/quicktime", "video/3gpp", "audio/aac", "audio/3gpp"})
_BY_ENDING = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "txt": "text/plain",
    "csv": "text/csv",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
}
_OLD_OFFICE = frozenset({"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"})
_HARMLESS_TEXT = frozenset({"text/plain", "text/csv"})
_ANY_PICTURE = "image/*"
_SHOWN = (
    frozenset(media_type for _, _, media_type in _MAGIC)
    | {*_FTYP.values(), *_MPEG4, *_BY_ENDING.values(), *_HARMLESS_TEXT}
) - {_PROGRAM}
"""The types that a file may be kept under."""
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml")


def sniffed(content: bytes) -> str | None:
    """The type that the bytes themselves show, or None. Text is ``text/plain``, markup ``text/html``."""
    for offset, magic, media_type in _MAGIC:
        if content[offset : offset + len(magic)] == magic and (offset == 0 or content[:4] == b"RIFF"):
            return media_type
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return _FTYP.get(brand) or ("audio/mp4" if brand in _AUDIO_BRANDS else "video/mp4")
    return _text_type(content[:LOOKED_AT])


def _text_type(head: bytes) -> str | None:
    try:
        # A character may be cut at the end of what is looked at.
        text = head.decode("utf-8-sig", errors="strict" if len(head) < LOOKED_AT else "ignore")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    return "text/html" if any(mark in head.lower() for mark in _MARKUP) else "text/plain"


def judged(content: bytes, *, claimed: str | None, name: str | None, kind: AttachmentKind) -> tuple[str, bool]:
    """The type to keep a file under, and whether it is what it claims to be.

    A file that lies is kept as ``application/octet-stream``, and so are programs and markup, which a browser might run,
    and whatever nobody can tell.
    """
    said, real = _claim(claimed, name, kind), sniffed(content)
    if said is None or said == _ANY_PICTURE:
        is_told = said is None or (real is not None and real.startswith("image/"))
        return (real if is_told and real in _SHOWN else PLAIN) or PLAIN, is_told
    if said not in _SHOWN:
        return PLAIN, True
    return (said, True) if _fits(said, real) else (PLAIN, False)


def _claim(claimed: str | None, name: str | None, kind: AttachmentKind) -> str | None:
    """The most telling of what was said: the type, the ending of the name, the kind. None when nothing was."""
    said = (claimed or "").partition(";")[0].strip().lower()
    if said and said != PLAIN:
        return _SAME.get(said, said)
    ending = (name or "").rpartition(".")[2].lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    return _ANY_PICTURE if kind is AttachmentKind.PHOTO else None


def _fits(said: str, real: str | None) -> bool:
    if real == said or (said in _MPEG4 and real in _MPEG4):
        return True
    if said in _OLD_OFFICE:
        return real in {"application/x-ole-storage", "application/zip", "application/rtf"}
    if said.startswith(_OPEN_OFFICE):
        return real == "application/zip"
    # Text in another encoding than UTF-8 has no witness.
    return said in _HARMLESS_TEXT and real in {None, "text/plain", "text/html"}


def is_picture(media_type: str | None) -> bool:
    """May it be sent as a picture, which every chat shows? Other images go as documents."""
    return media_type in {"image/jpeg", "image/png"}

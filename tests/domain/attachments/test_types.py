from __future__ import annotations

import pytest

from domain.attachments.model import AttachmentKind
from domain.attachments.types import PLAIN, is_picture, judged, sniffed

JPEG, PNG, PDF, ZIP = b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"PK\x03\x04"
OLE, OGG, MP4 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"OggS\0", b"\0\0\0\x18ftypisom"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE, PHOTO, VOICE = AttachmentKind.FILE, AttachmentKind.PHOTO, AttachmentKind.VOICE


@pytest.mark.parametrize(
    ("content", "claimed", "name", "kind", "media_type"),
    [
        (JPEG, None, None, PHOTO, "image/jpeg"),
        (PNG, None, None, PHOTO, "image/png"),
        (JPEG, "image/jpg", None, FILE, "image/jpeg"),
        (PDF, "application/pdf", "a.exe", FILE, "application/pdf"),
        (PDF, None, "offer.PDF", FILE, "application/pdf"),
        (PDF, "application/octet-stream", "offer.pdf", FILE, "application/pdf"),
        (PDF, None, None, FILE, "application/pdf"),
        (ZIP, DOCX, None, FILE, DOCX),
        (OLE, "application/msword", None, FILE, "application/msword"),
        (OGG, "audio/ogg; codecs=opus", None, VOICE, "audio/ogg"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4", None, FILE, "audio/mp4"),
        (MP4, "video/quicktime", None, FILE, "video/quicktime"),
        (b"RIFF0000WEBP", "image/webp", None, FILE, "image/webp"),
        ("报价".encode(), None, "a.txt", FILE, "text/plain"),
        ("报价".encode("gbk"), "text/csv", "a.csv", FILE, "text/csv"),
        (b"a,b\n1,2\n", None, None, FILE, "text/plain"),
    ],
)
def test_what_is_as_it_says_keeps_its_type(
    content: bytes, claimed: str | None, name: str | None, kind: AttachmentKind, media_type: str
) -> None:
    assert judged(content, claimed=claimed, name=name, kind=kind) == (media_type, True)


@pytest.mark.parametrize(
    ("content", "claimed", "name", "kind"),
    [
        (b"MZ\x90\0", None, "invoice.pdf", FILE),
        (b"MZ\x90\0", "image/jpeg", None, FILE),
        (b"<html><script>alert(1)</script>", "application/pdf", "a.pdf", FILE),
        (b"<svg onload=alert(1)>", None, None, PHOTO),
        (b"#!/bin/sh\nrm", "image/png", "a.png", FILE),
        (PDF, None, "a.docx", FILE),
        (OGG, "image/png", None, FILE),
        (b"MZ\x90\0", "text/plain", "read me.txt", FILE),
        (b"hello", None, "song.mp3", FILE),
    ],
)
def test_what_lies_is_a_plain_file(content: bytes, claimed: str | None, name: str | None, kind: AttachmentKind) -> None:
    assert judged(content, claimed=claimed, name=name, kind=kind) == (PLAIN, False)


@pytest.mark.parametrize(
    ("content", "claimed", "name"),
    [
        (b"MZ\x90\0", "application/x-msdownload", "setup.exe"),
        (b"#!/bin/sh", None, None),
        (b"<html>", "text/html", "page.html"),
        (b"<svg>", "image/svg+xml", "logo.svg"),
        (b"\x00\x01\x02", "application/x-dwg", "plan.dwg"),
        (b"alert(1)", "text/javascript", "a.js"),
        (b"<html>", None, None),
    ],
)
def test_programs_and_markup_and_what_nobody_knows_are_plain_without_blame(
    content: bytes, claimed: str | None, name: str | None
) -> None:
    assert judged(content, claimed=claimed, name=name, kind=FILE) == (PLAIN, True)


def test_a_character_cut_at_the_end_of_what_is_looked_at_is_still_text() -> None:
    assert sniffed(("a" + "报" * 3000).encode()) == "text/plain"
    assert sniffed(b"") == "text/plain"
    assert sniffed(b"a\0b") is None


def test_only_what_every_chat_shows_is_a_picture() -> None:
    assert [is_picture(kind) for kind in ("image/jpeg", "image/heic", PLAIN, None)] == [True, False, False, False]

"""Pictures and documents, made when they are sent. Each kind registers the function that makes it."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable

from domain.ports import OpenUnitOfWork
from handlers.chat import Document, Picture
from handlers.rendering.reader import Reader
from handlers.rendering.wording import clean

Draw = Callable[[Picture, Reader], bytes]
Write = Callable[[Document, Reader], bytes]

Gather = Callable[[OpenUnitOfWork, Document, Reader], Awaitable[bytes]]

_PICTURES: dict[str, Draw] = {}
_DOCUMENTS: dict[str, Write] = {}
_GATHERED: dict[str, Gather] = {}


def picture(kind: str) -> Callable[[Draw], Draw]:
    """Register who draws ``Picture``s of this kind, as PNG. Its catalogue key ``picture-KIND`` says what is to be seen."""

    def register(draw: Draw) -> Draw:
        _PICTURES[kind] = draw
        return draw

    return register


def document(kind: str) -> Callable[[Write], Write]:
    """Register who writes ``Document``s of this kind."""

    def register(write: Write) -> Write:
        _DOCUMENTS[kind] = write
        return write

    return register


def gathered(kind: str) -> Callable[[Gather], Gather]:
    """Register who reads and writes ``Document``s of this kind: what is too much to keep with a message."""

    def register(gather: Gather) -> Gather:
        _GATHERED[kind] = gather
        return gather

    return register


def gatherer(wanted: Document | None) -> Gather | None:
    return _GATHERED.get(wanted.kind) if wanted is not None else None


def draw(wanted: Picture, reader: Reader) -> bytes:
    """The picture as PNG. Raises LookupError for a kind that nobody registered."""
    return _PICTURES[wanted.kind](wanted, reader)


def write(wanted: Document, reader: Reader) -> bytes:
    """The document's bytes. Raises LookupError for a kind that nobody registered."""
    return _DOCUMENTS[wanted.kind](wanted, reader)


@picture("qr")
def qr(wanted: Picture, reader: Reader) -> bytes:
    """``text`` as a QR code with the quiet zone that scanners need."""
    import segno

    drawn = io.BytesIO()
    segno.make(str(wanted.facts["text"]), error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()


@document("text")
def text(wanted: Document, reader: Reader) -> bytes:
    """``text`` as it is, in UTF-8."""
    return clean(str(wanted.facts["text"])).encode()

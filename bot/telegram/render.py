"""A finished reply as the pieces that Telegram takes: texts, a photo, a file; the buttons stand under the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.telegram.keyboard import asking_phone, broken_links, keyboard
from handlers.chat import Rendered, RenderedButton
from handlers.rendering.splitting import is_blank, split, without_surrogates

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PHOTO_BYTES = 10_000_000
WORDLESS = "…"
NO_FILE_NAME = '"\\/:*?<>|'
FILE_NAME_LIMIT = 60
FILE_ENDING_LIMIT = 10


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One native message. ``html`` is its text or, beside a photo or file, its caption."""

    html: str = ""
    photo: bytes | None = None
    document: bytes | None = None
    file_name: str = ""
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = None

    @property
    def buttons(self) -> InlineKeyboardMarkup | None:
        """What an edit can put below it."""
        return self.markup if isinstance(self.markup, InlineKeyboardMarkup) else None

    @property
    def is_text(self) -> bool:
        return self.photo is None and self.document is None


@lru_cache(maxsize=256)
def _keyboard(rows: tuple[tuple[RenderedButton, ...], ...]) -> InlineKeyboardMarkup | None:
    """Kept: a broadcast has the same one under each of its messages, and nobody changes it."""
    return keyboard(rows)


def pieces(body: Rendered) -> list[Piece]:
    """The messages that show ``body``, in order; at least one.

    Texts hold at most 4096 code points after parsing, captions 1024 (https://core.telegram.org/bots/api#sendmessage).
    A picture with a longer text is a photo followed by the text.
    """
    media, wording = _media(body), _wording(body)
    if media and len(wording.plain) <= CAPTION_LIMIT:
        shown = [*media[:-1], replace(media[-1], html=wording.html())]
    else:
        texts = [Piece(html=html) for html in wording.split_html(TEXT_LIMIT)]
        shown = [*media, *texts] or [Piece(html=WORDLESS)]
    return [*shown[:-1], replace(shown[-1], markup=asking_phone(body.rows) or _keyboard(body.rows))]


def has_words(body: Rendered) -> bool:
    """Whether there is something to read; otherwise an edit changes only the buttons."""
    return not is_blank(_wording(body).plain)


@dataclass(frozen=True)
class Wording:
    """Text without markup, of which the first ``strong`` code points are shown strongly."""

    plain: str
    strong: int

    def html(self) -> str:
        return _html(self.plain, self.strong)

    def split_html(self, limit: int) -> list[str]:
        parts, start = [], 0
        for part in split(self.plain, limit):
            if not is_blank(part):
                parts.append(_html(part, max(0, self.strong - start)))
            start += len(part)
        return parts


def _wording(body: Rendered) -> Wording:
    title = without_surrogates(body.title).strip()
    rest = [without_surrogates(part) for part in (body.text, *broken_links(body.rows)) if part]
    text = "\n".join([*([title] if title else []), *rest])
    return Wording("" if is_blank(text) else text, len(title))


def _html(text: str, strong: int) -> str:
    title, rest = text[:strong], text[strong:]
    opening = f"<b>{escape(title, quote=False)}</b>" if title else ""
    return opening + escape(rest, quote=False)


def _media(body: Rendered) -> list[Piece]:
    media = []
    if body.picture:
        is_photo = len(body.picture) <= PHOTO_BYTES
        media.append(_photo(body.picture) if is_photo else Piece(document=body.picture, file_name="picture.png"))
    if body.document:
        media.append(Piece(document=body.document, file_name=file_name(body.document_name)))
    return media


def file_name(name: str) -> str:
    """A name that may stand in a multipart header and in any folder, its ending kept."""
    kept = "".join("_" if letter in NO_FILE_NAME or not letter.isprintable() else letter for letter in name).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) < FILE_ENDING_LIMIT:
        return f"{stem[:FILE_NAME_LIMIT]}.{ending}"
    return kept[:FILE_NAME_LIMIT] or "document"


def _photo(picture: bytes) -> Piece:
    return Piece(photo=picture, file_name="picture.png")


def as_document(piece: Piece) -> Piece:
    """A photo that Telegram does not take for one (too long, too thin), as a file."""
    return replace(piece, photo=None, document=piece.photo)

"""MarkdownV2 and the older Markdown, with the complaints of the platform's server."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.refusals import unparsable
from tests.fakes.telegram.utf16 import link_entity, utf16_length

RESERVED = b"_*[]()~`>#+-=|{}.!"
LEGACY = {b"*": "bold", b"_": "italic", b"`": "code", b"[": "text_link"}
# The longest marks stand first, since `__` is no two `_`.
MARKS = (
    (b"```", "pre", "Pre"),
    (b"__", "underline", "Underline"),
    (b"||", "spoiler", "Spoiler"),
    (b"_", "italic", "Italic"),
    (b"*", "bold", "Bold"),
    (b"~", "strikethrough", "Strikethrough"),
    (b"`", "code", "Code"),
)


@dataclass
class Open:
    mark: bytes
    kind: str
    name: str
    offset: int
    begin: int


@dataclass
class Reader:
    source: bytes
    plain: bytearray = field(default_factory=bytearray)
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    at: int = 0

    @property
    def offset(self) -> int:
        return utf16_length(self.plain.decode())

    def starts(self, mark: bytes) -> bool:
        return self.source.startswith(mark, self.at)

    def read(self) -> None:
        while self.at < len(self.source):
            self._step()
        if self.open:
            raise unparsable(f"Can't find end of {self.open[-1].name} entity at byte offset {self.open[-1].begin}")

    def _step(self) -> None:
        character = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        if character == ord("\\") and following and following[0] <= ord("~"):
            self.plain += following
            self.at += 2
            return
        is_verbatim = bool(self.open) and self.open[-1].kind in {"code", "pre"}
        if character not in (b"`" if is_verbatim else RESERVED):
            self.plain.append(character)
            self.at += 1
        elif self.open and self._ends():
            self._end()
        else:
            self._begin()

    def _ends(self) -> bool:
        mark = self.open[-1].mark
        return self.starts(mark) and not (mark == b"_" and self.starts(b"__"))

    def _begin(self) -> None:
        if self.starts(b"["):
            self.open.append(Open(b"]", "text_link", "TextUrl", self.offset, self.at))
            self.at += 1
            return
        for mark, kind, name in MARKS:
            if self.starts(mark):
                self.open.append(Open(mark, kind, name, self.offset, self.at))
                self.at += len(mark)
                if kind == "pre":
                    self._skip_language()
                return
        if self.starts(b">") and (self.at == 0 or self.source[self.at - 1 : self.at] == b"\n"):
            self.at += 1  # A quotation; its entity is not kept, since nothing here asks for it.
            return
        reserved = chr(self.source[self.at])
        raise unparsable(f"Character '{reserved}' is reserved and must be escaped with the preceding '\\'")

    def _skip_language(self) -> None:
        line_end = self.source.find(b"\n", self.at)
        if line_end >= 0 and not any(letter in b" `" for letter in self.source[self.at : line_end]):
            self.at = line_end + 1

    def _end(self) -> None:
        entity = self.open.pop()
        self.at += len(entity.mark)
        length = self.offset - entity.offset
        if entity.kind == "text_link":
            found = link_entity(self._url(), offset=entity.offset, length=length)
        else:
            found = {"type": entity.kind, "offset": entity.offset, "length": length}
        if found is not None and length:
            self.entities.append(found)

    def _url(self) -> str:
        if not self.starts(b"("):
            return ""
        begin = self.at
        stop = self.source.find(b")", begin)
        if stop < 0:
            raise unparsable(f"Can't find end of a URL at byte offset {begin}")
        self.at = stop + 1
        return self.source[begin + 1 : stop].decode().replace("\\", "")


def parse_markdown(text: str) -> tuple[str, list[dict[str, Any]]]:
    """MarkdownV2 as plain text and entities. Raises 400 ``can't parse entities: …``."""
    reader = Reader(text.encode())
    reader.read()
    return reader.plain.decode(), reader.entities


def parse_legacy_markdown(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The older Markdown, which knows no nesting. Raises 400 ``can't parse entities: …``."""
    reader = Reader(text.encode())
    while reader.at < len(reader.source):
        mark = reader.source[reader.at : reader.at + 1]
        following = reader.source[reader.at + 1 : reader.at + 2]
        if mark == b"\\" and following in LEGACY:
            reader.plain += following
            reader.at += 2
        elif mark in LEGACY:
            _legacy_entity(reader, mark)
        else:
            reader.plain += mark
            reader.at += 1
    return reader.plain.decode(), reader.entities


def _legacy_entity(reader: Reader, mark: bytes) -> None:
    begin, offset = reader.at, reader.offset
    is_pre = reader.starts(b"```")
    opening = b"```" if is_pre else mark
    closing = b"]" if mark == b"[" else opening
    stop = reader.source.find(closing, begin + len(opening))
    if stop < 0:
        raise unparsable(f"Can't find end of the entity starting at byte offset {begin}")
    reader.plain += reader.source[begin + len(opening) : stop]
    reader.at = stop + len(closing)
    length = reader.offset - offset
    if mark == b"[":
        found = link_entity(reader._url(), offset=offset, length=length)
    else:
        found = {"type": "pre" if is_pre else LEGACY[mark], "offset": offset, "length": length}
    if found is not None and length:
        reader.entities.append(found)

"""The HTML that the platform understands, read byte by byte as its server does, with the server's complaints."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.refusals import unparsable
from tests.fakes.telegram.utf16 import link_entity, utf16_length

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
REFERENCE = re.compile(rb"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*));?")
START = re.compile(rb"<([^\s>]*)")
ATTRIBUTE = re.compile(rb"\s*([^\s=>]*)\s*")
NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
END = re.compile(rb"</([^\s>]*)\s*")
LONGEST_REFERENCE = 10


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and its entities. Raises 400 ``can't parse entities: …`` with the byte offset of the fault."""
    reader = Reader(text.encode())
    reader.read()
    return reader.plain, reader.entities


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    offset: int


@dataclass
class Reader:
    source: bytes
    plain: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[Tag] = field(default_factory=list)
    at: int = 0

    def read(self) -> None:
        while self.at < len(self.source):
            if self.source.startswith(b"</", self.at):
                self._end_tag()
            elif self.source.startswith(b"<", self.at):
                self._start_tag()
            else:
                self._words()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _words(self) -> None:
        stop = self.source.find(b"<", self.at)
        stop = len(self.source) if stop < 0 else stop
        self.plain += unescape(self.source[self.at : stop])
        self.at = stop

    def _start_tag(self) -> None:
        begin = self.at
        match = START.match(self.source, begin)
        assert match is not None
        self.at = match.end()
        if self.at == len(self.source):
            raise unparsable(f"Unclosed start tag at byte offset {begin}")
        name = match[1].decode().lower()
        if name not in KINDS:
            raise unparsable(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(Tag(name, attributes, utf16_length(self.plain)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            match = ATTRIBUTE.match(self.source, self.at)
            assert match is not None
            self.at = match.end()
            name = match[1].decode().lower()
            if self.at == len(self.source):
                raise unparsable(f"Unclosed start tag at byte offset {begin}")
            if self.source[self.at : self.at + 1] == b"=":
                if not name:
                    raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
                self.at += 1
                attributes[name] = self._value(begin)
                continue
            if name:
                attributes[name] = ""
            if self.source[self.at : self.at + 1] == b">":
                self.at += 1
                return attributes

    def _value(self, begin: int) -> str:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1
        quote = self.source[self.at : self.at + 1]
        if quote in {b"'", b'"'}:
            stop = self.source.find(quote, self.at + 1)
            if stop < 0 or stop + 1 == len(self.source):
                raise unparsable(f"Unclosed start tag at byte offset {begin}")
            value = unescape(self.source[self.at + 1 : stop])
            self.at = stop + 1
            return value
        match = NAME_TOKEN.match(self.source, self.at)
        assert match is not None
        follower = self.source[match.end() : match.end() + 1]
        if not follower.isspace() and follower != b">":
            raise unparsable(f"Unexpected end of name token at byte offset {self.at}")
        self.at = match.end()
        return match[0].decode().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {begin}")
        match = END.match(self.source, begin)
        assert match is not None
        if self.source[match.end() : match.end() + 1] != b">":
            raise unparsable(f"Unclosed end tag at byte offset {begin}")
        name = match[1].decode().lower()
        tag = self.open.pop()
        if name and name != tag.name:
            raise unparsable(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        self.at = match.end() + 1
        length = utf16_length(self.plain) - tag.offset
        entity = self._entity(tag, length) if length else None
        if entity is not None:
            self.entities.append(entity)

    def _entity(self, tag: Tag, length: int) -> dict[str, Any] | None:
        place = {"offset": tag.offset, "length": length}
        if tag.name == "a":
            return link_entity(tag.attributes.get("href", ""), offset=tag.offset, length=length)
        if tag.name == "tg-emoji":
            return {"type": "custom_emoji", **place, "custom_emoji_id": tag.attributes.get("emoji-id", "")}
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            return {"type": "expandable_blockquote", **place}
        if tag.name == "pre" and "language" in tag.attributes:
            return {"type": "pre", **place, "language": tag.attributes["language"]}
        if tag.name == "code" and self.open and self.open[-1].name == "pre":
            # Nothing stands inside `pre`; the code's class names its language.
            language = tag.attributes.get("class", "").removeprefix("language-")
            self.open[-1].attributes.update({"language": language} if language else {})
            return None
        return {"type": KINDS[tag.name], **place}


def unescape(source: bytes) -> str:
    """Numeric references and the four named ones; all others stay as they are."""
    return REFERENCE.sub(_character, source).decode()


def _character(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return NAMED[name].encode() if name in NAMED else match[0]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")
    is_too_long = len(match[0].rstrip(b";")) >= LONGEST_REFERENCE
    if code == 0 or code >= 0x10FFFF or is_too_long or 0xD800 <= code <= 0xDFFF:
        return match[0]
    return chr(code).encode()

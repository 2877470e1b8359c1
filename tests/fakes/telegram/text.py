"""Formatted text as the platform keeps it: plain text, and entities counted in UTF-16 code units."""

import re
from typing import Any

from tests.fakes.telegram.html import parse_html
from tests.fakes.telegram.markdown import parse_legacy_markdown, parse_markdown
from tests.fakes.telegram.refusals import bad_request, unparsable
from tests.fakes.telegram.utf16 import utf16_length

Entities = list[dict[str, Any]]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
WHITESPACE = " \n"
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
BLANKED = re.compile("[\x00-\x09\x0b-\x1f]")
NOTICED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(@\w{3,32})?(?![\w/]))"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@\w{3,32})"
    r"|(?P<url>https?://\S+)"
    r"|(?P<hashtag>(?<!\w)#\w+)"
)


def parse(text: str, parse_mode: str | None, entities: Entities | None) -> tuple[str, Entities]:
    """Text and entities of a request. Raises the platform's 400 when the markup is broken or the mode unknown."""
    mode = (parse_mode or "").lower()
    if mode == "html":
        parsed = parse_html(text)
    elif mode == "markdownv2":
        parsed = parse_markdown(text)
    elif mode == "markdown":
        parsed = parse_legacy_markdown(text)
    elif mode in {"", "none"}:
        parsed = text, _checked(entities or [], utf16_length(text))
    else:
        raise bad_request("unsupported parse_mode")
    return _trimmed(*parsed)


def message_text(text: str, parse_mode: str | None, entities: Entities | None) -> tuple[str, Entities]:
    """Text of a message: 1 to 4096 code points after parsing."""
    plain, found = parse(text, parse_mode, entities)
    if not plain:
        raise bad_request("message text is empty")
    if len(plain) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return plain, found


def caption_text(text: str, parse_mode: str | None, entities: Entities | None) -> tuple[str, Entities]:
    """Caption of a picture or file: 0 to 1024 code points after parsing."""
    plain, found = parse(text, parse_mode, entities)
    if len(plain) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return plain, found


def noticed(text: str) -> Entities:
    """The entities that the platform finds by itself: commands, mentions, addresses, tags."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in NOTICED.finditer(text)
    ]


def with_noticed(text: str, entities: Entities) -> Entities:
    """Entities of a message with those that the platform adds where none was given."""
    added = [new for new in noticed(text) if not any(_overlap(new, given) for given in entities)]
    return sorted(entities + added, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    starts_before = one["offset"] < other["offset"] + other["length"]
    return bool(starts_before and other["offset"] < one["offset"] + one["length"])


def _checked(entities: Entities, length: int) -> Entities:
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise unparsable("entity begins or ends outside of the text")
    return [dict(entity) for entity in entities if entity["length"]]


def _trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    """Without invisible characters and outer whitespace, as the server cleans it; entities move along."""
    kept: list[str] = []
    position_of = [0]
    for character in text:
        cleaned = BLANKED.sub(" ", DROPPED.sub("", character))
        kept.append(cleaned)
        position_of += [position_of[-1] + utf16_length(cleaned)] * utf16_length(character)
    clean = "".join(kept)
    left = len(clean) - len(clean.lstrip(WHITESPACE))
    trimmed = clean.strip(WHITESPACE)
    end = utf16_length(trimmed)
    moved = []
    for entity in entities:
        start = max(0, position_of[entity["offset"]] - left)
        stop = min(end, position_of[entity["offset"] + entity["length"]] - left)
        if start < stop:
            moved.append({**entity, "offset": start, "length": stop - start})
    return trimmed, sorted(moved, key=lambda entity: (entity["offset"], -entity["length"]))

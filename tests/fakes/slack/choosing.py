"""What a person may fill in or choose in an element, and the form in which the platform hands it to the app."""

import re
from datetime import date, datetime, time
from typing import Any

from tests.fakes.slack.messages import VALUE_OF
from tests.fakes.slack.people import as_id
from tests.fakes.slack.schema import Json

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SEVERAL = "multi_"


def chosen(element: Json, value: Any) -> Any:
    """A plain value (words, an option's label or value, a person, a date) as the element keeps it.

    Raises AssertionError for what nobody can enter there: an option that does not stand in the list, a text too long.
    """
    if value is None:
        return None
    kind = element["type"]
    if kind.startswith(SEVERAL) or kind == "checkboxes":
        assert isinstance(value, list | tuple), f"{kind} takes a list"
        single = element | {"type": kind.removeprefix(SEVERAL) if kind != "checkboxes" else "radio_buttons"}
        return [chosen(single, one) for one in value]
    if kind in {"static_select", "radio_buttons", "overflow"}:
        return option(element, str(value))
    if kind == "external_select":
        return value if isinstance(value, dict) else {"text": _plain(str(value)), "value": str(value)}
    if kind in {"users_select", "conversations_select", "channels_select"}:
        return as_id(value)
    if kind == "file_input":
        return [file.raw() for file in value]
    if kind == "rich_text_input":
        return _rich(str(value))
    return _typed(element, value)


def option(element: Json, name: str) -> Json:
    """The option with this label or value, or the first whose label begins so."""
    options: list[Json] = [
        *element.get("options", []),
        *(one for group in element.get("option_groups", []) for one in group["options"]),
    ]
    for one in options:
        if name in {one["value"], one["text"]["text"]}:
            return one
    for one in options:
        if one["text"]["text"].startswith(name):
            return one
    raise AssertionError(f"there is no option {name!r}: there are {[one['text']['text'] for one in options]}")


def is_empty(held: Json) -> bool:
    return held[VALUE_OF[held["type"]]] in (None, "", [])


def _typed(element: Json, value: Any) -> Any:
    """Dates, times and words."""
    kind = element["type"]
    if kind == "datetimepicker":
        return int(value.timestamp()) if isinstance(value, datetime) else int(value)
    if isinstance(value, datetime | date | time):
        value = value.strftime("%H:%M") if kind == "timepicker" else value.strftime("%Y-%m-%d")
    words = str(value)
    if kind == "datepicker":
        date.fromisoformat(words)
    if kind == "timepicker":
        time.fromisoformat(words)
    if kind == "email_text_input":
        assert EMAIL.fullmatch(words), f"{words!r} is no e-mail address, Slack does not take it"
    if kind == "number_input":
        number = float(words)
        assert element["is_decimal_allowed"] or number.is_integer(), f"{words} has decimals"
        assert float(element.get("min_value", "-inf")) <= number <= float(element.get("max_value", "inf")), words
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3_000)
        assert least <= len(words) <= most, f"{len(words)} characters where {least} to {most} are taken"
    return words


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}

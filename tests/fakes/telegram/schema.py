"""What parameters each method has, read from the published schema where it is at hand.

``../shared/specs/telegram`` lies beside the project and is not part of it. Without it the fake knows the types of the
commonest parameters only, and the limits that are written out in this package.
"""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.telegram.refusals import Refusal, bad_request

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "specs" / "telegram"

CORE_TYPES = {
    **dict.fromkeys(("chat_id", "from_chat_id"), "Integer or String"),
    **dict.fromkeys(
        ("message_id", "message_thread_id", "offset", "limit", "timeout", "cache_time", "max_connections", "user_id"),
        "Integer",
    ),
    **dict.fromkeys(("show_alert", "drop_pending_updates", "protect_content", "is_big"), "Boolean"),
    **dict.fromkeys(("disable_notification", "allow_paid_broadcast"), "Boolean"),
    **dict.fromkeys(("reply_markup", "reply_parameters", "link_preview_options", "scope", "menu_button"), "Object"),
    **dict.fromkeys(("entities", "caption_entities", "commands", "reaction"), "Array of Object"),
    "media": "Any",
    "message_ids": "Array of Integer",
    "allowed_updates": "Array of String",
}
"""Types of parameters by name alone, for want of a schema; all others are strings."""

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "action": "wrong parameter action in request",
}
SERVED_ELSEWHERE = {
    ("editMessageText", "text"),
    ("InlineKeyboardButton", "callback_data"),
    ("answerCallbackQuery", "text"),
    ("BotCommand", "command"),
    ("BotCommand", "description"),
    ("getUpdates", "limit"),
    ("sendMediaGroup", "media"),
    ("deleteMessages", "message_ids"),
    ("ForceReply", "input_field_placeholder"),
    ("ReplyKeyboardMarkup", "input_field_placeholder"),
    ("setWebhook", "secret_token"),
}
"""Limits that the platform refuses in words of its own, or bends by itself."""
MAY_BE_MISSING = {("setWebhook", "url")}
"""A parameter that clients leave out when it is empty, and the platform takes it so."""

SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
    "String": (str,),
}
PLAIN = {"Integer", "Float", "Boolean", "True", "String", "InputFile"}
SEPARATORS = re.compile(r", | or | and ")


class Mismatch(Refusal):
    """A value that does not fit, and the path to where it does not. The words are ours: the platform has none."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(400, f"Bad Request: {words}")
        self.path = path


class Schema:
    """Reads requests: right names, right types, within the documented limits."""

    def __init__(self, document: dict[str, Any], constraints: list[dict[str, Any]]) -> None:
        self._methods: dict[str, Any] = document["methods"]
        self._types: dict[str, Any] = document["types"]
        self._limits: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for limit in constraints:
            if limit.get("unit") in {"characters", "bytes", "items", "value"} and not limit.get("after_entities"):
                self._limits[limit["entity"], limit["field"]].append(limit)
        self.names = {name.lower(): name for name in self._methods}

    def read(self, method: str, fields: dict[str, str], *, refuse_unknown: bool) -> dict[str, Any]:
        """Parameters by name, as the values of their types. Raises Refusal 400."""
        known = {field["name"]: field for field in self._methods[method]["fields"]}
        if refuse_unknown and (unknown := sorted(fields.keys() - known.keys())):
            raise bad_request(f'{method} has no parameter "{unknown[0]}"')
        values = {}
        for name, field in known.items():
            if name in fields:
                values[name] = value_of(name, fields[name], field["type"])
                self._check(values[name], field["type"], name)
                self._check_limits(method, name, values[name])
            elif field["required"] and (method, name) not in MAY_BE_MISSING:
                raise missing(name)
        return values

    def _check(self, value: Any, kind: str, path: str) -> None:
        """Raise 400 unless the value is of the kind; where several are allowed, of the one that fits best."""
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise wrong_type(path, kind)
            for index, item in enumerate(value):
                self._check(item, kind.removeprefix("Array of "), f"{path}[{index}]")
            return
        complaints = []
        for candidate in self._candidates(kind):
            try:
                self._check_one(value, candidate, path)
            except Mismatch as complaint:
                complaints.append(complaint)
            else:
                return
        raise max(complaints, key=lambda complaint: len(complaint.path))  # the kind that fitted furthest

    def _candidates(self, kind: str) -> list[str]:
        candidates: list[str] = []
        for name in SEPARATORS.split(kind):
            candidates += self._types.get(name, {}).get("subtypes_10_1") or [name]
        return candidates

    def _check_one(self, value: Any, kind: str, path: str) -> None:
        if kind in SCALARS:
            is_number_for_truth = isinstance(value, bool) and bool not in SCALARS[kind]
            if is_number_for_truth or not isinstance(value, SCALARS[kind]):
                raise wrong_type(path, kind)
            return
        fields = {field["name"]: field for field in self._types.get(kind, {}).get("fields", [])}
        if not fields:
            return
        if not isinstance(value, dict):
            raise wrong_type(path, kind)
        self._check_fields(value, fields, kind, path)

    def _check_fields(self, value: dict[str, Any], fields: dict[str, Any], kind: str, path: str) -> None:
        for name in value.keys() - fields.keys():
            raise Mismatch(f"{path}.", f'{kind} in {path} has no field "{name}"')
        for name, field in fields.items():
            if name in value:
                self._check(value[name], field["type"], f"{path}.{name}")
                self._check_limits(kind, name, value[name], path=f"{path}.{name}")
            elif field["required"]:
                raise Mismatch(f"{path}.", f'{kind} in {path} needs the field "{name}"')

    def _check_limits(self, entity: str, name: str, value: Any, *, path: str = "") -> None:
        limits = self._limits.get((entity, name), [])
        if not limits or (entity, name) in SERVED_ELSEWHERE:
            return
        # Some fields have two ranges for two cases; within either is within.
        if not any(_size(value, limit["unit"]) in _Range(limit) for limit in limits):
            raise Mismatch(path, f"{entity}.{name} is out of its limits: {limits[0]['text']}")


class _Range:
    def __init__(self, limit: dict[str, Any]) -> None:
        self._low, self._high = limit.get("min", 0), limit["max"]

    def __contains__(self, size: float) -> bool:
        return bool(self._low <= size <= self._high)


def _size(value: Any, unit: str) -> float:
    if unit == "bytes":
        return len(str(value).encode())
    return float(value) if unit == "value" else len(value)


def wrong_type(path: str, kind: str) -> Mismatch:
    return Mismatch(path, f"{path} must be of the type {kind}")


def missing(name: str) -> Refusal:
    return bad_request(MISSING.get(name, f'parameter "{name}" is required'))


def value_of(name: str, text: str, kind: str) -> Any:
    """A form field as a value of its type. Raises 400 when it cannot be one."""
    kinds = set(SEPARATORS.split(kind))
    if "Integer" in kinds and re.fullmatch(r"-?\d+", text):
        return int(text)
    if "Float" in kinds and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if "Boolean" in kinds and text.lower() in {"true", "false", "1", "0"}:
        return text.lower() in {"true", "1"}
    if kinds <= PLAIN:
        if kinds & {"String", "InputFile"}:
            return text
        raise wrong_type(name, kind)
    try:
        return json.loads(text)
    except ValueError as error:
        if name == "reply_markup":
            raise bad_request("can't parse reply keyboard markup JSON object") from error
        raise bad_request(f"can't parse {name} JSON object") from error


def read_without_schema(fields: dict[str, str]) -> dict[str, Any]:
    """Parameters by the types that their names suggest. Raises 400 when a value is of another."""
    return {
        name: value_of(name, text, CORE_TYPES[name]) if CORE_TYPES.get(name, "Any") != "Any" else _loose(name, text)
        for name, text in fields.items()
    }


def _loose(name: str, text: str) -> Any:
    return json.loads(text) if name in CORE_TYPES and text[:1] in "[{" else text


@cache
def published_schema(folder: Path = FOLDER) -> Schema | None:
    """The newest schema in the folder with its constraints; None where there is no folder."""
    documents = sorted(
        path for path in folder.glob("bot-api-*.json") if re.fullmatch(r"bot-api-[\d.]+\.json", path.name)
    )
    if not documents:
        return None
    constraints = documents[-1].with_suffix(".constraints.json")
    rows = json.loads(constraints.read_text())["constraints"] if constraints.exists() else []
    return Schema(json.loads(documents[-1].read_text()), rows)

"""A small language for what a JSON value must look like, and the platform's words for what is wrong with it.

A check is a function of a value, the JSON pointer to it and the list of what was found wrong so far.
"""

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Found = list[str]
Check = Callable[[Any, str, Found], None]


def wrong(found: Found, words: str, path: str) -> None:
    found.append(f"{words} [json-pointer:{path}]")


def string(most: int | None = None, *, least: int = 0, pattern: str | None = None, words: str = "") -> Check:
    """A string of so many characters; ``words`` for one that the pattern does not match."""

    def check(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, str):
            wrong(found, "must be a string", path)
        elif len(value) < least:
            wrong(found, f"must be more than {least - 1} characters", path)
        elif most is not None and len(value) > most:
            wrong(found, f"must be less than {most + 1} characters", path)
        elif pattern is not None and not re.fullmatch(pattern, value):
            wrong(found, words, path)

    return check


def boolean(value: Any, path: str, found: Found) -> None:
    if not isinstance(value, bool):
        wrong(found, "must be a boolean", path)


def integer(least: int | None = None, most: int | None = None) -> Check:
    def check(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            wrong(found, "must be an integer", path)
        elif least is not None and value < least:
            wrong(found, f"must be greater than or equal to {least}", path)
        elif most is not None and value > most:
            wrong(found, f"must be less than or equal to {most}", path)

    return check


def any_object(value: Any, path: str, found: Found) -> None:
    """An object whose fields are nobody's business here."""
    if not isinstance(value, dict):
        wrong(found, "must provide an object", path)


def one_of(*values: str) -> Check:
    def check(value: Any, path: str, found: Found) -> None:
        if value not in values:
            wrong(found, "must be a valid enum value", path)

    return check


def each(item: Check, *, least: int = 1, most: int | None = None) -> Check:
    """A list of so many items, each as ``item`` wants it."""

    def check(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, list):
            wrong(found, "must provide an array", path)
            return
        if len(value) < least:
            wrong(found, f"must provide at least {least} items", path)
        if most is not None and len(value) > most:
            wrong(found, f"no more than {most} items allowed", path)
        for number, one in enumerate(value):
            item(one, f"{path}/{number}", found)

    return check


def fields(required: dict[str, Check] | None = None, /, **optional: Check) -> Check:
    """An object with these fields and no others."""
    required = required or {}
    known = required | optional

    def check(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, dict):
            wrong(found, "must provide an object", path)
            return
        for name in required:
            if name not in value:
                wrong(found, f"missing required field: {name}", path)
        for name in value:
            if name != "type" and name not in known:
                wrong(found, f"invalid additional property: {name}", path)
        for name, one in known.items():
            if name in value:
                one(value[name], f"{path}/{name}", found)

    return check


def typed(kinds: dict[str, Check]) -> Check:
    """An object whose ``type`` decides what else it has."""

    def check(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, dict):
            wrong(found, "must provide an object", path)
        elif "type" not in value:
            wrong(found, "missing required field: type", path)
        elif value["type"] not in kinds:
            wrong(found, f"unsupported type: {value['type']}", f"{path}/type")
        else:
            kinds[value["type"]](value, path, found)

    return check


def any_schema(check: Check) -> Check:
    """Where several schemas are allowed, the platform first says that none matched."""

    def checked(value: Any, path: str, found: Found) -> None:
        inner: Found = []
        check(value, path, inner)
        if inner:
            wrong(found, "failed to match all allowed schemas", path)
            found.extend(inner)

    return checked


def together(*checks: Check) -> Check:
    def check(value: Any, path: str, found: Found) -> None:
        for one in checks:
            one(value, path, found)

    return check

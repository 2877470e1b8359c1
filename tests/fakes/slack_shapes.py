"""Whether JSON has only what was ever seen in records of the same kind: names of fields, and kinds of values."""

from typing import Any


def strange(value: Any, shape: Any, path: str = "") -> list[str]:
    """Paths in a value that the union of recorded fields does not have, or has with another kind of value."""
    if value is None or shape in ({}, []) or path.endswith("/state/values"):
        return []  # nothing is recorded of what such a field holds, or the app itself named what is in it
    if isinstance(value, dict):
        if not isinstance(shape, dict):
            return [f"{path} is an object"]
        unknown = [f"{path}/{name}" for name in value if name not in shape]
        return unknown + [
            one
            for name, inner in value.items()
            if name in shape
            for one in strange(inner, shape[name], f"{path}/{name}")
        ]
    if isinstance(value, list):
        if not isinstance(shape, list):
            return [f"{path} is a list"]
        return [
            one for number, item in enumerate(value) for one in strange(item, _alike(item, shape), f"{path}/{number}")
        ]
    return [] if _kind(value) == _kind(shape) else [f"{path} is {value!r} where {shape!r} was seen"]


def _alike(item: Any, shapes: list[Any]) -> Any:
    """The records of the same type, or all of them, together."""
    if not isinstance(item, dict):
        return shapes[0]
    records = [shape for shape in shapes if isinstance(shape, dict)]
    same = [shape for shape in records if "type" in item and shape.get("type") in {item["type"], ""}]
    return together(*(same or records))


def _kind(value: Any) -> str:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def together(*records: Any) -> Any:
    """The union of several records; lists keep every item."""
    merged: Any = records[0]
    for record in records[1:]:
        merged = _both(merged, record)
    return merged


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        names = one.keys() | other.keys()
        return {name: _both(one.get(name), other.get(name)) for name in names}
    if isinstance(one, list) and isinstance(other, list):
        return one + other
    return other if one is None or one in ({}, []) else one


def blocks_in(value: Any) -> list[Any]:
    """All blocks, wherever they stand in a record."""
    if isinstance(value, list):
        return [one for item in value for one in blocks_in(item)]
    if not isinstance(value, dict):
        return []
    own = value.get("blocks")
    found = list(own) if isinstance(own, list) else []
    return found + [one for inner in value.values() for one in blocks_in(inner)]


def with_blocks(shape: Any, blocks: list[Any]) -> Any:
    """The record with these blocks wherever it has any: what blocks look like does not depend on where they stand."""
    if isinstance(shape, list):
        return [with_blocks(one, blocks) for one in shape]
    if not isinstance(shape, dict):
        return shape
    return {name: blocks if name == "blocks" else with_blocks(inner, blocks) for name, inner in shape.items()}

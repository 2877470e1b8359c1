"""Column types that both databases give back as they were put in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from domain.apart import UNREADABLE
from domain.facts import UnreadFacts, decode_facts, encode_facts

BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys by itself
PlainJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides. SQLite gives naive values back, and would take naive ones silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time cannot be stored: say which zone it is in")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TimeOfDay(TypeDecorator[time]):
    """A local time of day as ``HH:MM`` text, the same on both databases."""

    impl = String(15)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class FactsJson(TypeDecorator[Any]):
    """JSON that keeps moments, money and registered values: see ``domain.facts``."""

    impl = PlainJson
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else encode_facts(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else decode_facts(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(x == y)


class GuardedFacts(FactsJson):
    """Facts of rows that others wait behind: those that cannot be read come back as ``UnreadFacts``."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        process = super().result_processor(dialect, coltype)
        assert process is not None

        def read(value: Any) -> Any:
            try:
                return process(value)
            except UNREADABLE:
                return UnreadFacts()

        return read


class Words(TypeDecorator[Any]):
    """A string enumeration by its values, as plain text: a new word needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)


def json_column() -> TypeEngine[Any]:
    """Plain JSON: lists and dictionaries of strings."""
    return PlainJson

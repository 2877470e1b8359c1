"""Finding somebody's name, numbers and addresses in texts, and putting a dash in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_
from sqlalchemy.ext.asyncio import AsyncSession

from domain.values.phones import national_digits
from domain.values.writing import is_han
from storage.dialects import is_sqlite

ERASED = "—"
_SEPARATORS = r"[\s().\-/·]*"


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """``names`` as people write them; ``phones`` as E.164; ``others`` are e-mails and handles."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    others: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [_word(value) for value in sorted({*self.names, *self.others}, key=len, reverse=True) if value]
        parts += [_number(phone) for phone in self.phones if sum(map(str.isdigit, phone)) > 5]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def text(self, text: str) -> str:
        return text if self._pattern is None else self._pattern.sub(ERASED, text)

    def value(self, value: Any) -> Any:
        """The same in every string of a JSON value; its keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return value

    def may_stand_in(self, session: AsyncSession, column: ColumnElement[Any]) -> ColumnElement[bool] | None:
        """Rows worth reading, for tables in which most have nothing of it. Only what can hardly mean anybody else."""
        needles = {name for name in self.names if is_distinctive(name)} | {*self.others}
        forms = {form for needle in needles if len(needle) > 1 for form in (needle, json.dumps(needle)[1:-1])}
        if not forms and not self.phones:
            return None
        find = func.instr if is_sqlite(session) else func.strpos
        text = func.lower(cast(column, String))
        found = [find(text, form.lower()) > 0 for form in sorted(forms)]
        if self.phones:
            digits = func.replace(func.replace(func.replace(text, " ", ""), "-", ""), ".", "")
            found += [find(digits, national_digits(phone)) > 0 for phone in self.phones]
        return or_(*found)


def is_distinctive(name: str) -> bool:
    """A first and a last name, or two Chinese characters: a bare "Tom" stands in what is somebody else's."""
    return len(name.split()) > 1 or (len(name) > 1 and all(is_han(character) for character in name))


def _word(value: str) -> str:
    before = r"(?<![0-9A-Za-z])" if value[0].isascii() and value[0].isalnum() else ""
    after = r"(?![0-9A-Za-z])" if value[-1].isascii() and value[-1].isalnum() else ""
    return f"{before}{re.escape(value)}{after}"


def _number(phone: str) -> str:
    """However it is grouped, with the country code, with a leading zero, or with neither."""
    digits, national = "".join(filter(str.isdigit, phone)), national_digits(phone)
    spread = [_SEPARATORS.join(digits), _SEPARATORS.join(national), f"0{_SEPARATORS}{_SEPARATORS.join(national)}"]
    return rf"\+?(?<![0-9])(?:{'|'.join(spread)})(?![0-9])"


def redaction_of(names: Sequence[str], points: Sequence[tuple[str, str]]) -> Redaction:
    """``points`` are (kind, value) of contact points."""
    phones = tuple(value for kind, value in points if kind in {"phone", "whatsapp"})
    others = tuple(value for kind, value in points if kind not in {"phone", "whatsapp"} and len(value) > 3)
    return Redaction(names=tuple(name for name in dict.fromkeys(names) if len(name) > 1), phones=phones, others=others)

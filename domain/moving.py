"""Taking in what an export wrote: the refusals."""

from __future__ import annotations

from datetime import datetime

from domain.errors import CrmError


class ImportRefused(CrmError):
    """Nothing was written. ``line`` is the number of the first line that is wrong, ``field`` what is wrong in it,
    ``why`` one of the words below, ``value`` what stood there (shortened)."""

    code = "import-refused"

    NOT_JSON = "not-json"
    NO_TEXT = "no-text"
    NO_OBJECT = "no-object"
    UNKNOWN_TYPE = "unknown-type"
    UNKNOWN_FIELD = "unknown-field"
    MISSING = "missing"
    WRONG_VALUE = "wrong-value"
    TWICE = "twice"
    NOT_THERE = "not-there"
    TAKEN = "taken"

    def __init__(self, *, line: int, why: str, field: str = "", value: str = "") -> None:
        super().__init__(line=line, why=why, field=field, value=value[:80])
        self.line = line
        self.why = why


class ImportedBefore(CrmError):
    """This very file was taken in at ``at``, and that stands: once more everything in it would be there twice."""

    code = "imported-before"

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at=at)

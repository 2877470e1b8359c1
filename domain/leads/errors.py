from __future__ import annotations

from domain.errors import CrmError
from domain.records import Found
from domain.values.people import mask_name


class WordsUnclear(CrmError):
    """Words without a number, an address or a comma: they may be a lead, or anything else."""

    code = "lead-words-unclear"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class DuplicateFound(CrmError):
    """Somebody has it already. The facts are masked: who may not see the record learns only that it exists."""

    code = "duplicate-found"

    def __init__(self, found: Found) -> None:
        super().__init__(
            matched=found.matched,
            owner=mask_name(found.owner_name) if found.owner_name else None,
            touched=found.last_touched_at,
        )
        self.found = found


class LeadAlreadyClosed(CrmError):
    code = "lead-already-closed"
    ends_question = True

    def __init__(self, *, lead: int, status: str) -> None:
        super().__init__(lead=lead, status=status)


class NothingToSave(CrmError):
    """Neither a company nor a person was named."""

    code = "nothing-to-save"


class WrongPhone(CrmError):
    code = "wrong-phone"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class WrongEmail(CrmError):
    code = "wrong-email"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class WrongHandle(CrmError):
    """A WeChat, QQ or WhatsApp name of an impossible form."""

    code = "wrong-handle"

    def __init__(self, *, typed: str, kind: str) -> None:
        super().__init__(typed=typed, kind=kind)


class TooLong(CrmError):
    """More than ``limit`` characters in a field whose catalogue key is ``field-NAME``."""

    code = "too-long"

    def __init__(self, *, field: str, limit: int) -> None:
        super().__init__(field=field, limit=limit)


class NoSuchColleague(CrmError):
    """No active colleague has this name."""

    code = "no-such-colleague"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)

from __future__ import annotations

from domain.errors import CrmError


class WrongCreditCode(CrmError):
    """Not 18 characters, or its checksum is wrong."""

    code = "wrong-credit-code"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class WrongBirthday(CrmError):
    code = "wrong-birthday"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)

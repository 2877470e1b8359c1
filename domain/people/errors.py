from __future__ import annotations

from domain.errors import CrmError


class NameTaken(CrmError):
    """Names of active staff are unique, because @name must mean one person."""

    code = "name-taken"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class StaffNotFound(CrmError):
    code = "staff-not-found"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class IdentityTaken(CrmError):
    """The chat account belongs to somebody else already."""

    code = "identity-taken"


class InvitationInvalid(CrmError):
    """The code is wrong, was used, or has run out."""

    code = "invitation-invalid"

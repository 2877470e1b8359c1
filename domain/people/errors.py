from __future__ import annotations

from collections.abc import Collection

from domain.errors import CrmError


class NameTaken(CrmError):
    """Names of active staff are unique, because @name must mean one person."""

    code = "name-taken"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class NameMissing(CrmError):
    """Somebody without a name cannot be called by @name."""

    code = "name-missing"


class StaffNotFound(CrmError):
    code = "staff-not-found"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class NotTheirs(CrmError):
    """It was said whose a record is, and it is somebody else's, or nobody's."""

    code = "handover-not-theirs"

    def __init__(self, *, record: str, name: str) -> None:
        super().__init__(record=record, name=name)


class HandoverToOneself(CrmError):
    """Nothing would change hands."""

    code = "handover-to-oneself"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class FieldLocked(CrmError):
    """The company lets others alone change it; ``field`` as ``customer-grade``, each role yes or no."""

    code = "field-locked"

    def __init__(self, *, field: str, may: Collection[str]) -> None:
        yes = {role: "yes" if role in may else "no" for role in ("rep", "agent", "manager")}
        super().__init__(field=field.replace(".", "-"), **yes)


class TeamMissing(CrmError):
    """No such team, or no name for one."""

    code = "team-missing"


class TeamTaken(CrmError):
    code = "team-taken"

    def __init__(self, *, team: str) -> None:
        super().__init__(team=team)


class TeamWithinItself(CrmError):
    """A team cannot be part of one that is part of it."""

    code = "team-within-itself"

    def __init__(self, *, team: str) -> None:
        super().__init__(team=team)


class TeamInUse(CrmError):
    """Somebody is in it, or another team is part of it."""

    code = "team-in-use"

    def __init__(self, *, team: str, people: int, teams: int) -> None:
        super().__init__(team=team, people=people, teams=teams)


class NotASight(CrmError):
    """Nobody of this role can see so far, or so little."""

    code = "not-a-sight"


class IdentityTaken(CrmError):
    """The chat account belongs to somebody else already."""

    code = "identity-taken"


class InvitationInvalid(CrmError):
    """The code is wrong, was used, or has run out."""

    code = "invitation-invalid"


class LastAdmin(CrmError):
    """Without an admin nobody could let others in."""

    code = "last-admin"


class UnknownZone(CrmError):
    """No IANA zone, and no city of one."""

    code = "unknown-zone"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class HoursReversed(CrmError):
    """Work would end before it begins."""

    code = "hours-reversed"


class CodeForCustomer(CrmError):
    """A colleague opened a code that is meant for a customer; it stays good."""

    code = "code-for-customer"


class ContactLeft(CrmError):
    """The contact is no longer at their customer, so nobody is bound to them."""

    code = "contact-has-left"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)

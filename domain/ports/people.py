"""Staff, their accounts and the company. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from domain.company.figures import QuietLead
from domain.company.model import Company
from domain.people.model import Consent, Identity, Invitation, Role, Staff


class StaffRepository(Protocol):
    async def add(self, staff: Staff) -> Staff: ...
    async def get(self, staff_id: int) -> Staff: ...
    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Staff]: ...
    async def find_by_name(self, name: str) -> Staff | None:
        """The active person of that name, case and width ignored."""

    async def list_active(self) -> Sequence[Staff]: ...
    async def list_admins(self) -> Sequence[Staff]:
        """Those who are active, locked: of two admins who take the role from each other at once the second finds that out."""

    async def list_with_deputies(self, deputy_ids: Collection[int]) -> Sequence[Staff]:
        """Active people for whom one of these stands in while they are away, now or at another time."""

    async def list_all(self) -> Sequence[Staff]: ...
    async def list_teams(self) -> Sequence[str]:
        """Those that somebody active is in, each once, in no order."""

    async def move_team(self, old: str, new: str) -> None:
        """Whoever is or was in ``old``, or in a team below it, is in the same below ``new`` now: hundreds in a few statements."""

    async def managers_of(self, staff: Staff) -> Sequence[Staff]:
        """The active managers of the person's team, else those without a team, else the admins; never the person."""


class MenuShown(NamedTuple):
    """Which menu of commands somebody of a channel sees. ``role`` and ``locale`` are None for whoever is not of the staff;
    ``shown`` is what was last set for them, None for the menu that everybody has."""

    identity_id: int
    user: str
    role: Role | None
    locale: str | None
    shown: str | None


class IdentityRepository(Protocol):
    async def list_menus(self, channel: str) -> Sequence[MenuShown]:
        """Of the active staff, and of those who still see a menu of their own."""

    async def mark_menu(self, identity_id: int, shown: str | None) -> None:
        """Remember what the platform was told; no change of the person's, so not journaled."""

    async def find(self, channel: str, user: str) -> Identity | None: ...
    async def meet(self, channel: str, people: Sequence[Identity]) -> Sequence[Identity]:
        """Those among them who are known, as they are known, and the others, newly added. Two statements for any number."""

    async def get(self, identity_id: int) -> Identity: ...
    async def add(self, identity: Identity) -> Identity: ...
    async def list_for_staff(self, staff_id: int) -> Sequence[Identity]:
        """Reachable and unreachable, the one last spoken from first."""

    async def list_for_contact(self, contact_id: int) -> Sequence[Identity]: ...
    async def list_reachable(self, *, staff_ids: Sequence[int], contact_ids: Sequence[int]) -> Sequence[Identity]:
        """With a private place and not unreachable, for many people at once, last spoken from first."""

    async def list_at(self, places: Collection[tuple[str, str]]) -> Sequence[Identity]:
        """The accounts of staff whose private conversation is one of these (channel, key)."""

    async def list_of_channel(self, channel: str, *, limit: int) -> Sequence[Identity]: ...
    async def list_by_ids(self, ids: Collection[int]) -> Sequence[Identity]: ...
    async def list_staff_on(self, channel: str, staff_ids: Collection[int]) -> Collection[int]:
        """Which of these people have an account there."""

    async def cannot_be_reached(self, identity_id: int, at: datetime) -> None:
        """The platform refuses this person for good; they are tried again once they speak."""

    async def spoke(self, identity_id: int, at: datetime, *, private_place: str | None) -> None:
        """Remember where the person last spoke; whoever speaks is reachable again."""

    async def add_consent(self, consent: Consent) -> None: ...
    async def list_consents(self, identity_ids: Collection[int]) -> Sequence[Consent]:
        """Oldest first: the last of a topic counts."""

    async def add_invitation(self, invitation: Invitation) -> Invitation: ...
    async def find_invitation(self, code: str) -> Invitation | None:
        """Locked: of two who open it at once, the second sees what the first did."""

    async def withdraw_open_invitations(self, *, now: datetime) -> None:
        """Those that name nobody and were not used run out now."""


class CompanyRepository(Protocol):
    async def get(self) -> Company:
        """The one row; made from the settings' defaults when the database is new."""

    async def list_quiet_leads(self, *, since: datetime, limit: int) -> Sequence[QuietLead]:
        """Leads created since then, the newest first, without those that were lost before anybody did anything."""

    async def count_chosen(self, topic: str, keys: Sequence[str], *, limit: int) -> Mapping[str, int]:
        """In how many of the newest ``limit`` records something of a list (``stages``, ``sources``, ``lost_reasons``) was
        chosen, by key; stages of open opportunities alone."""

"""What is kept of groups of any kind. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from domain.groups.known import KnownGroup


class KnownGroups(Protocol):
    """Names of groups, and who of the staff was seen speaking there. ``place`` is the whole group's. Not journaled."""

    async def note(self, channel: str, place: str, *, title: str | None, speaker: int | None) -> None:
        """Somebody of the staff (``speaker``) spoke there, or the platform told how it is called. Writes only what is new;
        a group is known from the first word that a colleague says there."""

    async def forget(self, channel: str, place: str) -> None:
        """The bot is not there any more."""

    async def speakers_left(self, channel: str, users: Collection[str], place: str) -> None:
        """These, as the channel names them, are not there any more."""

    async def list_spoken_in(self, staff_id: int, *, limit: int) -> Sequence[KnownGroup]:
        """Groups with a name in which this person was seen speaking, by name."""

    async def list_speakers(self, groups: Collection[KnownGroup]) -> Mapping[tuple[str, str], Sequence[str]]:
        """Names of the active colleagues who were seen speaking there, by channel and place."""

    async def titles_of(self, places: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """What groups are called, by channel and place; those without a known name are left out."""

"""Who leads whom."""

from __future__ import annotations

from collections.abc import Sequence

from domain.people.model import Role, Staff


def leaders_of(person: Staff | None, people: Sequence[Staff]) -> list[Staff]:
    """The managers of the person's team, else those of no team, else the admins; never the person.

    Of nobody in particular: the managers of no team, else the admins.
    """
    others = [each for each in people if each.leads_others and each is not person]
    managers = [each for each in others if each.role is Role.MANAGER]
    of_team = [each for each in managers if person is not None and each.team == person.team]
    return (
        of_team
        or [each for each in managers if each.team is None]
        or [each for each in others if each.role is Role.ADMIN]
    )

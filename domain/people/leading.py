"""Who leads whom."""

from __future__ import annotations

from collections.abc import Sequence

from domain.people.model import Role, Staff
from domain.people.teams import upwards


def leaders_of(person: Staff | None, people: Sequence[Staff]) -> list[Staff]:
    """The managers of the person's team, else of the next one above that has any, else those of no team, else the admins,
    else whichever managers there are; never the person.

    Of nobody in particular: the managers of no team, else the admins, else all managers.
    """
    others = [each for each in people if each.leads_others and each is not person]
    managers = [each for each in others if each.role is Role.MANAGER]
    for team in upwards(person.team if person is not None else None):
        of_team = [each for each in managers if each.team == team]
        if of_team:
            return of_team
    of_no_team = [each for each in managers if each.team is None]
    return of_no_team or [each for each in others if each.role is Role.ADMIN] or managers

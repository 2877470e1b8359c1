"""Teams are a tree. What a team is called is its whole path (``Sales/North``), so that who leads whom can be read from two
names, by the database as well: nobody walks the tree. See docs/decisions/0031."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from domain.values.writing import tidy

SEPARATOR = "/"
LONGEST_NAME = 60
LONGEST_TEAM = 200
_LONGEST_TYPED = 1000  # what is longer is no name, and is not read to its end


def tidy_team(typed: str | None) -> str | None:
    """``Sales / North`` as ``Sales/North``; None for nothing. What is too long is cut."""
    names = [tidy(name)[:LONGEST_NAME].strip() for name in (typed or "")[:_LONGEST_TYPED].replace("／", "/").split("/")]
    team = SEPARATOR.join(name for name in names if name)
    while len(team) > LONGEST_TEAM:
        team = team.rpartition(SEPARATOR)[0]
    return team or None


def upwards(team: str | None) -> Sequence[str]:
    """The team and those it is part of, from below: Sales/North, Sales."""
    names = team.split(SEPARATOR) if team else []
    return [SEPARATOR.join(names[:count]) for count in range(len(names), 0, -1)]


def last_name(team: str) -> str:
    return team.rpartition(SEPARATOR)[2]


def is_within(team: str | None, above: str) -> bool:
    """Is it this team, or one below it?"""
    return team is not None and (team == above or team.startswith(above + SEPARATOR))


def is_below(team: str | None, above: str) -> bool:
    return is_within(team, above) and team != above


def moved_path(team: str, old: str, new: str) -> str:
    """The path of a team when ``old`` has become ``new``."""
    return new + team[len(old) :] if is_within(team, old) else team


def in_order(teams: Iterable[str | None]) -> list[str]:
    """With those above them, each behind the one that it is part of."""
    named = {each for team in teams for each in upwards(team)}
    return sorted(named, key=lambda team: team.casefold().split(SEPARATOR))


def find_team(typed: str, teams: Iterable[str]) -> str | None:
    """By its whole path, or by its own name where only one is called so; in any case."""
    wanted = (tidy_team(typed) or "").casefold()
    known = list(teams)
    whole = [team for team in known if team.casefold() == wanted]
    named = [team for team in known if last_name(team).casefold() == wanted]
    if whole:
        return whole[0]
    return named[0] if len(named) == 1 else None


def as_written(team: str, teams: Collection[str]) -> str:
    """With the teams above it, and itself, written as they are where they differ in case alone: nobody tells ``sales`` from ``Sales``."""
    for above in upwards(team):
        standing = (
            above if above in teams else next((each for each in teams if each.casefold() == above.casefold()), None)
        )
        if standing is not None:
            return standing + team[len(above) :]
    return team

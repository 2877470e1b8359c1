from __future__ import annotations

import pytest

from domain.people.model import Role, Scope
from domain.people.seeing import scope_of
from domain.people.teams import as_written, find_team, in_order, is_below, is_within, moved_path, tidy_team, upwards


@pytest.mark.parametrize(
    ("typed", "team"),
    [
        (" Sales / North ", "Sales/North"),
        ("销售／华东", "销售/华东"),
        ("/Sales//North/", "Sales/North"),
        ("  /  ", None),
        (None, None),
        ("x" * 100, "x" * 60),
        ("/".join(["y" * 60] * 5), "/".join(["y" * 60] * 3)),
    ],
)
def test_a_path_is_tidied(typed: str | None, team: str | None) -> None:
    assert tidy_team(typed) == team


def test_who_is_within_whom() -> None:
    assert upwards("Sales/North/York") == ["Sales/North/York", "Sales/North", "Sales"]
    assert upwards(None) == []
    assert is_within("Sales/North", "Sales")
    assert is_within("Sales", "Sales")
    assert not is_within("Salesforce", "Sales")
    assert not is_within("sales/North", "Sales")
    assert not is_within(None, "Sales")
    assert not is_below("Sales", "Sales")
    assert moved_path("Sales/North/York", "Sales/North", "East") == "East/York"
    assert moved_path("Sales/Northern", "Sales/North", "East") == "Sales/Northern"
    assert in_order(["B/x", "a", None, "B"]) == ["a", "B", "B/x"]


def test_a_team_is_found_by_its_path_or_by_a_name_that_one_has() -> None:
    teams = ["Sales", "Sales/North", "Support", "Support/North", "Sales/York"]
    assert find_team("sales/north", teams) == "Sales/North"
    assert find_team("York", teams) == "Sales/York"
    assert find_team("North", teams) is None
    assert find_team("", teams) is None


def test_case_alone_makes_no_other_team() -> None:
    teams = ["Sales", "Sales/North", "support"]
    assert as_written("sales/east", teams) == "Sales/east"
    assert as_written("SALES/north/York", teams) == "Sales/North/York"
    assert as_written("Support", [*teams, "Support"]) == "Support"
    assert as_written("Sales2/North", teams) == "Sales2/North"


@pytest.mark.parametrize(
    ("role", "team", "sees", "scope"),
    [
        (Role.REP, "Sales", None, Scope.OWN),
        (Role.REP, "Sales", Scope.TEAM, Scope.TEAM),
        (Role.REP, None, Scope.TEAM, Scope.OWN),
        (Role.REP, None, Scope.ALL, Scope.ALL),
        (Role.AGENT, None, Scope.TEAM, Scope.DESK),
        (Role.AGENT, "Desk", Scope.OWN, Scope.DESK),
        (Role.MANAGER, None, None, Scope.ALL),
        (Role.MANAGER, "Sales", Scope.OWN, Scope.OWN),
        (Role.MANAGER, None, Scope.OWN, Scope.OWN),
        (Role.ADMIN, "Sales", Scope.OWN, Scope.ALL),
    ],
)
def test_how_far_somebody_sees(role: Role, team: str | None, sees: Scope | None, scope: Scope) -> None:
    assert scope_of(role, team, sees) is scope

from __future__ import annotations

from typing import Any

from domain.reports.model import Counted
from domain.reviews.findings import find_overload, find_payment, find_stall


def line(group: Any, **counts: int) -> Counted:
    return Counted(section="x", group=group, counts=counts)


def test_sales_stand_still_where_most_do_and_too_few_say_nothing() -> None:
    stages = [line("demo", all=9, stuck=4), line("proposal", all=5, stuck=4), line("other", all=3, stuck=2)]
    found = find_stall(stages)
    assert found is not None
    assert (found.stage, found.stuck, found.all) == ("proposal", 4, 5)
    assert find_stall(stages[2:]) is None
    assert find_stall([]) is None


def test_a_source_pays_by_its_share_and_none_is_blamed_for_few_leads() -> None:
    fair, web = line("fair", all=10, won=3), line("web", all=40, won=4)
    few, none, nameless = line("few", all=9, won=0), line("cold", all=12, won=0), line(None, all=99, won=99)
    found = find_payment([fair, web, few, none, nameless])
    assert found is not None
    assert (found.best, found.worst) == (fair, none)
    alone = find_payment([web, few])
    assert alone is not None
    assert alone.worst is None
    assert find_payment([none, few, nameless]) is None


def test_leads_go_from_who_has_far_more_than_the_others_of_the_team() -> None:
    teams = {1: "north", 2: "north", 3: "south"}
    found = find_overload({1: 31, 2: 12, 3: 0}, teams)
    assert found is not None
    assert (found.giver, found.taker, found.give, found.typical) == (1, 2, 9, 12)
    far = find_overload({1: 31, 3: 3}, {1: "north", 3: "south"})
    assert far is not None
    assert (far.taker, far.give) == (3, 10)
    assert find_overload({1: 31, 2: 25}, teams) is None  # not so many more
    assert find_overload({1: 9}, teams) is None
    assert find_overload({1: 31}, {1: "north"}) is None  # nobody to take them
    assert find_overload({}, {}) is None

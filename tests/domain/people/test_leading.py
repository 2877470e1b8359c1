"""Who hears of what somebody in particular, or nobody, let slip."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.people.leading import leaders_of
from domain.people.model import Role, Staff

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def somebody(name: str, role: Role, team: str | None) -> Staff:
    return Staff(name=name, role=role, team=team, created_at=AT)


def test_where_anybody_leads_somebody_hears_of_it() -> None:
    sam, tom = somebody("Sam", Role.AGENT, "Support"), somebody("Tom", Role.REP, "Sales")
    ana, ada = somebody("Ana", Role.MANAGER, "Sales"), somebody("Ada", Role.ADMIN, None)
    zoe = somebody("Zoe", Role.MANAGER, None)

    assert leaders_of(tom, [sam, tom, ana, ada, zoe]) == [ana]
    assert leaders_of(sam, [sam, tom, ana, ada, zoe]) == leaders_of(None, [ana, ada, zoe]) == [zoe]
    assert leaders_of(sam, [sam, tom, ana, ada]) == leaders_of(None, [ana, ada]) == [ada]
    assert leaders_of(sam, [sam, tom, ana]) == leaders_of(None, [sam, ana]) == [ana]
    assert leaders_of(ana, [sam, ana]) == []

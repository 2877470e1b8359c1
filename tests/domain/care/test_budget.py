"""How much somebody hears of us: what waits for what, and what goes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.care.budget import KEYS, Kind, SaidTo, Standing, verdict
from domain.people.consent import UNASKED
from domain.people.model import Topic

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
WANTS_ALL = dict.fromkeys(Topic, True)


def said(kind: Kind, *, days: float, is_sent: bool = True, row_id: int = 7) -> SaidTo:
    """``days`` from now; what was sent lies behind us."""
    return SaidTo(row_id=row_id, kind=kind, at=NOW + timedelta(days=days), is_sent=is_sent)


def standing(*rows: SaidTo, complains: bool = False) -> Standing:
    return Standing(wishes=WANTS_ALL, said=rows, complains=complains)


@pytest.mark.parametrize(
    ("before", "kind", "waits_days"),
    [
        (said(Kind.CSAT, days=-6.9), Kind.CSAT, 0.1),
        (said(Kind.CSAT, days=-7), Kind.CSAT, None),
        (said(Kind.VISIT, days=-1), Kind.NPS, 6),
        (said(Kind.NPS, days=-89), Kind.NPS, 1),
        (said(Kind.NPS, days=-90), Kind.NPS, None),
        (said(Kind.NPS, days=-8), Kind.SURVEY, None),
        (said(Kind.NEWS, days=-13), Kind.NEWS, 1),
        (said(Kind.NEWS, days=-14), Kind.NEWS, None),
        (said(Kind.NEWS, days=0), Kind.CSAT, None),
        (said(Kind.CSAT, days=-0.5), Kind.NEWS, 0.5),
        (said(Kind.CSAT, days=-2), Kind.NEWS, None),
        (said(Kind.GREETING, days=0), Kind.NEWS, None),
        (said(Kind.NEWS, days=0), Kind.GREETING, None),
    ],
)
def test_what_was_sent_makes_others_wait(before: SaidTo, kind: Kind, waits_days: float | None) -> None:
    said_so = verdict(standing(before), kind, at=NOW)

    assert said_so.is_allowed is (waits_days is None)
    if waits_days is not None:
        assert (said_so.reason, said_so.again_at) == ("cool-down", NOW + timedelta(days=waits_days))


@pytest.mark.parametrize(
    ("planned", "kind", "is_allowed"),
    [
        (Kind.CSAT, Kind.VISIT, False),
        (Kind.VISIT, Kind.CSAT, True),
        (Kind.VISIT, Kind.NPS, False),
        (Kind.NPS, Kind.VISIT, True),
        (Kind.NPS, Kind.NEWS, False),
        (Kind.NEWS, Kind.NPS, True),
        (Kind.NPS, Kind.NPS, False),
    ],
)
def test_what_is_still_to_be_sent_counts_where_it_goes_first(planned: Kind, kind: Kind, is_allowed: bool) -> None:
    assert verdict(standing(said(planned, days=0.5, is_sent=False)), kind, at=NOW).is_allowed is is_allowed


def test_of_two_of_a_kind_that_are_due_together_the_first_planned_is_sent() -> None:
    rows = [said(Kind.NEWS, days=0, is_sent=False, row_id=1), said(Kind.NEWS, days=0, is_sent=False, row_id=2)]

    assert verdict(standing(*rows), Kind.NEWS, at=NOW, row_id=1).is_allowed
    assert not verdict(standing(*rows), Kind.NEWS, at=NOW, row_id=2).is_allowed


@pytest.mark.parametrize("kind", list(Kind))
def test_while_a_complaint_waits_nobody_is_asked_but_about_their_ticket(kind: Kind) -> None:
    reason = verdict(standing(complains=True), kind, at=NOW).reason

    assert reason == (None if kind in {Kind.CSAT, Kind.GREETING} else "complaint-open")


@pytest.mark.parametrize("kind", list(Kind))
def test_who_said_nothing_gets_all_but_news_and_who_stopped_nothing(kind: Kind) -> None:
    assert verdict(Standing(wishes=UNASKED), kind, at=NOW).is_allowed is (kind is not Kind.NEWS)
    assert verdict(Standing(wishes=dict.fromkeys(Topic, False)), kind, at=NOW).reason == "opted-out"


def test_every_kind_has_a_key() -> None:
    assert set(KEYS.values()) == set(Kind)

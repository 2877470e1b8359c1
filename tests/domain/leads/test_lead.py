"""The transitions of a lead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.leads.errors import LeadAlreadyClosed
from domain.leads.model import Lead, LeadStatus

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def a_lead(status: LeadStatus = LeadStatus.NEW) -> Lead:
    lead = Lead(company="Acme", owner_id=1, status=status, created_at=NOW)
    lead.id = 12
    return lead


@pytest.mark.parametrize("status", [LeadStatus.WORKING, LeadStatus.QUALIFIED, LeadStatus.NEW])
def test_an_open_lead_goes_to_and_fro(status: LeadStatus) -> None:
    lead = a_lead(LeadStatus.WORKING)

    lead.advance(status)

    assert lead.status is status
    assert lead.is_open


@pytest.mark.parametrize("status", [LeadStatus.CONVERTED, LeadStatus.LOST])
def test_closing_has_actions_of_its_own(status: LeadStatus) -> None:
    with pytest.raises(ValueError, match="of their own"):
        a_lead().advance(status)


@pytest.mark.parametrize("status", [LeadStatus.CONVERTED, LeadStatus.LOST])
def test_a_closed_lead_stays_as_it_is(status: LeadStatus) -> None:
    lead = a_lead(status)

    for change in (lambda: lead.advance(LeadStatus.NEW), lambda: lead.lose("price"), lambda: lead.convert(7)):
        with pytest.raises(LeadAlreadyClosed) as refusal:
            change()
        assert refusal.value.facts == {"lead": 12, "status": status.value}
    assert (lead.status, lead.lost_reason, lead.customer_id) == (status, None, None)


def test_a_lost_lead_is_tried_again_and_a_customer_is_not() -> None:
    lost, customer = a_lead(), a_lead(LeadStatus.CONVERTED)
    lost.lose("price")

    lost.reopen()

    assert (lost.status, lost.lost_reason) == (LeadStatus.WORKING, None)
    with pytest.raises(LeadAlreadyClosed):
        customer.reopen()


def test_reopening_what_is_open_changes_nothing() -> None:
    lead = a_lead(LeadStatus.QUALIFIED)

    lead.reopen()

    assert lead.status is LeadStatus.QUALIFIED


@pytest.mark.parametrize(
    ("status", "then"),
    [
        (LeadStatus.NEW, LeadStatus.WORKING),
        (LeadStatus.QUALIFIED, LeadStatus.QUALIFIED),
        (LeadStatus.LOST, LeadStatus.LOST),
    ],
)
def test_what_is_done_about_it_starts_the_work_and_changes_nothing_else(status: LeadStatus, then: LeadStatus) -> None:
    lead = a_lead(status)
    lead.work_on()
    assert lead.status is then

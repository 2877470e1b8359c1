"""Who may decide what, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.approvals.errors import ApprovalClosed, ApprovalExpired, OwnRequest
from domain.approvals.model import LIFETIME, Approval, ApprovalState, kinds_for
from domain.errors import CrmError
from domain.people.model import Role, Staff

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def somebody(staff_id: int) -> Staff:
    staff = Staff(name="Ana", role=Role.ADMIN, created_at=NOW)
    staff.id = staff_id
    return staff


def approval(**more: object) -> Approval:
    facts = {"kind": "join", "subject": "identity:7", "asked_at": NOW, "expires_at": NOW + LIFETIME, **more}
    return Approval(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [ApprovalState.APPROVED, ApprovalState.DECLINED])
def test_a_decision_says_who_and_when(state: ApprovalState) -> None:
    asked = approval(asked_by=2)

    asked.decide(state, by=somebody(1), now=NOW + LIFETIME - timedelta(seconds=1))

    assert (asked.state, asked.decided_by, asked.is_open) == (state, 1, False)
    assert asked.decided_at == NOW + LIFETIME - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"asked_by": 1}, OwnRequest),
        ({"state": ApprovalState.APPROVED}, ApprovalClosed),
        ({"state": ApprovalState.DECLINED}, ApprovalClosed),
        ({"state": ApprovalState.EXPIRED}, ApprovalExpired),
        ({"expires_at": NOW}, ApprovalExpired),
    ],
)
def test_what_cannot_be_decided_stays_as_it_was(facts: dict[str, object], refusal: type[CrmError]) -> None:
    asked = approval(**facts)
    before = dict(vars(asked))

    with pytest.raises(refusal):
        asked.decide(ApprovalState.APPROVED, by=somebody(1), now=NOW)

    assert {name: value for name, value in vars(asked).items() if not name.startswith("_")} == {
        name: value for name, value in before.items() if not name.startswith("_")
    }


def test_three_days() -> None:
    assert timedelta(days=3) == LIFETIME


@pytest.mark.parametrize("role", list(Role))
def test_only_admins_let_people_in(role: Role) -> None:
    assert ("join" in kinds_for(role)) == (role is Role.ADMIN)

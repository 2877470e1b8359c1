"""What customers say, as tickets keep it."""

from __future__ import annotations

import pytest

from domain.tickets.words import is_complaint


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("This is the third time, I want to complain.", True),
        ("A COMPLAINT about the invoice", True),
        ("我要投诉你们", True),
        ("The printer is jammed", False),
        ("Works well, no complaints from us", False),
        ("还没投诉呢", False),
    ],
)
def test_what_the_customer_calls_a_complaint_is_one(text: str, is_one: bool) -> None:
    assert is_complaint(text) is is_one

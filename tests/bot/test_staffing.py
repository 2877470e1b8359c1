"""Colleagues whom the operator adds."""

from __future__ import annotations

import pytest

from bot.refusals import Refused
from bot.staffing import check_accounts


@pytest.mark.parametrize(
    ("telegram", "slack", "said"),
    [
        ("@mei", None, "--telegram"),
        ("-100123", None, "--telegram"),
        (None, "@mei", "--slack"),
        (None, "C012", "--slack"),
    ],
)
def test_an_account_that_names_nobody_is_refused(telegram: str | None, slack: str | None, said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_accounts(telegram=telegram, slack=slack)


def test_accounts_as_the_platforms_number_people() -> None:
    check_accounts(telegram=None, slack=None)
    check_accounts(telegram="5000000001", slack="U012AB3CD")
    check_accounts(telegram=None, slack="W012AB3CD")

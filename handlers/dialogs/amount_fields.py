"""An amount in a form: shown, and read as people write it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.values.money import Money
from handlers.chat import Phrase
from handlers.router import FieldErrors, fold
from handlers.understanding import Amount, understand
from handlers.understanding import Context as Reading

_BARE = re.compile(r"\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*([A-Za-z]{3})?\s*")


def shown_amount(amount: Money | None) -> str:
    return f"{amount.value} {amount.currency}" if amount else ""


def amount_of(values: Mapping[str, str], reading: Reading) -> Money | None:
    """The field ``amount``. Raises FieldErrors for what is none."""
    typed = values.get("amount", "").strip()
    amount = read_amount(typed, reading) if typed else None
    if typed and amount is None:
        raise FieldErrors({"amount": Phrase("amount-not-understood", {})})
    return amount


def read_amount(text: str, reading: Reading) -> Money | None:
    """50万, £5k, "5000.00 GBP", or a bare number in the speaker's currency; None for what is no amount."""
    bare = _BARE.fullmatch(fold(text))
    if bare is None:
        return money_of(understand(text, reading).amount)
    try:
        return Money.of(bare[1].replace(",", ""), bare[2] or reading.currency)
    except ValueError:
        return None


def money_of(amount: Amount | None) -> Money | None:
    """What was understood as money; None where it is more than there can be."""
    if amount is None:
        return None
    try:
        return Money.of(amount.value, amount.currency)
    except ValueError:
        return None

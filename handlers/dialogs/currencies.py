"""In which currency somebody speaks of money: the one they set, that of the country they work in, or the company's."""

from __future__ import annotations

from functools import cache

from domain.company.model import Company
from domain.notifications.preferences import CURRENCY
from domain.people.model import Staff
from domain.values.zones import country_of_zone


def currency_of(person: Staff, company: Company) -> str:
    """An ISO 4217 code, for amounts without a currency word."""
    return person.preferences.get(CURRENCY) or currency_of_zone(person.timezone) or company.currency


@cache
def currency_of_zone(timezone: str) -> str | None:
    """The currency of the country that the zone lies in; None where it lies in none."""
    from babel.numbers import get_territory_currencies

    country = country_of_zone(timezone)
    found = get_territory_currencies(country) if country is not None else []
    return found[0] if found else None

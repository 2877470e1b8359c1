"""Where on earth a phone number rings: its time zone, as far as the number tells."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_TOLD_BY = 8  # digits after the plus: country and area code; the rest says nothing about the place
_LONGEST = 15


def zone_of_phone(e164: str) -> str | None:
    """The IANA zone of a number such as ``+8613800138000``; None where its country has several and the number names none."""
    digits = e164.removeprefix("+")
    if not e164.startswith("+") or not digits.isdecimal() or len(digits) > _LONGEST:
        return None
    return _zone_of(digits[:_TOLD_BY], len(digits))


@lru_cache(maxsize=20_000)
def _zone_of(beginning: str, length: int) -> str | None:
    # The library and its prefixes are loaded with the first number that is asked about.
    from phonenumbers import NumberParseException, parse
    from phonenumbers.timezone import time_zones_for_number

    try:
        number = parse("+" + beginning.ljust(length, "0"))
    except NumberParseException:
        return None
    zones = [zone for zone in time_zones_for_number(number) if zone != "Etc/Unknown"]
    # Mobiles of Britain may be of Guernsey, too: it is one clock all the same.
    return zones[-1] if zones and len({_clock(zone) for zone in zones}) == 1 else None


def _clock(zone: str) -> tuple[object, ...]:
    return tuple(datetime(2025, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 4, 7, 10))

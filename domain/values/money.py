"""Amounts: integer minor units and an ISO 4217 code, because SQLite has no decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

# ISO 4217 exponents that are not 2.
_EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
_CODE = re.compile(r"[A-Z]{3}")
# What is in use today by ISO 4217; an amount of a company that is older may have another code.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS
    VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
_LARGEST = 2**63 - 1  # what a BIGINT column holds


class MixedCurrencies(ValueError):
    """Amounts of different currencies have no sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` counts the smallest unit of ``currency`` (fen, cent, yen); ``currency`` is an ISO 4217 code."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.currency):
            raise ValueError("a currency is three capital letters")
        if abs(self.minor) > _LARGEST:
            raise ValueError("the amount is too large")

    @classmethod
    def of(cls, value: Decimal | int | str, currency: str) -> Money:
        """``value`` in whole units ("12.50"), rounded half up to the currency's smallest unit.

        ``currency`` may be in any case. Raises ValueError for what is no finite number, no code of ``CURRENCIES``, or
        does not fit into 64 bits.
        """
        code = currency.upper()
        if code not in CURRENCIES:
            raise ValueError("no currency of that code")
        with localcontext(prec=60):
            try:
                scaled = Decimal(value).scaleb(_exponent(code))
                minor = int(scaled.to_integral_value(rounding=ROUND_HALF_UP)) if abs(scaled) <= _LARGEST else None
            except (InvalidOperation, OverflowError) as error:
                raise ValueError("not an amount") from error
        if minor is None:
            raise ValueError("the amount is too large")
        return cls(minor, code)

    @property
    def value(self) -> Decimal:
        """The amount in whole units, with as many decimals as the currency has."""
        sign, digits, _ = Decimal(self.minor).as_tuple()
        return Decimal((sign, digits, -_exponent(self.currency)))

    def __add__(self, other: Money) -> Money:
        """The sum. Raises MixedCurrencies."""
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} have no sum")
        return Money(self.minor + other.minor, self.currency)


def _exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, 2)

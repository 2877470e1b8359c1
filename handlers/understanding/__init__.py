"""Free text to intent: who, what, when, how much; offline, without a language model, the same for English and Chinese."""

from handlers.understanding.amend import find_amendment, find_correction
from handlers.understanding.dates.when import parse_past, parse_when, past_in
from handlers.understanding.learned import Learned, learned
from handlers.understanding.model import Amendment, Amount, Context, Known, Match, Moment, Recurrence, Span, Understood
from handlers.understanding.names import Names
from handlers.understanding.regions import country_of_zone
from handlers.understanding.understand import understand

__all__ = [
    "Amendment",
    "Amount",
    "Context",
    "Known",
    "Learned",
    "Match",
    "Moment",
    "Names",
    "Recurrence",
    "Span",
    "Understood",
    "country_of_zone",
    "find_amendment",
    "find_correction",
    "learned",
    "parse_past",
    "parse_when",
    "past_in",
    "understand",
]

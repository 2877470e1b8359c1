from __future__ import annotations

from datetime import datetime

from domain.errors import CrmError


class TicketTaken(CrmError):
    """Somebody else has it."""

    code = "ticket-taken"

    def __init__(self, *, ticket: int, who: str) -> None:
        super().__init__(ticket=ticket, who=who)


class TicketDone(CrmError):
    """It is resolved or closed, since ``at``."""

    code = "ticket-done"
    ends_question = True

    def __init__(self, *, ticket: int, status: str, at: datetime | None) -> None:
        super().__init__(ticket=ticket, status=status, at=at)


class TicketStillOpen(CrmError):
    """What is not over cannot be opened again."""

    code = "ticket-still-open"

    def __init__(self, *, ticket: int) -> None:
        super().__init__(ticket=ticket)


class NobodyToAnswer(CrmError):
    """The customer wrote from nowhere that we can answer to; ``customer`` is whom to invite, where that is known."""

    code = "nobody-to-answer"

    def __init__(self, *, ticket: int, customer: int | None) -> None:
        super().__init__(ticket=ticket, customer=customer)


class AnswerGone(CrmError):
    """It was sent, or is being sent this moment: it cannot be recalled."""

    code = "answer-gone"
    ends_card = True

    def __init__(self, *, ticket: int) -> None:
        super().__init__(ticket=ticket)


class NothingToSay(CrmError):
    """An empty answer or note."""

    code = "nothing-to-say"


class TooMuchToSay(CrmError):
    code = "too-much-to-say"

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class TicketsOfTwoCustomers(CrmError):
    """Merging them would show one customer what the other said."""

    code = "tickets-of-two-customers"

    def __init__(self, *, kept: int, merged: int) -> None:
        super().__init__(kept=kept, merged=merged)


class NotForTickets(CrmError):
    """The person named does not work on tickets, or is the one who has it already."""

    code = "not-for-tickets"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class OtherCustomersContact(CrmError):
    """The contact belongs to another customer than the one named."""

    code = "other-customers-contact"


class CustomersReadAlong(CrmError):
    """Somebody of outside is in the group: what is internal has no place there."""

    code = "customers-read-along"

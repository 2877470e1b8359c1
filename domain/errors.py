"""Refusals: a code with typed facts and no sentence. The catalogue has the sentence, in each language."""

from __future__ import annotations

from typing import Any


class CrmError(Exception):
    """Something a person asked for cannot be done. ``code`` is a catalogue key, ``facts`` its placeholders.

    ``ends_card``: the card that was pressed has nothing left to press, so the refusal may take its place.
    ``ends_question``: what was asked about is gone or closed, so no words can answer the question any more.
    """

    code = "refused"
    ends_card = False
    ends_question = False

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts


class NotAllowed(CrmError):
    """The speaker's role may not do this."""

    code = "not-allowed"


class ForStaffOnly(NotAllowed):
    """A command or button of the staff, given by somebody else."""

    code = "for-staff-only"


class RecordNotFound(CrmError):
    """Not there, or not theirs: both get the same answer."""

    code = "record-not-found"
    ends_question = True

    def __init__(self, *, record: str) -> None:
        super().__init__(record=record)


class ChannelBusy(Exception):
    """The platform asks for a pause of ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"busy for {retry_after} s")
        self.retry_after = retry_after


class RecipientUnreachable(Exception):
    """The platform says for good that this person or place cannot be reached; ``reason`` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ThreadGone(RecipientUnreachable):
    """The thread or topic was removed or closed; the group around it may be there still."""


class MessageRefused(Exception):
    """The platform will never take this message, whoever it is for; ``words`` are its own, for the log."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class FileRefused(Exception):
    """The platform will never give this file; ``reason`` is one of the words below."""

    TOO_LARGE = "too-large"
    GONE = "gone"
    FORBIDDEN = "forbidden"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryAgain(Exception):
    """A passing fault of the database: nothing was acknowledged, the platform delivers again."""

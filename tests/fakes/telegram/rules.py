"""What is only reported or unverified about the platform, and what a test may want otherwise."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(kw_only=True)
class Rules:
    """Settings of the fake. The defaults are the platform's where it documents them.

    Spans are seconds of the fake's clock; only ``conflict_pause_seconds`` and the webhook's pauses really pass.
    """

    messages_per_second_and_chat: float = 1
    chat_burst: int = 5
    messages_per_minute_and_group: int = 20
    messages_per_second: float = 30
    paid_messages_per_second: float = 1000
    edits_count_as_messages: bool = True
    rates_enforced: bool = True
    unsent_per_chat: int = 310

    buttons_in_a_row: int = 8
    buttons_in_a_keyboard: int = 100
    keyboard_bytes: int = 10_000

    callback_query_seconds: float = 900
    callback_query_answered_once: bool = True

    upload_bytes: int = 50 * MEGABYTE
    photo_bytes: int = 10 * MEGABYTE
    download_bytes: int = 20 * MEGABYTE

    bot_deletes_for_seconds: float = 48 * 3600
    updates_kept_seconds: float = 24 * 3600
    longest_poll_seconds: float = 50

    conflict_pause_seconds: float = 0.05
    """The least time between two answers 409; three seconds on the platform."""
    conflict_ends_newcomer: bool = False
    """Whether the newer of two pollers gets the 409. On the platform the one that waits gets it."""

    group_privacy: bool = True
    mention_passes_privacy: bool = False

    webhook_pause_scale: float = 0.01
    """What a second between two attempts to push to a webhook is worth here."""

    refuse_unknown_parameters: bool = True
    """The platform ignores parameters that it does not know; here they are taken for mistakes."""

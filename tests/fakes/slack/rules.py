"""What is only reported or unverified about the platform, and what a test may want otherwise."""

from dataclasses import dataclass, field

MINUTE = 60.0
HOUR = 3600.0
MEGABYTE = 1024 * 1024


@dataclass(kw_only=True)
class Rules:
    """Settings of the fake. The defaults are the platform's where it documents them; spans are seconds of its clock.

    Behind a setting stands what users report but Slack does not document, or what nobody has verified.
    """

    rates_enforced: bool = True
    calls_per_minute: dict[int, float] = field(default_factory=lambda: {1: 1, 2: 20, 3: 50, 4: 100})
    """By tier. The tiers say "1+", "20+" and so on: the platform promises the number and forgives bursts."""
    tier_burst: float = 10
    """Calls of one method that may come at once, where that is more than a second's share of the tier."""
    special_calls_per_minute: float = 600
    """For auth.test and chat.getPermalink, of which only "hundreds" is said."""
    messages_per_second_and_channel: float = 1
    channel_burst: int = 5
    enterprise: str = ""
    """The organisation for all of whose workspaces the app is installed; empty for an app of one workspace."""
    is_commercial: bool = False
    """A commercial app outside the Marketplace reads history once a minute and 15 messages at a time."""

    text_cut_at: int = 40_000
    update_text_bytes: int = 4_000
    blocks_characters: int = 11_300
    """All blocks of a message. Messages of 11 300 to 13 300 characters were reported refused, by their content."""
    blocks_count_json: bool = False
    """Whether names, braces and ids count as characters too, or the texts alone."""
    edit_window_seconds: float | None = None
    """How long an own message may be edited; a workspace may limit it, by default it does not."""
    orphan_thread_error: str | None = None
    """The error for a ``thread_ts`` that names no message; none: the answer stands in the channel."""
    multi_selects_in_actions: bool = False
    gone_person_error: str = "channel_not_found"
    """What a message to somebody without an account any more meets; empty: it stands there, read by nobody."""

    trigger_seconds: float = 3
    hook_uses: int = 5
    hook_seconds: float = 30 * MINUTE
    used_hook_status: int = 404
    used_hook_error: str = "used_url"
    expired_hook_error: str = "expired_url"
    bad_hook_status: int = 200
    """The HTTP status of a response_url that got a body it refuses."""

    ack_seconds: float = 3
    retry_pauses: tuple[float, ...] = (0, MINUTE, 5 * MINUTE)
    connections: int = 10
    ticket_seconds: float = 30
    waits_for_connection: bool = True
    """Whether events wait while no socket is open; else such an attempt fails and is retried as any other."""
    resends_interactions: bool = False
    """Whether an interaction that was not acknowledged comes again over a socket; over HTTP it never does."""
    socket_mode_off_error: str = "forbidden_team"
    events_per_hour: int = 30_000
    failures_switch_off: bool = True
    """Whether events end when more than 95 % failed within an hour, of at least ``failures_counted_from``."""
    failures_counted_from: int = 1_000
    own_messages_are_told: bool = True
    """Whether the app hears its own posts and edits as events, as it does on the platform."""
    mentions_come_twice: bool = True
    """A mention in a channel is a ``message`` and an ``app_mention``, with one ``ts``."""

    upload_bytes: int = 1024 * MEGABYTE
    view_bytes: int = 250_000
    page_size: int = 100
    pages_may_be_empty: bool = False
    """Whether the first page of every list is empty though more follows, as the platform warns it may be."""

    refuse_unknown_parameters: bool = True
    """The platform ignores parameters that it does not know; here they are taken for mistakes."""

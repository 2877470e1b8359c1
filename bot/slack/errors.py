"""What Slack's refusals mean to us: https://docs.slack.dev/reference/methods lists them by method."""

from __future__ import annotations

from domain.errors import ChannelBusy, MessageRefused, RecipientUnreachable


class Refused(MessageRefused):
    """A request that Slack understood and does not want. ``words`` is its error code, with what it says beside it."""

    @property
    def code(self) -> str:
        return self.words.partition(" ")[0]


class TokenRefused(ConnectionError):
    """Slack does not know this token (any more): the channel is down until somebody sets another."""


class ScopeMissing(ConnectionError):
    """The app may not do this. ``needed`` is the scope to add; it works again once the app was installed anew."""

    def __init__(self, method: str, needed: str) -> None:
        super().__init__(f"{method} needs the scope {needed}")
        self.method = method
        self.needed = needed


TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
        "app_uninstalled",
        "org_login_required",
        "two_factor_setup_required",
        "team_access_not_granted",
        "access_denied",
    }
)
PASSING = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "rollup_error",
        "external_channel_migrating",
        "connection_failed",
    }
)
UNREACHABLE = {
    "channel_not_found": "channel-not-found",
    "not_in_channel": "not-a-member",
    "is_archived": "archived",
    "restricted_action": "no-rights",
    "restricted_action_read_only_channel": "no-rights",
    "restricted_action_thread_only_channel": "no-rights",
    "restricted_action_non_threadable_channel": "no-rights",
    "restricted_action_thread_locked": "no-rights",
    "user_not_in_channel": "not-a-member",
    "messages_tab_disabled": "messages-tab-disabled",
    "cannot_dm_bot": "is-a-bot",
    "user_not_found": "user-not-found",
    "users_not_found": "user-not-found",
    "user_not_visible": "user-not-found",
    "user_disabled": "deactivated",
    "not_enabled": "not-enabled",
    "ekm_access_denied": "no-rights",
    "as_user_not_supported": "no-rights",
    "slack_connect_canvas_sharing_blocked": "no-rights",
}
GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "thread_not_found",
        "cannot_reply_to_message",
        "is_inactive",
        "msg_too_long",
    }
)
"""The message to change cannot be changed (any more), so it is said afresh."""
TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments"})
"""The words may still arrive without their blocks."""


def unreachable(code: str) -> RecipientUnreachable | None:
    reason = UNREACHABLE.get(code)
    return None if reason is None else RecipientUnreachable(reason)


FAULTS = (OSError, ChannelBusy, Refused, RecipientUnreachable)
"""All that a call raises."""

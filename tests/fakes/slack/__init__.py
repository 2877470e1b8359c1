"""A Slack workspace on loopback that refuses what Slack refuses, in Slack's words, and the people who use it.

A real server: the Web API, Socket Mode, signed HTTP, response_urls and files. Point the real client at it::

    async with FakeSlack() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_base)     # xoxb-…
        app = AsyncApp(client=client, signing_secret=slack.signing_secret)
        await AsyncSocketModeHandler(app, slack.app_token).connect_async()           # xapp-…
        await slack.until_connected()

    slack.pushing.url = "http://127.0.0.1:3000/slack/events"   # signed HTTP instead, for everything;
    assert await slack.pushing.verify()                        # url_verification

    slack.installs(manifest)     # scopes, events, commands, shortcuts and tabs by the app's own manifest

**Who is there.** ``mei = slack.person("Mei", tz="Asia/Shanghai", locale="zh-CN")``,
``sales = slack.channel("sales", mei)`` (``has_bot=False``, ``kind="group"``), ``slack.dm(mei)``, ``slack.bot``.

**What people do** (at once; the app hears of it later; ``await slack.until_taken()`` waits until it has):
``message = slack.says(mei, "hello")``, ``says(mei, "…", channel=sales, thread_ts=message)``, ``uploads(mei, b"…",
name="a.png")``, ``edits``, ``deletes``, ``unfurls``, ``reacts(mei, message, "ticket")``, ``unreacts``,
``command("/crm", "today", user=mei, channel=sales)``, ``shortcut("log", user=mei)``, ``shortcut("log_this", user=mei,
message=message)``, ``opens_home(mei)``, ``presses(card, "Save")``, ``picks(card, "Owner", "Tom")``,
``submits(view, {"Company": "ACME"})``, ``closes(view)``, ``looks_up(view, "Customer", "ac")``, ``forges``,
``invites_app``, ``removes_app``, ``archives``, ``deactivates``, ``changes_profile``, ``revokes_token``, ``uninstalls``.
Presses, commands and submissions give an ``Interaction``: ``await it.answered()``, ``it.failed``, ``it.shown``,
``it.trigger_id``, ``it.response_url``.

**What people see.** ``await slack.sees(mei, "Saved", button="Undo")`` gives a ``Message`` (``plain``, ``labels``,
``blocks``, ``thread_ts``, ``edits``, ``seen_by``), ``messages_in(sales)``, ``ephemerals_of(mei)``, ``home_of(mei)``,
``open_view_of(mei)`` and ``await sees_view(mei, "New lead")``, a ``View`` (``title``, ``errors``, ``field_labels()``).

**What the app did.** ``slack.calls``, ``calls_of("chat.postMessage")``, ``refusals`` and ``broken_markup`` (both empty,
if it keeps to the rules),
``deliveries`` with ``attempts``, ``failures``, ``is_taken``, ``answer``; ``pending``; ``sockets.sent``.

**Time** is the real one plus ``slack.advance(seconds)``; nobody needs to sleep: rates recover, triggers and hooks
expire, what was not acknowledged in three seconds comes again, events come again after one and five minutes.
``Rules`` has the settings, each fact that Slack does not document among them; ``Rules(rates_enforced=False)`` for
tests that are not about rates.

**What goes wrong.** ``fail_next("chat.postMessage", "not_in_channel")``, ``limit_next("chat.update", 30)``,
``fail_next("*", "internal_error", status=500)``, ``cut_next``, ``nonsense_next``, ``lag``, ``holding``, ``outage``,
``deliver_twice``, ``repeat``, ``reordering``, ``warns``, ``refreshes``, ``disables_sockets``, ``cuts``,
``falls_silent``, ``slack.world.scopes.discard("users:read")``, ``slack.world.token_error = "invalid_auth"``.
"""

from tests.fakes.slack.delivering import Delivery
from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.interactions import Interaction
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Channel, File, Person
from tests.fakes.slack.pushing import signature
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.server import Call
from tests.fakes.slack.views import View

__all__ = [
    "Call",
    "Channel",
    "Delivery",
    "FakeSlack",
    "File",
    "Interaction",
    "Message",
    "Person",
    "Refusal",
    "Rules",
    "View",
    "signature",
]

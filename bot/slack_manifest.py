"""``guanxi slack-manifest``: the app to install, the link that opens Slack with it, and where its tokens are."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from bot.refusals import Refused
from bot.settings import read_settings
from bot.slack.manifest import ManifestWords, install_link, manifest
from handlers.rendering.reader import Reader
from handlers.rendering.texts import Texts

PATH = "/slack/events"


def print_manifest(url: str | None = None) -> None:
    """The manifest as JSON on stdout, and what to do with it on stderr. ``url`` is this machine's public address, for
    signed HTTP instead of Socket Mode. Raises Refused when it is none."""
    if url is not None and not url.startswith("https://"):
        raise Refused("--url: the public address of this machine, like https://crm.example.com")
    settings = read_settings()
    texts, reader = Texts(settings.company), Reader(settings.locale, "UTC")

    def say(key: str, **facts: str) -> str:
        return texts.say(key, facts, reader, now=datetime.now(UTC))

    made = manifest(
        ManifestWords(
            name=settings.company,
            description=say("slack-app-description"),
            command=say("slack-app-command"),
            usage=say("slack-app-usage"),
            pick=say("slack-app-pick"),
            pick_description=say("slack-app-pick-description"),
            ticket=say("slack-app-ticket"),
            ticket_description=say("slack-app-ticket-description"),
        ),
        request_url=url.rstrip("/") + PATH if url is not None else None,
    )
    print(json.dumps(made, ensure_ascii=False, indent=2), flush=True)
    how = "slack-manifest-how-http" if url is not None else "slack-manifest-how"
    print(say(how, link=install_link(made)), file=sys.stderr)

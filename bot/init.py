"""``guanxi init``: asks for what a company needs to start, checks each answer at once, and writes ``.env``."""

from __future__ import annotations

import errno
import os
import re
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import typer

from bot.environment_file import read_environment, write_environment
from bot.refusals import Refused, unreadable
from bot.settings import LONGEST_COMPANY, machine_timezone
from domain.people.zones import find_zone
from domain.values.zones import country_of_zone
from handlers.dialogs.currencies import currency_of_zone
from handlers.rendering.reader import Reader
from handlers.rendering.texts import Texts
from locales import LANGUAGES, language_of

if TYPE_CHECKING:
    from bot.slack.check import Checked as SlackChecked
    from bot.telegram.check import Checked

FILE = Path(".env")
TOKEN = re.compile(r"\d+:[\w-]{10,}", re.ASCII)
PLATFORMS = ("GUANXI_TELEGRAM_TOKEN", "GUANXI_SLACK_BOT_TOKEN")
ASK_AGAIN = frozenset({"slack-wrong-bot-token", "slack-wrong-app-token"})
# What people type for a language, beside its tag.
LANGUAGE_WORDS = {"english": "en", "中文": "zh-CN", "chinese": "zh-CN", "zh": "zh-CN", "zh_cn": "zh-CN", "1": "en"}
LANGUAGE_WORDS |= {"2": "zh-CN", **{language.lower(): language for language in LANGUAGES}}
NOES = frozenset({"n", "no", "否", "不"})
YESES = frozenset({"y", "yes", "是", "好"})

Check = Callable[[str, Mapping[str, str]], Awaitable["Checked"]]
SlackCheck = Callable[[str, str, Mapping[str, str]], Awaitable["SlackChecked"]]


async def init() -> int:
    """Ask, and write ``.env`` in this folder. What is in it and is not asked for stays."""
    return await ask_all(FILE)


async def check_telegram(token: str, known: Mapping[str, str]) -> Checked:
    """Ask Telegram, through the proxy and the address that the file names already."""
    from bot.telegram.check import check

    return await check(token, known.get("GUANXI_TELEGRAM_API_BASE") or None, known.get("GUANXI_PROXY") or None)


async def check_slack(token: str, app_token: str, known: Mapping[str, str]) -> SlackChecked:
    """Ask Slack, as ``check_telegram`` does Telegram."""
    from bot.slack.check import check

    return await check(token, app_token, known.get("GUANXI_SLACK_API_BASE") or None, known.get("GUANXI_PROXY") or None)


async def ask_all(path: Path, *, check: Check = check_telegram, slack_check: SlackCheck = check_slack) -> int:
    """The conversation. Ctrl-C or the end of the input writes nothing. Raises Refused when the file cannot be written."""
    # asyncio would cancel the task, which is only noticed once the question was answered.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asker = Asker(_known(path))
    try:
        await asker.ask_everything(check, slack_check)
        is_wanted = asker.may_write(path)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo()
        is_wanted = False
    if not is_wanted:
        asker.say("init-nothing-written")
        return 1
    try:
        write_environment(path, asker.answers)
    except OSError as error:
        raise _unwritable(path, error) from None
    asker.say_what_next(path)
    return 0


def _known(path: Path) -> dict[str, str]:
    """What the file holds. Raises Refused, before anything is asked, where nothing could be written afterwards."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read_environment(path)
    except UnicodeDecodeError as error:
        raise unreadable(path, error) from None
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused(f"{path}: cannot be written ({error.strerror}); run guanxi init in a folder of yours")


@dataclass
class Asker:
    """``known`` is what the file holds, ``answers`` what will be put in. Speaks the language once it was chosen."""

    known: Mapping[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    language: str = LANGUAGES[0]

    def text(self, key: str, facts: Mapping[str, str | int] = MappingProxyType({})) -> str:
        return Texts("Guanxi").say(key, facts, Reader(self.language, "UTC"), now=datetime.now(UTC))

    def say(self, key: str, facts: Mapping[str, str | int] = MappingProxyType({})) -> None:
        typer.echo(self.text(key, facts))

    def ask(self, question: str, default: str) -> str:
        """One line, ``default`` when it is empty. Raises typer.Abort at the end of the input."""
        return str(typer.prompt(question, default=default, show_default=bool(default))).strip()

    def yes(self, question: str, *, default: bool) -> bool:
        while True:
            answer = self.ask(question, self.text("init-yes") if default else self.text("init-no")).casefold()
            if answer in YESES | NOES:
                return answer in YESES

    # ------------------------------------------------------------ the questions

    async def ask_everything(self, check: Check, slack_check: SlackCheck) -> None:
        self.ask_language()
        self.ask_company()
        self.ask_zone()
        await self.ask_telegram(check)
        await self.ask_slack(slack_check)
        self.ask_page()

    def ask_language(self) -> None:
        default = language_of(self.known.get("GUANXI_LOCALE", "") or os.environ.get("LANG", ""))
        typer.echo("1  English\n2  中文")
        while True:
            typed = self.ask("Language / 语言", default).casefold()
            if typed in LANGUAGE_WORDS:
                break
            typer.echo("1 / 2")
        self.language = self.answers["GUANXI_LOCALE"] = LANGUAGE_WORDS[typed]

    def ask_company(self) -> None:
        while True:
            typed = self.ask(self.text("init-company"), self.known.get("GUANXI_COMPANY", ""))
            name = " ".join(typed.split())
            if name.isprintable() and 0 < len(name) <= LONGEST_COMPANY and "${" not in name:
                break
            self.say("init-company-wrong", {"limit": LONGEST_COMPANY})
        self.answers["GUANXI_COMPANY"] = name

    def ask_zone(self) -> None:
        guess = find_zone(self.known.get("GUANXI_TIMEZONE", "")) or self._zone_guess()
        while True:
            typed = self.ask(self.text("init-zone"), guess)
            zone = find_zone(typed)
            if zone is not None:
                break
            self.say("unknown-zone", {"typed": typed[:60]})
        self.answers["GUANXI_TIMEZONE"] = zone
        self._take_country(zone)

    def _take_country(self, zone: str) -> None:
        """Holidays, phones and money of where the company is, unless the file names another country than its zone's."""
        country, currency = country_of_zone(zone), currency_of_zone(zone)
        known = self.known.get("GUANXI_COUNTRY") or None
        if (
            country is None
            or currency is None
            or known not in {None, country_of_zone(self.known.get("GUANXI_TIMEZONE", ""))}
        ):
            return
        self.answers |= {"GUANXI_COUNTRY": country, "GUANXI_CURRENCY": currency}
        self.say("init-country", {"country": country, "currency": currency})

    def _zone_guess(self) -> str:
        machine = machine_timezone()
        is_server = machine in {"UTC", "Etc/UTC"}  # servers mostly run on UTC, people rarely live there
        return "Asia/Shanghai" if is_server and self.language == "zh-CN" else machine

    async def ask_telegram(self, check: Check) -> None:
        """Checked at once. A token that Telegram does not know is asked for again; without the network it is kept."""
        present = self.known.get("GUANXI_TELEGRAM_TOKEN", "")
        self.say("init-telegram-kept" if present else "init-telegram-how")
        while True:
            token = self.ask(self.text("init-telegram"), "").strip()
            if not token:
                return
            if not TOKEN.fullmatch(token):
                self.say("init-telegram-form")
            elif await self._is_good(token, check):
                self.answers["GUANXI_TELEGRAM_TOKEN"] = token
                return

    async def _is_good(self, token: str, check: Check) -> bool:
        self.say("init-telegram-checking")
        checked = await check(token, self.known)
        if checked.problem is None:
            self.say("init-telegram-works", {"bot": checked.bot or ""})
        else:
            self.say("init-telegram-problem", {"problem": checked.problem, "bot": checked.bot or ""})
        return checked.problem != "telegram-wrong-token"

    async def ask_slack(self, check: SlackCheck) -> None:
        """Two tokens, checked together. What Slack does not know is asked for again; without the network it is kept."""
        self.say("init-slack-kept" if self.known.get("GUANXI_SLACK_BOT_TOKEN") else "init-slack-how")
        while True:
            token = self._slack_token("xoxb-")
            app_token = token and self._slack_token("xapp-")
            if not app_token:
                return
            checked = await check(token, app_token, self.known)
            if checked.problem is None:
                self.say("doctor-slack", {"bot": checked.bot or "", "team": checked.team or ""})
            else:
                way = "proxy" if self.known.get("GUANXI_PROXY") else "direct"
                self.say(f"doctor-{checked.problem}", {"scopes": ", ".join(checked.missing), "way": way})
            if checked.problem not in ASK_AGAIN:
                self.answers |= {"GUANXI_SLACK_BOT_TOKEN": token, "GUANXI_SLACK_APP_TOKEN": app_token}
                return

    def _slack_token(self, begins: str) -> str:
        while True:
            token = self.ask(self.text("init-slack", {"begins": begins}), "")
            if not token or token.startswith(begins):
                return token
            self.say("init-slack-form", {"begins": begins})

    def ask_page(self) -> None:
        has_platform = any(self.answers.get(name) or self.known.get(name) for name in PLATFORMS)
        kept = self.known.get("GUANXI_LOCAL_PAGE", "").lower() in {"1", "true", "yes", "on"}
        wanted = self.yes(self.text("init-page"), default=kept or not has_platform)
        if not wanted and not has_platform:
            self.say("init-no-channel")
        self.answers["GUANXI_LOCAL_PAGE"] = "true" if wanted else "false"

    # ------------------------------------------------------------ writing

    def may_write(self, path: Path) -> bool:
        """Asks before values of an existing file are overwritten."""
        changed = [name for name, value in self.answers.items() if self.known.get(name) not in {None, "", value}]
        if not changed:
            return True
        for name in changed:
            if "TOKEN" in name:
                typer.echo(f"  {name}: …")
            else:
                typer.echo(f"  {name}: {self.known[name]} → {self.answers[name]}")
        return self.yes(self.text("init-overwrite", {"file": str(path)}), default=True)

    def say_what_next(self, path: Path) -> None:
        self.say("init-written", {"file": str(path)})
        self.say("init-next")

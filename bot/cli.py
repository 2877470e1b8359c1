"""The command line. What a command needs is imported when it runs, so that ``--help`` is quick.

Exit codes: 0 done, 1 refused with a reason on stderr, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Coroutine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Guanxi: a CRM in the chat you already use.",
)
staff_app = typer.Typer(no_args_is_help=True, help="Staff and their chat accounts.")
db_app = typer.Typer(no_args_is_help=True, help="The database.")
calendar_app = typer.Typer(no_args_is_help=True, help="Days that the calendar does not know.")
config_app = typer.Typer(no_args_is_help=True, help="The company's settings as a file.")
survey_app = typer.Typer(no_args_is_help=True, help="What customers are asked.")
app.add_typer(staff_app, name="staff")
app.add_typer(survey_app, name="survey")
app.add_typer(config_app, name="config")
app.add_typer(calendar_app, name="calendar")
app.add_typer(db_app, name="db")


class RoleName(StrEnum):
    rep = "rep"
    agent = "agent"
    manager = "manager"
    admin = "admin"


Who = Annotated[str, typer.Option("--as", help="A staff name, or customer:NAME.")]
In = Annotated[str | None, typer.Option("--in", help="A conversation, like group:launch; by default the private chat.")]
Now = Annotated[str | None, typer.Option("--now", help="The moment to speak at, ISO 8601 with its offset.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def refuse(message: str, code: int = 1) -> typer.Exit:
    print(message, file=sys.stderr)
    return typer.Exit(code)


def run_async(work: Coroutine[Any, Any, int | None]) -> None:
    """Run a command's coroutine; its refusals become a line on stderr and exit code 1."""
    import asyncio

    from bot.logs import set_up_logs
    from bot.refusals import explain

    set_up_logs("WARNING")  # on stderr: what a command says on stdout may be read by a program
    try:
        code = asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        said = explain(error)
        if said is None:
            raise
        raise refuse(said) from None
    if code:
        raise typer.Exit(code)


@app.command()
def run() -> None:
    """Run all channels that are configured."""
    import gc

    gc.disable()  # looking for garbage among the imports takes a seventh of the start; bot.collecting enables it again
    from bot.running import run as start

    run_async(start())


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the chat page listens.", min=0, max=65535)] = 8080,
    data: Annotated[Path | None, typer.Option(help="Keep the sandbox in this folder.")] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
) -> None:
    """Start a sandbox company with the local chat page; ignores every GUANXI_ setting."""
    from bot.demo import demo as start

    run_async(start(port=port, data=data, open_page=open_page))


@app.command()
def init() -> None:
    """Ask for company, language and tokens, check each, and write .env."""
    from bot.init import init as ask

    run_async(ask())


@app.command()
def doctor() -> None:
    """Check settings, tokens, database, clock and permissions; say what to do."""
    from bot.doctor import doctor as check

    run_async(check())


@app.command("slack-manifest")
def slack_manifest(
    url: Annotated[
        str | None, typer.Option(help="This machine's public address, for signed HTTP in place of Socket Mode.")
    ] = None,
) -> None:
    """Print the manifest of the Slack app, the link that installs it, and where its tokens are."""
    from bot.refusals import explain
    from bot.slack_manifest import print_manifest

    try:
        print_manifest(url)
    except Exception as error:
        said = explain(error)
        if said is None:
            raise
        raise refuse(said) from None


@app.command()
def say(
    text: str,
    who: Who,
    place: In = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Speak on the local channel and print the replies."""
    from bot.speaking import say as speak

    run_async(speak(text, who=who, place=place, now=now, as_json=as_json))


@app.command()
def press(
    label: str,
    who: Who,
    place: In = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Press the newest card's button whose label begins with LABEL."""
    from bot.speaking import press as push

    run_async(push(label, who=who, place=place, now=now, as_json=as_json))


@app.command()
def tick(now: Annotated[str, typer.Option("--now", help="As of which moment, ISO 8601 with its offset.")]) -> None:
    """Plan and send what is due as of a moment, without receiving."""
    from bot.speaking import tick as run_tick

    run_async(run_tick(now))


@app.command()
def understand() -> None:
    """JSON lines in, JSON lines out: what the offline understanding makes of messages."""
    from bot.reading import understand_lines

    raise typer.Exit(understand_lines(sys.stdin, sys.stdout))


@app.command()
def export(
    format_: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
) -> None:
    """Write all data to stdout, one object a line."""
    from bot.moving import export as write

    if format_ != "jsonl":
        raise refuse("--format: only jsonl is known", 2)
    run_async(write(sys.stdout))


@app.command("import")
def import_(
    file: Path,
    again: Annotated[bool, typer.Option("--again", help="also a file that was taken in before")] = False,
) -> None:
    """Read what export wrote. The same file is taken in once."""
    from bot.moving import import_file

    run_async(import_file(file, again=again))


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Encrypt with GUANXI_KEY.")] = False,
) -> None:
    """Copy the running database to a file."""
    from bot.moving import backup as copy

    run_async(copy(to, encrypt=encrypt))


@app.command()
def restore(file: Path, force: Annotated[bool, typer.Option("--force", help="Replace existing data.")] = False) -> None:
    """Put a backup back."""
    from bot.moving import restore as put_back

    run_async(put_back(file, force=force))


@staff_app.command("add")
def staff_add(
    name: str,
    role: Annotated[RoleName, typer.Option()],
    team: Annotated[str | None, typer.Option()] = None,
    locale: Annotated[str | None, typer.Option(help="en or zh-CN")] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA name, like Asia/Shanghai")] = None,
    telegram: Annotated[str | None, typer.Option(help="Telegram user id")] = None,
    slack: Annotated[str | None, typer.Option(help="Slack user id")] = None,
) -> None:
    """Add somebody to the staff."""
    from bot.staffing import add

    run_async(add(name, role=role.value, team=team, locale=locale, timezone=timezone, telegram=telegram, slack=slack))


@staff_app.command("list")
def staff_list() -> None:
    """Show the staff."""
    from bot.staffing import show

    run_async(show())


@staff_app.command("link")
def staff_link(
    name: str,
    telegram: Annotated[str | None, typer.Option(help="Telegram user id")] = None,
    slack: Annotated[str | None, typer.Option(help="Slack user id")] = None,
    local: Annotated[bool, typer.Option("--local", help="Print a one-time link to the local page.")] = False,
) -> None:
    """Link a chat account, or print a one-time code to link one."""
    from bot.staffing import link

    run_async(link(name, telegram=telegram, slack=slack, local=local))


@staff_app.command("deactivate")
def staff_deactivate(name: str) -> None:
    """Somebody has left."""
    from bot.staffing import deactivate

    run_async(deactivate(name))


@config_app.command("export")
def config_export() -> None:
    """Print all settings of the company as YAML."""
    from bot.config import export as write

    run_async(write())


@config_app.command("apply")
def config_apply(
    file: Path,
    yes: Annotated[bool, typer.Option("--yes/--dry-run", help="Change it; without --yes it is only shown.")] = False,
) -> None:
    """Show what a YAML file would change and what that does; with --yes change it."""
    from bot.config import apply

    run_async(apply(file, yes=yes))


@survey_app.command("apply")
def survey_apply(file: Path) -> None:
    """Take surveys from a YAML file: each becomes what is asked under its name from now on."""
    from bot.surveys import apply

    run_async(apply(file))


@survey_app.command("export")
def survey_export(name: Annotated[str | None, typer.Argument(help="One survey; all without it.")] = None) -> None:
    """Print surveys as YAML, the templates too."""
    from bot.surveys import export as write

    run_async(write(name))


Days = Annotated[list[str], typer.Argument(help="Dates like 2027-02-06.")]


@calendar_app.command("work")
def calendar_work(days: Days) -> None:
    """These days are worked: make-up workdays."""
    _enter_days("WORK", days)


@calendar_app.command("free")
def calendar_free(days: Days) -> None:
    """These days are free."""
    _enter_days("FREE", days)


@calendar_app.command("forget")
def calendar_forget(days: Days) -> None:
    """Leave these days to the calendar again."""
    _enter_days("FORGET", days)


@calendar_app.command("show")
def calendar_show() -> None:
    """Show the days that were entered."""
    from bot.calendar import show

    run_async(show())


def _enter_days(kind: str, days: list[str]) -> None:
    from bot.calendar import Kind, enter

    run_async(enter(Kind[kind], days))


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database schema up to date."""
    from bot.moving import upgrade

    run_async(upgrade())


def main() -> None:
    """The entry point of the command ``guanxi``."""
    os.umask(0o077)  # databases, backups and exports are for nobody else on this machine
    app()

"""Puts the house together: the only module that knows every room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import handlers.everything  # noqa: F401 - registers the handlers
from bot import file_store
from bot.file_store import FolderStore
from bot.language_model import LanguageModel
from bot.local.channel import LocalChannel
from bot.local_people import LocalPeople
from bot.second_reader import SecondReader
from bot.settings import Settings
from charts.model import Draws
from charts.process import DrawingProcess
from domain.company.model import Company
from domain.people.model import Staff
from domain.ports import Copies
from handlers.chat import Capabilities, Channel, ChatEvent, Reply
from handlers.dispatch import Dispatcher
from handlers.entries.names import NamesCache
from handlers.rendering.texts import Texts
from scheduler.delivery import Delivery, Sent
from scheduler.fetching import Fetching
from scheduler.planners import (
    ABSENCES,
    APPROVALS,
    CARE,
    DAYS,
    DIGESTS,
    FOLLOWED,
    FOLLOWUPS,
    HANDOVERS,
    HOMES,
    JOBS,
    LADDER,
    POINTS,
    QUEUE,
    RADAR,
    RECOUNT,
    REPORTS,
    STRANGERS,
    SURVEYS,
    TICKETS,
    VISITS,
    Planner,
)
from storage.engine import Database, open_database
from storage.faults import is_passing

PLANNERS: Sequence[Planner] = (
    JOBS,
    FOLLOWUPS,
    TICKETS,
    QUEUE,
    RECOUNT,
    REPORTS,
    RADAR,
    SURVEYS,
    FOLLOWED,
    ABSENCES,
    APPROVALS,
    DAYS,
    DIGESTS,
    HANDOVERS,
    LADDER,
    HOMES,
    CARE,
    VISITS,
    POINTS,
    STRANGERS,
)


def real_now() -> datetime:
    return datetime.now(UTC)


def default_company(settings: Settings) -> Company:
    """The company's row for a new database."""
    return Company(
        name=settings.company,
        locale=settings.locale,
        timezone=settings.company_timezone,
        currency=settings.company_currency,
        country=settings.company_country,
    )


def copies_of(settings: Settings) -> Copies:
    """The database as a whole, for backups, and for looking at it without opening the house."""
    from storage.copies import SqlCopies

    return SqlCopies(settings.database_url)


@dataclass(kw_only=True)
class House:
    """All that a command needs, connected. ``now`` is the clock that due times are asked of."""

    settings: Settings
    database: Database
    texts: Texts
    dispatcher: Dispatcher
    delivery: Delivery
    fetching: Fetching
    store: FolderStore
    """The bytes of attachments."""
    page_files: FolderStore
    """What the local page was given and gave, as a platform's own server would keep it."""
    local: LocalChannel
    people: LocalPeople
    second_reader: SecondReader | None
    """Where a language model is set."""
    channels: dict[str, Channel]
    links: dict[str, Callable[[str], str]]
    """By channel: the address at which a one-time code is opened, the easiest first."""
    now: Callable[[], datetime]

    async def staff_named(self, name: str) -> Staff | None:
        async with self.database.read() as uow:
            return await uow.staff.find_by_name(name)

    def export_lines(self) -> AsyncGenerator[str, None]:
        """All data, a line of JSON each, as of one moment."""
        from storage.export import export_lines

        return export_lines(self.database)

    async def import_file(
        self, path: Path, *, told: Callable[[int, int], None], again: bool = False
    ) -> Mapping[str, int]:
        """Take in what an export wrote, all or nothing; gives how many of each type. Raises ImportRefused, and
        ImportedBefore for the same file a second time, unless ``again``.

        ``told`` hears how many lines are done, of how many.
        """
        from storage.importing import import_file

        return (await import_file(self.database, path, now=self.now(), told=told, again=again)).counts


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    now: Callable[[], datetime] = real_now,
    on_settled: Callable[[Sent], None] | None = None,
    drawer: Draws | None = None,
) -> AsyncIterator[House]:
    """Open the database and connect everything but the receivers; at the end finish what is being sent.

    ``drawer`` draws charts; by default a process of its own, started by the first.
    """
    from storage import migrations

    prepare = migrations.upgrade if settings.auto_migrate else migrations.refuse_newer
    await asyncio.to_thread(prepare, settings.database_url)
    database = open_database(settings.database_url, company=lambda: default_company(settings))
    second_reader: SecondReader | None = None
    drawing = DrawingProcess()
    try:
        async with database.read() as reading:
            company = await reading.company.get()
        people = LocalPeople(database.read)
        data = file_store.folder_of(settings, copies_of(settings))
        store = file_store.store_of(settings, copies_of(settings))
        page_files = FolderStore(file_store.sent_in(data), key=settings.key)
        local = LocalChannel(open_unit=database.unit_of_work, now=now, people=people, files=page_files)
        channels: dict[str, Channel] = {local.name: local}
        links: dict[str, Callable[[str], str]] = {}
        texts = Texts(company.name)
        texts.follow(company)
        delivery = Delivery(
            database.unit_of_work,
            database.read,
            channels=channels,
            texts=texts,
            holder=database.holder,
            now=now,
            on_settled=on_settled,
            store=store,
            drawer=drawer or drawing,
        )
        fetching = Fetching(
            database.unit_of_work,
            database.read,
            channels=channels,
            store=store,
            holder=database.holder,
            # What was uploaded lies where the page is served; a process that does not serve it would find nothing.
            except_for=() if settings.local_page else (local.name,),
            now=now,
        )
        model = LanguageModel.of(settings)
        second_reader = SecondReader(model, database.read, dispatcher=lambda: dispatcher) if model is not None else None
        dispatcher = Dispatcher(
            database.unit_of_work,
            open_reading=database.read,
            index=NamesCache(),
            now=now,
            deliver=delivery.answer,
            announced=fetching.wake,
            followed=texts.follow,
            answered=second_reader.answered if second_reader is not None else _nobody_asks,
            capabilities=lambda name: _capabilities(channels, name),
            is_passing=is_passing,
            links=lambda code: [address(code) for address in links.values()],
        )
        yield House(
            settings=settings,
            database=database,
            texts=texts,
            dispatcher=dispatcher,
            delivery=delivery,
            fetching=fetching,
            store=store,
            page_files=page_files,
            local=local,
            people=people,
            second_reader=second_reader,
            channels=channels,
            links=links,
            now=now,
        )
        await delivery.drain()
    finally:
        if second_reader is not None:
            await second_reader.close()
        await drawing.close()
        await database.dispose()


def _nobody_asks(event: ChatEvent, replies: Sequence[Reply]) -> None:
    """Without a language model an answer is an answer."""


def _capabilities(channels: Mapping[str, Channel], name: str) -> Capabilities:
    channel = channels.get(name)
    return channel.capabilities if channel is not None else Capabilities()

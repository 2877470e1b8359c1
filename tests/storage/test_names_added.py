"""New names are added to an index that stands; whatever else happens to names has it built again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

from domain.ports import UnitOfWork
from domain.records import KnownName
from handlers.entries.names import NamesCache
from tests.storage.company import Team, a_contact, a_lead


async def version(team: Team) -> int:
    async with team.database.read() as uow:
        return (await uow.search.names_since(None)).version


async def added(team: Team, since: int) -> list[KnownName] | None:
    async with team.database.read() as uow:
        found = (await uow.search.names_since(since)).added
        return None if found is None else list(await uow.search.names_added(team.mei, found))


async def test_only_what_was_added_and_may_be_seen_is_given(team: Team) -> None:
    await team.lead()
    since = await version(team)
    customer = await team.customer(name="Acme Ltd")
    async with team.acting(team.mei) as uow:
        contact = await uow.customers.add_contact(a_contact(customer))
        mine = await uow.leads.add(a_lead(team.mei, company="Globex"))
        await uow.leads.add(a_lead(team.tom, company="Initech"))

    assert [(name.record, name.id) for name in await added(team, since) or []] == [
        ("customer", customer.id),
        ("lead", mine.id),
        ("contact", contact.id),
    ]


async def test_a_first_name_is_added_to_none(team: Team) -> None:
    since = await version(team)
    lead = await team.lead()

    assert [name.id for name in await added(team, since) or []] == [lead.id]


async def test_a_changed_name_is_more_than_an_addition(team: Team) -> None:
    lead = await team.lead()
    since = await version(team)
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).company = "Globex"

    assert await added(team, since) is None


async def test_what_is_shared_is_more_than_an_addition(team: Team) -> None:
    lead = await team.lead()
    since = await version(team)
    async with team.acting(team.mei) as uow:
        await uow.customers.share("lead", lead.id, team.tom.id)

    assert await added(team, since) is None


async def test_a_name_that_is_added_while_others_are_read_stands_in_the_index_once(team: Team) -> None:
    await team.lead(company="Globex")
    names = NamesCache()

    async def another_lead() -> None:
        await team.lead(company="Initech")

    async def known(before: str = "", happens: Callable[[], Awaitable[object]] = another_lead) -> list[int | str]:
        async with team.database.read() as uow:
            search = Meanwhile(uow.search, before, happens)
            index, _ = await names.known_to(
                cast("UnitOfWork", SimpleNamespace(search=search, lexicon=uow.lexicon)), team.mei
            )
        return sorted(one.id for one in index.known)

    await known("known_names")
    assert await known() == [1, 2]

    await another_lead()
    await known("names_added", known)  # they speak in two conversations at once
    assert await known() == [1, 2, 3]


class Meanwhile:
    """A search before one of whose questions something happens."""

    def __init__(self, search: Any, before: str, happens: Callable[[], Awaitable[object]]) -> None:
        self._search = search
        self._before = before
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        async def asked(*given: Any) -> Any:
            if name == self._before:
                await self._happens()
            return await getattr(self._search, name)(*given)

        return asked

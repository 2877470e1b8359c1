from datetime import timedelta

from bot.local.people import AddressBook, LocalPerson
from tests.bot.local.stage import GROUP, SmallCompany

LI = LocalPerson(user="li", name="Li", role="rep")


class Asked(SmallCompany):
    """Counts how often it was asked who exists."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    async def people(self) -> list[LocalPerson]:
        self.times += 1
        return self.staff


async def test_who_exists_is_read_anew_only_when_it_is_old_or_somebody_is_missing() -> None:
    ticks, company = [100.0], Asked()
    book = AddressBook(company, fresh_for=timedelta(seconds=2), ticks=lambda: ticks[0])

    await book.recent()
    await book.recent(user="tom", place="private:tom")
    ticks[0] += 1.9
    await book.recent()
    assert company.times == 1

    company.staff.append(LI)
    assert "li" in (await book.recent(user="li")).people
    assert company.times == 2

    await book.recent(place="group:unknown")
    assert company.times == 3

    ticks[0] += 2
    await book.recent()
    assert company.times == 4


async def test_everybody_has_a_private_place_and_those_of_their_groups() -> None:
    directory = await AddressBook(SmallCompany(), fresh_for=timedelta(0)).refresh()

    assert [place.key for place in directory.places_of("tom")] == ["private:tom", GROUP]
    assert directory.places["private:tom"].conversation.title is None
    assert directory.places[GROUP].conversation.title == "Acme launch"

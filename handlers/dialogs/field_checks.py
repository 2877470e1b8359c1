"""Whether an answer can be taken, asked while it is being given: for forms about leads, customers and their people."""

from __future__ import annotations

from collections.abc import Mapping

from domain.customers.errors import WrongBirthday
from domain.values.birthdays import parse_birthday
from handlers.chat import Phrase
from handlers.context import ChatContext, country_of
from handlers.dialogs.amount_fields import amount_of
from handlers.dialogs.point_fields import read_points
from handlers.router import FieldErrors


async def check_record_fields(ctx: ChatContext, values: Mapping[str, str]) -> None:
    """Phones, e-mails, handles, codes, birthdays and amounts. Raises FieldErrors."""
    read_points(values, (), country=country_of(ctx.actor, ctx.company), with_code=True)
    birthday = values.get("birthday", "").strip()
    if birthday and parse_birthday(birthday) is None:
        raise FieldErrors({"birthday": Phrase(WrongBirthday.code, {"typed": birthday[:60]})})
    if values.get("amount"):
        amount_of(values, await ctx.reading())

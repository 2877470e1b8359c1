"""The bytes of what people sent: https://core.telegram.org/bots/api#getfile"""

from __future__ import annotations

from aiogram.methods import GetFile

from bot.telegram.api import Api
from bot.telegram.errors import Refused
from domain.errors import FileRefused, RecipientUnreachable

TOO_BIG = "file is too big"


async def fetch(api: Api, file_id: str, *, limit: int) -> bytes:
    """At most ``limit`` bytes of a file. Raises FileRefused when it will never be given, else what ``Api.call`` does."""
    try:
        file = await api.call(GetFile(file_id=file_id))
    except Refused as refusal:
        raise FileRefused(FileRefused.TOO_LARGE if refusal.says(TOO_BIG) else FileRefused.GONE) from None
    except RecipientUnreachable:
        raise FileRefused(FileRefused.FORBIDDEN) from None
    if (file.file_size or 0) > limit:
        raise FileRefused(FileRefused.TOO_LARGE)
    if file.file_path is None:  # it is not (any more) on the server
        raise FileRefused(FileRefused.GONE)
    return await api.download(file.file_path, limit=limit)

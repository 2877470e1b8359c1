"""What the command line says when something cannot be done."""

from __future__ import annotations

import errno
from pathlib import Path


def explain(error: Exception) -> str | None:
    """One line for stderr, or None when this is a bug and the traceback should show."""
    from bot.settings import WrongSetting
    from domain.errors import CrmError
    from storage.faults import NewerDatabase, UnfitDatabase, is_of_a_file, lacks_tables, reason_of

    if isinstance(error, WrongSetting | Refused):
        return str(error)
    if isinstance(error, CrmError):
        return in_words(error)
    if isinstance(error, UnfitDatabase):
        return (
            f"GUANXI_DATABASE_URL: the database keeps texts as {error.encoding}, Guanxi needs UTF8; make another one, and"
            f" name that: CREATE DATABASE {error.name}_utf8 TEMPLATE template0 ENCODING 'UTF8'"
        )
    if isinstance(error, NewerDatabase):
        return (
            f"GUANXI_DATABASE_URL: the schema ({error.revision}) was made by a newer Guanxi; update Guanxi, or restore a"
            " backup of before"
        )
    if lacks_tables(error):
        return "GUANXI_DATABASE_URL: the database has not the tables of this version; run: guanxi db upgrade"
    if is_of_a_file(error):
        return (
            f"GUANXI_DATABASE_URL: the database's file cannot be used ({reason_of(error)}); its folder must be there and"
            " yours; a damaged file is replaced by: guanxi restore BACKUP --force"
        )
    if type(error).__module__.startswith("sqlalchemy"):
        return (
            f"GUANXI_DATABASE_URL: the database does not answer ({reason_of(error)}); check the address and that its"
            " server runs"
        )
    return None


class Refused(Exception):
    """The command cannot do what was asked; the message says why and what to do."""


def not_listening(error: OSError, *, host: str, port: int) -> Refused:
    """Why nothing can be served there: the port and the address are two settings."""
    if error.errno == errno.EADDRINUSE:
        return Refused(f"GUANXI_HTTP_PORT: {port} is taken ({error.strerror}); set another")
    if error.errno == errno.EACCES:
        return Refused(f"GUANXI_HTTP_PORT: {port} is not for this user ({error.strerror}); set one above 1023")
    return Refused(
        f"GUANXI_HTTP_HOST: {host} is no address of this machine ({error.strerror}); set 127.0.0.1, or 0.0.0.0 for all"
    )


def unreadable(file: Path, error: OSError | UnicodeDecodeError) -> Refused:
    """A file that somebody named, and why it cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        return Refused(f"{file}: this is no text in UTF-8")
    return Refused(f"{file}: {(error.strerror or 'cannot be read').casefold()}")


def in_words(error: object) -> str:
    from datetime import UTC, datetime

    from domain.errors import CrmError
    from handlers.rendering.texts import Reader, Texts

    assert isinstance(error, CrmError)
    reader = Reader(locale="en", timezone="UTC")
    return Texts("Guanxi").say(error.code, error.facts, reader, now=datetime.now(UTC))

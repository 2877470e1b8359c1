"""Copying the whole database and putting it back: the refusals."""

from __future__ import annotations

from domain.errors import CrmError


class CopyRefused(CrmError):
    """Nothing was copied or replaced. ``why`` is one of the words below; the other facts belong to some of them."""

    code = "copy-refused"

    DAMAGED = "damaged"
    SOURCE_DAMAGED = "source-damaged"  # the database itself
    NOT_OURS = "not-ours"
    FROM_THE_FUTURE = "from-the-future"
    NOTHING_TO_COPY = "nothing-to-copy"
    IN_USE = "in-use"
    PROGRAM_MISSING = "program-missing"
    PROGRAM_TOO_OLD = "program-too-old"
    PROGRAM_FAILED = "program-failed"
    NO_ROOM = "no-room"
    WRONG_KEY = "wrong-key"
    FILES_MISSING = "files-missing"  # ``said`` names one

    def __init__(self, *, why: str, program: str = "", package: str = "", said: str = "") -> None:
        super().__init__(why=why, program=program, package=package, said=said)
        self.why = why

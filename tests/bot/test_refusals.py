"""How the command line says what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.moving import _counted
from bot.refusals import explain, unreadable
from storage.engine import open_database
from tests.storage.conftest import BACKENDS


def test_a_file_that_cannot_be_read_is_named_without_a_number(tmp_path: Path) -> None:
    with pytest.raises(OSError) as missing:
        (tmp_path / "none.yaml").read_text(encoding="utf-8")
    with pytest.raises(UnicodeDecodeError) as no_text:
        b"\xff\xfe".decode()

    assert str(unreadable(Path("none.yaml"), missing.value)) == "none.yaml: no such file or directory"
    assert str(unreadable(Path("a.yaml"), no_text.value)) == "a.yaml: this is no text in UTF-8"


@pytest.mark.parametrize("backend", BACKENDS)
async def test_a_database_without_our_tables_is_not_called_silent(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    if backend == "postgres":
        url = request.getfixturevalue("postgres_server").empty_database()
    database = open_database(url)
    with pytest.raises(DBAPIError) as missing:
        async with database.read() as uow:
            await uow.staff.list_all()
    await database.dispose()

    said = explain(missing.value)
    assert said is not None
    assert said.endswith("run: guanxi db upgrade")


@pytest.mark.parametrize(
    ("kind", "count", "said"),
    [
        ("lead", 9, "9 leads"),
        ("follow_up", 1, "1 follow-up"),
        ("activity", 2, "2 activities"),
        ("survey", 2, "2 surveys"),
        ("staff", 3, "3 staff"),
    ],
)
def test_what_was_taken_in_is_counted_in_words(kind: str, count: int, said: str) -> None:
    assert _counted(kind, count) == said

"""Statements that stand ready, on PostgreSQL: prepared once a connection, sent and answered together, by libpq itself.

psycopg's cursors look each statement up, convert it and send it alone, also in a pipeline; that was more work than all
the rest of it (docs/decisions/0020). Connecting, waiting, and what values look like on the wire stay psycopg's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from psycopg import AsyncConnection, abc, adapt
from psycopg._preparing import PrepareManager
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat
from psycopg.errors import error_from_result
from psycopg.generators import execute, fetch_many, send
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED"  # as ``storage.engine`` opens it
COMMIT = b"COMMIT"
Asked = tuple[bytes, Sequence[Any]]  # the statement with $1, $2 …, and their values
Written = Sequence[Buffer | None]
Answer = list[tuple[Any, ...]]


class Connection(AsyncConnection[Any]):
    """psycopg's own, and ``run`` beside it."""

    def __init__(self, pgconn: PGconn, **options: Any) -> None:
        super().__init__(pgconn, **options)
        self._prepared = KeepsStatements()
        self._names: dict[bytes, bytes] = {}

    async def run(self, asked: Sequence[Asked], *, commit: bool = False) -> list[Answer]:
        """Run them in turn in the transaction, which begins with them if it has not yet; gives the rows of each.

        Raises psycopg's errors: of what follows the statement that failed nothing was run, and nothing is committed.
        """
        begins = self.pgconn.transaction_status == TransactionStatus.IDLE
        written = [(sql, self._written(values)) for sql, values in asked]
        if len(asked) == 1 and not begins and not commit and asked[0][0] in self._names:
            results = await self.wait(self._alone(*written[0]))
        else:
            results = await self.wait(self._together(written, begins=begins, commit=commit))
        if commit and results[-1].command_status != COMMIT:
            raise RuntimeError(f"the database answered {results[-1].command_status!r} to a commit")
        return [self._rows(result) for result in results[: len(asked)]]

    @cached_property
    def _values(self) -> abc.Transformer:
        return adapt.Transformer(self)

    def _written(self, values: Sequence[Any]) -> Written:
        """As text and of no type: the server knows what each of a statement's parameters is."""
        return self._values.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def _alone(self, sql: bytes, values: Written) -> PQGen[list[PGresult]]:
        self.pgconn.send_query_prepared(self._names[sql], values)
        return self._good((yield from execute(self.pgconn)))

    def _together(self, asked: Sequence[tuple[bytes, Written]], *, begins: bool, commit: bool) -> PQGen[list[PGresult]]:
        """The results of what was asked and of the commit. All of it is sent at once, and answered at once."""
        pgconn, names = self.pgconn, self._names
        new = [sql for sql in dict.fromkeys(sql for sql, _ in asked) if sql not in names]
        if new:
            names = names | {sql: b"ready_%d" % place for place, sql in enumerate(new, start=len(names))}
        pgconn.enter_pipeline_mode()
        if begins:
            pgconn.send_query_params(BEGIN, None)
        for sql in new:
            pgconn.send_prepare(names[sql], sql)
        for sql, values in asked:
            pgconn.send_query_prepared(names[sql], values)
        if commit:
            pgconn.send_query_params(COMMIT, None)
        pgconn.pipeline_sync()
        yield from send(pgconn)
        results: list[PGresult] = []
        while (some := (yield from fetch_many(pgconn)))[0].status != ExecStatus.PIPELINE_SYNC:
            results += some
        pgconn.exit_pipeline_mode()
        made = results[begins : begins + len(new)]
        self._names.update((sql, names[sql]) for sql, each in zip(new, made, strict=True) if _is_done(each))
        return self._good(results)[begins + len(new) :]

    def _good(self, results: list[PGresult]) -> list[PGresult]:
        for result in results:  # what was not run after it says only that
            if result.status == ExecStatus.FATAL_ERROR:
                raise error_from_result(result, encoding=self.info.encoding)
        return results

    def _rows(self, result: PGresult) -> Answer:
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)


class KeepsStatements(PrepareManager):
    """Prepared statements outlive a rollback, as PostgreSQL has it.

    psycopg throws all of them away then, lest one stands on a table that was not made after all. None is made on these
    connections, while every reading transaction ends in a rollback, and so does every refusal.
    """

    def clear(self) -> bool:
        return False


def _is_done(made: PGresult) -> bool:
    return made.status == ExecStatus.COMMAND_OK

"""Moments as whole seconds, which both databases count with alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class epoch(FunctionElement[int]):  # noqa: N801 - it reads as the function that it is
    """Whole seconds since 1970, the same on both databases."""

    type = BigInteger()
    inherit_cache = True


@compiles(epoch, "sqlite")
def _epoch_of_sqlite(element: epoch, compiler: Any, **options: Any) -> str:
    # Without the fraction: SQLite rounds .999999 up to the next second.
    return f"CAST(STRFTIME('%s', SUBSTR({compiler.process(element.clauses, **options)}, 1, 19)) AS INTEGER)"


@compiles(epoch)
def _epoch(element: epoch, compiler: Any, **options: Any) -> str:
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"

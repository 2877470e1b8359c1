"""``guanxi understand``: the offline understanding on JSON lines."""

from __future__ import annotations

import json
import sys
from typing import TextIO


def understand_lines(source: TextIO, target: TextIO) -> int:
    """A row in, a prediction row out, in the order they came. A line that is no row stops it with its number."""
    from handlers.understanding.rows import RowIncomplete, predict

    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            prediction = predict(row)
        except RowIncomplete as incomplete:
            print(f"line {number}: {incomplete}", file=sys.stderr)
            return 1
        except (ValueError, KeyError, TypeError) as error:
            print(f"line {number}: no row with id, text and now ({type(error).__name__})", file=sys.stderr)
            return 1
        target.write(json.dumps(prediction, ensure_ascii=False) + "\n")
        target.flush()
    return 0

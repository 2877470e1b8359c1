"""The development data beside the project: a floor a little below what was reached, so that a loss is noticed."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handlers.understanding.rows import predict

EVALUATION = Path(__file__).resolve().parents[4] / "shared" / "eval"

pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(
        not EVALUATION.is_dir(), reason="the evaluation data is not beside the project (../shared/eval)"
    ),
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", EVALUATION / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_messages(score: ModuleType) -> None:
    scored = [score.score_message(row, predict(row)) for row in rows("messages-dev.jsonl")]

    for field, floor in {
        "exact": 0.98,
        "activity": 0.98,
        "intents": 0.95,
        "ambiguous": 0.97,
        "note": 0.95,
        "follow_up_grain": 0.97,
    }.items():
        judged = [one[field] for one in scored if one[field] is not None]
        assert sum(judged) / len(judged) >= floor, field


@pytest.mark.parametrize(("language", "floor"), [("en", 0.98), ("zh", 0.99)])
def test_time_expressions(score: ModuleType, language: str, floor: float) -> None:
    scored = [
        score.score_time(row, predict(row))["correct"] for row in rows("time-dev.jsonl") if row["lang"] == language
    ]

    assert sum(scored) / len(scored) >= floor

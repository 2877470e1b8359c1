"""What operators read names every setting, metric and finding, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings

OPERATORS = Path(__file__).parents[2] / "docs" / "operators"
ROOT = Path(__file__).parents[2]


def test_every_setting_stands_in_the_table() -> None:
    table = (OPERATORS / "settings.md").read_text(encoding="utf-8")

    named = set(re.findall(r"^\| `(GUANXI_\w+)` \|", table, re.MULTILINE))

    assert named == {f"GUANXI_{name.upper()}" for name in Settings.model_fields}


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {f"GUANXI_{name.upper()}" for name in Settings.model_fields}
    named: set[str] = set()
    for path in [*OPERATORS.glob("*.md"), ROOT / "compose.yaml", ROOT / "Dockerfile"]:
        here = set(re.findall(r"GUANXI_[A-Z_]+", path.read_text(encoding="utf-8")))
        assert here <= known, path.name
        named |= here
    assert named  # else they stand somewhere else, and nothing was looked at


def test_every_metric_is_described_and_no_other() -> None:
    written = (ROOT / "bot" / "health.py").read_text(encoding="utf-8")
    described = (OPERATORS / "watching.md").read_text(encoding="utf-8")

    metrics = set(re.findall(r'"(guanxi_\w+)"', written))
    named = {name.removesuffix("_total") for name in re.findall(r"guanxi_\w+", described)}

    assert len(metrics) == 10
    assert named == metrics


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (path, target)
        for path in OPERATORS.glob("*.md")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{path.name} -> {target}" for path, target in links if not (path.parent / target).exists()] == []

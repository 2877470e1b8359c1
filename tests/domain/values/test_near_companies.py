"""Which names are near: 219 labelled pairs, of which the half ``held`` was written before any result was seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.email_domains import company_domain
from domain.values.near_companies import Nearness, domain_mark, near_marks, nearness

PAIRS = Path(__file__).parent / "company_pairs"


@dataclass(frozen=True)
class Pair:
    """``known`` are the other's name and its aliases, as its record has them."""

    new: str
    known: tuple[str, ...]
    same: bool

    def is_asked(self) -> bool:
        """As storage does it: only a name that shares a mark is judged at all."""
        marks = set(near_marks(self.new))
        return any(nearness(self.new, name) for name in self.known if marks & set(near_marks(name)))


def pairs_of(half: str) -> Iterator[Pair]:
    for line in (PAIRS / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        new, known, same, *aliases = json.loads(line)
        yield Pair(new, (known, *(aliases[0] if aliases else ())), same)


def figures(pairs: list[Pair]) -> tuple[float, float]:
    """Precision and recall."""
    asked = [pair for pair in pairs if pair.is_asked()]
    right = sum(pair.same for pair in asked)
    return right / len(asked), right / sum(pair.same for pair in pairs)


def test_what_is_asked_is_right_and_little_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    halves = {half: list(pairs_of(half)) for half in ("development", "held")}
    halves["both"] = [*halves["development"], *halves["held"]]
    assert len(halves["both"]) >= 200
    with capsys.disabled():
        for half, pairs in halves.items():
            precision, recall = figures(pairs)
            print(f"\nnear names, {half}: {len(pairs)} pairs, precision {precision:.3f}, recall {recall:.3f}", end="")
    precision, recall = figures(halves["both"])
    assert precision >= 0.98
    assert recall >= 0.95


def test_a_pair_stands_in_one_half_only() -> None:
    names = [frozenset({pair.new, pair.known[0]}) for half in ("development", "held") for pair in pairs_of(half)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Acme Ltd", "ACME", Nearness.SAME),
        ("华新科技（上海）有限公司", "上海华新科技", Nearness.SAME),
        ("华为", "华为技术有限公司", Nearness.SHORTER),
        ("IBM", "International Business Machines", Nearness.SHORTER),
        ("海康威世", "海康威视", Nearness.SLIP),
        ("鼎盛", "鼎晟", Nearness.NONE),
        ("***", "???", Nearness.NONE),
    ],
)
def test_the_nearest_is_asked_about_first(one: str, other: str, near: Nearness) -> None:
    assert nearness(one, other) is near


def test_the_marks_that_are_kept_are_the_same_in_every_process() -> None:
    """Also of a name that has more than are kept: those of slips in its long words go."""
    name = "International Semiconductor Manufacturing Consultants Engineering Partners Ltd"
    code = f"from domain.values.near_companies import near_marks; print(*near_marks({name!r}))"
    kept = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert [len(marks.split()) for marks in kept] == [60]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared_both_ways(one: str, other: str) -> None:
    assert nearness(one, other) == nearness(other, one)
    assert len(near_marks(one)) <= 60
    assert all(mark.isascii() and mark.isalnum() and len(mark) == 13 for mark in near_marks(one))


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("jane@acme.com", "acme.com"),
        ("Jane@Mail.ACME.co.uk", "acme.co.uk"),
        ("li@huaxin.com.cn", "huaxin.com.cn"),
        ("jane@gmail.com", None),
        ("123@vip.qq.com", None),
        ("jane@yahoo.co.uk", None),
        ("jane@localhost", None),
        ("", None),
    ],
)
def test_a_domain_is_a_companys_or_everybodys(email: str, domain: str | None) -> None:
    assert company_domain(email) == domain
    assert (domain_mark(email) is None) == (domain is None)

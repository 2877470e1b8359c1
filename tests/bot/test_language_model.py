"""The client of a language model, against a server that does whatever a server may do."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.language_model import LanguageModel, NoAnswer
from tests.fakes.language_model import FakeLanguageModel, language_model

QUESTION = [{"role": "user", "content": "hello"}]


def model_of(fake: FakeLanguageModel, *, seconds: float = 3.0, key: str | None = "secret") -> LanguageModel:
    return LanguageModel(fake.url, model="small", key=key, seconds=seconds)


async def test_what_is_sent_and_what_comes_back() -> None:
    async with language_model() as fake:
        fake.content = {"activity": "call"}

        answer = await model_of(fake).answer(QUESTION)

    assert json.loads(answer) == {"activity": "call"}
    assert (fake.asked[0]["model"], fake.asked[0]["messages"]) == ("small", QUESTION)
    assert fake.keys == ["Bearer secret"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"x" * 100_000, "huge"),
        (b"<html>busy</html>", "unreadable"),
        (b"", "unreadable"),
        (b'{"choices": []}', "unreadable"),
        (b'{"choices": [{"message": {"content": 7}}]}', "unreadable"),
        (b'{"choices": [{"message": {"content": "{', "unreadable"),
        (b"[" * 60_000, "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
    ],
)
async def test_what_is_no_answer(body: bytes, reason: str) -> None:
    async with language_model() as fake:
        fake.body = body

        with pytest.raises(NoAnswer) as none:
            await model_of(fake).answer(QUESTION)

    assert none.value.reason == reason


async def test_late_is_no_answer() -> None:
    async with language_model() as fake:
        fake.waits = asyncio.Event()

        with pytest.raises(NoAnswer) as none:
            await model_of(fake, seconds=0.05).answer(QUESTION)
        fake.waits.set()

    assert none.value.reason == "late"


@pytest.mark.parametrize(("status", "reason"), [(401, "status-401"), (500, "status-500"), (307, "status-307")])
async def test_a_refusal_and_a_redirect_are_no_answer(status: int, reason: str) -> None:
    async with language_model() as fake:
        fake.status, fake.headers = status, {"Location": fake.url + "/elsewhere"}

        with pytest.raises(NoAnswer) as none:
            await model_of(fake).answer(QUESTION)

    assert none.value.reason == reason
    assert len(fake.asked) == 1


async def test_cut_off_and_gone() -> None:
    async with language_model() as fake:
        fake.cut = True
        model = model_of(fake)
        with pytest.raises(NoAnswer) as cut:
            await model.answer(QUESTION)
    with pytest.raises(NoAnswer) as gone:
        await model.answer(QUESTION)

    assert (cut.value.reason, gone.value.reason) == ("unreachable", "unreachable")

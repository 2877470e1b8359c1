"""The words behind ``/survey``, in both languages, and who takes each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers.context import ChatContext
from handlers.router import Answer

WORDS = {
    word: name
    for name, words in {
        "list": "list 列表",
        "new": "new 新建",
        "edit": "edit 修改",
        "preview": "preview test 预览 试发",
        "send": "send 发送 发",
        "pause": "pause stop 暂停",
        "resume": "resume start 恢复 启用",
        "results": "results result 结果 统计",
    }.items()
    for word in words.split()
}
Subcommand = Callable[[ChatContext, str], Awaitable[Answer]]
SUBCOMMANDS: dict[str, Subcommand] = {}


def subcommand(name: str) -> Callable[[Subcommand], Subcommand]:
    """Register who takes what follows this word."""

    def register(run: Subcommand) -> Subcommand:
        SUBCOMMANDS[name] = run
        return run

    return register

"""A greeting or thanks, and nothing else."""

from __future__ import annotations

from handlers.router import fold

GREETINGS = frozenset(
    "hello,hi,hey,hello there,hi there,good morning,good afternoon,good evening,"
    "你好,您好,嗨,哈喽,早,早上好,早安,上午好,中午好,下午好,晚上好,在吗,在么".split(",")
)
THANKS = frozenset(
    "thanks,thank you,thx,many thanks,thanks a lot,cheers,great,ok,okay,ok thanks,"
    "谢谢,谢谢你,多谢,谢了,感谢,好的,好的 谢谢,收到,辛苦了".split(",")
)
LONGEST = 20


def is_greeting(text: str) -> bool:
    return len(text) <= LONGEST and _said(text) in GREETINGS


def is_thanks(text: str) -> bool:
    """Thanks, OK, 好的, 收到: nothing but a nod."""
    return len(text) <= LONGEST and _said(text) in THANKS


def _said(text: str) -> str:
    return " ".join(fold(text).casefold().replace(",", " ").split()).strip(" .!?~。！？")

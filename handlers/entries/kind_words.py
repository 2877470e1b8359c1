"""A greeting, thanks or "how does this work?", and nothing else."""

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
ASKS_HOW = frozenset(
    "what can you do,what can i say,what can i do here,how does this work,how does it work,how do i use this,how to use this,help me,"
    "怎么用,怎么使用,如何使用,怎么操作,你会什么,你会做什么,你能做什么,你能干什么,能做什么,我能说什么".split(",")
)
LONGEST = 30


def is_greeting(text: str) -> bool:
    return len(text) <= LONGEST and _said(text) in GREETINGS


def is_thanks(text: str) -> bool:
    """Thanks, OK, 好的, 收到: nothing but a nod."""
    return len(text) <= LONGEST and _said(text) in THANKS


def asks_how(text: str) -> bool:
    """怎么用, "what can you do?", or nothing but question marks."""
    return len(text) <= LONGEST and (_said(text) in ASKS_HOW or (text.strip() != "" and not text.strip(" ?？!！")))


def _said(text: str) -> str:
    return " ".join(fold(text).casefold().replace(",", " ").split()).strip(" .!?~。！？")

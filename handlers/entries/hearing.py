"""Words that somebody else wrote, told as news: they report, and nothing else."""

from __future__ import annotations

from handlers.context import ChatContext, Outcome
from handlers.entries.chat_transcripts import pasted_chat
from handlers.entries.reporting import report
from handlers.entries.several import several
from handlers.leads.pasted import pasted_list

REPORTS = (pasted_chat, pasted_list, several, report)


async def hear_report(ctx: ChatContext, text: str) -> Outcome:
    """A chat, a list, several reports or one: never a command, an answer, or a word to the card that waits."""
    for looks in REPORTS:
        answer = await looks(ctx, text)
        if answer is not None:
            return answer if isinstance(answer, Outcome) else Outcome((answer,))
    return Outcome()

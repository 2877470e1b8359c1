"""Whose an event is: the handler of a command, a press, a form, an open question, other content, or words."""

from __future__ import annotations

from collections import defaultdict

import structlog

from domain.errors import CrmError
from handlers.chat import FormFilled, Press, Reply, Text, Unknown
from handlers.context import ChatContext, Outcome
from handlers.incoming import refuse_endless
from handlers.router import Answer, ButtonTooOld, Routes, read_command, run_command, run_press
from handlers.visitors.guests import among_ourselves, note_speaker
from handlers.visitors.known_groups import note_group

log = structlog.get_logger()


class Routing:
    """Takes an event to its handler by the tables of ``handlers.router``. ``unknown`` counts by channel and kind."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self.unknown: defaultdict[tuple[str, str], int] = defaultdict(int)

    async def route(self, context: ChatContext) -> Outcome:
        content = context.event.content
        await note_speaker(context)
        await note_group(context)
        if isinstance(content, Text):
            return await among_ourselves(context, outcome_of(await self.text(context, content)))
        if isinstance(content, Press):
            return await among_ourselves(context, outcome_of(await run_press(context, content, self._routes)))
        if isinstance(content, FormFilled):
            return outcome_of(await self._form(context, content))
        if isinstance(content, Unknown):
            self.unknown[context.event.channel, content.kind] += 1
            log.info("unknown-content", channel=context.event.channel, kind=content.kind)
            await context.uow.inbox.keep_unknown(
                context.event.channel, context.event.delivery_id, content.kind, content.raw
            )
        handler = self._routes.contents.get(type(content))
        return outcome_of(await handler(context, content) if handler else None)

    async def text(self, context: ChatContext, content: Text) -> Answer:
        if context.in_group and not content.addressed:
            for listens in self._routes.overheard if context.event.sender is not None else ():
                await listens(context, content.text)
            return None
        if context.event.sender is None:
            return self._to_nobody_known(content)
        found = read_command(content.text, self._routes, by=context.role, slash_optional=content.slash_optional)
        if found is not None:
            return await run_command(context, *found, self._routes)
        for looks in (*self._routes.before_questions, self._answer_to_question, *self._routes.before_free_text):
            answer = await looks(context, content.text)
            if answer is not None:
                return answer
        return await self._routes.free_text(context, content.text) if self._routes.free_text else None

    def _to_nobody_known(self, content: Text) -> Answer:
        """An administrator who stays unnamed: nobody can say what they may see. Only who asks for us is told so."""
        try:
            found = read_command(content.text, self._routes)
        except CrmError:
            return None
        return Reply("speaker-hidden") if found is not None else None

    async def _answer_to_question(self, context: ChatContext, text: str) -> Answer:
        """None when nothing was asked here, or the words are no answer to it."""
        event = context.event
        if context.staff is None:
            return None
        whose = (context.staff.id, event.channel, event.conversation.key)
        draft = await context.uow.drafts.find_question(*whose)
        asked = self._routes.questions.get(draft.kind) if draft is not None else None
        if asked is None:
            return None
        try:
            return await asked(context, text)
        except CrmError as refusal:
            if not refusal.ends_question:
                raise
        # What it was about is closed or another's by now. Else it would refuse whatever is said here from then on.
        left = await context.uow.drafts.find_question(*whose)
        if left is not None:
            await context.uow.drafts.remove(left)
        return None

    async def _form(self, context: ChatContext, filled: FormFilled) -> Answer:
        verb, _, argument = filled.form.partition(":")
        handler = self._routes.forms.get(verb)
        if handler is None:
            raise ButtonTooOld
        refuse_endless(filled.values)
        return await handler(context, argument, filled.values)


def outcome_of(answer: Answer) -> Outcome:
    if answer is None:
        return Outcome()
    return answer if isinstance(answer, Outcome) else Outcome((answer,))

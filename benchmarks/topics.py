"""Every topic by the name that the command line knows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from benchmarks.broadcasts import delivery as broadcast_delivery
from benchmarks.broadcasts import planning as broadcast_planning
from benchmarks.chat_action import many_conversations, one_action
from benchmarks.felt import press_to_card
from benchmarks.finding import finding
from benchmarks.measure import Row
from benchmarks.memory import held, held_for_long
from benchmarks.messages import messages
from benchmarks.plan import Plan
from benchmarks.postgres_action import on_postgres
from benchmarks.queue_of_messages import queue
from benchmarks.reminders import burst, flood, planning
from benchmarks.reports import reports
from benchmarks.slack_command import commands_beside_an_import, commands_to_the_end_of_an_import, sixteen_commands
from benchmarks.startup import help_page, to_first_poll
from benchmarks.team_digest import digest_of_many
from benchmarks.telegram_http import texts_over_http
from benchmarks.tick import idle_tick
from benchmarks.tickets import tickets

Topic = Callable[[Plan], Coroutine[Any, Any, list[Row]]]

TOPICS: Mapping[str, Topic] = {
    "action": one_action,
    "postgres": on_postgres,
    "sixteen": many_conversations,
    "tick": idle_tick,
    "burst": burst,
    "flood": flood,
    "planning": planning,
    "start": to_first_poll,
    "help": help_page,
    "press": press_to_card,
    "memory": held,
    "http": texts_over_http,
    "queue": queue,
    "slack": sixteen_commands,
    "import": commands_beside_an_import,
    "messages": messages,
    "find": finding,
    "tickets": tickets,
    "reports": reports,
    "digest": digest_of_many,
    "broadcast": broadcast_planning,
    "broadcasting": broadcast_delivery,
}

# Too long for every run: measured when they are named.
LONG: Mapping[str, Topic] = {
    "memory-long": held_for_long,
    "import-long": commands_to_the_end_of_an_import,
}

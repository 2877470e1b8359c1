"""What it costs to understand a message: beside dateparser on the same texts, and with more customers to know."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from zoneinfo import ZoneInfo

from dateparser.search import search_dates

from benchmarks.companies import company_names, found_customers
from benchmarks.desk import Desk, open_desk, sqlite_in
from benchmarks.measure import Row, percentile
from benchmarks.plan import Plan
from bot.collecting import spare_what_stays
from handlers.entries.names import NamesCache
from handlers.understanding import Context, understand

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
VISIBLE = 1000
FEW = 12
#: Of both languages, with and without times; {name} is a customer that the rep sees.
TEXTS = (
    "called {name}, they want a quote for 20 seats, follow up Friday 10am",
    "lunch with the CFO of {name} yesterday, budget around 50k, send the proposal next Tuesday",
    "tried {name} twice, no answer, try again in 2 hours",
    "{name} signed today! 120k, invoice by the end of the month",
    "sent the revised offer to {name}, chase on Monday morning",
    "demo for {name} went well, they compare us with a competitor, decision in two weeks",
    "email from {name}: price is too high, call them back tomorrow at 3pm",
    "visited {name}, new number is 020 7946 0999",
    "remind me to call {name} the day after tomorrow",
    "{name} put the project on hold until next year",
    "met the head of purchasing of {name} at the fair, she wants a trial",
    "quick note: {name} moved to the new office in Leeds",
    "spoke to {name}, not Friday but Monday suits them, 9:30",
    "every Monday 9am check in with {name}",
    "刚和{name}通了电话，预算20万，下周二上午10点再跟进",
    "拜访了{name}，对方觉得价格太高，周五前给新报价",
    "{name}微信上说下个月初再联系",
    "给{name}发了报价单，35万，明天下午3点打电话确认",
    "{name}的演示做完了，客户很满意，想试用两周",
    "打{name}电话没人接，两小时后再打",
    "昨天和{name}的采购一起吃饭，他们在对比竞品，月底前定",
    "提醒我后天联系{name}",
    "{name}签了！合同120万，下周一开票",
    "{name}说项目暂停，年后再说",
    "{name} wants the contract by Thursday, 先发邮件，周三确认",
    "每周一上午给{name}打电话",
)


@dataclass(frozen=True)
class Place:
    """A rep with the names that the database has for them, and the messages that the rep writes."""

    reading: Context
    texts: Sequence[str]

    def understands(self, text: str) -> None:
        assert understand(text, self.reading).customers


async def messages(plan: Plan) -> list[Row]:
    many = plan.pick(quick=10_000, full=100_000)
    async with open_desk(sqlite_in(plan.folder), reps=2) as busy, open_desk(sqlite_in(plan.folder), reps=2) as calm:
        crowded, small = await _place(busy, many, visible=VISIBLE), await _place(calm, FEW, visible=FEW)
        rounds = plan.pick(quick=5, full=15)
        spare_what_stays()
        ours, theirs = _in_turn(small.understands, _search_dates, small.texts, small.texts, rounds=rounds)
        among_many, among_few = _in_turn(
            crowded.understands, small.understands, crowded.texts, small.texts, rounds=rounds
        )
    median, p95 = statistics.median(ours), percentile(ours, 0.95)
    details = f"{len(TEXTS)} texts of both languages, each the best of {rounds} rounds"
    return [
        Row(
            name="Understanding a message: beside dateparser.search_dates on the same texts",
            measured=median / statistics.median(theirs),
            limit=0.5,
            details=f"median {median * 1000:.2f} ms beside {statistics.median(theirs) * 1000:.2f} ms; {details}",
        ),
        Row(
            name=f"Understanding a message with {FEW} customers: p95 beside the median",
            measured=p95 / median,
            limit=4,
            details=f"p95 {p95 * 1000:.2f} ms; {details}",
        ),
        Row(
            name=f"Understanding a message with {many:,} customers, {VISIBLE:,} visible: p95 beside that with {FEW}",
            measured=percentile(among_many, 0.95) / percentile(among_few, 0.95),
            limit=6,
            details=f"p95 {percentile(among_many, 0.95) * 1000:.2f} ms, median {statistics.median(among_many) * 1000:.2f} ms "
            f"beside {statistics.median(among_few) * 1000:.2f} ms; {details}",
        ),
    ]


async def _place(desk: Desk, customers: int, *, visible: int) -> Place:
    """The first of two reps owns every so manieth customer, and writes about customers of theirs."""
    names = company_names(customers)
    step = customers // visible
    mine, others = desk.reps[0].staff.id, desk.reps[1].staff.id
    await found_customers(desk, names, cycle([mine, *[others] * (step - 1)]))
    own = cycle(names[::step][:visible])
    rep = desk.reps[0].staff
    async with desk.house.database.read() as uow:
        known, learned = await NamesCache().known_to(uow, rep)
    reading = Context(
        now=NOW,
        zone=ZoneInfo("Europe/London"),
        working_hours=(rep.work_start, rep.work_end),
        currency="GBP",
        date_order="DMY",
        country="GB",
        names=known,
        learned=learned,
    )
    return Place(reading, [text.format(name=_spoken(next(own))) for text in TEXTS])


def _spoken(name: str) -> str:
    """Without the legal form, as people say it."""
    return name.removesuffix(" Ltd") if name.isascii() else name.removesuffix("有限公司")


def _search_dates(text: str) -> None:
    search_dates(text, languages=["zh"] if any(each >= "\u4e00" for each in text) else ["en"], settings=SETTINGS)


SETTINGS = {"RELATIVE_BASE": NOW.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}


def _in_turn(
    ours: Callable[[str], None],
    theirs: Callable[[str], None],
    texts_of_ours: Sequence[str],
    texts_of_theirs: Sequence[str],
    *,
    rounds: int,
) -> tuple[list[float], list[float]]:
    """CPU seconds of each text, the best of its rounds, both in turn. Texts are pairs: the same sentence in both."""
    best: tuple[list[float], list[float]] = ([], [])
    for pair in zip(texts_of_ours, texts_of_theirs, strict=True):
        taken: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 1):
            for work, text, seconds in zip((ours, theirs), pair, taken, strict=True):
                work(text)  # both stand in the caches of the processor when they are measured
                began = time.process_time()
                work(text)
                if number:
                    seconds.append(time.process_time() - began)
        for found, seconds in zip(best, taken, strict=True):
            found.append(min(seconds))
    return best

"""What people say in their own words: families of wordings, one of each."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Context, Known, Names, understand

KNOWN = [
    Known("customer", 1, "Hartwell Veterinary"),
    Known("customer", 2, "Northgate Plumbing"),
    Known("customer", 3, "杭州星河实验小学"),
    Known("customer", 4, "盛泽云锦织造"),
    Known("customer", 5, "盛泽云景印染"),
    Known("customer", 6, "Pacific Tea Rooms"),
    Known("customer", 7, "温岭市第三中学"),
    Known("customer", 8, "义乌金鹿玩具厂"),
    Known("contact", 11, "Megan Frost", parent=1),
    Known("contact", 12, "邵丽华", parent=3),
    Known("contact", 13, "楼志军", parent=4),
    Known("contact", 14, "楼勇", parent=5),
    Known("contact", 15, "Torsten Wiebe", parent=2),
]


@pytest.fixture(scope="module")
def tuesday() -> Context:
    """Tuesday 24 November 2026, 13:10 in London; amounts in pounds."""
    zone = ZoneInfo("Europe/London")
    hours = (time(9), time(18))
    now = datetime(2026, 11, 24, 13, 10, tzinfo=zone)
    return Context(now, zone, hours, "GBP", "DMY", "GB", Names(KNOWN))


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("had megan on the blower for ten minutes", "call"),
        ("just out at northgate plumbing with torsten", "visit"),
        ("bumped into Megan at the trade fair", "meeting"),
        ("sent Torsten at Northgate our proposal this morning", "quote"),
        ("楼志军说不听演示了，要价格", "note"),
        ("text from megan, wants to push lunch to friday", "message"),
        ("Proposal's gone over to Northgate", "quote"),
        ("slot in Megan, Hartwell, thu 3 dec 2pm, product demo", "task"),
        ("weekly Zoom call with Megan, this week's moved to Friday 11", "task"),
        ("Megan wants the price list emailed to her boss", "note"),
        ("跟邵校长定了线上演示，周四下午两点", "task"),
        ("给楼志军报了两台设备，23万", "quote"),
        ("打楼总老号空号了，晚上再打", "call"),
        ("昨天visit了星河小学", "visit"),
        ("emailed Torsten our proposal this morning, 12k", "email"),
        ("sent Torsten the quote over by e-mail", "email"),
        ("报价发给楼志军了，微信发的", "wechat"),
        ("邵校长来公司看了演示，很满意", "demo"),
        ("今天去星河小学没见着邵校长，下周再去", "visit"),
        ("不是周四，是周五上午去星河小学验收", "task"),
        ("qq邮箱 lou@qq.com，把画册发邮件给楼总了", "email"),
        ("txt from Megan, all good with the price", "message"),
        ("tender's off to Northgate, 31k", "quote"),
        ("Megan no-showed our 11am, now thursday 2pm", "meeting"),
        ("two texts to Megan, texts unanswered", "message"),
        ("ring 0161 496 0123, new buyer at Northgate called Pam, today 4pm", "task"),
        ("约邵校长喝茶 下周三下午", "task"),
        ("跟Torsten开了个call，聊了聊安装", "call"),
        ("刚到星河小学送样品", "visit"),
        ("measured up the whole yard for Northgate, quote over by wed", "visit"),
        ("跟邵校长约好了 周四下午4点 teams上过图纸", "task"),
        ("their buyer called this morning about stock", "call"),
        ("an angry customer called, delivery late", "call"),
        ("a colleague called Megan yesterday", "call"),
        ("new site manager called Megan, lovely to deal with", "note"),
        ("measured the interest at Northgate, low", "note"),
        ("Northgate didn't show interest", "note"),
        ("Northgate moved to a new office in Leeds, call Friday", "note"),
        ("Northgate moved from 3 to 4 sites, call Friday", "note"),
        ("去星河小学送样品，周五上午", "note"),
        ("去星河小学送样品，周五再联系", "visit"),
        ("Northgate bailed on our contract", "note"),
        ("the proposal went through", "note"),
    ],
)
def test_what_was_done(tuesday: Context, text: str, activity: str) -> None:
    assert understand(text, tuesday).activity == activity


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("lunch with Megan, the trustees sign off on 9 December, I'll drop her a line on the 10th", "2026-12-10T09:00"),
        ("Megan sends the drawings next week, I'll price it up on the 4th", "2026-12-04T09:00"),
        ("Megan is back on Monday the 30th, call then at 4pm", "2026-11-30T16:00"),
        ("next fri ring torsten 10.45", "2026-12-04T10:45"),
        ("总部12月8号开会定，11月底我再问问楼总", "2026-11-30T09:00"),
        ("财务说月底付，28号下午盯一下", "2026-11-28T14:00"),
        ("每周三例会，周五下午三点半给邵校长演示", "2026-11-27T15:30"),
        ("下周一到周三在苏州，周二顺道看下邵校长", "2026-12-01T09:00"),
        ("楼总下周一出差回来，周三约他", "2026-12-02T09:00"),
        ("seeing Megan 21/1 half two, not the 19th", "2027-01-21T14:30"),
        ("楼勇，周五别打，周四上午打给他", "2026-11-26T09:00"),
        ("Torsten is cross about the invoice. Fix it today", "2026-11-24T18:00"),
        ("call him friday at 10am", "2026-11-27T10:00"),
        ("I'll ring you on Friday at 10AM", "2026-11-27T10:00"),
        ("visit them at 15:30 on Thursday", "2026-11-26T15:30"),
        ("megan's contract ends 15 December, call her a week before", "2026-12-08T09:00"),
        ("楼志军合同12月15到期 提前一周找他", "2026-12-08T09:00"),
        ("hung up with megan she likes it wants me to come back to her thursday afternoon", "2026-11-26T14:00"),
        ("Megan cancelled thurs, says the 27th at 2 instead", "2026-11-27T14:00"),
        ("Northgate's board sits 10 December, ring Torsten the day after", "2026-12-11T09:00"),
        ("12月10号星河小学开会，第二天再问邵校长", "2026-12-11T09:00"),
        ("oven installed at Hartwell on 3 December, check in a week later", "2026-12-10T09:00"),
        ("met Megan, if no word by then I'll call her Friday", "2026-11-27T09:00"),
        ("leave Northgate till Q2", "2027-04-01T09:00"),
        ("don't chase Megan until after Christmas", "2026-12-26T09:00"),
        ("text Torsten friday not thursday, say 11", "2026-11-27T11:00"),
        ("don't call Megan on Thursday, call Friday", "2026-11-27T09:00"),
        ("周四不要打，周五打给邵校长", "2026-11-27T09:00"),
        ("please do not ring Torsten before Friday", "2026-11-27T09:00"),
        ("邵校长说周五之前别打电话", "2026-11-27T09:00"),
        ("site walk with Megan moved from 3 to 4:30 tomorrow", "2026-11-25T16:30"),
        ("Megan rang, fridge down a third time this month, engineer goes tomorrow 8am", "2026-11-25T08:00"),
        ("prepare the deck for our 9am with Megan", "2026-11-25T09:00"),
        ("Call Megan any time this week", "2026-11-24T18:00"),
        ("Call them all this week", "2026-11-24T18:00"),
        ("这周又要拜访邵校长", "2026-11-24T18:00"),
        ("约楼志军12.5下午", "2026-12-05T09:00"),
    ],
)
def test_their_own_dates_and_the_step(tuesday: Context, text: str, at: str) -> None:
    found = understand(text, tuesday).follow_up

    assert found is not None
    assert found.at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hartwell Vet rang", [1]),
        ("星河小学来电", [3]),
        ("晚上和盛泽云锦楼总吃饭", [4]),
        ("Pacific 那边嫌贵", [6]),
        ("met dave at the tea house", []),
        ("cold call to Northgate Bay Hotel", []),
        ("coffee with herr wiebe", [2]),
        ("visited 盛泽云锦, not 盛泽云景", [4]),
        ("楼志军来电问交期，不是楼勇", [4]),
    ],
)
def test_short_names(tuesday: Context, text: str, ids: list[int]) -> None:
    assert [match.id for match in understand(text, tuesday).customers] == ids


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14 seats at £80, call it 13,440 a year", 13_440),
        ("quote for Northgate, 18.900 EUR", 18_900),
        ("invoice 20544 paid twice, 2,310.40 to be credited", 2310.40),
        ("wants a quote for 600 of them", None),
        ("took three hundred quid deposit", 300),
        ("megan has about four and a half thousand pounds", 4500),
    ],
)
def test_amounts(tuesday: Context, text: str, value: float | None) -> None:
    found = understand(text, tuesday).amount

    assert (float(found.value) if found else None) == value


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("says 9k is a stretch", {"price_objection"}),
        ("the trustees sign off in December", {"decision_pending"}),
        ("compressor down since Sunday, needs an engineer", {"support"}),
        ("they want to try one for a fortnight before buying", {"wants_trial"}),
        ("has an offer from Baxter for 10% less", {"competitor", "price_objection"}),
        ("单子下周上会", {"decision_pending"}),
        ("催样品确认单", set()),
        ("接口对接没问题", set()),
        ("淡季不换，开春再看", {"on_hold"}),
        ("嫌贵，想打对折", {"negotiating", "price_objection"}),
        ("报价单发给楼总了", set()),
        ("the board signed off the order, need to come back to him by Friday", {"won"}),
        ("she is thinking of two more ovens", {"interested"}),
        ("rang, engaged all morning", {"no_answer"}),
        ("visited Megan, walked the floor, good chat, she signs but he's away until the 3rd", set()),
        ("价格想再压一压", {"price_objection"}),
        ("尾款周五之前一定付", {"payment"}),
        ("Megan's not going ahead this year, budget frozen", {"on_hold"}),
        ("Emailed Megan the spec sheet", set()),
        ("walked Torsten thru the demo at Northgate", set()),
        ("decision sits with Megan's board", {"decision_pending"}),
        ("Torsten fancies a tasting session", {"interested"}),
        ("楼志军让我再申请一下折扣", {"negotiating", "price_objection"}),
        ("邵校长说开会定", {"decision_pending"}),
        ("12k is steep for them, Megan says", {"price_objection"}),
        ("Torsten will ask the other partners", {"decision_pending"}),
        ("ring Megan, if no answer text her", set()),
        ("Northgate signed 🎉", {"won"}),
        ("邵校长那边签下来了", {"won"}),
        ("Megan needs a number to call", set()),
        ("waiting for the final figures from their accountant", set()),
        ("Megan loved the price list", {"interested"}),
        ("Megan wants the total for 20 seats", {"wants_quote"}),
        ("Northgate wants to extend the trial", {"wants_trial"}),
        ("Megan wants to open a complaint", {"complaint"}),
        ("Friday is the better option", set()),
        ("9k is much better", set()),
        ("就是贵司的设备", set()),
        ("主要是价格表没发", set()),
        ("温度低了5度", set()),
        ("评价比较高", set()),
        ("看上周的数据", set()),
        ("价格都说好了", set()),
        ("时间从周三改到周五", set()),
        ("从12万谈到10万", {"negotiating"}),
        ("给三折页", set()),
        ("Megan says she'll sign this Friday", set()),
        ("Megan says she'll sign at 9k", {"negotiating"}),
        ("their price up 5% again", set()),
        ("price up the two ovens for Megan", {"wants_quote"}),
        ("问总共多少人参加", set()),
        ("问一共多少钱", {"wants_quote"}),
        ("渠道继续压货", set()),
        ("邵校长说要求太高", set()),
        ("楼总嫌运费太高", {"price_objection"}),
        ("Megan said don't call on Thursday", set()),
        ("Megan said don't call again", {"not_interested"}),
        ("邵校长说周五之前别打电话", set()),
    ],
)
def test_what_they_want(tuesday: Context, text: str, intents: set[str]) -> None:
    assert set(understand(text, tuesday).intents) == intents


def test_what_was_done_in_a_part_of_today_is_no_step(tuesday: Context) -> None:
    assert understand("Megan paid 400 this morning", tuesday).follow_up is None
    assert understand("Confirmed the call this afternoon with Megan", tuesday).follow_up is not None


@pytest.mark.parametrize("text", ["跟楼总约了2.5小时", "就1.5个点", "楼总等3.5折", "约1.5公里"])
def test_so_much_of_something_is_no_date(tuesday: Context, text: str) -> None:
    assert understand(text, tuesday).follow_up is None


def test_the_customers_own_day_beside_what_is_due(tuesday: Context) -> None:
    found = understand("Northgate's board meets 10 December so get it to Torsten by 8 December", tuesday)

    assert found.follow_up is None
    assert found.deadline is not None
    assert found.deadline.at == datetime.fromisoformat("2026-12-08T18:00")

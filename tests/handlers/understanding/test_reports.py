"""One message about several customers, taken apart."""

import time

import pytest

from handlers.understanding import Context, understand
from handlers.understanding.headings import heading_of
from handlers.understanding.joined_names import find_joined
from handlers.understanding.reports import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "called Delmar and Orion Freight, both want demos; Delmar Tuesday, Orion Thursday",
            (
                "called Delmar, both want demos, follow up Tuesday",
                "called Orion Freight, both want demos, follow up Thursday",
            ),
        ),
        (
            "called Delmar, Orion and Larkfield, all want demos, follow up Friday",
            tuple(
                f"called {name}, all want demos, follow up Friday" for name in ("Delmar", "Orion", "Larkfield")
            ),
        ),
        (
            "called Initech and Umbrella, both want demos; Initech Tuesday, Umbrella Thursday",
            ("called Initech, both want demos, follow up Tuesday", "called Umbrella, both want demos, follow up Thursday"),
        ),
        (
            "Initech and Umbrella both called, they want quotes",
            ("Initech called, they want quotes", "Umbrella called, they want quotes"),
        ),
        (
            "called Initech Ltd and Umbrella Corp about the tender",
            ("called Initech Ltd about the tender", "called Umbrella Corp about the tender"),
        ),
        (
            "called Delmar and Initech, both fine. Met Gamma Ltd, no news.",
            ("called Delmar, both fine", "called Initech, both fine", "Met Gamma Ltd, no news"),
        ),
        *(
            (
                f"called Summit Plumbing and Summit Dental, both want demos; {told}",
                (
                    "called Summit Plumbing, both want demos, follow up Friday",
                    "called Summit Dental, both want demos, follow up Thursday",
                ),
            )
            for told in (
                "Summit Plumbing Friday, Summit Dental Thursday",
                "Summit Dental Thursday, Summit Plumbing Friday",
                "Plumbing Friday, Dental Thursday",
            )
        ),
        (
            "called Pinecrest Foods and Pinecrest Dental, both want demos; Pinecrest Foods Monday, Pinecrest Dental Tuesday",
            (
                "called Pinecrest Foods, both want demos, follow up Monday",
                "called Pinecrest Dental, both want demos, follow up Tuesday",
            ),
        ),
        (
            "called Larkfield and Larkfield Dental, both want demos; Larkfield Friday, Larkfield Dental Thursday",
            (
                "called Larkfield, both want demos, follow up Friday",
                "called Larkfield Dental, both want demos, follow up Thursday",
            ),
        ),
        (
            "called Delmar and Orion Freight, both want demos; Delmar Tuesday, Orion Freight Thursday",
            (
                "called Delmar, both want demos, follow up Tuesday",
                "called Orion Freight, both want demos, follow up Thursday",
            ),
        ),
        ("1. called Delmar, no answer 2. met Gamma Ltd", ("called Delmar, no answer", "met Gamma Ltd")),
        ("Report:\n- called Delmar, no answer\n- try again Friday\n- met Gamma Ltd", ("called Delmar, no answer, try again Friday", "met Gamma Ltd")),
    ],
)  # fmt: skip
def test_english(english: Context, text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text, english) == parts


@pytest.mark.parametrize(
    "text",
    [
        "called Delmar, they want a quote",
        "called Marks and Spencer, they want a quote",
        "called Ernst & Young, both partners were there",
        "met Bill and Jane from Initech, both want a demo",
        "met Bill and Jane, both want a demo",
        "met Rebecca and Grace, both want a demo",
        "met Delmar and Initech, they want a joint quote",
        "called Smith and Sons, all want demos",
        "emailed Delmar, Monday and Tuesday both work",
        "called Delmar about Salesforce and HubSpot, both too expensive",
        "sent Delmar a Quote and Contract, both signed",
        "called Delmar and Pinecrest Foods, both want demos; Pinecrest Dental Friday",
    ],
)
def test_what_is_one_report_stays_one(english: Context, text: str) -> None:
    assert parts_of(text, english) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "拜访了金龙汽车和蓝天物流，都想要报价",
            ("拜访了金龙汽车，都想要报价", "拜访了蓝天物流，都想要报价"),
        ),
        (
            "联系了腾讯、阿里和百度，都想要报价",
            ("联系了腾讯，都想要报价", "联系了阿里，都想要报价", "联系了百度，都想要报价"),
        ),
        (
            "给云帆、蓝天物流打了电话，都要演示；云帆周二，蓝天周四",
            ("给云帆打了电话，都要演示，周二跟进", "给蓝天物流打了电话，都要演示，周四跟进"),
        ),
        *(
            (
                f"联系了华新科技和华新物流，都想要报价；{told}",
                ("联系了华新科技，都想要报价，周五跟进", "联系了华新物流，都想要报价，周四跟进"),
            )
            for told in ("华新科技周五，华新物流周四", "华新物流周四，华新科技周五", "科技周五，物流周四")
        ),
        (
            "给云帆、蓝天物流打了电话，都要演示；云帆周二，蓝天物流周四",
            ("给云帆打了电话，都要演示，周二跟进", "给蓝天物流打了电话，都要演示，周四跟进"),
        ),
        ("见了张总、李总和王经理，都聊得不错", ()),
        ("见了王伟和李强，都想要报价", ()),
        ("拜访了云帆的张总和李工，都要报价", ()),
        ("给云帆发了报价和合同，都签了", ()),
        ("联系了采购和财务，都同意", ()),
    ],
)
def test_chinese(chinese: Context, text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text, chinese) == parts


@pytest.mark.parametrize(
    ("text", "parts", "activity"),
    [
        (
            "Called three today: Orion Freight wants a quote, Delmar didn't pick up, Pinecrest Foods wants a demo Tuesday",
            ("Orion Freight wants a quote", "Delmar didn't pick up", "Pinecrest Foods wants a demo Tuesday"),
            "call",
        ),
        (
            "Visits yesterday:\n- Orion Freight: happy\n- Delmar: 5 more seats",
            ("Orion Freight: happy", "Delmar: 5 more seats"),
            "visit",
        ),
        (
            "Today's calls: Orion Freight wants a discount; Delmar is going ahead, 12k.",
            ("Orion Freight wants a discount", "Delmar is going ahead, 12k"),
            "call",
        ),
        ("WhatsApp with Delmar: they want a quote; Orion Freight is next", (), None),
        ("Delmar wants three things: a quote, a demo, a trial", (), None),
    ],
)
def test_a_heading_says_what_all_of_them_were(
    english: Context, text: str, parts: tuple[str, ...], activity: str | None
) -> None:
    heading = heading_of(text, english)

    assert parts_of(text, english) == parts
    assert (heading.activity if heading else None) == activity


@pytest.mark.parametrize(
    ("text", "parts", "activity"),
    [
        (
            "今天跑了三家：云帆签了，18万；天成建材没见到人；东方红酒店要加两台，周五送报价过去",
            ("云帆签了，18万", "天成建材没见到人", "东方红酒店要加两台，周五送报价过去"),
            "visit",
        ),
        ("今天打了两个电话，云帆要续约，天成建材嫌贵", ("云帆要续约", "天成建材嫌贵"), "call"),
        ("电话沟通：陈总说不要了，下周再说", (), "call"),
    ],
)
def test_a_chinese_heading(chinese: Context, text: str, parts: tuple[str, ...], activity: str) -> None:
    heading = heading_of(text, chinese)

    assert parts_of(text, chinese) == parts
    assert heading is not None
    assert heading.activity == activity


@pytest.mark.parametrize(
    "piece", ["Acme, ", "Acme and ", "A B C & ", "甲乙和", "拜访了甲乙、", "和" * 6, "见了金龙汽车和蓝天，"]
)
def test_a_long_list_costs_its_length(empty: Context, piece: str) -> None:
    understood = understand("called Acme", empty)

    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            find_joined(text, understood)
            best = min(best, time.process_time() - begun)
        return best

    short, long = piece * (450 // len(piece)), piece * (3600 // len(piece))
    assert seconds(long) < 12 * max(seconds(short), 0.002)

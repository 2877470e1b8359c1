"""Whom a text means."""

from dataclasses import replace

import pytest

from handlers.understanding import Context, Known, Names, understand
from handlers.understanding.han_names import company_forms


def ids(context: Context, text: str) -> tuple[list[int | str], list[int | str]]:
    found = understand(text, context)
    return [match.id for match in found.customers], [match.id for match in found.contacts]


@pytest.mark.parametrize(
    ("text", "customers", "contacts"),
    [
        ("called Rebecca Lane", [1], [11]),
        ("called Rebeca Lane", [1], [11]),
        ("called becky from bluestone", [1], [11]),
        ("met Mr Farouk", [4], [13]),
        ("visited Orion", [4], []),
        ("Pinecrest Foods wants a quote", [2], []),
        ("Pinecrest - Hannah Weiss is unhappy", [3], [15]),
        ("spoke to Hannah at Pinecrest Foods", [2], [12]),
        ("called Orionn Freight", [4], []),
        ("the stars were out at Delmar", [5], []),
    ],
)
def test_english(english: Context, text: str, customers: list[int], contacts: list[int]) -> None:
    assert ids(english, text) == (customers, contacts)


@pytest.mark.parametrize(
    ("text", "customers", "contacts"),
    [
        ("拜访了远航科技", [1], []),
        ("远杭科技来电", [1], []),
        ("给云帆的陈晓东打了电话", [2], [12]),
        ("司马经理说考虑一下", [4], [14]),
        ("天成李总来电", [3], [13]),
        ("天诚装饰那边签了", [4], []),
        ("遠航科技李總來電", [1], [11]),
        ("和陈小东开会", [2], [12]),
        ("绿源食品要报价", [9], []),
    ],
)
def test_chinese(chinese: Context, text: str, customers: list[int], contacts: list[int]) -> None:
    assert ids(chinese, text) == (customers, contacts)


def test_a_short_name_of_two_customers_is_asked(english: Context) -> None:
    found = understand("Pinecrest wants a discount", english)

    assert {match.id for match in found.customers} == {2, 3}
    assert "customer" in found.ambiguous


def test_a_surname_of_two_contacts_is_asked(chinese: Context) -> None:
    found = understand("李总说价格太高", chinese)

    assert {match.id for match in found.contacts} == {11, 13}
    assert {"customer", "contact"} <= set(found.ambiguous)


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("called Acme, they want a quote for 20 seats, follow up Friday 10am", "Acme"),
        ("Met with Crestline Partners, want a demo", "Crestline Partners"),
        ("刚给华新科技张总打了电话", "华新科技"),
        ("新客户:华联超市想了解价格", "华联超市"),
        ("拜访了腾讯，聊得不错", "腾讯"),
        ("跟王小明吃了饭，想要报价", "王小明"),
    ],
)
def test_an_unknown_company_is_named(empty: Context, text: str, company: str) -> None:
    assert understand(text, empty).unknown_company == company


@pytest.mark.parametrize(
    "text",
    [
        "周五给最终价格",
        "张总说周四前给答复",
        "约了周四上午演示",
        "call back tomorrow",
        "They'd like to postpone",
        "Sent the quote on Friday",
    ],
)
def test_other_words_are_no_company(empty: Context, text: str) -> None:
    assert understand(text, empty).unknown_company is None


def test_a_lead_and_a_customer_may_share_an_id() -> None:
    names = Names(
        [Known("lead", 1, "Harbor Foods"), Known("customer", 1, "Delmar"), Known("contact", 2, "Ann Low", parent=1)]
    )
    found = names.find("Met Harbor Foods and Ann Low", "met harbor foods and ann low")

    assert [names.known[number].kind for mention in found.mentions for number in mention.entries] == ["lead", "contact"]


def test_a_company_that_only_resembles_a_known_one_is_another(english: Context, chinese: Context) -> None:
    other = understand("visited Orion Plumbing today", english)
    similar = understand("拜访了天成医疗王总", chinese)

    assert (other.customers, other.unknown_company) == ((), "Orion Plumbing")
    assert (similar.customers, similar.unknown_company, similar.unknown_person) == ((), "天成医疗", "王总")


def test_everyday_words_are_no_names() -> None:
    names = Names([Known("contact", 1, "Will Stone"), Known("contact", 2, "May Chen"), Known("customer", 3, "Target")])

    assert names.find("will send it in may, hit target", "will send it in may, hit target").mentions == ()
    assert len(names.find("Spoke to Will Stone", "spoke to will stone").mentions) == 1


def test_forms_of_a_chinese_company() -> None:
    assert company_forms("上海恒远信息技术有限公司") == [
        "上海恒远信息技术有限公司",
        "上海恒远信息技术",
        "恒远信息技术",
        "恒远",
    ]


def test_spans_count_in_the_original(chinese: Context) -> None:
    text = "遠航科技李總来电,打１３８ 0013 8000"
    found = understand(text, chinese)

    assert text[found.customers[0].start : found.customers[0].end] == "遠航科技"
    assert text[found.phones[0].start : found.phones[0].end] == "１３８ 0013 8000"
    assert found.phones[0].value == "+8613800138000"


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("coffee with Priya from Northwind, likes the plan", "Northwind"),
        ("met Jane from Larkfield, wants a demo", "Larkfield"),
    ],
)
def test_a_namesake_of_another_company_is_somebody_else(empty: Context, text: str, company: str) -> None:
    names = Names(
        [
            Known("lead", 1, "Brightwater Foods", ("Priya Shah",)),
            Known("customer", 1, "Acme"),
            Known("contact", 1, "Jane Miller", parent=1),
        ]
    )

    found = understand(text, replace(empty, names=names))

    assert not found.customers
    assert not found.contacts
    assert found.unknown_company == company


@pytest.mark.parametrize(
    "text", ["spoke to Priya at Brightwater", "spoke to Priya at Monday's fair", "Priya of Brightwater called"]
)
def test_a_place_that_is_theirs_or_none_leaves_the_person(empty: Context, text: str) -> None:
    names = Names([Known("lead", 1, "Brightwater Foods", ("Priya Shah",))])

    found = understand(text, replace(empty, names=names))

    assert [match.name for match in found.customers] == ["Brightwater Foods"]


@pytest.mark.parametrize(
    ("text", "leads", "is_doubtful"),
    [
        ("尹老板嫌贵", [21], False),
        ("绿源的罗经理来电", [22], False),
        ("跟罗经理通了电话", [22, 23], True),
        ("绿源食品和金禾的罗经理都在", [22, 23], True),
    ],
)
def test_a_lead_goes_by_the_person_there(chinese: Context, text: str, leads: list[int], *, is_doubtful: bool) -> None:
    names = Names(
        [
            Known("lead", 21, "云岫民宿", ("尹晓琳",)),
            Known("lead", 22, "绿源食品", ("罗志强",)),
            Known("lead", 23, "金禾贸易", ("罗敏",)),
        ]
    )

    found = understand(text, replace(chinese, names=names))

    assert sorted(int(match.id) for match in found.customers) == leads
    assert ("customer" in found.ambiguous) is is_doubtful
    assert found.unknown_company is None

"""One line of a lead, in any order."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.leads.pasted import lines_of, looks_like_list, read_paste
from handlers.leads.words import read_lead


def said(text: str, country: str) -> dict[str, Any]:
    return {name: value for name, value in vars(read_lead(text, country=country)).items() if value}


@pytest.mark.parametrize(
    ("text", "country", "read"),
    [
        (
            "Acme Ltd, Tom Brown, 020 7183 8750, tom@acme.com, fair",
            "GB",
            {
                "company": "Acme Ltd",
                "person": "Tom Brown",
                "source": "fair",
                "phones": ["020 7183 8750"],
                "emails": ["tom@acme.com"],
            },
        ),
        ("华新科技、王总、13800138000", "CN", {"company": "华新科技", "person": "王总", "phones": ["13800138000"]}),
        (
            "王总，华新科技，１３８００１３８０００",
            "CN",
            {"company": "华新科技", "person": "王总", "phones": ["１３８００１３８０００"]},
        ),
        (
            "华新科技 王总 13800138000 微信号: wang_2024 展会",
            "CN",
            {
                "company": "华新科技",
                "person": "王总",
                "source": "展会",
                "phones": ["13800138000"],
                "handles": [("wechat", "wang_2024")],
            },
        ),
        ("华新科技王总13800138000", "CN", {"company": "华新科技王总", "phones": ["13800138000"]}),
        ("Acme Corp Tom Brown", "US", {"company": "Acme Corp", "person": "Tom Brown"}),
        ("Mr Tom Brown 020 7183 8750", "GB", {"person": "Mr Tom Brown", "phones": ["020 7183 8750"]}),
        ("老王 13800138000", "CN", {"person": "老王", "phones": ["13800138000"]}),
        ("王1 13800138000", "CN", {"company": "王1", "phones": ["13800138000"]}),
        (
            "公司:华新 联系人:王总 电话:13800138000",
            "CN",
            {"company": "华新", "person": "王总", "phones": ["13800138000"]},
        ),
        ("来源:展会, 华新科技", "CN", {"company": "华新科技", "source": "展会"}),
        ("360公司 李经理 400-123-4567", "CN", {"company": "360公司", "person": "李经理", "phones": ["400-123-4567"]}),
        (
            "Acme, Tom, 138 0013 8000/021 6234 5678",
            "CN",
            {"company": "Acme", "person": "Tom", "phones": ["138 0013 8000", "021 6234 5678"]},
        ),
        ("华新科技, QQ 12345678", "CN", {"company": "华新科技", "handles": [("qq", "12345678")]}),
        ("Acme, whatsapp +447911123456", "US", {"company": "Acme", "handles": [("whatsapp", "+447911123456")]}),
        ("3M, Ann", "US", {"company": "3M", "person": "Ann"}),
        ("<script>alert(1)</script>, *_<&", "US", {"company": "<script>alert(1)</script>", "person": "*_<&"}),
        ("Acme Tom", "US", {"doubt": ("Acme", "Tom")}),
        ("王伟 13800138000", "CN", {"doubt": ("王伟",), "phones": ["13800138000"]}),
        ("Acme, Tom, 12345678", "GB", {"company": "Acme", "person": "Tom", "odd_phones": ["12345678"]}),
        ("Acme, Tom, 123", "GB", {"company": "Acme", "person": "Tom", "odd_phones": ["123"]}),
        ("360, 周鸿", "CN", {"company": "360", "person": "周鸿"}),
        ("Initech Ltd", "GB", {"company": "Initech Ltd"}),
        ("Acme, Tom, x@y", "GB", {"company": "Acme", "person": "Tom", "odd_emails": ["x@y"]}),
        ("", "GB", {}),
        (",,, ，；", "GB", {}),
    ],
)
def test_what_a_line_says(text: str, country: str, read: dict[str, Any]) -> None:
    assert said(text, country) == read


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "a@" * 50_000, "+" * 100_000, "1-" * 50_000, "微信" * 50_000, "\x1f" * 100]
)
def test_endless_lines_are_read_quickly(text: str) -> None:
    words = read_lead(text, country="CN")

    assert len(words.company) + len(words.person) + sum(map(len, words.doubt)) <= 1000


def test_a_header_in_either_language() -> None:
    for header in ("company, contact, phone", "公司\t联系人\t电话", "Phone;Company;Name", "公司 姓名 手机"):
        assert read_paste([header, "a, b, c"]).columns, header
    assert read_paste(["Acme, Jane, 020 7183 8750", "b"]).columns == ()


def test_a_list_is_told_from_a_letter() -> None:
    rows = ["Acme, Jane, 020 7183 8750", "Nordwind, Eva, eva@nordwind.com"]
    letter = ["Dear Tom,", "we spoke yesterday, please call 020 7183 8750.", "Kind regards,", "Jane"]

    assert looks_like_list(rows, country="GB")
    assert not looks_like_list(letter, country="GB")
    assert not looks_like_list(rows[:1], country="GB")


def test_tabs_between_cells_stay() -> None:
    assert lines_of("a\tb\n\n \u202ec\x00\td\n") == ["a\tb", " c\td"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.companies import company_key, short_company, valid_credit_code

SAME = [
    (
        "Acme Logistics Ltd.",
        "ACME  LOGISTICS LIMITED",
        "acme logistics",
        "Acme Logistics, LLC",
        "Ａｃｍｅ　Ｌｏｇｉｓｔｉｃｓ",
    ),
    (
        "Acme Co., Ltd.",
        "Acme Corp",
        "ACME, Inc.",
        "Acme Pte. Ltd.",
        "Acme S.A.",
        "Acme GmbH",
        "The Acme Company",
        "Acme AG",
    ),
    ("Müller GmbH & Co. KG", "MULLER", "Muller G.m.b.H."),
    ("Tiffany & Co.", "Tiffany and Company", "Tiffany"),
    ("Smith & Sons", "Smith and Sons Ltd"),
    ("O'Brien LLC", "O’Brien", "OBrien"),
    ("Coca-Cola", "Coca Cola", "CocaCola Inc."),
    ("Grupo Bimbo S.A.B. de C.V.", "Grupo Bimbo"),
    (
        "华新科技有限公司",
        "华新科技",
        "华新科技股份有限公司",
        "华新科技有限责任公司",
        "華新科技有限公司",
        "华新 科技",
        "华新·科技公司",
    ),
    ("海川物流（集团）有限公司", "海川物流集团", "海川物流集团股份有限公司", "海川物流(集团)"),
    ("臺灣積體電路製造股份有限公司", "台湾积体电路制造"),
    ("株式会社トヨタ", "トヨタ株式会社", "ﾄﾖﾀ(株)"),
    ("Acme Inc 有限公司", "Acme"),
]
DIFFERENT = [
    ("上海华新科技有限公司", "北京华新科技有限公司"),
    ("华新科技有限公司", "华新科技有限公司上海分公司"),
    ("华新科技", "华兴科技"),
    ("Acme Logistics", "Acme Trading"),
    ("AT&T", "AT"),
    ("有限公司", "公司"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_company_share_a_key(names: tuple[str, ...]) -> None:
    assert {company_key(name) for name in names} == {company_key(names[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_companies_have_two_keys(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("name", ["Limited", "Co.", "公司", "有限公司", "集团", "***", "?", " ", "\u200b", "🙂", "The"])
def test_a_key_is_never_empty(name: str) -> None:
    assert company_key(name)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("上海华新科技有限公司", "华新科技"),
        ("华新科技（上海）有限公司", "华新科技"),
        ("深圳市南山区华新科技有限公司", "华新科技"),
        ("深圳华为技术有限公司", "华为技术"),
        ("浙江省杭州市海川物流有限公司", "海川物流"),
        ("广西壮族自治区华锡有限公司", "华锡"),
        ("海川物流（集团）有限公司", "海川物流"),
        ("北京中科云图科技", "中科云图科技"),
        ("上海银行股份有限公司", "上海银行"),
        ("上海科技有限公司", "上海科技"),
        ("青岛啤酒股份有限公司", "青岛啤酒"),
        ("北京大学", "北京大学"),
        ("中国石油天然气集团有限公司", "中国石油天然气"),
        ("華新科技股份有限公司", "華新科技"),
        ("华新科技有限公司上海分公司", "华新科技有限公司上海分公司"),
        ("公司", "公司"),
        ("上海华新科技 Co., Ltd.", "华新科技"),
        ("Acme Logistics Ltd.", "Acme Logistics"),
        ("ACME Co., Ltd.", "ACME"),
        ("Tiffany & Co.", "Tiffany & Co."),
        ("Müller GmbH & Co. KG", "Müller"),
        ("Dupont S.A.", "Dupont"),
        ("S.A. Dupont", "S.A. Dupont"),
        ("Volvo Group", "Volvo Group"),
        ("Limited", "Limited"),
        ("  Acme   Inc ", "Acme"),
        ("", ""),
    ],
)
def test_the_short_name_on_cards(name: str, short: str) -> None:
    assert short_company(name) == short


@given(st.text(min_size=1))
def test_any_name_has_a_key_and_a_short_name(name: str) -> None:
    assert company_key(name)
    assert company_key(name.upper()) or company_key(name.lower())
    assert bool(short_company(name)) == bool(short_company(name).strip())


@given(st.text(alphabet="华新科技上海有限公司集团() ", min_size=1, max_size=20))
def test_a_key_is_its_own_key_as_long_as_it_names_something(name: str) -> None:
    assert company_key(name) == company_key(f" {name} ") or not name.strip()


# Made up, with the checksum worked out by the weights of the standard (3^place modulo 31).
@pytest.mark.parametrize("code", ["91310000MA1FL4AB2T", "91110108MA01ABCD1Y"])
def test_a_credit_code_ends_with_its_checksum(code: str) -> None:
    right = [last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(code[:17] + last)]

    assert len(right) == 1
    assert not valid_credit_code(code[:16] + ("0" if code[16] != "0" else "1") + right[0])


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100-2015
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100M000100Y433", False),
        ("91350100m000100y43", False),
        ("9135010OM000100Y43", False),
        ("", False),
        ("九1350100M000100Y43", False),
    ],
)
def test_credit_codes(code: str, valid: bool) -> None:
    assert valid_credit_code(code) is valid


@given(st.text(max_size=20))
def test_any_text_is_a_credit_code_or_not(code: str) -> None:
    assert valid_credit_code(code) in (True, False)

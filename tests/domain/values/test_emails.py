import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.emails import is_personal_email, parse_email


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("tom@acme.com", "tom@acme.com"),
        ("  Tom@ACME.com ", "tom@acme.com"),
        ("Tom＠Acme．com", "tom@acme.com"),
        ("ｔｏｍ@acme.com", "tom@acme.com"),
        ("tom@acme。com", "tom@acme.com"),
        ("tom @ acme.com", "tom@acme.com"),
        ("mailto:tom@acme.com", "tom@acme.com"),
        ("邮箱：Tom@ACME.com", "tom@acme.com"),
        ("Tom Brown <tom@acme.com>", "tom@acme.com"),
        ("tom@acme.com。", "tom@acme.com"),
        ("tom@acme.com,", "tom@acme.com"),
        ("tom+crm@acme.co.uk", "tom+crm@acme.co.uk"),
        ("zhaomin@haichuan-log.cn", "zhaomin@haichuan-log.cn"),
        ("王伟@例子.中国", "王伟@例子.中国"),
        ("\u200btom@acme.com", "tom@acme.com"),
    ],
)
def test_one_spelling_for_one_mailbox(text: str, email: str) -> None:
    assert parse_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "tom",
        "tom@",
        "@acme.com",
        "tom@acme",
        "tom@localhost",
        "tom brown@acme.com",
        "tom@@acme.com",
        "tom@acme..com",
        ".tom@acme.com",
        "tom@-acme.com",
        "a@acme.com b@acme.com",
        "a@acme.com, b@acme.com",
        "tom@[127.0.0.1]",
        "<script>@acme.com",
        "x" * 65 + "@acme.com",
        "x@" * 100_000,
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert parse_email(text) is None


@pytest.mark.parametrize(
    "email",
    [
        "info@acme.com",
        "Sales@acme.com",
        "sales-cn@acme.com",
        "sales2@acme.com",
        "contact@acme.com",
        "support@acme.com",
        "admin@acme.com",
        "hr@acme.com",
        "service@acme.com",
        "customer.service@acme.com",
        "office@acme.com",
        "no-reply@acme.com",
        "contact_us@acme.com",
        "info+crm@acme.com",
        "caiwu@acme.cn",
        "财务@acme.cn",
        "财务部@acme.cn",
        "华新客服@acme.cn",
    ],
)
def test_mailboxes_of_a_role(email: str) -> None:
    assert not is_personal_email(email)


@pytest.mark.parametrize(
    "email",
    [
        "tom@acme.com",
        "tom.brown@acme.com",
        "informatik@acme.com",
        "zhangwei88@163.com",
        "13800138000@139.com",
        "王伟@a.cn",
    ],
)
def test_mailboxes_of_a_person(email: str) -> None:
    assert is_personal_email(email)


@given(st.one_of(st.text(), st.emails()))
def test_any_text_is_an_address_or_none(text: str) -> None:
    email = parse_email(text)

    assert email is None or parse_email(email) == email
    assert isinstance(is_personal_email(text), bool)

import pytest

from bot.local.gate import Gate

GATE = Gate(["crm.example.com", "[fd00::1]"])


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]", "CRM.example.com", "[fd00::1]:80"]
)
def test_our_own_names_are_known_with_any_port(host: str) -> None:
    assert GATE.is_own_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8080",
        "evil.example#localhost",
        "[::1",
        "::1",
    ],
)
def test_other_names_are_not_even_if_they_point_at_us(host: str) -> None:
    assert not GATE.is_own_host(host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://localhost", "localhost"),
        ("http://localhost", "localhost:80"),
        ("https://crm.example.com", "crm.example.com"),
        ("https://crm.example.com", "crm.example.com:443"),
    ],
)
def test_a_page_may_talk_to_the_host_that_served_it(origin: str, host: str) -> None:
    assert GATE.is_own_origin(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("", "127.0.0.1:8080"),
        ("null", "127.0.0.1:8080"),
        ("https://evil.example", "127.0.0.1:8080"),
        ("http://127.0.0.1:3000", "127.0.0.1:8080"),
        ("http://localhost:8080", "127.0.0.1:8080"),
        ("file://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://evil.example", "evil.example"),
        ("http://127.0.0.1:99999", "127.0.0.1:8080"),
    ],
)
def test_a_page_from_elsewhere_may_not(origin: str, host: str) -> None:
    assert not GATE.is_own_origin(origin, host)


def test_who_listens_everywhere_is_reached_by_any_address_but_not_by_any_name() -> None:
    gate = Gate(["0.0.0.0"])

    assert gate.is_own_host("192.168.1.7:8080")
    assert gate.is_own_host("[fd00::7]:8080")
    assert gate.is_own_origin("http://192.168.1.7:8080", "192.168.1.7:8080")
    assert not gate.is_own_host("evil.example:8080")
    assert not GATE.is_own_host("192.168.1.7:8080")

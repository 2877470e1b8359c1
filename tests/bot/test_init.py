"""``guanxi init`` as somebody at a keyboard, or a pipe, has it."""

from __future__ import annotations

import io
import os
import signal
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import app, run_async
from bot.environment_file import quoted, read_environment, write_environment
from bot.init import Check, ask_all
from bot.settings import Settings, machine_timezone
from bot.slack.check import WRONG_APP_TOKEN
from bot.slack.check import Checked as SlackChecked
from bot.telegram.check import UNREACHABLE, WRONG_TOKEN, Checked

TOKEN = "123456:ABC-DEF_ghijklmnop"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def answers(*lines: str) -> Result:
    return CliRunner().invoke(app, ["init"], input="\n".join(lines) + "\n")


def test_the_answers_become_settings_that_only_the_owner_reads() -> None:
    result = answers("2", "华新科技", "上海", "", "", "y")

    assert result.exit_code == 0, result.output
    settings = Settings()
    assert (settings.company, settings.locale, settings.timezone) == ("华新科技", "zh-CN", "Asia/Shanghai")
    assert settings.local_page
    assert settings.telegram_token is None
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    assert "下一步：guanxi run" in result.output


@pytest.mark.parametrize("company", ["Acme", 'O\'Neil "& Co" #1', "back\\slash", "a=b $HOME"])
def test_a_company_name_arrives_as_it_was_typed(company: str) -> None:
    assert answers("1", company, "london", "", "", "y").exit_code == 0

    settings = Settings()
    assert settings.company == company
    assert (settings.company_country, settings.company_currency) == ("GB", "GBP")


def test_wrong_answers_are_asked_again() -> None:
    result = answers(
        "klingon", "1", "", "x" * 200, "Acme", "Atlantis", "new york", "12:34", "", "xapp-1", "", "maybe", "y"
    )

    assert result.exit_code == 0, result.output
    assert "I don’t know the time zone “Atlantis”" in result.output
    assert "not a whole token" in result.output
    assert "This one begins with xoxb-" in result.output
    assert Settings().timezone == "America/New_York"


def test_what_the_file_holds_besides_stays() -> None:
    Path(".env").write_text("# ours\nGUANXI_PROXY=http://proxy:3128\nexport GUANXI_COMPANY=Old\nOTHER=1\n")

    result = answers("1", "New", "london", "", "", "y", "y")

    assert result.exit_code == 0, result.output
    assert "GUANXI_COMPANY: Old → New" in result.output
    lines = Path(".env").read_text().splitlines()
    assert lines[:4] == ["# ours", "GUANXI_PROXY=http://proxy:3128", "GUANXI_COMPANY=New", "OTHER=1"]


def test_nothing_is_overwritten_against_ones_will() -> None:
    Path(".env").write_text("GUANXI_COMPANY=Old\n")

    result = answers("1", "New", "london", "", "", "y", "n")

    assert result.exit_code == 1
    assert Path(".env").read_text() == "GUANXI_COMPANY=Old\n"


def test_the_end_of_the_input_writes_nothing() -> None:
    result = answers("1", "Acme")

    assert result.exit_code == 1
    assert not Path(".env").exists()


def test_ctrl_c_ends_it_at_once_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Keyboard(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            line = super().readline()
            if line.startswith("Acme"):
                os.kill(os.getpid(), signal.SIGINT)
            return line

    monkeypatch.setattr("sys.stdin", Keyboard("1\nAcme\nlondon\n\n\ny\n"))

    with pytest.raises(typer.Exit) as ended:
        run_async(ask_all(Path(".env")))

    assert ended.value.exit_code == 1
    assert capsys.readouterr().out.endswith("\nNothing was written.\n")
    assert not Path(".env").exists()


@pytest.mark.parametrize("content", [b"GUANXI_COMPANY=\xff\n", None], ids=["no text", "a folder"])
def test_what_cannot_be_written_is_said_before_anything_is_asked(content: bytes | None) -> None:
    if content is None:
        Path(".env").mkdir()
    else:
        Path(".env").write_bytes(content)

    result = answers("1", "Acme", "london", "", "", "y")

    assert result.exit_code == 1
    assert result.output.startswith(".env: ") and len(result.output.splitlines()) == 1
    assert not Path(".env.new").exists()


def test_a_zone_that_nobody_knows_is_not_proposed() -> None:
    Path(".env").write_text("GUANXI_TIMEZONE=Nowhere/Else\n")

    assert answers("1", "Acme", "", "", "", "y", "y").exit_code == 0

    assert Settings().timezone == machine_timezone()


def test_a_file_that_cannot_be_written_is_named() -> None:
    Path(".env.new").mkdir()

    result = answers("1", "Acme", "london", "", "", "y")

    assert result.exit_code == 1
    assert ".env: cannot be written" in result.output


def checked_as(*found: Checked) -> tuple[Check, list[tuple[str, Mapping[str, str]]]]:
    asked: list[tuple[str, Mapping[str, str]]] = []

    async def check(token: str, known: Mapping[str, str]) -> Checked:
        asked.append((token, known))
        return found[len(asked) - 1]

    return check, asked


async def asked_with(check: Check, *lines: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    return await ask_all(Path(".env"), check=check)


async def test_the_token_is_checked_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text("GUANXI_PROXY=http://proxy:3128\n")
    check, asked = checked_as(Checked(problem=WRONG_TOKEN), Checked(bot="acme_bot"))
    other = TOKEN.replace("1", "9")

    assert await asked_with(check, "1", "Acme", "london", other, TOKEN, "", "n", monkeypatch=monkeypatch) == 0

    said = capsys.readouterr().out
    assert said.index("does not know this token") < said.index("this is @acme_bot")
    assert [token for token, _ in asked] == [other, TOKEN]
    assert asked[0][1]["GUANXI_PROXY"] == "http://proxy:3128"
    assert Settings().telegram_token == TOKEN


async def test_without_the_network_the_token_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check, _ = checked_as(Checked(problem=UNREACHABLE))

    assert await asked_with(check, "1", "Acme", "london", TOKEN, "", "n", monkeypatch=monkeypatch) == 0

    assert "GUANXI_PROXY" in capsys.readouterr().out
    assert Settings().telegram_token == TOKEN


async def test_slacks_two_tokens_are_checked_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, str]] = []

    async def slack_check(token: str, app_token: str, known: Mapping[str, str]) -> SlackChecked:
        asked.append((token, app_token))
        wrong = SlackChecked(problem=WRONG_APP_TOKEN)
        return wrong if len(asked) == 1 else SlackChecked(bot="acme", team="Acme Ltd")

    lines = ["1", "Acme", "london", "", "xoxb-1", "xapp-wrong", "xoxb-1", "xapp-1", "n"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))

    assert await ask_all(Path(".env"), slack_check=slack_check) == 0

    said = capsys.readouterr().out
    assert said.index("GUANXI_SLACK_APP_TOKEN: Slack does not know this token") < said.index("Slack: acme answers in")
    assert asked == [("xoxb-1", "xapp-wrong"), ("xoxb-1", "xapp-1")]
    assert (Settings().slack_bot_token, Settings().slack_app_token) == ("xoxb-1", "xapp-1")


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize(
    "value", ["", "plain", "sqlite+aiosqlite:///guanxi.db", "a b", "'", '"', "\\", "#", "价格", "\\'"]
)
def test_every_value_is_read_back(value: str, tmp_path: Path) -> None:
    path = tmp_path / "values"

    write_environment(path, {"GUANXI_X": value})

    assert read_environment(path) == {"GUANXI_X": value}
    assert (quoted(value) == value) is not any(character in value for character in " '\"\\#价")


def test_a_name_that_stood_twice_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "values"
    path.write_text("A=1\nB=2\nA=3\n")

    write_environment(path, {"A": "4"})

    assert path.read_text() == "A=4\nB=2\n"

"""Settings come from the environment or a ``.env`` file, all with the prefix ``GUANXI_``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.values.money import CURRENCIES
from locales import is_spoken

DEFAULT_DATABASE = "sqlite+aiosqlite:///guanxi.db"
LONGEST_COMPANY = 100

WANTED = {
    "auto_migrate": "use true or false",
    "local_page": "use true or false",
    "http_port": "use a number from 0 to 65535, such as 8080",
    "currency": "use the three letters of a currency, such as GBP or CNY",
    "country": "use the two letters of a country, such as GB or CN",
    "telegram_webhook_secret": "use 1 to 256 letters, digits, _ and -",
    "company": f"use a name of 1 to {LONGEST_COMPANY} characters, in one line",
}
"""What to write instead of a value whose form is wrong."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class WrongSetting(Exception):
    """A setting that cannot be used; the message names the variable and says what to do."""


class Settings(BaseSettings):
    """What an operator sets. Unset company defaults follow ``LOCALE``."""

    model_config = SettingsConfigDict(env_prefix="GUANXI_", env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = DEFAULT_DATABASE
    auto_migrate: bool = True
    telegram_token: str | None = None
    telegram_api_base: str | None = None
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: str | None = Field(default=None, pattern="^[A-Za-z0-9_-]{1,256}$")
    slack_bot_token: str | None = None
    slack_app_token: str | None = None
    slack_signing_secret: str | None = None
    slack_api_base: str | None = None
    proxy: str | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    local_page: bool = False
    page_url: str | None = None
    key: str | None = None
    company: str = "Guanxi"
    locale: str = "en"
    timezone: str | None = None
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    llm_base_url: str | None = None
    llm_api_key: str | None = None
    llm_model: str | None = None
    log_level: str = "INFO"
    backup_dir: Path | None = None
    data_dir: Path | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite", "postgresql")):
            raise ValueError("use sqlite+aiosqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
        if url.startswith("sqlite") and url.partition(":///")[2].partition("?")[0] in {"", ":memory:"}:
            raise ValueError("SQLite needs a file, as in sqlite+aiosqlite:///guanxi.db")
        if not url.startswith("sqlite") and not _has_port_or_none(url):
            raise ValueError(
                "its port is no number; in a password write %40 %3A %2F for @ : /, as in postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME"
            )
        return url

    @field_validator("company")
    @classmethod
    def _company_form(cls, name: str) -> str:
        if not name.isprintable() or not 0 < len(name.strip()) <= LONGEST_COMPANY:
            raise ValueError(WANTED["company"])
        return name

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str | None) -> str | None:
        if code is not None and code not in CURRENCIES:
            raise ValueError(f"{code} is no currency of today; {WANTED['currency']}")
        return code

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str | None) -> str | None:
        from domain.company.topics import countries  # loads the library of telephone numbers

        if code is not None and code not in countries():
            raise ValueError(f"{code} is no country; {WANTED['country']}")
        return code

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in LEVELS:
            raise ValueError(f"use {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
        return level

    @field_validator("backup_dir", "data_dir")
    @classmethod
    def _is_folder(cls, folder: Path | None) -> Path | None:
        if folder is not None and folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; name a folder")
        return folder

    @field_validator("locale")
    @classmethod
    def _spoken(cls, locale: str) -> str:
        if not is_spoken(locale):
            raise ValueError(f"{locale!r} is not spoken yet; use en or zh-CN")
        return locale

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError("use an IANA name such as Europe/London or Asia/Shanghai")
        return zone

    @field_validator("telegram_token")
    @classmethod
    def _token_form(cls, token: str | None) -> str | None:
        if token is not None:
            number, _, secret = token.partition(":")
            if not number.isdigit() or len(secret) < 10:
                raise ValueError("copy the whole token that @BotFather gave, like 123456:ABC-DEF…")
        return token

    @field_validator("telegram_api_base")
    @classmethod
    def _telegram_base_form(cls, base: str | None) -> str | None:
        if base is not None and not _is_web_address(base):
            raise ValueError("the address of a Bot API server, like http://localhost:8081")
        return base

    @field_validator("telegram_webhook_url")
    @classmethod
    def _webhook_form(cls, url: str | None) -> str | None:
        if url is not None and not _is_web_address(url):
            raise ValueError(
                "the address at which Telegram reaches this program, like https://crm.example.com/telegram"
            )
        return url

    @field_validator("slack_bot_token")
    @classmethod
    def _slack_bot_token_form(cls, token: str | None) -> str | None:
        if token is not None and not token.startswith("xoxb-"):
            raise ValueError("copy the Bot User OAuth Token of the app's page OAuth & Permissions, like xoxb-…")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _slack_app_token_form(cls, token: str | None) -> str | None:
        if token is not None and not token.startswith("xapp-"):
            raise ValueError("copy the App-Level Token of the app's page Basic Information, like xapp-…")
        return token

    @field_validator("slack_api_base")
    @classmethod
    def _slack_base_form(cls, base: str | None) -> str | None:
        if base is not None and not (_is_web_address(base) and base.endswith("/api/")):
            raise ValueError("the address of the Web API, ending in /api/")
        return base

    @model_validator(mode="after")
    def _slack_can_hear(self) -> Settings:
        if self.slack_bot_token and not (self.slack_app_token or self.slack_signing_secret):
            raise ValueError(
                "GUANXI_SLACK_APP_TOKEN: set it to the app's App-Level Token (or GUANXI_SLACK_SIGNING_SECRET, for HTTP)"
            )
        if self.slack_app_token and not self.slack_bot_token:
            raise ValueError("GUANXI_SLACK_BOT_TOKEN: set it to the app's Bot User OAuth Token; both tokens are needed")
        return self

    @field_validator("llm_base_url")
    @classmethod
    def _model_form(cls, url: str | None) -> str | None:
        if url is not None and not _is_web_address(url):
            raise ValueError("the address of an OpenAI-compatible server, like http://localhost:11434/v1")
        return url.rstrip("/") if url else None

    @model_validator(mode="after")
    def _model_named(self) -> Settings:
        if self.llm_base_url and not self.llm_model:
            raise ValueError("GUANXI_LLM_MODEL: say which model of GUANXI_LLM_BASE_URL is to be asked")
        return self

    @field_validator("page_url")
    @classmethod
    def _page_form(cls, url: str | None) -> str | None:
        if url is not None and not _is_web_address(url):
            raise ValueError("the address at which people open the page, like https://crm.example.com")
        return url.rstrip("/") if url else None

    @field_validator("proxy")
    @classmethod
    def _proxy_form(cls, proxy: str | None) -> str | None:
        if proxy is not None and not _is_web_address(proxy, schemes=("http", "socks5")):
            raise ValueError("use http://HOST:PORT or socks5://HOST:PORT")
        return proxy

    @property
    def has_channel(self) -> bool:
        """Is there anything that ``guanxi run`` could speak on?"""
        return self.telegram_token is not None or self.slack_bot_token is not None or self.local_page

    @property
    def company_timezone(self) -> str:
        return self.timezone or ("Asia/Shanghai" if self.locale.startswith("zh") else machine_timezone())

    @property
    def company_currency(self) -> str:
        return self.currency or ("CNY" if self.locale.startswith("zh") else "USD")

    @property
    def company_country(self) -> str:
        return self.country or ("CN" if self.locale.startswith("zh") else "US")


def _is_web_address(address: str, *, schemes: tuple[str, ...] = ("http", "https")) -> bool:
    """Does it name a scheme of these, and a host?"""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and _has_port_or_none(address)


def _has_port_or_none(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def machine_timezone() -> str:
    """The IANA zone of this machine, UTC when it does not say."""
    for source in (_from_localtime, _from_etc):
        zone = source()
        if zone and zone in available_timezones():
            return str(ZoneInfo(zone))
    return "UTC"


def _from_localtime() -> str | None:
    path = Path("/etc/localtime")
    target = str(path.resolve()) if path.exists() else ""
    return target.partition("zoneinfo/")[2] or None


def _from_etc() -> str | None:
    path = Path("/etc/timezone")
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def read_settings(**given: Any) -> Settings:
    """The settings of this process. Raises WrongSetting with one line that names the variable and what to do."""
    try:
        return Settings(**given)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise WrongSetting(f".env: cannot be read ({reason}); mend it, or move it away and run guanxi init") from None
    except ValidationError as error:
        first = error.errors()[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        setting = str(first["loc"][0]) if first["loc"] else ""  # what concerns several settings names them itself
        if first["type"] != "value_error":
            reason = WANTED.get(setting, reason)
        raise WrongSetting(f"GUANXI_{setting.upper()}: {reason}" if setting else reason) from None

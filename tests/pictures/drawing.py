"""Messages as a platform's app shows them, as HTML, and a picture of that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

from playwright.async_api import async_playwright

from tests.bot.local.conftest import CHROMIUM, SWITCHES

IMAGES = Path(__file__).parents[2] / "docs" / "images"
FONTS = '"DejaVu Sans", "Noto Sans CJK SC", "Noto Color Emoji", sans-serif'
TELEGRAM = """
body { margin: 0; padding: 12px; width: 460px; background: #d5e2c6; font: 15px/1.4 FONTS; }
.said { clear: both; max-width: 360px; padding: 6px 12px 4px; margin: 0 0 4px; border-radius: 12px; background: #fff;
        width: fit-content; min-width: 120px; white-space: pre-wrap; overflow-wrap: anywhere; }
.bot { min-width: 356px; } .mine { margin-left: auto; background: #eeffde; }
time { display: block; text-align: right; font-size: 11px; color: #84a077; }
.row { display: flex; gap: 4px; width: 380px; margin-bottom: 4px; }
.row b { flex: 1; padding: 7px 4px; border-radius: 8px; background: #859e78; color: #fff; text-align: center; font-size: 14px; }
.step { color: #667a5c; text-align: center; margin: 6px 0; }
"""
SLACK = """
body { margin: 0; padding: 18px 20px; width: 640px; background: #fff; color: #1d1c1d; font: 15px/1.46 FONTS; }
.said { position: relative; padding-left: 46px; margin-bottom: 18px; } .said > i { position: absolute; left: 0; top: 2px; width: 36px;
  height: 36px; border-radius: 8px; background: #2c7a75; color: #fff; font: bold 16px/36px FONTS; text-align: center; }
.bot > i { background: #4a154b; } .app { background: #e8e8e8; color: #616061; font-size: 10px; padding: 1px 3px; border-radius: 2px; }
time { color: #616061; font-size: 12px; } .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; } .row b, button { border: 1px solid #bbb; border-radius: 4px;
  padding: 5px 12px; font: bold 14px FONTS; background: #fff; } .row b.primary, button.primary { background: #007a5a; color: #fff; }
nav { border-bottom: 1px solid #ddd; padding-bottom: 8px; margin-bottom: 12px; color: #616061; } nav b { color: #1d1c1d; }
nav span, nav b { margin-right: 16px; }
form { width: 470px; padding: 18px 22px; border: 1px solid #ccc; border-radius: 8px; box-shadow: 0 3px 14px #0002; }
label { display: block; font-weight: bold; margin-top: 12px; } label i { font-weight: normal; color: #616061; }
.input { border: 1px solid #868686; border-radius: 4px; padding: 5px 10px; min-height: 22px; } .hint { color: #616061; font-size: 13px; }
.error { color: #c01343; font-size: 13px; } .ends { text-align: right; margin-top: 16px; }
"""

Take = Callable[[str, str, str], Awaitable[None]]


@asynccontextmanager
async def camera() -> AsyncIterator[Take]:
    """Gives ``await take(name, style, body)``, which writes ``docs/images/NAME.png``."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = await browser.new_page(device_scale_factor=1.5)

        async def take(name: str, style: str, body: str) -> None:
            await page.set_content(
                f"<!doctype html><meta charset=utf-8><style>{style.replace('FONTS', FONTS)}</style>{body}"
            )
            await page.locator("body").screenshot(path=str(IMAGES / f"{name}.png"))

        yield take
        await browser.close()


def tag(name: str, words: str, kind: str = "") -> str:
    """An element that holds ready HTML."""
    return f'<{name} class="{kind}">{words}</{name}>' if kind else f"<{name}>{words}</{name}>"


def plain(words: str) -> str:
    return escape(words, quote=False)

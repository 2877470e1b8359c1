"""Every word a user reads, as Fluent files: one folder a language, the same file names in each."""

from __future__ import annotations

from importlib.resources import files

DEFAULT = "en"
LANGUAGES = (DEFAULT, "zh-CN")


def language_of(locale: str) -> str:
    """The language we have for a locale such as ``zh_Hans_CN``, ``zh-TW`` or ``en-GB``; English for all others."""
    wanted = locale.replace("_", "-").lower()
    for language in LANGUAGES:
        if wanted == language.lower():
            return language
    family = wanted.partition("-")[0]
    return next((language for language in LANGUAGES if language.partition("-")[0] == family), DEFAULT)


def is_spoken(locale: str) -> bool:
    """Do we have a language for the locale, or would English stand in for it?"""
    return locale.replace("_", "-").partition("-")[0].lower() in {language.partition("-")[0] for language in LANGUAGES}


def sources(language: str) -> dict[str, str]:
    """The Fluent files of one language: file name -> text."""
    folder = files(__name__) / language
    found = sorted((item.name, item) for item in folder.iterdir() if item.name.endswith(".ftl"))
    return {name: item.read_text(encoding="utf-8") for name, item in found}

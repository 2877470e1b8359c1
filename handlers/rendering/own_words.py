"""The company's own words where the catalogue has ours: its name, stages, sources of leads, reasons for a loss."""

from __future__ import annotations

from collections.abc import Mapping

from domain.company.keeping import lost_reasons_of, sources_of, stages_of
from domain.company.model import Company
from domain.company.named import LossReasons, Named
from handlers.chat import Phrase
from handlers.rendering.secrets import Secret
from locales import language_of

STAGE, SOURCE, LOST = "stage", "source", "lost"
OwnWords = Mapping[str, Mapping[str, str]]
"""Catalogue key -> language -> text."""


def own_words(company: Company) -> OwnWords:
    """What the company calls its stages, sources and reasons."""
    lists = ((STAGE, stages_of(company)), (SOURCE, sources_of(company)), (LOST, lost_reasons_of(company)))
    return {
        own_key(kind, each.key): _names(each, ours=listed.OURS)
        for kind, listed in lists
        for each in listed
        if each.names
    }


def own_key(kind: str, key: str) -> str:
    """Of a word that stands in the catalogue, in the company's list, or in both."""
    return f"{kind}-{key}"


def _names(each: Named, *, ours: tuple[str, ...]) -> Mapping[str, str]:
    """One name stands for both languages, unless the catalogue has the other."""
    named = {language: name for language, name in (("en", each.en), ("zh-CN", each.zh)) if name}
    return named if each.key in ours else {"en": each.names[0], "zh-CN": each.names[-1], **named}


def source_word(company: Company, source: str | None) -> Phrase | str | None:
    """One on the list in the reader's language, or the words as they were written."""
    return Phrase(own_key(SOURCE, source)) if source and sources_of(company).find(source) is not None else source


def lost_reason(reasons: LossReasons, reason: str | None) -> Phrase | Secret | None:
    """One of the reasons on the buttons in the reader's language, or the words as they were said, masked in groups."""
    if reason is not None and (reasons.find(reason) is not None or reason in reasons.FIXED):
        return Phrase(f"lost-{reason}")
    return Secret("amount", reason) if reason else None


def source_name(company: Company, source: str | None, locale: str) -> str:
    """The same as text, for the field of a form; empty for none."""
    named = sources_of(company).find(source)
    return source or "" if named is None or not named.names else _names(named, ours=())[language_of(locale)]


def source_words(company: Company) -> list[Phrase]:
    """Those on offer, as the reader calls them."""
    return [Phrase(own_key(SOURCE, key)) for key in sources_of(company).offered]

"""``/lead`` and pasted lines: which words are the company, the person, the phone, the e-mail, a handle, the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.leads.actions import NewLead
from domain.values.companies import short_company
from domain.values.emails import parse_email
from domain.values.people import split_title, surname
from domain.values.phones import parse_phone
from domain.values.writing import is_han, tidy

LONGEST_LINE = 1000
_CUT = "\x1f"  # stands where a contact point was cut out
_SEPARATOR = re.compile(r"[,;，；、|\t\n]+")
_EMAIL = re.compile(r"(?:mailto:)?[^\s,;，；、|:：<>@]{1,64}[@＠][^\s,;，；、|<>@]{1,255}")
_HANDLE = re.compile(
    r"(?:(?P<wechat>wechat|weixin|微信号?|(?<![A-Za-z])[wv]x)|(?P<qq>qq号?)|(?P<whatsapp>whats\s?app))\s*[:：是]?\s*"
    r"(?P<name>\+?[-_A-Za-z0-9]{5,20})(?![-_A-Za-z0-9@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?:手机号?|电话|座机|联系电话|tel|phone|mobile|cell)\s*[:：.]?\s*)?"
    r"(?P<number>(?<![A-Za-z0-9])(?:(?<![^\W_])|(?=[+＋]?\d{3}))[+＋]?[(（]?[0-9０-９][0-9０-９ \u00a0()（）.\-–－/·]{4,30}[0-9０-９]"
    r"(?:\s*(?:转|分机号?|ext(?:ension)?\.?|x|#)\s*[:：.]?\s*[0-9]{1,8})?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s,;，；、|<>]{3,500}", re.IGNORECASE)
_LABELS = {
    "company": "company 公司 公司名 公司名称 单位 客户",
    "person": "person name contact 联系人 姓名 名字",
    "source": "source from 来源 来自 渠道",
}
_LABEL = re.compile(
    "|".join(f"(?P<{field_}>{'|'.join(words.split())})" for field_, words in _LABELS.items()) + r"(?!.)",
    re.IGNORECASE,
)
_BEFORE_LABEL = re.compile(
    rf"\s+(?=(?:{'|'.join(word for words in _LABELS.values() for word in words.split())})\s*[:：])"
)
_LABELLED = re.compile(r"^(?P<label>[A-Za-z一-鿿]{2,8})\s*[:：]\s*(?P<value>.+)$")
_COMPANY_WORD = re.compile(
    r"(?:公司|集团|科技|贸易|商贸|实业|工厂|厂|银行|酒店|学校|大学|医院|中心|工作室|事务所|超市|商店|门店|物流|网络|软件|股份)$"
)
_FEWEST_DIGITS = 7
_DIGITS_ALONE = re.compile(r"[+＋]?[0-9０-９][0-9０-９ ()（）.\-]*")


@dataclass(kw_only=True)
class LeadWords:
    """What a line says. ``doubt`` holds plain words of which nobody can tell where the company ends and the person
    begins; then both of those are empty. ``odd`` looks like a phone or an e-mail and is none."""

    company: str = ""
    person: str = ""
    source: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    handles: list[tuple[str, str]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    doubt: tuple[str, ...] = ()
    odd_phones: list[str] = field(default_factory=list)
    odd_emails: list[str] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Nothing needs to be asked: somebody is named, and everything could be read."""
        return bool(self.company or self.person) and not (self.doubt or self.odd_phones or self.odd_emails)

    def new_lead(self, *, country: str, despite: bool = False) -> NewLead:
        return NewLead(
            company=self.company,
            person=self.person or None,
            phones=(*self.phones, *self.odd_phones),
            emails=(*self.emails, *self.odd_emails),
            handles=tuple(self.handles),
            source=self.source or None,
            note=", ".join(self.rest) or None,
            country=country,
            despite=despite,
        )


def read_lead(text: str, *, country: str) -> LeadWords:
    """Read one line in any order: contact points are known by their form, names by their place and look.

    ``country`` reads phones without a country code.
    """
    words = LeadWords()
    labelled = _BEFORE_LABEL.sub(",", text[:LONGEST_LINE].replace(_CUT, " "))
    left = _take_points(labelled, words, country)
    has_commas = bool(_SEPARATOR.search(left.strip()))
    pieces = _SEPARATOR.split(left.replace(_CUT, ",")) if has_commas else left.replace(_CUT, " ").split()
    plain = [piece for piece in (tidy(each).strip(" .。:") for each in pieces) if piece]
    plain = [piece for piece in plain if not _is_labelled(piece, words)]
    if has_commas:
        plain = _without_odd_numbers(text, plain, words)
    if words.company or words.person:
        _fill_gaps(words, plain)
    elif has_commas:
        _by_place(words, plain)
    else:
        _by_spaces(words, plain)
    return words


def _take_points(text: str, words: LeadWords, country: str) -> str:
    """Cut the contact points out of the text, leaving a separator where each stood."""

    def handle(match: re.Match[str]) -> str:
        words.handles.append((str(match.lastgroup if match.lastgroup != "name" else _kind(match)), match["name"]))
        return _CUT

    def email(match: re.Match[str]) -> str:
        found = parse_email(match.group())
        if found is None:
            words.odd_emails.append(match.group())
        else:
            words.emails.append(found)
        return _CUT

    def phone(match: re.Match[str]) -> str:
        typed = match["number"].strip()
        if sum(character.isdigit() for character in typed) < _FEWEST_DIGITS:
            return match.group()
        return _CUT + _take_phones(typed, words, country)

    def link(match: re.Match[str]) -> str:
        words.rest.append(match.group())
        return _CUT

    return _PHONE.sub(phone, _EMAIL.sub(email, _HANDLE.sub(handle, _LINK.sub(link, text))))


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in ("wechat", "qq", "whatsapp") if match[kind])


def _take_phones(typed: str, words: LeadWords, country: str) -> str:
    """Keep the number, or the numbers, that ``typed`` is; gives the digits in it that belong to none."""
    for between in (None, r"\s*/\s*", r"\s*/\s*|\s+"):
        several = [typed] if between is None else re.split(between, typed)
        phones = [each for each in several if parse_phone(each, country) is not None]
        others = [each for each in several if each not in phones]
        if phones and all(sum(map(str.isdigit, each)) < _FEWEST_DIGITS for each in others):
            words.phones.extend(phones)
            return " ".join(others)
    words.odd_phones.append(typed)
    return ""


def _without_odd_numbers(text: str, plain: list[str], words: LeadWords) -> list[str]:
    """A number that stands alone between commas was meant as a phone; but 360, where the company stands, is one."""
    typed = {tidy(piece) for piece in _SEPARATOR.split(text)}
    odd = [piece for piece in plain[1:] if _DIGITS_ALONE.fullmatch(piece) and piece in typed]
    words.odd_phones.extend(odd)
    return [*plain[:1], *(piece for piece in plain[1:] if piece not in odd)]


def _is_labelled(piece: str, words: LeadWords) -> bool:
    """``来源:展会`` names its field itself."""
    labelled = _LABELLED.match(piece)
    known = _LABEL.fullmatch(labelled["label"]) if labelled else None
    if labelled is None or known is None or known.lastgroup is None:
        return False
    setattr(words, known.lastgroup, labelled["value"])
    return True


def _fill_gaps(words: LeadWords, plain: list[str]) -> None:
    for piece in plain:
        gap = next((name for name in ("company", "person", "source") if not getattr(words, name)), None)
        if gap is None:
            words.rest.append(piece)
        else:
            setattr(words, gap, piece)


def _by_place(words: LeadWords, plain: list[str]) -> None:
    """Company, person, source; a person with a title before a company changes places with it."""
    if not plain:
        return
    if len(plain) == 1:
        _alone(words, plain[0])
        return
    if len(plain) > 1 and _is_person(plain[0]) and not _is_person(plain[1]) and not _looks_like_name(plain[1]):
        plain[0], plain[1] = plain[1], plain[0]
    _fill_gaps(words, plain)


def _alone(words: LeadWords, piece: str) -> None:
    if _is_person(piece):
        words.person = piece
    elif _looks_like_name(piece):
        words.doubt = (piece,)
    else:
        words.company = piece


def _by_spaces(words: LeadWords, plain: list[str]) -> None:
    """No commas: a legal form, a title or the script says where the company ends; else it is asked."""
    if len(plain) <= 1:
        _by_place(words, plain)
        return
    for end in range(len(plain) - 1, 0, -1):
        company, others = " ".join(plain[:end]), plain[end:]
        if short_company(company) != tidy(company) and not any(map(is_han, company)):
            words.company, words.person = company, " ".join(others)
            return
    if _is_person(" ".join(plain)):
        words.person = " ".join(plain)
    elif any(map(is_han, plain[0])) or (len(plain) == 2 and any(map(is_han, plain[1]))):
        _by_place(words, plain)
    elif short_company(" ".join(plain)) != tidy(" ".join(plain)):  # it ends in a legal form
        words.company = " ".join(plain)
    else:
        words.doubt = tuple(plain)


def _is_person(text: str) -> bool:
    """With a title, or called as people call each other: 王总, Mr Brown, 老王."""
    return split_title(text)[1] is not None or (len(text) == 2 and text[0] in "老小阿" and surname(text) is not None)


def _looks_like_name(text: str) -> bool:
    """Two or three Chinese characters that begin with a surname may be a person, and a company: 华新, 王伟."""
    return (
        2 <= len(text) <= 3 and all(map(is_han, text)) and surname(text) is not None and not _COMPANY_WORD.search(text)
    )

"""The index of Chinese names: companies in all their forms, persons, surnames with titles, and what sounds alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from handlers.understanding.han_names import (
    company_forms,
    company_tail,
    compound_or_single,
    is_common,
    syllable,
    syllables,
    titled,
)
from handlers.understanding.lexicon import longest_first, words
from handlers.understanding.mentions import Mention
from handlers.understanding.model import Known
from handlers.understanding.normalise import normalise

_ZCUE = re.compile(r"(?:[给跟和去到约在与同帮对拜访联系见替向]|客户|拜访|联系|电话|打给|发给|[,。;:\s]|^)(?:了|过)?$")
_ZFOLLOW = re.compile(r"\s*(?:的|那边|这边|方面|公司|说|来电|打来|问|要|想|反馈|回复|已|今天|昨天|刚)")
_ZNOT_SHORT = frozenset(
    "明天 今天 后天 昨天 大家 我们 他们 客户 公司 合同 报价 电话 微信 邮件 方案 项目 产品 系统 联系 已经 时间 价格 预算".split()
)
_ENDS = re.compile(r"\s*[,。;:!?、]|\s")
_SHORT_TITLE = re.compile(
    rf"([\u4e00-\u9fff])(?:{longest_first('people', 'short-title-zh')})"
    r"(?<!生(?=[产活意日物态病存命鲜成动效育长]))(?<!院(?=[线校士内外方]))(?<!局(?=[域部面限势]))(?<!处(?=[理于在境罚分置]))(?<!科(?=[技学研目普室]))(?<!部(?=[分门署件委队]))(?<!厂(?=[家区商房址]))"
    r"(?<!校(?=[区方园服准验]))(?<!队(?=[伍列员]))(?<!所(?=[有以需谓在属]))(?<!站(?=[点内在]))(?<!行(?=[业动情程政李为]))(?<!副(?=[总经主厂院校]))(?<!助(?=[力手]))(?<!主(?=[要管任题动张]))(?<!采(?=[购访集用样]))"
)
_TITLE_AFTER = re.compile(
    r"(?:总经理|副总裁|总裁|副总|总监|总工|总|董事长|董|经理|主管|主任|厂长|院长|校长|处长|科长|局长|部长|所长|站长|店长|行长|老板娘|老板|老师|教授|博士|医生|先生|女士|小姐|姐|哥|工程师|会计)(?![价部共体是额公])"
)


def _common_length(name: str, text: str, position: int) -> int:
    """How many characters of ``name`` stand at ``position``, from its first on."""
    length = 0
    while length < len(name) and text[position + length : position + length + 1] == name[length]:
        length += 1
    return length


def _begun_length(name: str, text: str, position: int) -> int:
    """How much of a beginning of ``name`` stands at ``position``, its last part included: 锦江小学 of 锦江实验小学."""
    length = _common_length(name, text, position)
    for rest in range(len(name) - length - 1, 1, -1) if length > 1 else ():
        if text.startswith(name[-rest:], position + length):
            return length + rest
    return length


def _is_place_of_short_name(text: str, position: int) -> bool:
    """Two characters are taken for the beginning of a name only where a name may stand, and when they are no other word."""
    piece = text[position : position + 2]
    if piece in _ZNOT_SHORT or is_common(piece):
        return False
    return bool(_ZCUE.search(text[max(0, position - 4) : position])) and bool(
        _ZFOLLOW.match(text, position + 2)
        or _ENDS.match(text, position + 2)
        or titled().match(text, position + 2)
        or text[position + 2 : position + 3] == ""
    )


# 三中 and 二院 are names only where a name may stand.
_NUMBERED_SHORT = re.compile(r"[一二三四五六七八九十][中小院幼]")


class HanIndex:
    """Chinese names by their first two characters, and by the sound of these."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = known
        self._han: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        self._surnames: dict[str, list[int]] = defaultdict(list)
        self._by_sound: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
        self._silent: list[tuple[str, int, int]] = []
        self._rare: re.Pattern[str] | None = None  # surnames of known people that the list of surnames lacks

    def finish(self) -> None:
        """Index by sound what was added since; pypinyin is imported only if there is a Chinese name."""
        for form in self._silent:
            self._by_sound[syllable(form[0][0]), syllable(form[0][1])].append(form)
        self._silent.clear()
        rare = "".join(
            sorted(name for name in self._surnames if len(name) == 1 and name not in words("people", "surname"))
        )
        titles = longest_first("people", "title-zh")
        self._rare = re.compile(rf"([{rare}])(?:{titles})") if rare else None

    def find(self, text: str, taken: bytearray, mentions: list[Mention], others: list[tuple[int, int]]) -> None:
        """Add the mentions in a normalised text to ``mentions``, and what resembles a known name to ``others``."""
        self._find_exact(text, taken, mentions, others)
        self._find_titled(text, taken, mentions)
        if self._by_sound:
            self._find_alike(text, taken, mentions, others)

    def add(self, number: int, plain: str, *, is_person: bool) -> None:
        if is_person:
            name = re.sub(r"[^\u4e00-\u9fff]", "", plain)
            if len(name) < 2:
                return
            self._remember((name, number, 3))
            surname = compound_or_single(name)
            self._surnames[surname].append(number)
            given = name[len(surname) :]
            if len(given) == 2:
                self._remember((given, number, 1))
            return
        forms = company_forms(plain)
        for rank, form in enumerate(forms):
            if len(form) >= 2 and form not in _ZNOT_SHORT:
                self._remember((form, number, 3 if rank == 0 or len(forms) == 1 else 2))

    def add_surname(self, number: int, plain: str) -> None:
        """A lead by the surname of the person there, for 罗经理 and 老罗; its company is added by itself."""
        name = re.sub(r"[^\u4e00-\u9fff]", "", plain)
        surname = compound_or_single(name)
        if len(surname) < len(name) <= len(surname) + 2 and (
            surname in words("people", "surname") or surname in words("people", "compound-surname")
        ):
            self._surnames[surname].append(number)

    def _remember(self, form: tuple[str, int, int]) -> None:
        """Given names alone are too weak to be met by their sound."""
        self._han[form[0][:2]].append(form)
        if form[2] > 1:
            self._silent.append(form)

    def _find_exact(self, text: str, taken: bytearray, mentions: list[Mention], others: list[tuple[int, int]]) -> None:
        position = 0
        while position < len(text) - 1:
            forms = self._han.get(text[position : position + 2])
            if forms is None or taken[position]:
                position += 1
                continue
            hits = self._hits(forms, position, text)
            position = self._take_han(hits, position, text, taken, mentions, others) if hits else position + 1

    def _hits(self, forms: list[tuple[str, int, int]], position: int, text: str) -> list[tuple[str, int, int]]:
        """The forms that stand here whole, or longer beginnings of companies' names: 盛泽锦绣 of 盛泽锦绣织造."""
        hits = [form for form in forms if text.startswith(form[0], position)]
        if hits and _NUMBERED_SHORT.match(text, position) and not _is_place_of_short_name(text, position):
            hits = [form for form in hits if len(form[0]) > 2]
        longest = max((len(form) for form, _, _ in hits), default=0)
        begun = [
            (text[position : position + length], number, 2)
            for form, number, _ in forms
            if self.known[number].kind != "contact"
            and (length := _begun_length(form, text, position)) > max(longest, 1)
            and (length > 2 or _is_place_of_short_name(text, position))
        ]
        return [one for one in begun if len(one[0]) == max(len(form) for form, _, _ in begun)] or hits

    def _take_han(
        self,
        hits: list[tuple[str, int, int]],
        position: int,
        text: str,
        taken: bytearray,
        mentions: list[Mention],
        others: list[tuple[int, int]],
        *,
        exact: bool = True,
    ) -> int:
        longest = max(len(form) for form, _, _ in hits)
        entries = tuple(dict.fromkeys(number for form, number, _ in hits if len(form) == longest))
        strength = max(rank for form, _, rank in hits if len(form) == longest)
        end = position + longest
        is_person = self.known[entries[0]].kind == "contact"
        if is_person:
            after = _TITLE_AFTER.match(text, end)
            end = after.end() if after and strength == 3 else end
        else:
            fitting, end, is_other = self._with_tail(entries, position, end, text)
            if is_other:
                others.append((position, end))
                taken[position:end] = b"\1" * (end - position)
                return end
            entries = fitting
        taken[position:end] = b"\1" * (end - position)
        mentions.append(Mention("person" if is_person else "company", entries, position, end, strength, exact))
        return end

    def _with_tail(
        self, entries: tuple[int, ...], start: int, end: int, text: str
    ) -> tuple[tuple[int, ...], int, bool]:
        """Extend over branch and legal form (科技有限公司). A branch that none of the names has makes it another company."""
        tail = company_tail().match(text, end)
        if tail is None or not tail[0]:
            return entries, end, False
        branch = tail["branch"] or ""
        names = {number: normalise(self.known[number].name) for number in entries}
        if not branch:
            return entries, tail.end(), False
        fitting = tuple(
            number for number, name in names.items() if branch in name or any(part in name for part in (branch[:2],))
        )
        if fitting:
            return fitting, tail.end(), False
        is_loose = branch in words("companies", "loose-zh") and not tail["legal"]
        if is_loose or any(normalise(self.known[number].name) == text[start:end] for number in entries):
            return entries, end, False
        return (), tail.end(), True

    def _find_alike(self, text: str, taken: bytearray, mentions: list[Mention], others: list[tuple[int, int]]) -> None:
        """Homophones: 华欣 for 华新. Two characters need one in common, and company names a place where a name may stand."""
        for position in range(len(text) - 1):
            if (
                taken[position]
                or taken[position + 1]
                or not "\u4e00" <= text[position] <= "\u9fff"
                or not "\u4e00" <= text[position + 1] <= "\u9fff"
            ):
                continue
            forms = self._by_sound.get((syllable(text[position]), syllable(text[position + 1])))
            if forms is None:
                continue
            hits = [form for form in forms if self._sounds_like(form, position, text, taken)]
            if hits:
                self._take_han(hits, position, text, taken, mentions, others, exact=False)

    def _sounds_like(self, form: tuple[str, int, int], position: int, text: str, taken: bytearray) -> bool:
        name, number, _ = form
        piece = text[position : position + len(name)]
        if len(piece) < len(name) or any(taken[position : position + len(name)]) or syllables(piece) != syllables(name):
            return False
        if len(name) > 2:
            return True
        if not any(one == other for one, other in zip(piece, name, strict=True)):
            return False
        if self.known[number].kind == "contact":
            return piece[0] == name[0] or piece[0] in words("people", "surname")
        return bool(
            _ZCUE.search(text[max(0, position - 4) : position])
            or _ZFOLLOW.match(text, position + 2)
            or titled().match(text, position + 2)
        )

    def _find_titled(self, text: str, taken: bytearray, mentions: list[Mention]) -> None:
        for match in titled().finditer(text):
            surname = match["double"] or match["single"]
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            mentions.append(
                Mention(
                    "person", tuple(self._surnames.get(surname, ())), match.start(), match.end(), 1, surname=surname
                )
            )
        for pattern in (self._rare, _SHORT_TITLE):
            for match in pattern.finditer(text) if pattern is not None else ():
                if match[1] in self._surnames and not any(taken[match.start() : match.end()]):
                    self._take_titled(match, taken, mentions)
        for match in re.finditer(r"[老小阿]([\u4e00-\u9fff])(?![序包额型店单时程计费米麦区学板师家])", text):
            if match[1] in self._surnames and not any(taken[match.start() : match.end()]):
                self._take_titled(match, taken, mentions)

    def _take_titled(self, match: re.Match[str], taken: bytearray, mentions: list[Mention]) -> None:
        taken[match.start() : match.end()] = b"\1" * len(match[0])
        mentions.append(
            Mention("person", tuple(self._surnames[match[1]]), match.start(), match.end(), 1, surname=match[1])
        )

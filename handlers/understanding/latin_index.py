"""The index of Latin names: words of companies, given and family names, short forms, and slips of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from handlers.understanding.latin_names import (
    Token,
    are_one_slip_apart,
    camel_words,
    common_words,
    is_generic,
    name_words,
    other_forms,
    short_branches,
    slips,
    tokens,
)
from handlers.understanding.lexicon import either, longest_first, words
from handlers.understanding.mentions import Mention
from handlers.understanding.model import Known

_SPACES = re.compile(r"[ .&'\-]{1,3}(?:and |the )?")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('people', 'cue')})[ :]+(?:the )?$")


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('people', 'reports')})")


@cache
def _subject() -> re.Pattern[str]:
    """What makes a word at the beginning of a sentence its subject: Pacific 那边, "Summit wants"."""
    return re.compile(
        rf"'s(?![a-z])|\s?[^\x00-\x7f]|\s+(?:{_reports().pattern}|is|are|has|have|was|were|will|would|want|need|say|went)(?![a-z])"
    )


@cache
def _address() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^a-z])(?:{longest_first('people', 'address')})\.? $")


@cache
def _no_family() -> re.Pattern[str]:
    return re.compile(either("people", "no-family"))


class LatinIndex:
    """Latin names by their words."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = known
        self._company_words: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._company_tokens: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        self._given: dict[str, list[int]] = defaultdict(list)
        self._family: dict[str, list[int]] = defaultdict(list)
        self._short: dict[str, list[int]] = defaultdict(list)
        self._person_tokens: dict[int, tuple[str, ...]] = {}
        self._slips: dict[str, set[str]] = defaultdict(set)
        self._persons: dict[str, set[int]] = defaultdict(set)  # leads by the given name of the person there

    def find(
        self, folded: str, text: str, taken: bytearray, mentions: list[Mention], others: list[tuple[int, int]]
    ) -> None:
        found = [token for token in tokens(folded, text) if not taken[token.start]]
        position = 0
        while position < len(found):
            taken_words = self._company_at(found, position, text, mentions, others) or self._person_at(
                found, position, text, mentions
            )
            position += taken_words or 1

    def add_person(self, number: int, tokens_: tuple[str, ...]) -> None:
        if not tokens_:
            return
        self._person_tokens[number] = tokens_
        self._given[tokens_[0]].append(number)
        for family in tokens_[1:]:
            self._family[family].append(number)
        for short in other_forms(tokens_[0]):
            self._short[short].append(number)
        for token in tokens_:
            self._remember_slips(token, least=4)

    def add_company(self, number: int, plain: str, folded: str, *, is_persons: bool = False) -> None:
        """``is_persons``: the company goes by the name of a person there."""
        for tokens_ in {name_words(plain), camel_words(folded)}:
            if not tokens_:
                continue
            if is_persons:
                self._persons[tokens_[0]].add(number)
            self._company_tokens[number].append(tokens_)
            for place, token in enumerate(tokens_):
                if place == 0 or (
                    not is_generic(token) and token not in words("people", "word-companies") and len(token) > 2
                ):
                    self._company_words[token].append((number, place))
                    self._remember_slips(token, least=5)
            significant = [token for token in tokens_ if token not in words("companies", "legal")]
            if len(significant) > 1:
                self._company_words["".join(significant[:2])].append((number, -1))
            if len(significant) > 2:
                self._company_words["".join(token[0] for token in significant)].append((number, -2))

    def _remember_slips(self, token: str, *, least: int) -> None:
        if len(token) >= least and token.isalpha():
            for slip in slips(token):
                self._slips[slip].add(token)
            self._slips[token].add(token)

    def _company_at(
        self, found: list[Token], position: int, text: str, mentions: list[Mention], others: list[tuple[int, int]]
    ) -> int:
        token = found[position]
        places = self._company_words.get(token.word)
        exact = True
        if places is None:
            places, exact = self._company_slip(token, text), False
        if not places:
            return 0
        best = 0
        entries: list[int] = []
        for number, place in places:
            length = self._run(number, place, found, position, text, exact=exact)
            if place == -2 and not (text[token.start : token.end] and token.is_capital and self._is_all_capital(token)):
                continue
            if length > best:
                best, entries = length, [number]
            elif length == best and number not in entries:
                entries.append(number)
        if best == 1 and self._is_from_elsewhere(found, position, text):
            entries = [number for number in entries if number not in self._persons.get(token.word, ())]
        if not entries or not self._is_meant(token, best, text, entries):
            return 0
        if (
            best == 1
            and not token.is_capital
            and all(place != 0 for _, place in places)
            and self._is_plain_word(token, text)
        ):
            return 0
        last = found[position + best - 1]
        following = found[position + best] if position + best < len(found) else None
        if following is not None and (fitting := self._with_short_branch(entries, last, following, text)):
            mentions.append(Mention("company", fitting, token.start, following.end, 2, exact=False))
            return best + 1
        if following is not None and self._is_other_company(entries, best, token, last, following, text):
            others.append((token.start, following.end))
            return best + 1
        if length_of_other := self._is_longer_name(entries, found, position + best, text):
            others.append((token.start, found[position + best + length_of_other - 1].end))
            return best + length_of_other
        whole = any(len(tokens_) == best for number in entries for tokens_ in self._company_tokens[number])
        end = last.end
        while (
            following is not None
            and (following.word in words("companies", "legal") or following.word in {"bros", "brothers"})
            and _SPACES.fullmatch(text[end : following.start])
        ):
            end, best = following.end, best + 1
            following = found[position + best] if position + best < len(found) else None
        mentions.append(Mention("company", tuple(entries), token.start, end, 3 if whole else 2, exact))
        return best

    def _with_short_branch(self, entries: list[int], last: Token, following: Token, text: str) -> tuple[int, ...]:
        """Those whose branch the next word shortens: Halsted Vet for Halsted Veterinary, Acme Log for Acme Logistics."""
        if text[last.end : following.start] != " ":
            return ()
        long = short_branches().get(following.word, frozenset())
        return tuple(
            number
            for number in entries
            if any(
                word in long or (len(following.word) > 3 and word.startswith(following.word) and word != following.word)
                for tokens_ in self._company_tokens[number]
                for word in tokens_[1:]
            )
        )

    def _is_plain_word(self, token: Token, text: str) -> bool:
        """A later word of a name, written small: "the wine fair" is not Pacific Wine Cellars."""
        return not token.is_all_small or text[max(0, token.start - 4) : token.start] in {"the ", " an ", "  a "}

    def _is_all_capital(self, token: Token) -> bool:
        return len(token.word) >= 3

    def _company_slip(self, token: Token, text: str) -> list[tuple[int, int]]:
        near = self._near(token, text, least=5)
        return [place for word in near for place in self._company_words.get(word, ()) if place[1] == 0]

    def _near(self, token: Token, text: str, *, least: int) -> list[str]:
        """Known words one slip away, for a word that stands where a name may stand."""
        word = token.word
        if (
            len(word) < least
            or not word.isalpha()
            or word in self._given
            or word in self._family
            or word in self._short
        ):
            return []
        if word in common_words() or not (
            token.is_capital or (token.is_all_small and _cue().search(text[max(0, token.start - 14) : token.start]))
        ):
            return []
        near = {known for slip in (word, *slips(word)) for known in self._slips.get(slip, ())}
        return sorted(
            known for known in near if known[0] == word[0] and len(known) >= least and are_one_slip_apart(word, known)
        )

    def _run(self, number: int, place: int, found: list[Token], position: int, text: str, *, exact: bool) -> int:
        """How many words of the name stand here one after the other."""
        if place < 0:
            return 1
        best = 1
        for tokens_ in self._company_tokens[number]:
            if place >= len(tokens_) or (exact and tokens_[place] != found[position].word):
                continue
            length, at = 1, position
            while place + length < len(tokens_):
                following = at + 1
                if (
                    following < len(found)
                    and found[following].word in {"and", "the", "of"}
                    and tokens_[place + length] != found[following].word
                ):
                    following += 1
                if (
                    following >= len(found)
                    or found[following].word != tokens_[place + length]
                    or not _SPACES.fullmatch(text[found[at].end : found[following].start])
                ):
                    break
                at = following
                length += 1
            best = max(best, at - position + 1)
        return best

    def _is_meant(self, token: Token, length: int, text: str, entries: list[int]) -> bool:
        """A single everyday word is a company's name only when it is written as a name."""
        if length > 1:
            return True
        if (
            token.word in words("people", "word-companies")
            or token.word in words("people", "word-names")
            or is_generic(token.word)
            or len(token.word) < 3
        ):
            return token.is_capital and (
                not token.begins_sentence
                or _subject().match(text, token.end) is not None
                or any(len(tokens_) == 1 for number in entries for tokens_ in self._company_tokens[number])
            )
        return True

    def _is_other_company(
        self, entries: list[int], length: int, first: Token, last: Token, following: Token, text: str
    ) -> bool:
        """Acme Dental is not Acme Logistics: the branch of business that follows is none of the names'."""
        if (
            text[last.end : following.start] not in {" ", "-", " & "}
            or following.word not in words("companies", "industry")
            or following.word in {"bros", "brothers", "sons", "group"}
        ):
            return False
        if not following.is_capital and (first.is_capital or following.word in words("companies", "loose")):
            return False
        return not any(following.word in tokens_ for number in entries for tokens_ in self._company_tokens[number])

    def _is_longer_name(self, entries: list[int], found: list[Token], after: int, text: str) -> int:
        """How many capitalised words with a branch of business follow: Coogee Bay Hotel is not Coogee Furniture."""
        for length in range(2, 4):
            rest = found[after - 1 : after + length]
            if len(rest) <= length or not all(token.is_capital for token in rest):
                return 0
            if any(text[one.end : other.start] != " " for one, other in pairwise(rest)):
                return 0
            if rest[-1].word in words("companies", "industry"):
                known = {word for number in entries for tokens_ in self._company_tokens[number] for word in tokens_}
                return 0 if known & {token.word for token in rest[1:]} else length
        return 0

    def _person_at(self, found: list[Token], position: int, text: str, mentions: list[Mention]) -> int:
        token = found[position]
        after = found[position + 1] if position + 1 < len(found) else None
        if after is not None and text[token.end : after.start] not in {" ", "-", ". "}:
            after = None
        given, exact = self._given_at(token, text)
        if given and after is not None:
            full = self._with_family(given, after, text)
            if full:
                mentions.append(Mention("person", tuple(full[0]), token.start, after.end, 3, exact and full[1]))
                return 2
        if after is not None and not given:
            slipped = self._slipped_given(token, after, text)
            if slipped:
                mentions.append(Mention("person", slipped, token.start, after.end, 3, exact=False))
                return 2
        if given and self._is_name_here(token, after, text) and not self._is_from_elsewhere(found, position, text):
            mentions.append(Mention("person", tuple(given), token.start, token.end, 1, exact))
            return 1
        return self._family_at(token, text, mentions)

    def _given_at(self, token: Token, text: str) -> tuple[list[int], bool]:
        given = self._given.get(token.word)
        if given:
            return given, True
        if token.word in self._short:
            return self._short[token.word], True
        near = [number for word in self._near(token, text, least=4) for number in self._given.get(word, ())]
        return near, False

    def _with_family(self, given: list[int], after: Token, text: str) -> tuple[list[int], bool] | None:
        exact = [number for number in given if after.word in self._person_tokens[number][1:]]
        if exact:
            return exact, True
        initial = [
            number
            for number in given
            if len(after.word) == 1 and any(part[0] == after.word for part in self._person_tokens[number][1:])
        ]
        if initial and after.is_capital:
            return initial, True
        near = [
            number
            for number in given
            if len(after.word) > 3
            and any(are_one_slip_apart(after.word, part) for part in self._person_tokens[number][1:])
        ]
        return (near, False) if near else None

    def _slipped_given(self, token: Token, after: Token, text: str) -> tuple[int, ...]:
        """The family name is right and the given name one slip away: Jhon Smith, Sara Colins."""
        family = self._family.get(after.word, ())
        return tuple(
            number
            for number in family
            if len(token.word) > 2 and are_one_slip_apart(token.word, self._person_tokens[number][0])
        )

    def _is_name_here(self, token: Token, after: Token | None, text: str) -> bool:
        if after is not None and self._is_another_family(token, after, text):
            return False
        if token.word not in words("people", "word-names"):
            return len(token.word) > 2 or token.is_capital
        if not token.is_capital:
            return (after is not None and bool(_reports().fullmatch(after.word))) or bool(
                re.search(
                    r"(?:called|with|w/|met|emailed|texted|rang|spoke to|talked to|from) $",
                    text[max(0, token.start - 10) : token.start],
                )
            )
        return not token.begins_sentence or after is None or after.word not in words("people", "base-verb")

    def _is_from_elsewhere(self, found: list[Token], position: int, text: str) -> bool:
        """Priya from Northwind is not our Priya of Brightwater: a company follows that nobody knows."""
        if len(found) < position + 3:
            return False
        _, of, place = found[position : position + 3]
        if of.word not in {"from", "at", "of"} or not place.is_capital or text[of.end : place.start] != " ":
            return False
        if _no_family().fullmatch(place.word) or place.word.isdigit() or len(place.word) < 3:
            return False
        return not (place.word in self._company_words or place.word in self._given or self._company_slip(place, text))

    def _is_another_family(self, token: Token, after: Token, text: str) -> bool:
        """Jane Austen is not our Jane Miller: a capitalised word that is no other known thing follows the given name."""
        if not (token.is_capital and after.is_capital) or text[token.end : after.start] != " " or len(after.word) < 3:
            return False
        if after.word in self._company_words or after.word in self._given or self._company_slip(after, text):
            return False
        return not _no_family().fullmatch(after.word) and not after.word.isdigit()

    def _family_at(self, token: Token, text: str, mentions: list[Mention]) -> int:
        family = self._family.get(token.word)
        if not family or len(token.word) < 2:
            return 0
        before = text[max(0, token.start - 14) : token.start]
        is_addressed = bool(_address().search(before))
        is_plain = (
            token.is_capital
            and token.word not in words("people", "word-names")
            and (bool(_cue().search(before)) or not token.begins_sentence)
        )
        if not is_addressed and not is_plain:
            return 0
        mentions.append(Mention("person", tuple(family), token.start, token.end, 1))
        return 1

"""What of the gazetteer was named, and where. Everyday words ("go", "hard") only where their place makes it plain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from agent.setup.lexicon import Lexicon, Meaning, Slot, load_lexicon
from agent.setup.tokens import Token
from storage.models.setup import SetupDraft, SetupField

Asked = SetupField | Literal["anything", "confirm", "stop"]
"""What the last question was about: a field, everything at the beginning, whether to create, whether to stop."""

FIELD_OF: dict[Slot, SetupField] = {
    "role": "role",
    "interview_type": "interview_type",
    "level": "level",
    "technology": "technologies",
    "nothing": "technologies",
    "tone": "tone",
    "count": "question_count",
}
_JOINING = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "and or with plus also maybe then as well um uh nor perhaps to for by into instead of rather than not"
    ).split()
)
_GOOD = frozenset({"good", "great", "bad", "better", "best", "strong", "weak", "look", "looking"})
_MOST_JOINING = 3
_LONGEST_GUESS = 3
_ALIKE = 0.9
"""Closeness from which two known names are one."""


@dataclass(frozen=True, slots=True)
class Mention:
    slot: Slot
    value: str
    start: int
    end: int
    meaning: Meaning


@dataclass(slots=True)
class Found:
    """The mentions in order, and which words they account for."""

    tokens: Sequence[Token]
    mentions: list[Mention] = field(default_factory=list[Mention])
    used: set[int] = field(default_factory=set[int])

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.mentions.sort(key=lambda one: one.start)
        self.use(mention.start, mention.end)

    def use(self, start: int, end: int) -> None:
        self.used.update(range(start, end))

    def of(self, slot: Slot) -> list[Mention]:
        return [mention for mention in self.mentions if mention.slot == slot]

    def at(self, place: int) -> Mention | None:
        return next((mention for mention in self.mentions if mention.start <= place < mention.end), None)

    def word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    meanings: list[Meaning]


def find_mentions(tokens: Sequence[Token], asked: Asked, draft: SetupDraft) -> Found:
    """Everything named by a known phrase, and after that by what sounds like one."""
    return _Finder(tokens, asked, draft).find()


class _Finder:
    def __init__(self, tokens: Sequence[Token], asked: Asked, draft: SetupDraft) -> None:
        self.lexicon: Lexicon = load_lexicon()
        self.asked = asked
        self.role_known = draft.role is not None
        self.candidates: list[_Candidate] = []
        self.names_another_role = False
        """Beside what may be a role or a technology ("machine learning")."""
        self.known_technologies = frozenset(draft.technologies or ())
        self.found = Found(tokens)

    def find(self) -> Found:
        candidates = self.candidates = self._candidates()
        self.names_another_role = self._names_another_role(candidates)
        for candidate in candidates:
            if (meaning := self._plain_meaning(candidate)) is not None:
                self._take(candidate, meaning)
        # a list makes its everyday words plain from either side
        for candidate in (*candidates, *reversed(candidates)):
            if candidate.start not in self.found.used and (meaning := self._weak_meaning(candidate)) is not None:
                self._take(candidate, meaning)
        self._join_parts()
        self._guess()
        return self.found

    def _names_another_role(self, candidates: Sequence[_Candidate]) -> bool:
        """Beside what may be a role or a technology ("machine learning")."""
        doubtful = [one for one in candidates if {"role", "technology"} <= {meaning.slot for meaning in one.meanings}]
        titles = [place for place, token in enumerate(self.found.tokens) if self.is_title(token.word)]
        if any(self._starts_a_role(one) for one in doubtful):
            return True
        return any(_is_only_a_role(one) for one in candidates) or any(
            all(not one.start <= place <= one.end + 1 for one in doubtful) for place in titles
        )

    def _candidates(self) -> list[_Candidate]:
        tokens, candidates, at = self.found.tokens, list[_Candidate](), 0
        while at < len(tokens):
            for length in range(min(self.lexicon.longest, len(tokens) - at), 0, -1):
                part = tokens[at : at + length]
                if any(token.before for token in part[1:]):
                    continue
                if meanings := self.lexicon.meanings(tuple(token.word for token in part)):
                    candidates.append(_Candidate(at, at + length, meanings))
                    at += length
                    break
            else:
                at += 1
        return candidates

    def _take(self, candidate: _Candidate, meaning: Meaning) -> None:
        if meaning.slot == "idiom":
            self.found.use(candidate.start, candidate.end)
            return
        self.found.add(Mention(meaning.slot, meaning.value, candidate.start, candidate.end, meaning))

    # -- what is plain by itself, or because it was asked for

    def _plain_meaning(self, candidate: _Candidate) -> Meaning | None:
        by_slot = {meaning.slot: meaning for meaning in candidate.meanings}
        if "idiom" in by_slot:
            return by_slot["idiom"]
        if (nothing := by_slot.get("nothing")) is not None:
            return nothing if self._says_nothing_in_particular(candidate) else None
        role, technology = by_slot.get("role"), by_slot.get("technology")
        if role is not None and technology is not None:
            return role if self._is_role(candidate) else technology
        if technology is not None and self._is_a_company(candidate):
            return None
        asked = next((one for one in candidate.meanings if FIELD_OF.get(one.slot) == self.asked), None)
        if asked is not None and not (asked.slot == "interview_type" and self._starts_a_role(candidate)):
            return asked
        if role is not None and role.weak:
            is_meant = self.asked in ("role", "anything", "confirm") or self._starts_a_role(candidate)
            return role if is_meant else None
        strong = [meaning for meaning in candidate.meanings if not meaning.weak]
        return strong[0] if strong else None

    def _is_a_company(self, candidate: _Candidate) -> bool:
        """ "At Oracle", and not "good at Java"."""
        before, sooner = self.found.word(candidate.start - 1), self.found.word(candidate.start - 2)
        return before == "at" and sooner not in _GOOD

    def _says_nothing_in_particular(self, candidate: _Candidate) -> bool:
        words = [token.word for token in self.found.tokens[candidate.start : candidate.end]]
        return self.asked == "technologies" or any(word.startswith(("tech", "stack", "language")) for word in words)

    def _is_role(self, candidate: _Candidate) -> bool:
        """Whether a name that is a technology as well is meant as the role."""
        if self._starts_a_role(candidate) or self.asked == "role":
            return True
        asks_about_role = self.asked == "confirm" and any(
            token.word in ("role", "job", "position") for token in self.found.tokens
        )
        is_open = self.asked == "anything" and not self.role_known and not self.names_another_role
        return self.asked != "technologies" and (is_open or asks_about_role)

    def _starts_a_role(self, candidate: _Candidate) -> bool:
        """Whether a title follows, maybe after "software" or the like."""
        for place in range(candidate.end, candidate.end + 3):
            if place >= len(self.found.tokens) or self.found.tokens[place].before:
                return False
            word = self.found.word(place)
            if self.is_title(word):
                return True
            if word not in ("software", "web", "application", "applications", "systems", "app"):
                return False
        return False

    def is_title(self, word: str) -> bool:
        known = self.lexicon.gazetteer
        return word in known.titles or word in known.title_words

    # -- everyday words

    def _weak_meaning(self, candidate: _Candidate) -> Meaning | None:
        return next((one for one in candidate.meanings if one.weak and self._is_plain(one, candidate)), None)

    def _is_plain(self, meaning: Meaning, candidate: _Candidate) -> bool:
        before, after = self.found.word(candidate.start - 1), self.found.word(candidate.end)
        after_next = self.found.word(candidate.end + 1)
        beside = self.lexicon.gazetteer.beside
        if meaning.slot == "technology":
            return (
                meaning.value in self.known_technologies
                or self._role_begins(candidate.end)
                or self.is_title(after)
                or (before in beside["technology"] and not self.found.tokens[candidate.start].before)
                or before == "not"
                or (self.asked == "confirm" and before in ("and", "but"))
                or after in ("only", "too", "instead")
                or (after, after_next) == ("as", "well")
                or self._stands_alone(meaning, candidate)
                or self._in_a_list(candidate, "technology")
            )
        if meaning.slot == "level":
            return after in beside["level"] or self._role_begins(candidate.end)
        if meaning.slot == "interview_type":
            return after in beside["interview_type"] or self._in_a_list(candidate, "interview_type", said=True)
        if meaning.slot == "tone":
            return (
                after in beside["tone"] or f"{after} {after_next}" in beside["tone"] or before in ("be", "interviewer")
            )
        return False

    def _stands_alone(self, meaning: Meaning, candidate: _Candidate) -> bool:
        """ "Technical, five questions, Go and Rust.": nothing but names between two marks."""
        if not self.found.mentions or not _is_own_name(meaning, self._words(candidate)):
            return False
        tokens = self.found.tokens
        start = next((at for at in range(candidate.start, -1, -1) if tokens[at].before), None)
        end = next((at for at in range(candidate.end, len(tokens)) if tokens[at].before), len(tokens))
        if start is None:
            return False
        named = {at for one in self.candidates for at in range(one.start, one.end) if _may_be(one, "technology")}
        return all(at in named or tokens[at].word in _JOINING for at in range(start, end))

    def _words(self, candidate: _Candidate) -> str:
        return "".join(token.word for token in self.found.tokens[candidate.start : candidate.end])

    def _role_begins(self, place: int) -> bool:
        mention = self.found.at(place)
        return mention is not None and mention.start == place and mention.slot in ("role", "technology")

    def _in_a_list(self, candidate: _Candidate, slot: Slot, *, said: bool = False) -> bool:
        """`said`: only by a word such as "and", and not by a mark."""
        return any(
            self._joined(mention.end, candidate.start, said=said)
            or self._joined(candidate.end, mention.start, said=said)
            for mention in self.found.of(slot)
        )

    def _joined(self, end: int, start: int, *, said: bool) -> bool:
        between = [self.found.word(place) for place in range(end, start)]
        is_near = end <= start and len(between) <= _MOST_JOINING and (bool(between) or not said)
        return is_near and all(word in _JOINING for word in between)

    # -- what only sounds like something

    def _join_parts(self) -> None:
        """ "Post gray sequel": two names in a row are one where they sound like one."""
        for one, other in pairwise(self.found.of("technology")):
            if one.end != other.start or self.found.tokens[other.start].before or one not in self.found.mentions:
                continue
            words = tuple(self.found.word(place) for place in range(one.start, other.end))
            meaning = self.lexicon.closest(words, "technology", least=_ALIKE)
            if meaning is not None and meaning.value != other.value and other.value in meaning.value:
                self.found.mentions.remove(one)
                self.found.mentions.remove(other)
                self.found.add(Mention("technology", meaning.value, one.start, other.end, meaning))

    def _guess(self) -> None:
        at = 0
        while at < len(self.found.tokens):
            at = self._guess_at(at) or at + 1

    def _guess_at(self, at: int) -> int | None:
        """The end of what was taken for something known."""
        if (longer := self._guess_longer(at)) is not None:
            return longer
        for length in range(min(_LONGEST_GUESS, len(self.found.tokens) - at), 0, -1):
            places = range(at, at + length)
            words = tuple(self.found.word(place) for place in places)
            if any(place in self.found.used for place in places) or self._is_everyday(words, at):
                continue
            for slot in self._guessable(at, at + length):
                if (meaning := self.lexicon.closest(words, slot)) is not None:
                    self.found.add(Mention(slot, meaning.value, at, at + length, meaning))
                    return at + length
        return None

    def _guess_longer(self, at: int) -> int | None:
        """ "React naitive": a known name is only the beginning of the one that was said."""
        before = self.found.at(at - 1)
        is_rest = before is not None and before.slot == "technology" and at not in self.found.used
        if (
            before is None
            or not is_rest
            or self._is_everyday((self.found.word(at),), at)
            or self.found.tokens[at].before
        ):
            return None
        words = tuple(self.found.word(place) for place in range(before.start, at + 1))
        meaning = self.lexicon.closest(words, "technology")
        if meaning is None or meaning.value == before.value:
            return None
        self.found.mentions.remove(before)
        self.found.add(Mention("technology", meaning.value, before.start, at + 1, meaning))
        return at + 1

    def _is_everyday(self, words: tuple[str, ...], at: int) -> bool:
        everyday, titles = self.lexicon.gazetteer.everyday, self.is_title
        edge = words[0] in everyday or words[-1] in everyday
        broken = any(self.found.tokens[at + n].before for n in range(1, len(words)))
        return edge or broken or any(titles(word) or word.isdigit() for word in words)

    def _guessable(self, start: int, end: int) -> list[Slot]:
        if self.asked in ("role", "level", "interview_type", "tone"):
            return [slot for slot, name in FIELD_OF.items() if name == self.asked]
        candidate = _Candidate(start, end, [])
        listed = self._in_a_list(candidate, "technology")
        cued = self.found.word(start - 1) in self.lexicon.gazetteer.beside["technology"]
        return ["technology"] if self.asked == "technologies" or listed or cued else []


def _is_only_a_role(candidate: _Candidate) -> bool:
    slots = {meaning.slot for meaning in candidate.meanings if not meaning.weak}
    return "role" in slots and "technology" not in slots


def _may_be(candidate: _Candidate, slot: Slot) -> bool:
    return any(meaning.slot == slot for meaning in candidate.meanings)


def _is_own_name(meaning: Meaning, words: str) -> bool:
    """ "rest" of "REST APIs", and not "goal" for "Go"."""
    return words in (meaning.value.casefold(), re.split(r"[ .]", meaning.value.casefold())[0])

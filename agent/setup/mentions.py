"""What of the gazetteer was named, and where."""

from collections.abc import Sequence

from agent.setup.everyday import EverydayWords
from agent.setup.found import FIELD_OF, Asked, Candidate, Found, Mention
from agent.setup.guessing import add_guesses
from agent.setup.lexicon import Lexicon, Meaning, load_lexicon
from agent.setup.tokens import Token, words_of
from agent.setup.topics import add_topics
from storage.models.setup import SetupDraft

_GOOD = frozenset({"good", "great", "bad", "better", "best", "strong", "weak", "look", "looking"})


def find_mentions(tokens: Sequence[Token], asked: Asked, draft: SetupDraft) -> Found:
    """Everything named by a known phrase, and after that by what sounds like one."""
    return _Finder(tokens, asked, draft).find()


class _Finder:
    def __init__(self, tokens: Sequence[Token], asked: Asked, draft: SetupDraft) -> None:
        self.lexicon: Lexicon = load_lexicon()
        self.asked: Asked = asked
        self.draft = draft
        self.names_another_role = False
        """Beside what may be a role or a technology ("machine learning")."""
        self.found = Found(tokens)
        self._kept = {words_of(name): Meaning("technology", name) for name in draft.technologies or ()}
        """What stands in the draft can be named again, whether or not the gazetteer knows it."""
        self._longest = max(self.lexicon.longest, *map(len, self._kept), 0)

    def find(self) -> Found:
        candidates = self._candidates()
        self.names_another_role = self._names_another_role(candidates)
        for candidate in candidates:
            if (meaning := self._plain_meaning(candidate)) is not None:
                self._take(candidate, meaning)
        everyday = EverydayWords(self.found, candidates, self.asked, self.draft)
        # a list makes its everyday words plain from either side
        for candidate in (*candidates, *reversed(candidates)):
            if candidate.may_be("technology") and self._is_somebody(candidate):
                continue
            if candidate.start not in self.found.used and (meaning := everyday.meaning(candidate)) is not None:
                self._take(candidate, meaning)
        add_topics(self.found, self.asked)
        add_guesses(self.found, self.asked)
        return self.found

    def _names_another_role(self, candidates: Sequence[Candidate]) -> bool:
        """Beside what may be a role or a technology ("machine learning")."""
        doubtful = [one for one in candidates if {"role", "technology"} <= {meaning.slot for meaning in one.meanings}]
        titles = [place for place, token in enumerate(self.found.tokens) if self.lexicon.is_title(token.word)]
        if any(self._starts_a_role(one) for one in doubtful):
            return True
        return any(_is_only_a_role(one) for one in candidates if one not in doubtful) or any(
            all(not one.start <= place <= one.end + 1 for one in doubtful) for place in titles
        )

    def _candidates(self) -> list[Candidate]:
        tokens, candidates, at = self.found.tokens, list[Candidate](), 0
        while at < len(tokens):
            for length in range(min(self._longest, len(tokens) - at), 0, -1):
                if meanings := self._meanings(tokens[at : at + length]):
                    candidates.append(Candidate(at, at + length, meanings))
                    at += length
                    break
            else:
                at += 1
        return candidates

    def _meanings(self, part: Sequence[Token]) -> list[Meaning]:
        words = tuple(token.word for token in part)
        meanings = self.lexicon.meanings(words)
        if words in self._kept and not meanings:
            meanings = [self._kept[words]]
        if not any(token.before for token in part[1:]):
            return meanings
        # "Tech, nickel", "go, lang": the recogniser's commas mean little inside a name, unless its beginning is one
        begins_with_a_name = any(not one.weak for one in self.lexicon.meanings((part[0].word,)))
        if any(token.before == "." for token in part[1:]) or begins_with_a_name:
            return []
        return [one for one in meanings if not one.weak and one.slot in ("technology", "interview_type", "role")]

    def _take(self, candidate: Candidate, meaning: Meaning) -> None:
        if meaning.slot == "idiom":
            self.found.use(candidate.start, candidate.end)
            return
        self.found.add(Mention(meaning.slot, meaning.value, candidate.start, candidate.end, meaning))

    # -- what is plain by itself, or because it was asked for

    def _plain_meaning(self, candidate: Candidate) -> Meaning | None:
        by_slot = {meaning.slot: meaning for meaning in candidate.meanings}
        if "idiom" in by_slot:
            return by_slot["idiom"]
        if (nothing := by_slot.get("nothing")) is not None:
            return nothing if self._says_nothing_in_particular(candidate) else None
        role, technology = by_slot.get("role"), by_slot.get("technology")
        if role is not None and technology is not None:
            return role if self._is_role(candidate) else technology
        if technology is not None and self._is_somebody(candidate):
            return None
        asked = next((one for one in candidate.meanings if FIELD_OF.get(one.slot) == self.asked), None)
        if asked is not None and not (asked.slot == "interview_type" and self._starts_a_role(candidate)):
            return asked
        if role is not None and role.weak:
            is_meant = self.asked in ("role", "anything") or self._starts_a_role(candidate)
            is_corrected = self.asked == "confirm" and self._speaks_of_the_role()
            return role if is_meant or is_corrected else None
        strong = [meaning for meaning in candidate.meanings if not meaning.weak]
        return strong[0] if strong else None

    def _is_somebody(self, candidate: Candidate) -> bool:
        return self._is_a_company(candidate) or self._is_a_person(candidate)

    def _is_a_company(self, candidate: Candidate) -> bool:
        """ "At Oracle", and not "good at Java"."""
        before, sooner = self.found.word(candidate.start - 1), self.found.word(candidate.start - 2)
        return before == "at" and sooner not in _GOOD

    def _is_a_person(self, candidate: Candidate) -> bool:
        """ "This is Ruby speaking"."""
        before = [self.found.word(candidate.start - 2), self.found.word(candidate.start - 1)]
        is_called = before in (["name", "is"], ["call", "me"]) or before[1] == "name"
        is_here = self.found.word(candidate.end) == "here" and before[1] in ("it's", "is", "this")
        return is_called or is_here or self.found.word(candidate.end) == "speaking"

    def _says_nothing_in_particular(self, candidate: Candidate) -> bool:
        words = [token.word for token in self.found.tokens[candidate.start : candidate.end]]
        if words == ["nothing"] and self.found.word(candidate.end) in ("about", "with", "on", "from", "of"):
            return False
        says_of_what = any(word.startswith(("tech", "tool", "stack", "language")) for word in words)
        return self.asked == "technologies" or says_of_what

    def _is_role(self, candidate: Candidate) -> bool:
        """Whether a name that is a technology as well is meant as the role."""
        if self._starts_a_role(candidate) or self.asked == "role":
            return True
        asks_about_role = self.asked == "confirm" and self._speaks_of_the_role()
        is_open = self.asked == "anything" and self.draft.role is None and not self.names_another_role
        return self.asked != "technologies" and (is_open or (asks_about_role and not self.names_another_role))

    def _speaks_of_the_role(self) -> bool:
        return any(token.word in ("role", "job", "position") for token in self.found.tokens)

    def _starts_a_role(self, candidate: Candidate) -> bool:
        """Whether a title follows, maybe after "software" or the like."""
        for place in range(candidate.end, candidate.end + 3):
            if self.found.is_break(place):
                return False
            word = self.found.word(place)
            if self.lexicon.is_title(word):
                return True
            if word not in ("software", "web", "application", "applications", "systems", "app"):
                return False
        return False


def _is_only_a_role(candidate: Candidate) -> bool:
    slots = {meaning.slot for meaning in candidate.meanings if not meaning.weak}
    return "role" in slots and "technology" not in slots

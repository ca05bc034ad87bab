"""Everyday words that name something ("go", "hard"): only where their place makes it plain."""

import re
from collections.abc import Sequence

from agent.setup.found import JOINING, Asked, Candidate, Found
from agent.setup.lexicon import Meaning, load_lexicon
from storage.models.setup import SetupDraft

_SHORT_KINDS = frozenset({"tech", "coding", "both"})
"""Told alone between two marks: "junior, tech, five questions"."""
_CALLS_ON = frozenset({"next"})
"""Alone they may drive on, too: "Mid. Next."."""
_SOFTENERS = frozenset({"a", "bit", "little", "more", "much", "really", "very", "quite", "rather"})


class EverydayWords:
    """Of one turn. `found` grows meanwhile: a list makes its everyday words plain."""

    def __init__(self, found: Found, candidates: Sequence[Candidate], asked: Asked, draft: SetupDraft) -> None:
        self._found = found
        self._candidates = candidates
        self._asked = asked
        self._known_technologies = frozenset(draft.technologies or ())
        self._is_level_open = draft.level is None
        self._lexicon = load_lexicon()

    def meaning(self, candidate: Candidate) -> Meaning | None:
        return next((one for one in candidate.meanings if one.weak and self._is_plain(one, candidate)), None)

    def _is_plain(self, meaning: Meaning, candidate: Candidate) -> bool:
        before, after = self._found.word(candidate.start - 1), self._found.word(candidate.end)
        after_next = self._found.word(candidate.end + 1)
        beside = self._lexicon.gazetteer.beside
        if meaning.slot == "technology" and self._lexicon.is_title(self._words(candidate)):
            # "chef" and "doctor" are people first
            is_listed = self._found.in_a_list(candidate.start, candidate.end, "technology")
            is_known = meaning.value in self._known_technologies
            return is_known or is_listed or before in ("with", "in", "using", "know", "use")
        if meaning.slot == "technology":
            return (
                meaning.value in self._known_technologies
                or self._role_begins(candidate.end)
                or self._lexicon.is_title(after)
                or (before in beside["technology"] and not self._found.tokens[candidate.start].before)
                or before == "not"
                or (self._asked == "confirm" and before in ("and", "but"))
                or after in ("only", "too", "instead")
                or (after, after_next) in (("as", "well"), ("for", "example"), ("for", "instance"))
                or self._stands_alone(meaning, candidate)
                or self._found.in_a_list(candidate.start, candidate.end, "technology")
            )
        if meaning.slot == "level":
            return (
                self._is_told_as_the_level(candidate.start)
                or after in beside["level"]
                or self._role_begins(candidate.end)
                or (self._is_level_open and self._is_apart(candidate) and not candidate.may_be("tone"))
            )
        if meaning.slot == "interview_type":
            return (
                after in beside["interview_type"]
                or self._found.in_a_list(candidate.start, candidate.end, "interview_type", said=True)
                or (self._words(candidate) in _SHORT_KINDS and self._is_apart(candidate))
            )
        if meaning.slot == "tone":
            said_of = self._before_softeners(candidate.start)
            is_said_of_somebody = said_of in ("be", "interviewer") or (said_of == "it" and self._wants_it(candidate))
            is_asked_for = before in _SOFTENERS and after == "please"
            is_beside = after in beside["tone"] or f"{after} {after_next}" in beside["tone"]
            return is_beside or is_said_of_somebody or is_asked_for
        return False

    def _is_told_as_the_level(self, place: int) -> bool:
        """ "The level is lead", "technical, level middle", and not "my English level is low"."""
        at = place - 1 - (self._found.word(place - 1) == "is")
        is_mine = self._found.is_break(at) or self._found.word(at - 1) in ("", "the", "my", "job", "and", "so")
        return self._found.word(at) == "level" and is_mine and (at < place - 1 or self._found.is_break(place + 1))

    def _is_apart(self, candidate: Candidate) -> bool:
        """ "I'm a civil engineer, graduate, and …": between two marks."""
        return bool(self._found.tokens[candidate.start].before) and self._found.is_break(candidate.end)

    def _wants_it(self, candidate: Candidate) -> bool:
        """ "I want it tough, technical and long", and not "I want it in the easy one"."""
        before = {self._found.word(place) for place in range(candidate.start - 4, candidate.start)}
        return bool(before & {"want", "like", "make", "keep"}) and self._found.is_break(candidate.end)

    def _before_softeners(self, place: int) -> str:
        """ "Be a bit nicer"."""
        place -= 1
        while self._found.word(place) in _SOFTENERS:
            place -= 1
        return self._found.word(place)

    def _stands_alone(self, meaning: Meaning, candidate: Candidate) -> bool:
        """ "Technical, five questions, Go and Rust.": nothing but names between two marks."""
        words = self._words(candidate)
        if not self._found.mentions or not _is_own_name(meaning, words):
            return False
        if words in _CALLS_ON and self._asked != "technologies":
            return False
        tokens = self._found.tokens
        start = next((at for at in range(candidate.start, -1, -1) if tokens[at].before), None)
        end = next((at for at in range(candidate.end, len(tokens)) if tokens[at].before), len(tokens))
        if start is None:
            return False
        named = {at for one in self._candidates for at in range(one.start, one.end) if one.may_be("technology")}
        return all(at in named or tokens[at].word in JOINING for at in range(start, end))

    def _words(self, candidate: Candidate) -> str:
        return "".join(token.word for token in self._found.tokens[candidate.start : candidate.end])

    def _role_begins(self, place: int) -> bool:
        mention = self._found.at(place)
        return mention is not None and mention.start == place and mention.slot in ("role", "technology")


def _is_own_name(meaning: Meaning, words: str) -> bool:
    """ "rest" of "REST APIs", and not "goal" for "Go"."""
    return words in (meaning.value.casefold(), re.split(r"[ .]", meaning.value.casefold())[0])

"""What somebody tells of other people: "my brother is a senior Java developer, but I'm after a junior job"."""

import re
from collections.abc import Sequence

from agent.setup.clauses import clauses_of, words_in
from agent.setup.found import Found, Mention

_PEOPLE = (
    "brother|sister|mother|father|mom|mum|dad|parents|wife|husband|partner|girlfriend|boyfriend|son|daughter|friends?|"
    "colleagues?|cousin|uncle|aunt|neighbou?r|roommate|flatmate|classmates?"
)
_IS = r"(?:is|was|are|were|has|had|have|does|did|do|lives?|works?|uses?|swears?|always|used|likes?|loves?)"
_OF_OTHERS = re.compile(
    rf"^(?:(?:so|well|and|but|because|as|since|hi|hello|um|uh|okay|oh) )*"
    rf"(?:my (?:\w+ )?(?:{_PEOPLE})|he|she)(?:'s| {_IS}) (?!(?:right|wrong)\b)"
)
_OF_ME = re.compile(r"^(?:(?:so|well|and|but|um|uh|okay|oh|for) )*(?:i|i'm|i'd|i've|i'll|me|mine|let's)\b")
_SPEAKS_OF_ME = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|me|mine|my|let's|so|but|please)\b")
_EVERYBODY = frozenset({"everyone", "everybody", "people", "they", "anyone", "anybody"})
_FARTHEST = 4


def told_of_others(found: Found) -> set[int]:
    """Where the mentions begin that are others', if the turn says what its speaker wants of the same, or speaks of "I".

    Advice isn't meant ("my friend says mixed"), nor a turn that speaks of nobody else: it may be how one answers.
    """
    clauses = clauses_of(found)
    others = _of_others(clauses, found)
    mine = [clause for clause in clauses if clause not in others]
    if not others:
        return set()
    speaks_of_me = any(_OF_ME.search(words_in(clause, found)) for clause in mine)
    own_slots = {mention.slot for mention in found.mentions if _is_in(mention.start, mine)}
    return {
        mention.start
        for mention in found.mentions
        if _is_in(mention.start, others) and (speaks_of_me or mention.slot in own_slots)
    }


def is_expected_by_others(mention: Mention, found: Found) -> bool:
    """ "Not Java, everyone expects Java"."""
    before = found.words(mention.start - _FARTHEST, mention.start)
    return mention.slot == "technology" and not _EVERYBODY.isdisjoint(before)


def _of_others(clauses: Sequence[range], found: Found) -> list[range]:
    """With what is still said of them: "he had fifteen questions, all technical, about Cisco"."""
    others: list[range] = []
    for clause in clauses:
        words = words_in(clause, found)
        follows = bool(others) and others[-1].stop == clause.start and found.tokens[clause.start].before == ","
        if _OF_OTHERS.search(words) or (follows and not _SPEAKS_OF_ME.search(words)):
            others.append(clause)
    return others


def _is_in(place: int, clauses: Sequence[range]) -> bool:
    return any(place in clause for clause in clauses)

"""Whether what was said about a point says the opposite of it.

Embeddings and keywords don't notice a "not" (facts/assessment.md section 4), so the words are looked at: a clause
that speaks of the point, with a negation more or fewer than the point itself has, or with the other half of a pair
such as faster/slower. This finds reversals; it proves none, so it only caps a point at "partly".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from agent.assessment.spoken import SpokenTurn
from agent.assessment.words import FUNCTION_WORDS, Span, clauses, stem, stems, word_set, words_of
from storage.models.interview import ExpectedPoint

NEGATIONS = word_set(
    """
    not no never none cannot without nobody nothing neither nor hardly barely dont doesnt didnt isnt arent wasnt
    werent cant couldnt wont wouldnt shouldnt instead rather false wrong untrue unlike
    """
)
_NEGATING_STEMS = frozenset(stems(word_set("avoid avoids prevent prevents lack lacks refuse forbid ignore stop fail")))
_HARMLESS = frozenset({("not", "only"), ("not", "just"), ("no", "matter"), ("no", "problem"), ("why", "not")})
_SCOPE_WORDS = 7
"""How far a negation reaches to the right."""
_LEFT_SCOPE_WORDS = 5
_VERB_NEGATIONS = word_set(
    "not never cannot dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt"
)
_NEIGHBOURS = 2

_OPPOSITES = """
    always never|first last|before after|faster slower|fast slow|quick slow|quicker slower|speed slow|increase decrease
    |increase reduce|more less|more fewer|higher lower|high low|grow shrink|push pop|synchronous asynchronous
    |sync async|mutable immutable|same different|shared separate|shared private|public private|stateless stateful
    |strong weak|large small|bigger smaller|big small|cheap expensive|cheaper expensive|easy hard|easier harder
    |all none|add remove|open closed|safe unsafe|encrypt decrypt|ascending descending|horizontal vertical|static dynamic
    |old new|early late|earlier later|success failure|succeed fail|accept reject|memory disk|client server|read write
    |sorted unsorted|ordered unordered|unique duplicate|allow prevent|lock unlock|internal external|local global
    |inside outside|optimistic pessimistic|block unblock|up down|top bottom|gain lose|win lose|better worse|parallel
    sequential
"""
OPPOSITES: dict[str, frozenset[str]] = {}
for _pair in " ".join(_OPPOSITES.split()).split("|"):
    _one, _other = (stem(word) for word in _pair.split())
    OPPOSITES[_one] = OPPOSITES.get(_one, frozenset()) | {_other}
    OPPOSITES[_other] = OPPOSITES.get(_other, frozenset()) | {_one}


Signs: TypeAlias = dict[str, bool]


@dataclass(frozen=True)
class _Reading:
    """Clause against point: how many of the point's words it shares, and whether it says the opposite."""

    shared: int
    reversed: bool


def says_the_opposite(point: ExpectedPoint, turns: Sequence[SpokenTurn], ignored_stems: frozenset[str]) -> bool:
    """True when the clauses that speak most of the point are reversed.

    Args:
        point: What a good answer says.
        turns: All turns of the answer.
        ignored_stems: Words of the question, which stand in any clause.
    """
    phrases = [_Phrase(text) for text in (point.claim, *point.paraphrases)]
    vocabulary = frozenset[str]().union(*(phrase.signs for phrase in phrases)) - ignored_stems
    for group in point.keywords:
        vocabulary |= {stem(word) for keyword in group for word in words_of(keyword)} - ignored_stems
    readings = [
        reading
        for spoken in turns
        for span in clauses(spoken.fluent, spoken.tokens)
        if (reading := _read(_words(spoken, span), phrases, vocabulary)) is not None
    ]
    as_said = max((reading.shared for reading in readings if not reading.reversed), default=0)
    reverse = max((reading.shared for reading in readings if reading.reversed), default=0)
    return reverse > as_said


class _Phrase:
    """One wording of a point."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        self.stems = frozenset(stems(words))
        self.signs = _signs(words)


def _read(words: Sequence[str], phrases: Sequence[_Phrase], vocabulary: frozenset[str]) -> _Reading | None:
    signs = _signs(words)
    opposed = {phrase: _opposed(words, phrase) for phrase in phrases}
    shared = len(signs.keys() & vocabulary)
    if shared == 0:
        return None
    nearness = {phrase: len(signs.keys() & phrase.signs.keys()) + len(opposed[phrase]) for phrase in phrases}
    nearest = [phrase for phrase in phrases if nearness[phrase] == max(nearness.values())]
    most_opposed = max(len(pairs) for pairs in opposed.values())
    return _Reading(shared + most_opposed, all(_is_reversed(signs, phrase, opposed[phrase]) for phrase in nearest))


def _is_reversed(signs: Signs, phrase: _Phrase, opposed: dict[str, str]) -> bool:
    """Most words that both have are negated on one side only. A word and its opposite are negations of each other."""
    same = [signs[word] == phrase.signs[word] for word in signs.keys() & phrase.signs.keys()]
    if opposed:
        return any(signs.get(said, False) == phrase.signs.get(meant, False) for said, meant in opposed.items())
    return same.count(False) > same.count(True)


def _opposed(words: Sequence[str], phrase: _Phrase) -> dict[str, str]:
    """Words of the clause whose opposite the phrase has, beside a word that both share, with that opposite.

    "Writes get faster" opposes "writes get slower"; "I'd look at that first" doesn't oppose "the last deployment".
    """
    said = stems(words)
    found: dict[str, str] = {}
    for at, word in enumerate(said):
        others = OPPOSITES.get(word, frozenset()) & phrase.stems
        beside = {*said[max(0, at - _NEIGHBOURS) : at], *said[at + 1 : at + 1 + _NEIGHBOURS]}
        if word not in phrase.stems and others and not others & set(said) and beside & phrase.signs.keys():
            found[word] = min(others)
    return found


def _signs(words: Sequence[str]) -> Signs:
    """Stems that carry meaning; True for those that a negation reaches. Two negations cancel out, as in speech.

    A negated verb negates its clause, what stands before it too; "without" and its like reach to the right only.
    """
    signs = {
        stem(word): False
        for word in words
        if word not in FUNCTION_WORDS and word not in NEGATIONS and stem(word) not in _NEGATING_STEMS
    }
    for at, word in enumerate(words):
        if not _negates(words, at):
            continue
        left = at - _LEFT_SCOPE_WORDS if word in _VERB_NEGATIONS or word.endswith("n't") else at
        for reached in set(stems(words[max(0, left) : at + 1 + _SCOPE_WORDS])) & signs.keys():
            signs[reached] = not signs[reached]
    return signs


def _negates(words: Sequence[str], at: int) -> bool:
    word = words[at]
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if (word, after) in _HARMLESS or (before, word) in _HARMLESS:
        return False
    return word in NEGATIONS or word.endswith("n't") or stem(word) in _NEGATING_STEMS


def _words(spoken: SpokenTurn, span: Span) -> list[str]:
    return [token.word for token in spoken.tokens[span.first : span.last]]

"""Whether what was said about a point says the opposite of it.

Embeddings and keywords don't notice a "not" (facts/assessment.md section 4), so the words are looked at: a clause
that speaks of the point, with a negation more or fewer than the point itself has, or with the other half of a pair
such as faster/slower. This finds reversals; it proves none, so it only caps a point at "partly".
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
    vocabulary = frozenset[str]().union(*(phrase.meaning for phrase in phrases)) - ignored_stems
    for group in point.keywords:
        vocabulary |= {stem(word) for keyword in group for word in words_of(keyword)} - ignored_stems
    readings = [
        reading
        for spoken in turns
        for span in clauses(spoken.turn.text, spoken.tokens)
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
        self.meaning = _meaning(words)
        self.negations = _negations(words, self.meaning)


def _read(words: Sequence[str], phrases: Sequence[_Phrase], vocabulary: frozenset[str]) -> _Reading | None:
    said = frozenset(stems(words))
    shared = len(_meaning(words) & vocabulary)
    opposed = {phrase: _opposed(words, phrase) for phrase in phrases}
    if shared == 0:
        return None
    nearness = {phrase: len(said & phrase.meaning) + opposed[phrase] for phrase in phrases}
    nearest = [phrase for phrase in phrases if nearness[phrase] == max(nearness.values())]
    negations = _negations(words, vocabulary | frozenset(w for s in vocabulary for w in OPPOSITES.get(s, ())))
    is_reversed = all((negations + phrase.negations + opposed[phrase]) % 2 for phrase in nearest)
    return _Reading(shared + max(opposed.values()), is_reversed)


def _opposed(words: Sequence[str], phrase: _Phrase) -> int:
    """Words of the clause whose opposite the phrase has, beside a word that both share.

    "Writes get faster" opposes "writes get slower"; "I'd look at that first" doesn't oppose "the last deployment".
    """
    said = stems(words)
    count = 0
    for at, word in enumerate(said):
        others = OPPOSITES.get(word, frozenset()) & phrase.stems
        beside = {*said[max(0, at - _NEIGHBOURS) : at], *said[at + 1 : at + 1 + _NEIGHBOURS]}
        if word not in phrase.stems and others and not others & set(said) and beside & phrase.meaning:
            count += 1
    return count


def _negations(words: Sequence[str], vocabulary: frozenset[str]) -> int:
    """Negations that reach a word of the point. Two of them cancel out, as in speech."""
    count = 0
    for at, word in enumerate(words):
        pair = (word, words[at + 1] if at + 1 < len(words) else "")
        previous = (words[at - 1] if at else "", word)
        if pair in _HARMLESS or previous in _HARMLESS:
            continue
        reach = stems(words[at + 1 : at + 1 + _SCOPE_WORDS])
        if (word in NEGATIONS or word.endswith("n't") or stem(word) in _NEGATING_STEMS) and vocabulary & set(reach):
            count += 1
    return count


def _meaning(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        stem(word)
        for word in words
        if word not in FUNCTION_WORDS and word not in NEGATIONS and stem(word) not in _NEGATING_STEMS
    )


def _words(spoken: SpokenTurn, span: Span) -> list[str]:
    return [token.word for token in spoken.tokens[span.first : span.last]]

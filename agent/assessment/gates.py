"""Reasons not to judge an answer. A gate gives a status and a reason, never a low score.

The gates look at the words alone and so come before the model; only `off_the_question` needs its closeness.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent.assessment.answers import Answer
from agent.assessment.keywords import SpokenStems, keyword_groups_said, keyword_share
from agent.assessment.words import FILLERS, FUNCTION_WORDS, content_stems, stem, stems, word_set, words_of

TOO_SHORT = "too short"
SKIPPED = "skipped"
DONT_KNOW = "said they don't know"
SILENCE = "no answer was heard"
NOT_ASKED = "not asked"
ENDED_BEFORE = "the interview ended before an answer"
NOT_ENGLISH = "not recognised as English sentences"
QUESTION_REPEATED = "the question repeated"
WORD_LIST = "a list of words"
OFF_THE_QUESTION = "not about this question"
RECOGNISER_UNSURE = "recogniser unsure"

FEWEST_WORDS = 3
LONGEST_DONT_KNOW_WORDS = 25
DOUBTFUL_SHARE = 0.5
FEWEST_WORDS_OF_A_LIST = 8
LIST_FUNCTION_SHARE = 0.15
LIST_LINKING_SHARE = 0.4
LIST_FUNCTION_SHARE_AMONG_KEYWORDS = 0.45
"""Keywords of several words bring function words along; sentences have more."""
LIST_KEYWORD_SHARE = 0.8
"""Of the meaningful words of a good answer at most .36 are among the keywords of its question (117 labelled answers),
of a list all are."""
CALCULATION_SHARE = 0.3
"""Of words with a digit, from which on it is a calculation, which has no function words."""
KNOWN_WORD_SHARE = 0.5
ECHO_SHARE, ECHOED_SHARE = 0.75, 0.6
"""Of what was said, from the question; and of the question, said again. Less is an answer in the question's words."""
ON_THE_QUESTION_SHARE, FEWEST_KEYWORDS = 0.5, 2
"""Of the keywords of one point, from which on an answer is about the question."""
OFF_QUESTION_CLOSENESS = {"technical": 0.34, "behavioral": 0.25}
OFF_POINTS_CLOSENESS = {"technical": 0.44, "behavioral": 0.40}
"""Of bare words. Below both, the answer is about something else. Stories differ more from their question than
explanations do."""

_DONT_KNOW = re.compile(
    r"""\b(?:(?:i\s+)?(?:really\s+|honestly\s+)?(?:don't|dont|do\s+not|wouldn't|didn't)\s+(?:really\s+|even\s+)?
    (?:know|remember|recall)|no\s+(?:idea|clue)|not\s+(?:really\s+|quite\s+|so\s+|too\s+)?(?:sure|certain)
    |can(?:'t|not|t)\s+(?:answer|remember|recall|think\s+of|say)|never\s+(?:heard|used|worked|done|learned|had)
    |(?:skip|pass\s+on)\b|move\s+on|next\s+(?:question|one)|haven't\s+(?:used|worked|done|heard|learned))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_FOR_NAMES = re.compile(
    r"\b(?:name|list|state|enumerate)\s+(?:the\s+|at\s+least\s+|all\s+|some\s+|\d|two\b|three\b|four\b|five\b)",
    re.IGNORECASE,
)
_LINKING = frozenset({"and", "or", "the", "a", "an"})
_OTHER_LANGUAGES = word_set(
    """
    der und ist nicht ich wir haben eine einen für auch wenn dann una por para pero como muy cuando yo nosotros está
    est pas je nous vous avec pour dans qui lo gli che non sono anche perché uma não mais eu você também het een niet
    ik wij zijn voor
    """
)
"""Common words of other languages that English text doesn't have."""


@dataclass(frozen=True)
class Gate:
    """A closed gate."""

    status: Literal["partial", "declined", "not_reached"]
    reason: str


def gate(answer: Answer, knows_word: Callable[[str], bool]) -> Gate | None:
    """The first gate that the answer doesn't pass, or None when it can be judged."""
    if not answer.asked:
        return Gate("not_reached", NOT_ASKED)
    if not answer.word_count:
        return _without_words(answer)
    words = [word for word in words_of(answer.text) if word not in FILLERS]
    if _only_dont_know(answer, words):
        return Gate("declined", DONT_KNOW)
    if len(words) < FEWEST_WORDS:
        return Gate("declined", SKIPPED) if answer.declined else Gate("partial", TOO_SHORT)
    if answer.doubtful_share > DOUBTFUL_SHARE:
        return Gate("partial", RECOGNISER_UNSURE)
    if not _is_english(answer, words, knows_word):
        return Gate("partial", NOT_ENGLISH)
    if (_is_list(words) and not _asks_for_names(answer)) or _is_made_of_keywords(answer, words):
        return Gate("partial", WORD_LIST)
    if _is_echo(answer, words):
        return Gate("partial", QUESTION_REPEATED)
    return None


def off_the_question(answer: Answer, *, to_question: float, to_points: float) -> Gate | None:
    """By the best cosine of any part of the answer with the question and with the wordings of its points.

    A short answer may have the words of a point and be close to nothing.
    """
    kind = answer.question.kind
    is_far = to_question < OFF_QUESTION_CLOSENESS[kind] and to_points < OFF_POINTS_CLOSENESS[kind]
    return Gate("partial", OFF_THE_QUESTION) if is_far and not _has_words_of_a_point(answer) else None


def _without_words(answer: Answer) -> Gate:
    if answer.declined:
        return Gate("declined", SKIPPED)
    if answer.broken_off:
        return Gate("not_reached", ENDED_BEFORE)
    return Gate("declined", SILENCE)


def _only_dont_know(answer: Answer, words: list[str]) -> bool:
    """Short, says so, and none of what was asked for was said beside it."""
    if len(words) >= LONGEST_DONT_KNOW_WORDS or not _DONT_KNOW.search(answer.text.replace("’", "'")):
        return False
    spoken = SpokenStems([[word for word in words if word != "sorry"]])
    question = content_stems(answer.question.text)
    return all(keyword_share(point, spoken, question) < 1 for point in answer.key.expected_points)


def _has_words_of_a_point(answer: Answer) -> bool:
    spoken = SpokenStems([words_of(answer.text)])
    question = content_stems(answer.question.text)
    found = [keyword_groups_said(point, spoken, question) for point in answer.key.expected_points]
    return any(said >= FEWEST_KEYWORDS and said >= ON_THE_QUESTION_SHARE * groups for said, groups in found)


def _asks_for_names(answer: Answer) -> bool:
    """ "Name the two phases": a list is what was asked for."""
    return _ASKS_FOR_NAMES.search(answer.question.text) is not None


def _is_list(words: list[str]) -> bool:
    if len(words) < FEWEST_WORDS_OF_A_LIST:
        return False
    if sum(any(letter.isdigit() for letter in word) for word in words) / len(words) >= CALCULATION_SHARE:
        return False
    function_share = sum(word in FUNCTION_WORDS for word in words) / len(words)
    linking_share = sum(word in _LINKING for word in words) / len(words)
    return function_share < LIST_FUNCTION_SHARE or linking_share > LIST_LINKING_SHARE


def _is_made_of_keywords(answer: Answer, words: list[str]) -> bool:
    """Hardly a word between the ones that the question's key has: they were read out, not used."""
    said = [stem(word) for word in words if word not in FUNCTION_WORDS]
    listed = {
        one
        for point in answer.key.expected_points
        for group in point.keywords
        for keyword in group
        for one in stems(words_of(keyword))
    }
    is_sentence = len(words) - len(said) > LIST_FUNCTION_SHARE_AMONG_KEYWORDS * len(words)
    if is_sentence or len(said) < FEWEST_WORDS_OF_A_LIST:
        return False
    return sum(word in listed for word in said) / len(said) > LIST_KEYWORD_SHARE


def _is_english(answer: Answer, words: list[str], knows_word: Callable[[str], bool]) -> bool:
    own_words = {word for text in (answer.question.text, *_wanted_texts(answer)) for word in words_of(text)}
    known = [word in FUNCTION_WORDS or word in own_words or knows_word(word.partition("'")[0]) for word in words]
    foreign = sum(word in _OTHER_LANGUAGES for word in words)
    english = sum(word in FUNCTION_WORDS for word in words)
    return sum(known) / len(words) >= KNOWN_WORD_SHARE and foreign <= english


def _is_echo(answer: Answer, words: list[str]) -> bool:
    """Nearly all that carries meaning is from the question, and what else there is was not asked for."""
    said = content_stems(" ".join(words))
    question = content_stems(answer.question.text)
    wanted = {one for text in _wanted_texts(answer) for one in content_stems(text)}
    if not said or said & (wanted - question):
        return False
    if len(said & question) < ECHOED_SHARE * len(question):
        return False
    return len(said & question) / len(said) >= ECHO_SHARE and len(said - question) <= 3


def _wanted_texts(answer: Answer) -> set[str]:
    """All wordings and keywords of the expected points."""
    return {
        text
        for point in answer.key.expected_points
        for text in (point.claim, *point.paraphrases, *(keyword for group in point.keywords for keyword in group))
    }

"""What is wrong with a question that a model wrote. Each fault is a sentence that says what to mend.

The rules are docs/question-bank.md's, as far as code can check them. What a job description may have talked a model
into is among them: links, addresses and numbers, and asking for private data.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from prompts.question_bank.wording import overlap, says, says_any, word_count
from prompts.wording_guard import ADDRESS, Fault, fault_of
from storage.models.interview import QuestionKind
from token_server.planning.written import WrittenPoint, WrittenQuestion

Limits = tuple[int, int]
QUESTION_WORDS: Limits = (5, 45)
MOST_SENTENCES = 3
POINTS: Limits = (3, 6)
CLAIM_WORDS: Limits = (2, 15)
PARAPHRASES: Limits = (2, 4)
PARAPHRASE_WORDS: Limits = (3, 25)
FOLLOW_UPS: Limits = (2, 4)
FOLLOW_UP_WORDS: Limits = (3, 25)
HINT_WORDS: Limits = (4, 30)
MOST_MISCONCEPTIONS = 12
MISCONCEPTION_WORDS: Limits = (3, 25)
STORY_PARTS: Limits = (3, 5)
SHOWN_WORDS: Limits = (2, 30)
ANSWER_SEC: Limits = (15, 300)
SAME_QUESTION_FROM = 0.5
"""Overlap from which two texts ask the same: no two questions of the bank reach it."""
SAME_POINT_FROM = 0.5
GIVEN_AWAY_FROM = 0.5
MISCONCEPTION_IS_POINT_FROM = 0.6

_LANGUAGES = re.compile(r"\b[CF]#", re.IGNORECASE)
_WRITTEN_ONLY = re.compile(r"[*_`#<>\[\]{}|\\/@]|\b(?:e\.g|i\.e|etc)\b")
_IMPROPER: dict[Fault, str] = {
    "address": "has a link, an address or a number",
    "praise": "praises the candidate",
    "verdict": "promises a score or a job",
    "about_itself": "speaks about instructions, rubrics or how it was made",
    "other_language": "must be in English",
}
_PRIVATE = re.compile(
    r"\byour (?:[\w-]+ ){0,2}(?:address|e-?mail|phone number|password|date of birth|birthday|age|religion|nationality"
    r"|salary|marital status)s?(?=\s*(?:[?.,;]|$|and\b|or\b))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!](?:\s+|$)")
_INSTRUCTIONS = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "tell describe explain walk talk think take give compare choose pick name share show outline imagine"
    ).split()
)


def asks_the_same(one: str, other: str) -> bool:
    return overlap(one, other) >= SAME_QUESTION_FROM


def faults_of(question: WrittenQuestion, *, kind: QuestionKind, others: Sequence[str]) -> list[str]:
    """Empty for one that can be asked.

    Args:
        question: tidied.
        others: questions that were asked before, or are in the same plan.
    """
    return [
        *_of_text(question.text, others),
        *_of_kind(question, kind),
        *_of_points(question.expected_points),
        *(fault for number, point in enumerate(question.expected_points, 1) for fault in _of_point(number, point)),
        *_of_follow_ups(question),
        *_of_misconceptions(question),
        *_given_away("text", question.text, question),
        *_given_away("hint", question.hint, question),
        *_of_spoken("hint", question.hint, HINT_WORDS),
        *_within("answer_sec", question.answer_sec, ANSWER_SEC, "seconds"),
    ]


def _of_text(text: str, others: Sequence[str]) -> Iterator[str]:
    yield from _of_spoken("text", text, QUESTION_WORDS)
    sentences = [sentence.split() for sentence in _SENTENCE_END.split(text) if sentence.strip()]
    if len(sentences) > MOST_SENTENCES:
        yield f"text has {len(sentences)} sentences; {MOST_SENTENCES} are the most"
    if text.count("?") > 1:
        yield "text asks more than one question"
    is_instruction = any(word.casefold() in _INSTRUCTIONS for sentence in sentences for word in sentence[:3])
    if not (text.endswith("?") or (text.endswith(".") and is_instruction)):
        yield "text must end as a question, or as an instruction like “Tell me about a time when …”"
    if any(asks_the_same(text, other) for other in others):
        yield "text asks what another question asks already: ask about something else"


def _of_kind(question: WrittenQuestion, kind: QuestionKind) -> Iterator[str]:
    if question.kind != kind:
        yield f"kind must be {kind}"
    if kind == "technical":
        if not question.misconceptions:
            yield "misconceptions: a technical question has one at least"
        return
    parts = [part.part for part in question.story]
    yield from _within("story", len(parts), STORY_PARTS, "parts")
    if "action" not in parts or len(set(parts)) != len(parts):
        yield "story needs different parts, action among them"
    for part in question.story:
        yield from _of_written(f"story, {part.part}", part.shows, SHOWN_WORDS)


def _of_points(points: Sequence[WrittenPoint]) -> Iterator[str]:
    yield from _within("expected_points", len(points), POINTS, "points")
    if not any(point.importance == "must" for point in points):
        yield "expected_points: one at least must have importance must"
    for (number, one), (other_number, other) in combinations(enumerate(points[: POINTS[1]], 1), 2):
        if overlap(one.claim, other.claim) >= SAME_POINT_FROM:
            yield f"points {number} and {other_number} say the same"


def _of_point(number: int, point: WrittenPoint) -> Iterator[str]:
    name = f"point {number}"
    yield from _of_written(f"{name}, claim", point.claim, CLAIM_WORDS)
    yield from _within(f"{name}, paraphrases", len(point.paraphrases), PARAPHRASES, "texts")
    for paraphrase in point.paraphrases:
        yield from _of_written(f"{name}, paraphrase", paraphrase, PARAPHRASE_WORDS)
    if len({paraphrase.casefold() for paraphrase in point.paraphrases}) != len(point.paraphrases):
        yield f"{name}: a paraphrase stands there twice"
    if not point.keywords:
        yield f"{name} needs keywords that stand in its paraphrases and neither in the question nor in everyday talk"


def _of_follow_ups(question: WrittenQuestion) -> Iterator[str]:
    yield from _within("follow_ups", len(question.follow_ups), FOLLOW_UPS, "questions")
    for number, follow_up in enumerate(question.follow_ups[: FOLLOW_UPS[1]], 1):
        name = f"follow-up {number}"
        yield from _of_spoken(name, follow_up, FOLLOW_UP_WORDS)
        if not follow_up.endswith("?"):
            yield f"{name} must end with a question mark"
        for at, point in enumerate(question.expected_points, 1):
            whole_point = len(point.keywords) > 1 and all(says_any(follow_up, group) for group in point.keywords)
            if whole_point or overlap(follow_up, point.claim) >= GIVEN_AWAY_FROM:
                yield f"{name} gives point {at} away"


def _of_misconceptions(question: WrittenQuestion) -> Iterator[str]:
    points = question.expected_points
    yield from _within("misconceptions", len(question.misconceptions), (0, MOST_MISCONCEPTIONS), "texts")
    for number, wrong in enumerate(question.misconceptions[:MOST_MISCONCEPTIONS], 1):
        name = f"misconception {number}"
        yield from _of_written(name, wrong.claim, MISCONCEPTION_WORDS)
        if wrong.contradicts is not None and not 1 <= wrong.contradicts <= len(points):
            yield f"{name} contradicts point {wrong.contradicts}, which is not there"
        wordings = [wording for point in points for wording in (point.claim, *point.paraphrases)]
        if any(overlap(wrong.claim, wording) >= MISCONCEPTION_IS_POINT_FROM for wording in wordings):
            yield f"{name} reads like an expected point"


def _given_away(name: str, text: str, question: WrittenQuestion) -> Iterator[str]:
    for number, point in enumerate(question.expected_points, 1):
        said = next((keyword for group in point.keywords for keyword in group if says(text, keyword)), None)
        if said is not None:
            yield f"{name} gives point {number} away by “{said}”"
        elif overlap(text, point.claim) >= GIVEN_AWAY_FROM:
            yield f"{name} gives point {number} away"


def _of_spoken(name: str, text: str, words: Limits) -> Iterator[str]:
    yield from _of_written(name, text, words)
    if _WRITTEN_ONLY.search(_LANGUAGES.sub("", text)):
        yield f"{name} has marks that can't be spoken"
    if _PRIVATE.search(text):
        yield f"{name} asks for private data"
    fault = fault_of(text)
    if fault is not None and fault != "address":
        yield f"{name} {_IMPROPER[fault]}"


def _of_written(name: str, text: str, words: Limits) -> Iterator[str]:
    yield from _within(name, word_count(text), words, "words")
    if not text.isprintable():
        yield f"{name} has characters that nobody can read"
    if ADDRESS.search(text):
        yield f"{name} {_IMPROPER['address']}"


def _within(name: str, number: int, limits: Limits, what: str) -> Iterator[str]:
    least, most = limits
    if not least <= number <= most:
        yield f"{name}: {number} {what}, {least} to {most} are wanted"

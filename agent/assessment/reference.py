"""How close an answer comes to a reference answer: one figure that ranks answers to the same question.

The mean of four parts, nothing fitted: closeness of the closest stretches to the reference's sentences, closeness of
the whole, share of the reference's words and share of its letters in fours (which forgives endings and misheard words).
Being about the question proves nothing, so its direction is taken from the vectors. Square roots, because the first
words shared say more than the last. Chosen among some forty such formulas on SAF (bench/assessment.md), where it agrees
with the graders better than weights fitted on other questions did.
"""

from collections.abc import Set
from math import sqrt

from agent.assessment.answers import Answer
from agent.assessment.embedding import MiniLm, without_direction
from agent.assessment.words import content_stems, normalised, sentences, tokens_of, windows, words_of

WINDOW_WORDS, WINDOW_STEP = 25, 12
SHORTEST_SENTENCE_WORDS = 3
FEWEST_CONTENT_WORDS = 2
"""A sentence of a reference with fewer says nothing that could be looked for."""
LETTERS = 4


def sentences_of_reference(reference: str) -> list[str]:
    """The sentences of a reference answer that say something, lines of a list included."""
    return [
        line[tokens[span.first].start : tokens[span.last - 1].end]
        for line in reference.splitlines()
        for tokens in [tokens_of(line)]
        for span in sentences(line, tokens)
        if len(content_stems(line[tokens[span.first].start : tokens[span.last - 1].end])) >= FEWEST_CONTENT_WORDS
    ]


def closeness_to_reference(answer: Answer, reference: str, embedder: MiniLm) -> float:
    """0 to 1. The reference must have a word."""
    parts = sentences_of_reference(reference) or [reference]
    about = embedder.embed([normalised(answer.question.text)])[0]
    wanted = without_direction(embedder.embed([normalised(text) for text in [*parts, reference]]), about)
    said = without_direction(embedder.embed([*_stretches(answer), normalised(answer.text)]), about)
    of_sentences = float((wanted[:-1] @ said[:-1].T).max(axis=1).mean())
    of_the_whole = float(wanted[-1] @ said[-1])
    asked = content_stems(answer.question.text)
    words, heard = content_stems(reference), content_stems(answer.text)
    of_words = (sqrt(_share(words, heard)) + sqrt(_share(words - asked or words, heard))) / 2
    of_letters = sqrt(_share(_runs(reference), _runs(answer.text)))
    return min(1.0, max(0.0, (of_sentences + of_the_whole + of_words + of_letters) / 4))


def _stretches(answer: Answer) -> list[str]:
    """Sentences and windows, as bare words."""
    found: list[str] = []
    for spoken in answer.turns:
        words = [token.word for token in spoken.tokens]
        spans = [s for s in sentences(spoken.fluent, spoken.tokens) if len(s) >= SHORTEST_SENTENCE_WORDS]
        spans += windows(len(words), size=WINDOW_WORDS, step=WINDOW_STEP)
        found += [" ".join(words[span.first : span.last]) for span in spans]
    return found


def _runs(text: str) -> frozenset[str]:
    letters = " ".join(words_of(text))
    return frozenset(letters[at : at + LETTERS] for at in range(len(letters) - LETTERS + 1))


def _share(wanted: Set[str], said: Set[str]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.0

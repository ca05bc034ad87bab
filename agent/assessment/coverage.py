"""Which expected points an answer contains: sentence embeddings of its phrases, keywords and words.

What is measured of a point becomes a probability by the fitted model of point_model.py. Whether something was said the
wrong way round is looked at afterwards and can only lower a state.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from agent.assessment.answers import Answer
from agent.assessment.embedding import MiniLm, Vectors, without_direction
from agent.assessment.episode import told_as_episode
from agent.assessment.judge import PointFinding, Quoted
from agent.assessment.keywords import SpokenStems, keyword_share
from agent.assessment.misconceptions import Misconceptions
from agent.assessment.passages import Passage, matrix
from agent.assessment.point_model import PointFeatures, point_model
from agent.assessment.polarity import says_the_opposite
from agent.assessment.spoken import SpokenTurn
from agent.assessment.story import asked_parts
from agent.assessment.words import (
    Span,
    clauses,
    content_stems,
    normalised,
    said_for_the_first_time,
    sentences,
    windows,
    words_of,
)
from storage.models.interview import ExpectedPoint

SHORT_STRETCH, LONG_STRETCH = (14, 5), (30, 10)
"""Words and step of windows beside the phrases and pairs of phrases: recognisers may write no marks, and then phrases
are others."""
WINDOW_WORDS = 25
WINDOW_STEP = 12
RELEVANT_FROM = 0.25
"""A sentence this close to the question or to one of its points belongs to the answer; below it is padding."""
LONGEST_QUOTE_WORDS = 30
SHORTEST_QUOTE_WORDS = 4
CAUTIOUS_CREDIT = 0.5
"""At most, where something may be the wrong way round."""


class CoverageOfPoints:
    """One answer, embedded once and compared with each of its points."""

    def __init__(self, answer: Answer, embedder: MiniLm) -> None:
        self._answer = answer
        self._embedder = embedder
        self._question_stems = content_stems(answer.question.text)
        self._new = _said_newly(answer)
        self._stems = SpokenStems([[token.word for token in spoken.tokens] for spoken in answer.turns])
        self._passages = [
            passage
            for spoken in answer.turns
            for passage in self._embedded(spoken, self._windows_of(spoken, WINDOW_WORDS, WINDOW_STEP))
        ]
        self._phrases = [
            phrase
            for spoken in answer.turns
            for phrase in self._embedded(spoken, _within(_quotable(spoken), self._new[spoken.turn.seq]))
        ] or self._passages
        self._windows = matrix(self._passages)
        self._all = matrix([*self._passages, *self._phrases])
        self._misconceptions = Misconceptions(answer, embedder, self._phrases, closeness=self.closeness)
        self._about = embedder.embed([normalised(answer.question.text)])[0]
        phrases = [phrase.quoted for phrase in self._phrases]
        self._short_stretches = self._apart([*phrases, *self._stretches(SHORT_STRETCH)])
        self._long_stretches = self._apart([*(_pairs(self._phrases) or phrases), *self._stretches(LONG_STRETCH)])
        self._said = frozenset[str]().union(*(content_stems(spoken.fluent) for spoken in answer.turns))

    def closeness(self, texts: Sequence[str], *, within_first_words: int | None = None) -> float:
        """The best cosine of any window with any of the texts; 0 when there is nothing to compare."""
        matrix = self._all
        if within_first_words is not None:
            matrix = self._windows[: 1 + max(0, within_first_words - WINDOW_WORDS) // WINDOW_STEP]
        if not len(matrix) or not texts:
            return 0.0
        return float((matrix @ self._embedder.embed(texts).T).max())

    @cached_property
    def episode(self) -> float:
        """How much of an episode was told, 0 to 1. Nobody misses one where a statement is asked for."""
        if self._answer.question.kind == "technical":
            return 0.0
        if not asked_parts(self._answer.key):
            return 1.0
        return told_as_episode([spoken.fluent for spoken in self._answer.turns])

    @property
    def phrases(self) -> list[Quoted]:
        """Sentences, or the clauses of long ones: what can be quoted."""
        return [phrase.quoted for phrase in self._phrases]

    def relevant_phrases(self) -> list[Quoted]:
        """The phrases that are about the question, in the order they were said."""
        key = self._answer.key
        wordings = [w for point in key.expected_points for w in (point.claim, *point.paraphrases)]
        about = self._embedder.embed([self._answer.question.text, *wordings])
        return [p.quoted for p in self._phrases if float((about @ p.vector).max()) >= RELEVANT_FROM]

    def keywords_heard(self, point: ExpectedPoint) -> float:
        return keyword_share(point, self._stems, self._question_stems)

    def findings(self) -> tuple[PointFinding, ...]:
        key = self._answer.key
        features = self.features()
        return tuple(self._finding(point, one) for point, one in zip(key.expected_points, features, strict=True))

    def features(self) -> list[PointFeatures]:
        """What is measured of each expected point, in their order."""
        points = self._answer.key.expected_points
        wordings = [
            self._embedder.embed([normalised(text) for text in (point.claim, *point.paraphrases)]) for point in points
        ]
        short = [without_direction(vectors, self._about) @ self._short_stretches.T for vectors in wordings]
        long = [without_direction(vectors, self._about) @ self._long_stretches.T for vectors in wordings]
        return [
            PointFeatures(
                best=float(short[at].max()),
                mean=float(short[at].max(axis=1).mean()),
                mean_of_long=float(long[at].max(axis=1).mean()),
                keywords=self.keywords_heard(point),
                words=self._share_of_words(point),
                episode=self.episode,
            )
            for at, point in enumerate(points)
        ]

    def _share_of_words(self, point: ExpectedPoint) -> float:
        """Of the meaningful words of all wordings, those that were said; words of the question don't count."""
        wanted = content_stems(" ".join([point.claim, *point.paraphrases])) - self._question_stems
        return len(wanted & self._said) / len(wanted) if wanted else 0.0

    def _apart(self, stretches: Sequence[Quoted]) -> Vectors:
        """Vectors of the bare words, which are the same with and without marks, apart from the question."""
        texts = [normalised(one.said) for one in stretches]
        return without_direction(self._embedder.embed(texts), self._about)

    def _finding(self, point: ExpectedPoint, features: PointFeatures) -> PointFinding:
        model = point_model().of(self._answer.question.kind)
        strength = round(model.probability(features), 6)
        covered, credit = model.covered(strength), model.credit(strength)
        if covered == "no":
            return self._unheard(point, strength, credit)
        wrong = self._misconceptions.heard_against(point)
        if wrong is not None and wrong.quoted is not None:
            return PointFinding(
                point,
                "partly",
                strength,
                wrong.quoted,
                "misconception",
                wrong.misconception,
                credit=min(credit, CAUTIOUS_CREDIT),
            )
        quoted = self._quote(point)
        if covered == "yes" and (
            wrong is not None or says_the_opposite(point, self._answer.turns, self._question_stems)
        ):
            # 8 of 13 who were heard so had said the point (development set): it costs nobody anything
            return PointFinding(point, "partly", strength, quoted, "unclear", credit=credit)
        return PointFinding(point, covered, strength, quoted, credit=credit)

    def _unheard(self, point: ExpectedPoint, strength: float, credit: float) -> PointFinding:
        """Who said the opposite is told so, rather than that nothing was heard."""
        wrong = self._misconceptions.said_against(point)
        if wrong is None:
            return PointFinding(point, "no", strength, credit=credit)
        return PointFinding(point, "no", strength, wrong.quoted, "misconception", wrong.misconception, credit=credit)

    def _quote(self, point: ExpectedPoint) -> Quoted:
        """The sentence or phrase that says the point best, by the same two measures."""
        targets = self._embedder.embed([point.claim, *point.paraphrases])

        def strength(phrase: Passage) -> float:
            quoted = phrase.quoted
            words = [token.word for token in quoted.spoken.tokens[quoted.span.first : quoted.span.last]]
            heard = keyword_share(point, SpokenStems([words]), self._question_stems)
            return 0.5 * float((targets @ phrase.vector).max()) + 0.5 * heard

        return max(self._phrases, key=strength).quoted

    def _windows_of(self, spoken: SpokenTurn, size: int, step: int) -> list[Span]:
        return [
            Span(stretch.first + span.first, stretch.first + span.last)
            for stretch in self._new[spoken.turn.seq]
            for span in windows(len(stretch), size=size, step=step)
        ]

    def _stretches(self, size_and_step: tuple[int, int]) -> list[Quoted]:
        return [
            Quoted(spoken, span) for spoken in self._answer.turns for span in self._windows_of(spoken, *size_and_step)
        ]

    def _embedded(self, spoken: SpokenTurn, spans: Sequence[Span]) -> list[Passage]:
        vectors = self._embedder.embed([normalised(spoken.said_in(span)) for span in spans])
        return [Passage(Quoted(spoken, span), vector) for span, vector in zip(spans, vectors, strict=True)]


def _said_newly(answer: Answer) -> dict[int, list[Span]]:
    """By turn: the stretches that repeat nothing, the question included. Saying all of it twice says no more."""
    asked: set[tuple[str, ...]] = set()
    said_for_the_first_time(words_of(answer.question.text), asked)
    return _newly(answer, asked) or _newly(answer, set())


def _newly(answer: Answer, said: set[tuple[str, ...]]) -> dict[int, list[Span]]:
    """Empty where everything was said before."""
    new = {
        spoken.turn.seq: said_for_the_first_time([token.word for token in spoken.tokens], said)
        for spoken in answer.turns
    }
    return new if any(new.values()) else {}


def _within(spans: Sequence[Span], allowed: Sequence[Span]) -> list[Span]:
    """Of each span the parts that are allowed, if they are long enough to quote."""
    parts = [Span(max(a.first, b.first), min(a.last, b.last)) for a in spans for b in allowed if a.overlaps(b)]
    return [part for part in parts if len(part) >= SHORTEST_QUOTE_WORDS]


def _pairs(phrases: Sequence[Passage]) -> list[Quoted]:
    """Neighbouring phrases of a turn together."""
    return [
        Quoted(one.quoted.spoken, Span(one.quoted.span.first, other.quoted.span.last))
        for one, other in pairwise(phrases)
        if one.quoted.spoken is other.quoted.spoken
    ]


def _quotable(spoken: SpokenTurn) -> list[Span]:
    """Sentences, and the clauses of those that are too long to quote. Crumbs are left out."""
    text, tokens = spoken.fluent, spoken.tokens
    parts = clauses(text, tokens)
    spans: list[Span] = []
    for sentence in sentences(text, tokens):
        if len(sentence) <= LONGEST_QUOTE_WORDS:
            spans.append(sentence)
        else:
            spans += _merged(spoken, [part for part in parts if part.overlaps(sentence)])
    return [span for span in spans if len(span) >= SHORTEST_QUOTE_WORDS]


def _merged(spoken: SpokenTurn, parts: Sequence[Span]) -> list[Span]:
    """Neighbouring clauses together, as long as they make one readable phrase."""
    merged: list[Span] = []
    for part in parts:
        if merged and part.last - merged[-1].first <= LONGEST_QUOTE_WORDS // 2:
            merged[-1] = Span(merged[-1].first, part.last)
        else:
            merged.append(part)
    return merged

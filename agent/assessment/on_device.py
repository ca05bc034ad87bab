"""The judge that needs no service: gates, coverage by embeddings and keywords, the story checklist."""

import asyncio
import threading
from collections.abc import Sequence

from agent.assessment.answers import Answer
from agent.assessment.coverage import CoverageOfPoints
from agent.assessment.cues import MOVES
from agent.assessment.embedding import MODEL_NAME, MiniLm, Vectors
from agent.assessment.gates import gate, off_the_question
from agent.assessment.judge import AnswerJudgement, Move, Quoted
from agent.assessment.reference import closeness_to_reference
from agent.assessment.story import story_findings
from storage.models.interview import Level

FIRST_WORDS = 50
"""Who answers directly has come to the point by then."""


class OnDeviceJudge:
    """Deterministic: the same answer gives the same judgement to the last digit."""

    model = MODEL_NAME

    def __init__(self, embedder: MiniLm) -> None:
        self.embedder = embedder
        self._one_at_a_time = threading.Lock()
        """The embedder remembers texts, in a dictionary that threads may not share."""

    async def judge(self, answer: Answer, level: Level) -> AnswerJudgement:
        """The level doesn't matter here: it weighs points when they are counted (scores.py)."""
        del level
        return await asyncio.to_thread(self._judge_alone, answer)

    def embed(self, text: str) -> Vectors:
        """A unit vector."""
        with self._one_at_a_time:
            return self.embedder.embed([text])[0]

    def _judge_alone(self, answer: Answer) -> AnswerJudgement:
        with self._one_at_a_time:
            return self._judge(answer)

    def _judge(self, answer: Answer) -> AnswerJudgement:
        closed = gate(answer, self.embedder.knows_word)
        if closed is not None:
            return AnswerJudgement(answer, closed.status, closed.reason)
        closeness = closeness_to_reference(answer, answer.reference, self.embedder) if answer.reference else None
        coverage = CoverageOfPoints(answer, self.embedder)
        question, key = answer.question, answer.key
        wordings = [wording for point in key.expected_points for wording in (point.claim, *point.paraphrases)]
        off = off_the_question(
            answer, to_question=coverage.closeness([question.text]), to_points=coverage.closeness(wordings)
        )
        if off is not None:
            return AnswerJudgement(answer, off.status, off.reason, closeness=closeness)
        relevant = coverage.relevant_phrases()
        return AnswerJudgement(
            answer,
            "partial" if answer.broken_off else "answered",
            points=coverage.findings(),
            story=story_findings(key, coverage.phrases, coverage.episode) if question.kind == "behavioral" else (),
            moves=_moves(relevant),
            relevance=coverage.closeness([question.text, *wordings], within_first_words=FIRST_WORDS),
            relevant=tuple(relevant),
            closeness=closeness,
        )


def _moves(relevant: Sequence[Quoted]) -> dict[Move, Quoted]:
    """The first relevant phrase that shows each move. Padding can't show one."""
    found: dict[Move, Quoted] = {}
    for move, cue in MOVES.items():
        quoted = next((phrase for phrase in relevant if cue.search(phrase.said)), None)
        if quoted is not None:
            found[move] = quoted
    return found

"""Attempts made of written answers: turns with word times at a steady pace, ready to be assessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from prompts.question_bank import load_bank
from storage.models.assessment import Assessment, AssessmentWork
from storage.models.attempt import Attempt, EndReason, Measurements, Position
from storage.models.interview import InterviewParameters, InterviewType, Level, Plan
from storage.models.transcript import Turn, Word

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORD_MS = 400
"""150 words a minute."""
ANSWERS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("spoken_answers.yaml").read_text("utf-8"))
LEVELS = ("weak", "fair", "strong")
TECHNICAL = ["sql-index-cost", "sql-transaction-isolation", "js-event-loop", "debug-slow-production"]
BEHAVIORAL = ["conflict-colleague", "introduce-recent-project"]


@dataclass
class Conversation:
    """Writes turns one after the other."""

    turns: list[Turn]
    now_ms: int = 0

    def interviewer(self, question_id: str | None, index: int | None, text: str, act: Any) -> None:
        started = self.now_ms
        self.now_ms += WORD_MS * len(text.split())
        self._add("interviewer", question_id, index, text, started, act=act)

    def candidate(
        self,
        question_id: str | None,
        index: int | None,
        text: str,
        *,
        intent: Any = "answer",
        confidence: float = 0.95,
        delay_ms: int = 800,
        pauses_ms: dict[int, int] | None = None,
    ) -> None:
        """`pauses_ms` gives silences before words, by their number."""
        self.now_ms += delay_ms
        started = self.now_ms
        words: list[Word] = []
        for number, word in enumerate(text.split()):
            self.now_ms += (pauses_ms or {}).get(number, 0)
            words.append(Word(text=word, started_ms=self.now_ms, ended_ms=self.now_ms + WORD_MS, confidence=confidence))
            self.now_ms += WORD_MS
        self._add("candidate", question_id, index, text, started, words=words, intent=intent, confidence=confidence)

    def _add(
        self, speaker: Any, question_id: str | None, index: int | None, text: str, started_ms: int, **more: Any
    ) -> None:
        turn = Turn(
            seq=10_000 + len(self.turns),
            speaker=speaker,
            question_id=question_id,
            question_index=index,
            text=text,
            started_ms=started_ms,
            ended_ms=self.now_ms,
            **more,
        )
        self.turns.append(turn)


def interview(
    answers: Sequence[tuple[str, str]],
    *,
    interview_type: InterviewType = "technical",
    level: Level = "mid",
    confidence: float = 0.95,
    end_reason: EndReason = "completed",
    stt: str = "whisper:tiny.en",
    unasked: Sequence[str] = (),
) -> AssessmentWork:
    """An attempt in which each bank question got one answer. An empty answer is silence."""
    conversation = Conversation([])
    conversation.interviewer(None, None, "Hello, and welcome. Are you ready?", "greeting")
    conversation.candidate(None, None, "Yes, I'm ready.", intent="ready")
    for index, (question_id, answer) in enumerate(answers):
        conversation.interviewer(question_id, index, load_bank().question(question_id).text, "question")
        if answer:
            conversation.candidate(question_id, index, answer, confidence=confidence)
    conversation.interviewer(None, None, "Thank you, that was all.", "closing")
    return work_of(
        [question_id for question_id, _ in answers] + list(unasked),
        conversation.turns,
        interview_type=interview_type,
        level=level,
        end_reason=end_reason,
        stt=stt,
    )


def work_of(
    question_ids: Sequence[str],
    turns: Sequence[Turn],
    *,
    interview_type: InterviewType = "technical",
    level: Level = "mid",
    end_reason: EndReason = "completed",
    stt: str = "whisper:tiny.en",
    position: Position | None = None,
) -> AssessmentWork:
    bank = load_bank()
    parameters = InterviewParameters(
        role="Backend engineer", interview_type=interview_type, level=level, question_count=len(question_ids)
    )
    return AssessmentWork(
        assessment=Assessment(
            id="as1",
            attempt_id="at1",
            transcript_revision=len(turns),
            rubric_version="1",
            status="running",
            created_at=NOW,
        ),
        attempt=Attempt(
            id="at1",
            interview_id="i1",
            owner_id="u1",
            plan_id="p1",
            number=1,
            status="ended",
            position=position or Position(),
            measurements=Measurements(stages={"stt": stt}),
            created_at=NOW,
            end_reason=end_reason,
        ),
        plan=Plan(
            id="p1",
            interview_id="i1",
            version=1,
            parameters=parameters,
            questions=[bank.planned(question_id, index) for index, question_id in enumerate(question_ids)],
            source=f"bank:{bank.version}",
            created_at=NOW,
        ),
        keys=[bank.key(question_id) for question_id in question_ids],
        turns=list(turns),
    )


def answered_at(level: str, question_ids: Sequence[str] = TECHNICAL) -> list[tuple[str, str]]:
    return [(question_id, ANSWERS[question_id][level]) for question_id in question_ids]

"""Small valid objects to store."""

from datetime import timedelta
from typing import Any

from storage.models.feedback import CATEGORIES, AreaForImprovement, CategoryScore, Delivery, Feedback, Grader
from storage.models.interview import ExpectedPoint, InterviewParameters, PlanDraft, PlannedQuestion, QuestionKey
from storage.models.transcript import Turn, Word
from storage.store import AssessedAttempt
from tests.support.times import NOW


def parameters(**changes: Any) -> InterviewParameters:
    given: dict[str, Any] = {
        "role": "Backend engineer",
        "interview_type": "technical",
        "level": "mid",
        "technologies": ["Go", "PostgreSQL"],
        "question_count": 2,
    }
    return InterviewParameters(**(given | changes))


def draft(*question_ids: str) -> PlanDraft:
    ids = question_ids or ("sql-index", "go-channels")
    return PlanDraft(
        questions=[
            PlannedQuestion(question_id=name, index=index, kind="technical", text=f"What about {name}?")
            for index, name in enumerate(ids)
        ],
        keys=[
            QuestionKey(
                question_id=name,
                expected_points=[ExpectedPoint(point_id=f"{name}-1", claim="It is fast", keywords=[["fast", "quick"]])],
                hint="Think of speed.",
            )
            for name in ids
        ],
        source="bank:1",
    )


def turn(seq: int, **changes: Any) -> Turn:
    given: dict[str, Any] = {
        "seq": seq,
        "speaker": "candidate",
        "question_id": "sql-index",
        "question_index": 0,
        "text": "An index makes it fast.",
        "started_ms": seq * 10,
        "ended_ms": seq * 10 + 5,
        "confidence": 0.87,
        "words": [Word(text="An", started_ms=seq * 10, ended_ms=seq * 10 + 1, confidence=0.91)],
        "intent": "answer",
    }
    return Turn(**(given | changes))


def feedback(attempt_id: str, assessment_id: str, overall_score: int | None = 71) -> Feedback:
    return Feedback(
        attempt_id=attempt_id,
        assessment_id=assessment_id,
        overall_score=overall_score,
        categories=[
            CategoryScore(category=category, score=None, status="insufficient_evidence", comment="")
            for category in CATEGORIES
        ],
        strengths=[],
        areas_for_improvement=[],
        final_assessment="A start.",
        questions=[],
        delivery=delivery(),
        grader=grader(),
    )


def delivery(**changes: Any) -> Delivery:
    given: dict[str, Any] = {
        "words_per_minute": 120.5,
        "filler_words_per_minute": None,
        "longest_pause_sec": 1.5,
        "mean_response_delay_sec": None,
        "talk_time_sec": 60.25,
    }
    return Delivery(**(given | changes))


def grader(**changes: Any) -> Grader:
    given: dict[str, Any] = {"kind": "on_device", "model": "minilm", "rubric_version": "1", "prompt_version": "1"}
    return Grader(**(given | changes))


def area(text: str, meaning: str | None = None) -> AreaForImprovement:
    return AreaForImprovement(text=text, suggestion=f"Work on this: {text}", meaning=meaning)


def assessed_attempt(number: int = 1, **changes: Any) -> AssessedAttempt:
    """Each a day after the one before."""
    given: dict[str, Any] = {
        "attempt_id": f"attempt-{number}",
        "interview_id": "interview-1",
        "title": "Backend",
        "number": number,
        "ended_at": NOW + timedelta(days=number),
        "interview_type": "technical",
        "level": "mid",
        "assessment_id": f"assessment-{number}",
        "overall_score": 60,
        "scores": dict.fromkeys(CATEGORIES),
        "areas": [],
        "delivery": delivery(),
        "grader": grader(),
    }
    return AssessedAttempt(**(given | changes))

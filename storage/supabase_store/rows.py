"""Between rows and models."""

from datetime import datetime
from typing import Any, TypeVar

from storage.models.assessment import Assessment, AssessmentWork
from storage.models.attempt import Attempt
from storage.models.base import Model
from storage.models.feedback import AreaForImprovement, Delivery, Grader
from storage.models.interview import Interview, InterviewParameters, Plan, PlanDraft, QuestionKey
from storage.models.transcript import Turn, TurnCorrection
from storage.models.worker_api import WorkerHeartbeat
from storage.store import AssessedAttempt, AttemptSummary, InterviewWithAttempts

Row = dict[str, Any]
ModelT = TypeVar("ModelT", bound=Model)
_TIME_SUFFIXES = ("_at", "_until")


def parse(model: type[ModelT], row: Row) -> ModelT:
    """The model's fields of a row; its other columns are the database's own."""
    return model.model_validate({name: _value(name, row[name]) for name in model.model_fields if name in row})


def _value(name: str, value: Any) -> Any:
    """Tables give times as `2026-01-01 08:00:00+00` when embedded, ISO 8601 when hosted: Python reads both."""
    if isinstance(value, str) and name.endswith(_TIME_SUFFIXES):
        return datetime.fromisoformat(value)
    return value


def interview(row: Row) -> Interview:
    """From `{interview, plan}`."""
    plan = parse(Plan, row["plan"])
    return parse(Interview, {**row["interview"], "current_plan": plan})


def interview_with_attempts(row: Row) -> InterviewWithAttempts:
    """From `{interview, plan, attempts: [{attempt, overall_score, assessment_status}]}`."""

    attempts = [
        AttemptSummary(
            attempt=parse(Attempt, summary["attempt"]),
            overall_score=summary["overall_score"],
            assessment_status=summary["assessment_status"],
        )
        for summary in row["attempts"]
    ]
    return InterviewWithAttempts(interview(row), attempts)


def keys(rows: list[Row]) -> list[QuestionKey]:
    return [QuestionKey.model_validate(key) for key in rows]


def turns(rows: list[Row]) -> list[Turn]:
    return [parse(Turn, row) for row in rows]


def assessment_work(row: Row) -> AssessmentWork:

    return AssessmentWork(
        assessment=parse(Assessment, row["assessment"]),
        attempt=parse(Attempt, row["attempt"]),
        plan=parse(Plan, row["plan"]),
        keys=keys(row["keys"]),
        turns=turns(row["turns"]),
        corrections=[parse(TurnCorrection, correction) for correction in row["corrections"]],
    )


def assessed_attempt(row: Row) -> AssessedAttempt:
    return AssessedAttempt(
        attempt_id=row["attempt_id"],
        interview_id=row["interview_id"],
        title=row["title"],
        number=row["number"],
        ended_at=datetime.fromisoformat(row["ended_at"]),
        interview_type=row["interview_type"],
        level=row["level"],
        assessment_id=row["assessment_id"],
        overall_score=row["overall_score"],
        scores=row["scores"],
        areas=[AreaForImprovement.model_validate(area) for area in row["areas"]],
        delivery=Delivery.model_validate(row["delivery"]),
        grader=Grader.model_validate(row["grader"]),
    )


def worker(row: Row) -> WorkerHeartbeat:
    return parse(WorkerHeartbeat, {**row, "worker_id": row["id"]})


def plan_arguments(parameters: InterviewParameters, draft: PlanDraft) -> Row:
    """What the SQL functions that store a plan take."""
    return {
        "p_parameters": parameters.model_dump(mode="json"),
        "p_questions": [question.model_dump(mode="json") for question in draft.questions],
        "p_keys": [key.model_dump(mode="json") for key in draft.keys],
        "p_source": draft.source,
    }


def is_time(text: str) -> bool:
    """An ISO 8601 time with its offset, as the database gives them."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False

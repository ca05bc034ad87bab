"""The rows of the in-memory store, and the look-ups that its two sides share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from storage.cursors import is_uuid
from storage.errors import NotFoundError
from storage.models.assessment import Assessment
from storage.models.attempt import Attempt
from storage.models.document import Resume
from storage.models.feedback import Feedback
from storage.models.interview import Interview, Plan, QuestionKey
from storage.models.recording import Recording
from storage.models.setup import SetupConversation
from storage.models.transcript import Turn, TurnCorrection
from storage.models.worker_api import WorkerHeartbeat
from storage.store import AssessedAttempt, AttemptSummary, InterviewWithAttempts

Row = TypeVar("Row")
FINISHED = ("done", "not_assessable", "failed")
WORKING = ("queued", "running")
OPEN = ("planned", "live")


@dataclass
class Tables:
    profiles: dict[str, str] = field(default_factory=dict[str, str])
    resumes: dict[str, Resume] = field(default_factory=dict[str, Resume])
    """By owner."""
    last_seen: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """Of each profile."""
    interviews: dict[str, Interview] = field(default_factory=dict[str, Interview])
    plans: dict[str, Plan] = field(default_factory=dict[str, Plan])
    plan_keys: dict[str, list[QuestionKey]] = field(default_factory=dict[str, list[QuestionKey]])
    attempts: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    turns: dict[str, dict[int, Turn]] = field(default_factory=dict[str, dict[int, Turn]])
    corrections: dict[str, dict[int, TurnCorrection]] = field(default_factory=dict[str, dict[int, TurnCorrection]])
    recordings: dict[str, dict[int, Recording]] = field(default_factory=dict[str, dict[int, Recording]])
    assessments: dict[str, Assessment] = field(default_factory=dict[str, Assessment])
    available_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """When a queued assessment may be claimed, by its id."""
    feedback: dict[str, Feedback] = field(default_factory=dict[str, Feedback])
    setups: dict[str, SetupConversation] = field(default_factory=dict[str, SetupConversation])
    first_setup_jobs: dict[str, str] = field(default_factory=dict[str, str])
    """Which job joined a set-up first, by the set-up's id."""
    workers: dict[str, tuple[WorkerHeartbeat, datetime]] = field(
        default_factory=dict[str, tuple[WorkerHeartbeat, datetime]]
    )

    def turns_of(self, attempt_id: str) -> list[Turn]:
        return [turn for _, turn in sorted(self.turns.get(attempt_id, {}).items())]

    def corrections_of(self, attempt_id: str) -> list[TurnCorrection]:
        return [correction for _, correction in sorted(self.corrections.get(attempt_id, {}).items())]

    def recordings_of(self, attempt_id: str) -> list[Recording]:
        return [recording for _, recording in sorted(self.recordings.get(attempt_id, {}).items())]

    def attempts_of(self, interview_id: str) -> list[Attempt]:
        """Newest first."""
        return [a for a in reversed(self.attempts.values()) if a.interview_id == interview_id]

    def assessments_of(self, attempt_id: str) -> list[Assessment]:
        """Newest first."""
        return [a for a in reversed(self.assessments.values()) if a.attempt_id == attempt_id]

    def with_attempts(self, interview: Interview) -> InterviewWithAttempts:
        return InterviewWithAttempts(interview, [self._summary(a) for a in self.attempts_of(interview.id)])

    def _summary(self, attempt: Attempt) -> AttemptSummary:
        assessments = self.assessments_of(attempt.id)
        scored = [self.feedback[a.id].overall_score for a in assessments if a.id in self.feedback]
        return AttemptSummary(
            attempt=attempt,
            overall_score=scored[0] if scored else None,
            assessment_status=assessments[0].status if assessments else None,
        )

    def assessed(self, attempt: Attempt) -> AssessedAttempt | None:
        """With its newest feedback; None without any."""
        feedback = next((self.feedback[a.id] for a in self.assessments_of(attempt.id) if a.id in self.feedback), None)
        if feedback is None or attempt.ended_at is None:
            return None
        parameters = self.plans[attempt.plan_id].parameters
        return AssessedAttempt(
            attempt_id=attempt.id,
            interview_id=attempt.interview_id,
            title=self.interviews[attempt.interview_id].title,
            number=attempt.number,
            ended_at=attempt.ended_at,
            interview_type=parameters.interview_type,
            level=parameters.level,
            assessment_id=feedback.assessment_id,
            overall_score=feedback.overall_score,
            scores={category.category: category.score for category in feedback.categories},
            areas=[area.model_copy(update={"evidence": []}) for area in feedback.areas_for_improvement],
            delivery=feedback.delivery,
            grader=feedback.grader,
        )

    def drop_interviews(self, interview_ids: Iterable[str]) -> None:
        """With everything below them, as the foreign keys of the database do."""
        gone = set(interview_ids)
        self.drop_attempts([a.id for a in self.attempts.values() if a.interview_id in gone])
        plans = {p.id for p in self.plans.values() if p.interview_id in gone}
        setups = {s.id for s in self.setups.values() if s.interview_id in gone}
        for rows, ids in (
            (self.interviews, gone),
            (self.plans, plans),
            (self.plan_keys, plans),
            (self.setups, setups),
        ):
            for row_id in ids:
                rows.pop(row_id, None)

    def drop_attempts(self, attempt_ids: Iterable[str]) -> None:
        """With their turns, recordings and feedback."""
        gone = set(attempt_ids)
        assessments = {a.id for a in self.assessments.values() if a.attempt_id in gone}
        for rows, ids in (
            (self.attempts, gone),
            (self.turns, gone),
            (self.corrections, gone),
            (self.recordings, gone),
            (self.assessments, assessments),
            (self.available_at, assessments),
            (self.feedback, assessments),
        ):
            for row_id in ids:
                rows.pop(row_id, None)

    def drop_setups(self, owner_id: str) -> None:
        self.setups = {s.id: s for s in self.setups.values() if s.owner_id != owner_id}


def find(rows: dict[str, Row], row_id: str) -> Row:
    """
    Raises:
        NotFoundError: also for an id that isn't a UUID.
    """
    if not is_uuid(row_id) or row_id not in rows:
        raise NotFoundError
    return rows[row_id]

"""The part of the store that queues, leases and finishes assessments."""

from storage.assessment_store import GAVE_UP, MAX_ASSESSMENT_TRIES, OVERDUE, RETRY_DELAY_SEC
from storage.models.assessment import RUBRIC_VERSION, Assessment, AssessmentWork
from storage.models.feedback import Feedback
from storage.supabase_store import rows
from storage.supabase_store.connection import Rest
from storage.supabase_store.ids import known_form


class SupabaseAssessments:
    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def queue_assessment(self, attempt_id: str) -> Assessment:
        row = await self._rest.call(
            "queue_assessment", p_attempt_id=known_form(attempt_id), p_rubric_version=RUBRIC_VERSION
        )
        return rows.parse(Assessment, row)

    async def claim_assessment(self, assessor_id: str, *, lease_sec: int) -> AssessmentWork | None:
        row = await self._rest.call(
            "claim_assessment",
            p_assessor_id=assessor_id,
            p_lease_sec=lease_sec,
            p_max_tries=MAX_ASSESSMENT_TRIES,
            p_gave_up=GAVE_UP,
        )
        return rows.assessment_work(row) if row else None

    async def report_progress(self, assessment_id: str, *, assessor_id: str, progress: float, lease_sec: int) -> None:
        await self._rest.call(
            "report_progress",
            p_assessment_id=known_form(assessment_id),
            p_assessor_id=assessor_id,
            p_progress=progress,
            p_lease_sec=lease_sec,
        )

    async def finish_assessment(self, assessment_id: str, *, assessor_id: str, feedback: Feedback) -> None:
        await self._rest.call(
            "finish_assessment",
            p_assessment_id=known_form(assessment_id),
            p_assessor_id=assessor_id,
            p_overall_score=feedback.overall_score,
            p_body=feedback.model_dump(mode="json"),
        )

    async def mark_not_assessable(self, assessment_id: str, *, assessor_id: str, reason: str) -> None:
        await self._rest.call(
            "mark_not_assessable",
            p_assessment_id=known_form(assessment_id),
            p_assessor_id=assessor_id,
            p_reason=reason,
        )

    async def fail_assessment(self, assessment_id: str, *, assessor_id: str, reason: str, retry: bool) -> None:
        await self._rest.call(
            "fail_assessment",
            p_assessment_id=known_form(assessment_id),
            p_assessor_id=assessor_id,
            p_reason=reason,
            p_retry=retry,
            p_max_tries=MAX_ASSESSMENT_TRIES,
            p_retry_delay_sec=RETRY_DELAY_SEC,
        )

    async def settle_assessments(self, *, overdue_sec: float) -> int:
        return await self._rest.call(
            "settle_assessments",
            p_max_tries=MAX_ASSESSMENT_TRIES,
            p_gave_up=GAVE_UP,
            p_overdue_sec=overdue_sec,
            p_overdue=OVERDUE,
        )

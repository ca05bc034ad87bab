"""The store protocol's part about assessments: a queue, and who works on what.

Errors and ids are as in storage/store.py, which includes it.
"""

from typing import Protocol

from storage.models.assessment import Assessment, AssessmentWork
from storage.models.feedback import Feedback

MAX_ASSESSMENT_TRIES = 3
RETRY_DELAY_SEC = 2.0
"""A failed assessment waits this long, times its tries, before it can be claimed again."""
GAVE_UP = "The assessment did not finish. You can ask for it again."
"""What a candidate reads when each assessor that claimed it was lost."""
OVERDUE = "Nobody could read this interview for a long time. You can ask for the assessment again."
"""What a candidate reads when no assessor ever claimed it."""


class AssessmentStore(Protocol):
    async def queue_assessment(self, attempt_id: str) -> Assessment:
        """ConflictError `assessment_running` while one is queued or running, `attempt_open` while it isn't over."""
        ...

    async def claim_assessment(self, assessor_id: str, *, lease_sec: int) -> AssessmentWork | None:
        """The oldest queued one, or a running one whose lease ran out (tries + 1). Uses `for update skip locked`.

        With turns and corrections as they are now, and their revision in the assessment.
        """
        ...

    async def report_progress(
        self, assessment_id: str, *, assessor_id: str, progress: float, lease_sec: int
    ) -> None: ...
    async def finish_assessment(self, assessment_id: str, *, assessor_id: str, feedback: Feedback) -> None:
        """Writes the feedback row and the status in one step; idempotent.

        ConflictError `superseded` if it isn't ours.
        """
        ...

    async def mark_not_assessable(self, assessment_id: str, *, assessor_id: str, reason: str) -> None: ...
    async def fail_assessment(self, assessment_id: str, *, assessor_id: str, reason: str, retry: bool) -> None:
        """With `retry` and fewer than MAX_ASSESSMENT_TRIES tries it goes back to queued, else failed with the reason.

        ConflictError `superseded` if it isn't ours (any more).
        """
        ...

    async def settle_assessments(self, *, overdue_sec: float) -> int:
        """Moves to failed what no assessor will finish; returns how many.

        Those are the running ones whose lease ran out on the last try, and queued ones that nobody claimed for
        `overdue_sec`.
        """
        ...

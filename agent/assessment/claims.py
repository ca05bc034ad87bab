"""Claims assessments, one at a time, and delivers what comes of them."""

import asyncio
from contextlib import suppress

import structlog

from agent.assessment.assess import NotAssessable, assess
from agent.assessment.gradings import NewGrading
from agent.token_server_client import AssessorCalls
from agent.token_server_errors import SupersededError, TokenServerError, UnavailableError
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback
from storage.models.worker_api import FeedbackReport

log = structlog.get_logger(__name__)

LEASE_SEC = 60
RENEW_SEC = 15.0
"""Four renewals a lease: three may fail."""
DELIVERY_TRIES = 5
STOP_GRACE_SEC = 0.5
STOPPED = "The assessor was restarted. Your report will be made again."
BROKE = "Something went wrong while your report was made."


class ClaimLoop:
    """Polls for work until it is stopped.

    Work that is stopped is handed back at once; work that is lost to a crash comes back when its lease runs out.
    How often a failed assessment is tried again is the token server's decision.
    """

    def __init__(
        self, calls: AssessorCalls, new_grading: NewGrading, *, poll_sec: float, renew_sec: float = RENEW_SEC
    ) -> None:
        self._calls = calls
        self._new_grading = new_grading
        self._poll_sec = poll_sec
        self._renew_sec = renew_sec
        self._stop = asyncio.Event()
        self._reached = True

    def stop(self) -> None:
        self._stop.set()

    async def run(self) -> None:
        stopped = asyncio.create_task(self._stop.wait())
        try:
            while not self._stop.is_set():
                worked = await self._one(stopped)
                if not worked:
                    await asyncio.wait({stopped}, timeout=self._poll_sec)
        finally:
            stopped.cancel()

    async def _one(self, stopped: "asyncio.Task[bool]") -> bool:
        """Claims and works once. False when there was nothing to do, or the token server isn't there."""
        try:
            work = await self._calls.claim(LEASE_SEC)
        except TokenServerError as error:
            if self._reached:
                log.warning("can't claim work; trying again until it works", error=str(error))
            self._reached = False
            return False
        self._reached = True
        if work is None:
            return False
        working = asyncio.create_task(self._work(work))
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            with suppress(TimeoutError):
                async with asyncio.timeout(STOP_GRACE_SEC):
                    await self._fail(work, STOPPED)
        return True

    async def _work(self, work: AssessmentWork) -> None:
        told = log.bind(assessment_id=work.assessment.id, attempt_id=work.attempt.id)
        progress = _Progress(self._calls, work.assessment.id, self._renew_sec)
        try:
            async with asyncio.TaskGroup() as group:
                renewal = group.create_task(progress.keep_renewing())
                result = await assess(work, self._new_grading(), progress.report)
                await self._deliver(work, result)
                renewal.cancel()
        except* SupersededError:
            told.info("assessment taken over by another assessor")
        except* TokenServerError as group_error:
            told.warning("assessment not delivered", errors=[str(error) for error in group_error.exceptions])
            await self._fail(work, BROKE)
        except* Exception:  # noqa: BLE001
            # The loop must outlive whatever one transcript brings; the traceback is for us, the sentence for the user.
            told.exception("assessment failed")
            await self._fail(work, BROKE)
        else:
            told.info("assessment delivered", assessable=isinstance(result, Feedback))

    async def _deliver(self, work: AssessmentWork, result: Feedback | NotAssessable) -> None:
        assessor_id = self._calls.assessor_id
        if isinstance(result, Feedback):
            report = FeedbackReport(assessor_id=assessor_id, status="done", feedback=result)
        else:
            report = FeedbackReport(assessor_id=assessor_id, status="not_assessable", reason=result.reason)
        for tries_left in reversed(range(DELIVERY_TRIES)):
            try:
                await self._calls.deliver(work.assessment.id, report)
                return
            except UnavailableError as error:
                if not tries_left:
                    raise
                await asyncio.sleep(error.retry_after_sec or self._poll_sec)

    async def _fail(self, work: AssessmentWork, reason: str) -> None:
        try:
            await self._calls.report_failure(work.assessment.id, reason, retry=True)
        except TokenServerError as error:
            # Then the lease runs out, which comes to the same a minute later.
            log.warning("failure not reported", assessment_id=work.assessment.id, error=str(error))


class _Progress:
    """Reports progress, and the last progress again while nothing new is known: both renew the lease."""

    def __init__(self, calls: AssessorCalls, assessment_id: str, renew_sec: float) -> None:
        self._calls = calls
        self._assessment_id = assessment_id
        self._renew_sec = renew_sec
        self._progress = 0.0

    async def report(self, progress: float) -> None:
        self._progress = progress
        with suppress(UnavailableError):
            await self._calls.report_progress(self._assessment_id, progress, LEASE_SEC)

    async def keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(self._renew_sec)
            await self.report(self._progress)

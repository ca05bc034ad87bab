"""Everything of one person as files: JSON for programs, Markdown for people.

It is read as that person, so it holds what they may read and nothing else: no plan keys, so no expected point or hint
beyond what a report shows.
"""

import json
import re
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from storage.errors import NotFoundError
from storage.models.attempt import Attempt
from storage.models.feedback import Feedback
from storage.models.interview import Interview
from storage.models.recording import Recording
from storage.models.setup import SetupStatus
from storage.models.transcript import Turn
from storage.store import InterviewQuery, OwnerView
from token_server.account.archive import ArchiveFile
from token_server.account.readable import readable_attempt
from token_server.byte_ranges import ByteRange
from token_server.growth.progress import progress_of
from token_server.schemas.auth import User
from token_server.schemas.feedback import FeedbackVersion, for_candidate

PAGE = 50
TURNS_PAGE = 100
ANY_SETUP: tuple[SetupStatus, ...] = ("live", "confirmed", "abandoned")
OF_THE_MACHINERY = {"owner_id", "job_epoch", "heartbeat_at", "dispatched_at", "joined_at"}
"""Fields that say how it was done, and nothing about the person."""
READ_ME = """Your data in Mock Interview, as of {now:%Y-%m-%d %H:%M} UTC.

recordings/                the sound of attempts of which you agreed to keep it (Ogg/Opus; you are on the left)
reports/                   each attempt to read: feedback and transcript (Markdown, opens in any editor)
account.json               name, e-mail address
interviews.json            what you set up
plans.json                 the questions, with what they were chosen for; one entry per version
attempts.json              when you sat in them, and what was measured
turns.json                 what was said, word by word, and your corrections
feedback.json              every assessment and its feedback
progress.json              scores over time, areas that recur
setup-conversations.json   drafts of interviews that you talked or typed about
resume.json                your résumé, null without one

Times are UTC; those of turns are milliseconds from the start of the attempt. What a good answer to a question should
hold is in the feedback of attempts that were assessed, and nowhere else: you may want to practise the others.
"""


class RecordingReader(Protocol):
    """Where the sound is. `Recordings` is one."""

    async def open(self, recording: Recording, part: ByteRange) -> AsyncIterator[bytes]:
        """Raises NotFoundError."""
        ...


@dataclass(frozen=True, slots=True)
class _Sitting:
    interview: Interview
    attempt: Attempt


class AccountExport:
    """Reads page by page while the files are taken, in their order."""

    def __init__(self, view: OwnerView, user: User, recordings: RecordingReader, now: datetime) -> None:
        self._view = view
        self._user = user
        self._recordings = recordings
        self._now = now

    async def files(self) -> AsyncIterator[ArchiveFile]:
        yield _text("README.txt", READ_ME.format(now=self._now))
        yield _text("account.json", _json(self._user.model_dump(mode="json")))
        yield _list("interviews.json", self._interview_items())
        yield _list("plans.json", self._plan_items())
        yield _list("attempts.json", self._attempt_items())
        yield _list("turns.json", self._turn_items())
        yield _list("feedback.json", self._feedback_items())
        yield _text("progress.json", await self._progress())
        yield _list("setup-conversations.json", self._setup_items())
        yield _text("resume.json", await self._resume())
        async for sitting in self._sittings():
            yield _text(f"reports/{_file_name(sitting)}.md", await self._report(sitting))
        async for file in self._sounds():
            yield file

    async def _interviews(self) -> AsyncIterator[tuple[Interview, list[Attempt]]]:
        cursor = None
        while True:
            page = await self._view.interviews(InterviewQuery(cursor=cursor, limit=PAGE))
            for found in page.items:
                yield found.interview, [summary.attempt for summary in found.attempts]
            cursor = page.next_cursor
            if cursor is None:
                return

    async def _sittings(self) -> AsyncIterator[_Sitting]:
        async for interview, attempts in self._interviews():
            for attempt in attempts:
                yield _Sitting(interview, attempt)

    async def _interview_items(self) -> AsyncIterator[dict[str, Any]]:
        async for interview, _ in self._interviews():
            yield {
                "id": interview.id,
                "title": interview.title,
                "created_at": interview.created_at.isoformat(),
                "plan_version": interview.current_plan.version,
                **interview.current_plan.parameters.model_dump(mode="json"),
            }

    async def _plan_items(self) -> AsyncIterator[dict[str, Any]]:
        async for interview, _ in self._interviews():
            for plan in await self._view.plans(interview.id):
                yield plan.model_dump(mode="json")

    async def _attempt_items(self) -> AsyncIterator[dict[str, Any]]:
        async for sitting in self._sittings():
            yield sitting.attempt.model_dump(mode="json", exclude=OF_THE_MACHINERY)

    async def _turn_items(self) -> AsyncIterator[dict[str, Any]]:
        async for sitting in self._sittings():
            corrected = await self._corrected_texts(sitting.attempt)
            async for turn in self._turns(sitting.attempt):
                yield {
                    "attempt_id": sitting.attempt.id,
                    **turn.model_dump(mode="json"),
                    "corrected_text": corrected.get(turn.seq),
                }

    async def _feedback_items(self) -> AsyncIterator[dict[str, Any]]:
        async for sitting in self._sittings():
            for assessment in await self._view.assessments(sitting.attempt.id):
                feedback = await self._feedback(assessment.id) if assessment.status == "done" else None
                yield {
                    "attempt_id": sitting.attempt.id,
                    **FeedbackVersion.of(assessment).model_dump(mode="json"),
                    "feedback": feedback.model_dump(mode="json") if feedback is not None else None,
                }

    async def _setup_items(self) -> AsyncIterator[dict[str, Any]]:
        cursor = None
        while True:
            page = await self._view.setups(ANY_SETUP, cursor=cursor, limit=PAGE)
            for setup in page.items:
                yield setup.model_dump(mode="json", exclude=OF_THE_MACHINERY)
            cursor = page.next_cursor
            if cursor is None:
                return

    async def _progress(self) -> str:
        return _json(progress_of(await self._view.assessed_attempts()).model_dump(mode="json"))

    async def _resume(self) -> str:
        resume = await self._view.resume()
        return _json(resume.model_dump(mode="json") if resume is not None else None)

    async def _sounds(self) -> AsyncIterator[ArchiveFile]:
        async for sitting in self._sittings():
            for recording in await self._view.recordings(sitting.attempt.id):
                try:
                    sound = await self._recordings.open(recording, ByteRange(0, recording.bytes))
                except NotFoundError:
                    continue  # deleted meanwhile
                yield ArchiveFile(f"recordings/{_file_name(sitting)}-{recording.epoch}.ogg", sound)

    async def _report(self, sitting: _Sitting) -> str:
        attempt = sitting.attempt
        assessments = await self._view.assessments(attempt.id)
        done = next((assessment for assessment in assessments if assessment.status == "done"), None)
        return readable_attempt(
            sitting.interview.title,
            await self._view.plan(attempt.plan_id),
            attempt,
            [turn async for turn in self._turns(attempt)],
            await self._corrected_texts(attempt),
            await self._feedback(done.id) if done is not None else None,
        )

    async def _turns(self, attempt: Attempt) -> AsyncIterator[Turn]:
        after_seq = None
        while True:
            page = await self._view.turns(attempt.id, after_seq=after_seq, limit=TURNS_PAGE)
            for turn in page.items:
                yield turn
            if page.next_cursor is None:
                return
            after_seq = int(page.next_cursor)

    async def _corrected_texts(self, attempt: Attempt) -> dict[int, str]:
        return {correction.seq: correction.text for correction in await self._view.corrections(attempt.id)}

    async def _feedback(self, assessment_id: str) -> Feedback:
        return for_candidate(await self._view.feedback(assessment_id))


def _file_name(sitting: _Sitting) -> str:
    """Readable, and no other attempt's: titles repeat, and hold whatever their owner wrote."""
    attempt, title = sitting.attempt, re.sub(r"[^a-z0-9]+", "-", sitting.interview.title.lower()).strip("-")[:50]
    day = (attempt.started_at or attempt.created_at).strftime("%Y-%m-%d")
    return f"{day}-{title or 'interview'}-attempt-{attempt.number}-{attempt.id[:8]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _text(name: str, text: str) -> ArchiveFile:
    async def pieces() -> AsyncIterator[bytes]:
        yield text.encode()

    return ArchiveFile(name, pieces())


def _list(name: str, items: AsyncIterable[dict[str, Any]]) -> ArchiveFile:
    async def pieces() -> AsyncIterator[bytes]:
        before = "[\n"
        async for item in items:
            yield (before + _json(item)).encode()
            before = ",\n"
        yield b"[]\n" if before == "[\n" else b"\n]\n"

    return ArchiveFile(name, pieces())

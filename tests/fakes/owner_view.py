"""What one person may read from the in-memory store."""

import re
from collections.abc import Sequence

from storage.cursors import Cursor, clamp_limit
from storage.errors import InvalidCursorError, NotFoundError
from storage.models.assessment import Assessment
from storage.models.attempt import Attempt
from storage.models.document import Resume
from storage.models.feedback import Feedback
from storage.models.interview import Interview, Plan
from storage.models.recording import Recording
from storage.models.setup import SetupConversation, SetupStatus
from storage.models.transcript import Turn, TurnCorrection
from storage.store import MOST_ASSESSED, AssessedAttempt, InterviewQuery, InterviewWithAttempts, Page
from storage.text import drop_nul
from tests.fakes.tables import OPEN, Tables, find


class FakeOwnerView:
    """An OwnerView. Stands in for row-level security: everything is filtered by `user_id`."""

    def __init__(self, tables: Tables, user_id: str) -> None:
        self._tables = tables
        self._user_id = user_id

    async def resume(self) -> Resume | None:
        return self._tables.resumes.get(self._user_id)

    async def display_name(self) -> str:
        return find(self._tables.profiles, self._user_id)

    async def interviews(self, query: InterviewQuery) -> Page[InterviewWithAttempts]:
        after = Cursor.decode(query.cursor, order=query.sort)
        mine = [i for i in self._tables.interviews.values() if i.owner_id == self._user_id and _matches(i, query)]
        rows = [row for i in mine if _has_status(row := self._tables.with_attempts(i), query)]
        descending = query.sort in ("newest", "recent", "best")
        rows.sort(key=lambda row: _sort_key(row, query), reverse=descending)
        if after is not None:
            if query.sort == "best" and not re.fullmatch(r"-1|\d{1,3}", after.key):
                raise InvalidCursorError
            last = (int(after.key) if query.sort == "best" else after.key, after.row_id)
            rows = [r for r in rows if (_sort_key(r, query) < last if descending else _sort_key(r, query) > last)]
        limit = clamp_limit(query.limit)
        items = rows[:limit]
        if len(rows) <= limit:
            return Page(items, None)
        key, row_id = _sort_key(items[-1], query)
        return Page(items, Cursor(query.sort, str(key), row_id).encode())

    async def technologies(self) -> list[str]:
        named: dict[str, str] = {}
        for interview in self._tables.interviews.values():
            if interview.owner_id == self._user_id:
                for name in interview.current_plan.parameters.technologies:
                    named[name.lower()] = min(name, named.get(name.lower(), name))
        return [name for _, name in sorted(named.items())]

    async def interview(self, interview_id: str) -> InterviewWithAttempts:
        interview = find(self._tables.interviews, interview_id)
        self._check_owner(interview.owner_id)
        return self._tables.with_attempts(interview)

    async def attempt(self, attempt_id: str) -> Attempt:
        attempt = find(self._tables.attempts, attempt_id)
        self._check_owner(attempt.owner_id)
        return attempt

    async def plan(self, plan_id: str) -> Plan:
        plan = find(self._tables.plans, plan_id)
        self._check_owner(self._tables.interviews[plan.interview_id].owner_id)
        return plan

    async def plans(self, interview_id: str) -> list[Plan]:
        interview = self._tables.interviews.get(interview_id)
        if interview is None or interview.owner_id != self._user_id:
            return []
        return [plan for plan in self._tables.plans.values() if plan.interview_id == interview_id]

    async def turns(self, attempt_id: str, *, after_seq: int | None, limit: int) -> Page[Turn]:
        await self.attempt(attempt_id)
        first = -1 if after_seq is None else after_seq
        rest = [t for t in self._tables.turns_of(attempt_id) if t.seq > first]
        limit = clamp_limit(limit)
        items = rest[:limit]
        return Page(items, str(items[-1].seq) if len(rest) > limit else None)

    async def corrections(self, attempt_id: str) -> list[TurnCorrection]:
        attempt = self._tables.attempts.get(attempt_id)
        mine = attempt is not None and attempt.owner_id == self._user_id
        return self._tables.corrections_of(attempt_id) if mine else []

    async def recordings(self, attempt_id: str) -> list[Recording]:
        attempt = self._tables.attempts.get(attempt_id)
        mine = attempt is not None and attempt.owner_id == self._user_id
        return self._tables.recordings_of(attempt_id) if mine else []

    async def assessments(self, attempt_id: str) -> list[Assessment]:
        await self.attempt(attempt_id)
        return self._tables.assessments_of(attempt_id)

    async def feedback(self, assessment_id: str) -> Feedback:
        assessment = find(self._tables.assessments, assessment_id)
        await self.attempt(assessment.attempt_id)
        return find(self._tables.feedback, assessment_id)

    async def setup(self, setup_id: str) -> SetupConversation:
        setup = find(self._tables.setups, setup_id)
        self._check_owner(setup.owner_id)
        return setup

    async def setups(
        self, statuses: Sequence[SetupStatus], *, cursor: str | None, limit: int
    ) -> Page[SetupConversation]:
        after = Cursor.decode(cursor, order="setups")
        rows = [s for s in self._tables.setups.values() if s.owner_id == self._user_id and s.status in statuses]
        rows.sort(key=_setup_key, reverse=True)
        if after is not None:
            rows = [setup for setup in rows if _setup_key(setup) < (after.key, after.row_id)]
        limit = clamp_limit(limit)
        items = rows[:limit]
        more = len(rows) > limit
        return Page(items, Cursor("setups", *_setup_key(items[-1])).encode() if more else None)

    async def assessed_attempts(
        self, *, interview_id: str | None = None, limit: int = MOST_ASSESSED
    ) -> list[AssessedAttempt]:
        newest_first = reversed(self._tables.attempts.values())
        mine = [a for a in newest_first if a.owner_id == self._user_id and interview_id in (None, a.interview_id)]
        assessed = [found for attempt in mine if (found := self._tables.assessed(attempt)) is not None]
        return sorted(assessed, key=lambda found: found.ended_at, reverse=True)[:limit]

    def _check_owner(self, owner_id: str) -> None:
        if owner_id != self._user_id:
            raise NotFoundError


def _setup_key(setup: SetupConversation) -> tuple[str, str]:
    return setup.created_at.isoformat(timespec="microseconds"), setup.id


def _has_status(row: InterviewWithAttempts, query: InterviewQuery) -> bool:
    match query.status:
        case None:
            return True
        case "new":
            return not row.attempts
        case "open":
            return any(summary.attempt.status in OPEN for summary in row.attempts)
        case "reported":
            return any(
                summary.assessment_status == "done" or summary.overall_score is not None for summary in row.attempts
            )


def _sort_key(row: InterviewWithAttempts, query: InterviewQuery) -> tuple[str | int, str]:
    interview, attempts = row.interview, row.attempts
    match query.sort:
        case "title":
            return interview.title.lower(), interview.id
        case "best":
            return max((s.overall_score for s in attempts if s.overall_score is not None), default=-1), interview.id
        case "recent":
            last = max((summary.attempt.created_at for summary in attempts), default=interview.created_at)
            return last.isoformat(timespec="microseconds"), interview.id
        case "newest" | "oldest":
            return interview.created_at.isoformat(timespec="microseconds"), interview.id


def _matches(interview: Interview, query: InterviewQuery) -> bool:
    parameters = interview.current_plan.parameters
    searched = "\n".join([interview.title, parameters.role, *parameters.technologies]).lower()
    return (
        (query.q is None or drop_nul(query.q).lower() in searched)
        and (query.role is None or parameters.role.lower() == query.role.lower())
        and (query.interview_type is None or parameters.interview_type == query.interview_type)
        and (query.level is None or parameters.level == query.level)
        and (
            query.technology is None
            or query.technology.lower() in [technology.lower() for technology in parameters.technologies]
        )
    )

"""Reads as one signed-in person: every request carries their access token, so row-level security decides."""

import re
from collections.abc import Sequence

from storage.cursors import Cursor, clamp_limit, is_uuid
from storage.errors import InvalidCursorError, NotFoundError
from storage.models.assessment import Assessment
from storage.models.attempt import Attempt
from storage.models.document import Resume
from storage.models.feedback import Feedback
from storage.models.interview import Plan
from storage.models.recording import Recording
from storage.models.setup import SetupConversation, SetupStatus
from storage.models.transcript import Turn, TurnCorrection
from storage.store import MOST_ASSESSED, AssessedAttempt, InterviewQuery, InterviewSort, InterviewWithAttempts, Page
from storage.supabase_store import rows
from storage.supabase_store.connection import Rest
from storage.supabase_store.documents import resume_of
from storage.supabase_store.ids import MAX_INT4
from storage.supabase_store.rows import Row, parse

_SORT_COLUMNS: dict[InterviewSort, str] = {
    "newest": "created_at",
    "oldest": "created_at",
    "title": "sort_title",
    "recent": "last_taken_at",
    "best": "best_score",
}
_SCORE = re.compile(r"-1|\d{1,3}")


class SupabaseOwnerView:
    """An OwnerView.

    Besides the errors of storage.store it raises UnauthenticatedError for an access token that Supabase refuses.
    """

    def __init__(self, rest: Rest, user_id: str) -> None:
        self._rest = rest
        self._user_id = user_id

    async def display_name(self) -> str:
        return (await self._one("profiles", self._user_id))["display_name"]

    async def resume(self) -> Resume | None:
        return resume_of(await self._rest.select("resumes", {"owner_id": ("eq", self._user_id)}))

    async def interviews(self, query: InterviewQuery) -> Page[InterviewWithAttempts]:
        after = Cursor.decode(query.cursor, order=query.sort)
        if after is not None and not _is_key(query.sort, after.key):
            raise InvalidCursorError
        limit = clamp_limit(query.limit)
        found: list[Row] = await self._rest.call(
            "list_interviews",
            p_owner_id=self._user_id,
            p_sort=query.sort,
            p_limit=limit + 1,  # one more than asked for: is there a next page?
            p_after_key=after.key if after else None,
            p_after_id=after.row_id if after else None,
            p_q=query.q,
            p_role=query.role,
            p_interview_type=query.interview_type,
            p_level=query.level,
            p_technology=query.technology,
            p_status=query.status,
        )
        cursor = None
        if len(found) > limit:
            last = found[limit - 1]["interview"]
            cursor = Cursor(query.sort, str(last[_SORT_COLUMNS[query.sort]]), last["id"]).encode()
        return Page([rows.interview_with_attempts(row) for row in found[:limit]], cursor)

    async def interview(self, interview_id: str) -> InterviewWithAttempts:
        if not is_uuid(interview_id):
            raise NotFoundError
        found: list[Row] = await self._rest.call(
            "list_interviews", p_owner_id=self._user_id, p_sort="newest", p_limit=1, p_interview_id=interview_id
        )
        if not found:
            raise NotFoundError
        return rows.interview_with_attempts(found[0])

    async def technologies(self) -> list[str]:
        return await self._rest.call("list_technologies", p_owner_id=self._user_id)

    async def attempt(self, attempt_id: str) -> Attempt:
        return parse(Attempt, await self._one("attempts", attempt_id))

    async def plan(self, plan_id: str) -> Plan:
        return parse(Plan, await self._one("plans", plan_id))

    async def plans(self, interview_id: str) -> list[Plan]:
        if not is_uuid(interview_id):
            return []
        found = await self._rest.select("plans", {"interview_id": ("eq", interview_id)}, order="version")
        return [parse(Plan, row) for row in found]

    async def turns(self, attempt_id: str, *, after_seq: int | None, limit: int) -> Page[Turn]:
        limit = clamp_limit(limit)
        found: list[Row] = []
        first = -1 if after_seq is None else after_seq
        if is_uuid(attempt_id) and first < MAX_INT4:
            found = await self._rest.select(
                "turns",
                {"attempt_id": ("eq", attempt_id), "seq": ("gt", max(first, -1))},
                order="seq",
                limit=limit + 1,
            )
        if not found:
            await self.attempt(attempt_id)  # no turns yet, or no such attempt?
        items = rows.turns(found[:limit])
        return Page(items, str(items[-1].seq) if len(found) > limit else None)

    async def corrections(self, attempt_id: str) -> list[TurnCorrection]:
        if not is_uuid(attempt_id):
            return []
        found = await self._rest.select("turn_corrections", {"attempt_id": ("eq", attempt_id)}, order="seq")
        return [parse(TurnCorrection, row) for row in found]

    async def recordings(self, attempt_id: str) -> list[Recording]:
        if not is_uuid(attempt_id):
            return []
        found = await self._rest.select("recordings", {"attempt_id": ("eq", attempt_id)}, order="epoch")
        return [parse(Recording, row) for row in found]

    async def assessments(self, attempt_id: str) -> list[Assessment]:
        found: list[Row] = []
        if is_uuid(attempt_id):
            found = await self._rest.select("assessments", {"attempt_id": ("eq", attempt_id)}, order="created_at.desc")
        if not found:
            await self.attempt(attempt_id)
        return [parse(Assessment, row) for row in found]

    async def feedback(self, assessment_id: str) -> Feedback:
        row = await self._one("feedback", assessment_id, key="assessment_id")
        return Feedback.model_validate(row["body"])

    async def setup(self, setup_id: str) -> SetupConversation:
        return parse(SetupConversation, await self._one("setup_conversations", setup_id))

    async def setups(
        self, statuses: Sequence[SetupStatus], *, cursor: str | None, limit: int
    ) -> Page[SetupConversation]:
        after = Cursor.decode(cursor, order="setups")
        if after is not None and not rows.is_time(after.key):
            raise InvalidCursorError
        limit = clamp_limit(limit)
        found: list[Row] = await self._rest.call(
            "list_setups",
            p_owner_id=self._user_id,
            p_statuses=list(statuses),
            p_limit=limit + 1,
            p_after_key=after.key if after else None,
            p_after_id=after.row_id if after else None,
        )
        next_cursor = None
        if len(found) > limit:
            last = found[limit - 1]
            next_cursor = Cursor("setups", last["created_at"], last["id"]).encode()
        return Page([parse(SetupConversation, row) for row in found[:limit]], next_cursor)

    async def assessed_attempts(
        self, *, interview_id: str | None = None, limit: int = MOST_ASSESSED
    ) -> list[AssessedAttempt]:
        if interview_id is not None and not is_uuid(interview_id):
            return []
        found: list[Row] = await self._rest.call(
            "list_assessed_attempts", p_owner_id=self._user_id, p_limit=limit, p_interview_id=interview_id
        )
        return [rows.assessed_attempt(row) for row in found]

    async def _one(self, table: str, row_id: str, *, key: str = "id") -> Row:
        if not is_uuid(row_id):
            raise NotFoundError
        found = await self._rest.select(table, {key: ("eq", row_id)}, limit=1)
        if not found:
            raise NotFoundError
        return found[0]


def _is_key(sort: InterviewSort, key: str) -> bool:
    if sort == "title":
        return True
    return _SCORE.fullmatch(key) is not None if sort == "best" else rows.is_time(key)

"""The store on Supabase. One client with the secret key, which never signs anybody in; one per request for a person."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx

from storage.errors import NotFoundError
from storage.models.assessment import RUBRIC_VERSION
from storage.models.attempt import Attempt, EndReason, Measurements, Position
from storage.models.interview import Interview, InterviewParameters, Plan, PlanDraft, PlannedQuestion, QuestionKey
from storage.models.transcript import Turn, TurnCorrection
from storage.models.worker_api import AttemptBrief, WorkerHeartbeat
from storage.store import OwnerView
from storage.supabase_store import rows
from storage.supabase_store.assessments import SupabaseAssessments
from storage.supabase_store.connection import Rest, open_http
from storage.supabase_store.documents import SupabaseDocuments
from storage.supabase_store.ids import known_form, known_seq
from storage.supabase_store.owner_view import SupabaseOwnerView
from storage.supabase_store.recordings import SupabaseRecordings
from storage.supabase_store.rows import Row, parse
from storage.supabase_store.setups import SupabaseSetups


@asynccontextmanager
async def open_supabase_store(url: str, publishable_key: str, secret_key: str) -> "AsyncGenerator[SupabaseStore]":
    """Makes no request by itself: `ping` says whether it works."""
    async with open_http() as http:
        yield SupabaseStore(http, url, publishable_key, secret_key)


class SupabaseStore(SupabaseAssessments, SupabaseSetups, SupabaseDocuments, SupabaseRecordings):
    """A Store."""

    def __init__(self, http: httpx.AsyncClient, url: str, publishable_key: str, secret_key: str) -> None:
        super().__init__(Rest(http, url, secret_key))
        self._http = http
        self._url = url
        self._publishable_key = publishable_key

    def as_owner(self, access_token: str, user_id: str) -> OwnerView:
        return SupabaseOwnerView(Rest(self._http, self._url, self._publishable_key, access_token), user_id)

    async def ping(self) -> None:
        await self._rest.select("workers", limit=1)

    # -- profiles
    async def display_name(self, user_id: str) -> str:
        return (await self._one("profiles", user_id))["display_name"]

    async def set_display_name(self, user_id: str, display_name: str) -> None:
        if not await self._rest.update("profiles", known_form(user_id), {"display_name": display_name}):
            raise NotFoundError

    async def delete_account(self, user_id: str) -> None:
        await self._rest.call("delete_account", p_user_id=known_form(user_id))

    async def note_seen(self, user_id: str, *, now: datetime) -> None:
        await self._rest.call("note_seen", p_user_id=known_form(user_id), p_now=now.isoformat())

    # -- retention
    async def delete_ended_attempts(self, *, before: datetime, limit: int) -> list[str]:
        return await self._rest.call("delete_ended_attempts", p_before=before.isoformat(), p_limit=limit)

    async def delete_abandoned_setups(self, *, before: datetime, limit: int) -> list[str]:
        return await self._rest.call("delete_abandoned_setups", p_before=before.isoformat(), p_limit=limit)

    async def idle_accounts(self, *, before: datetime, limit: int) -> list[str]:
        return await self._rest.call("list_idle_accounts", p_before=before.isoformat(), p_limit=limit)

    # -- interviews and plans
    async def create_interview(
        self, owner_id: str, title: str, parameters: InterviewParameters, draft: PlanDraft
    ) -> Interview:
        row = await self._rest.call(
            "create_interview", p_owner_id=known_form(owner_id), p_title=title, **rows.plan_arguments(parameters, draft)
        )
        return rows.interview(row)

    async def interview(self, interview_id: str) -> Interview:
        row = await self._rest.call("get_interview", p_interview_id=known_form(interview_id))
        if not row:
            raise NotFoundError
        return rows.interview(row)

    async def rename_interview(self, interview_id: str, title: str) -> None:
        if not await self._rest.update("interviews", known_form(interview_id), {"title": title}):
            raise NotFoundError

    async def add_plan(self, interview_id: str, parameters: InterviewParameters, draft: PlanDraft) -> Plan:
        row = await self._rest.call(
            "add_plan", p_interview_id=known_form(interview_id), **rows.plan_arguments(parameters, draft)
        )
        return parse(Plan, row)

    async def plan(self, plan_id: str) -> Plan:
        return parse(Plan, await self._one("plans", plan_id))

    async def plan_keys(self, plan_id: str) -> list[QuestionKey]:
        return rows.keys((await self._one("plan_keys", plan_id, key="plan_id"))["keys"])

    async def used_questions(self, interview_id: str) -> list[PlannedQuestion]:
        questions: list[Row] = await self._rest.call("used_questions", p_interview_id=known_form(interview_id))
        found: dict[str, PlannedQuestion] = {}
        for question in questions:
            found.setdefault(question["question_id"], PlannedQuestion.model_validate(question))
        return list(found.values())

    async def delete_interview(self, interview_id: str) -> None:
        if not await self._rest.delete("interviews", known_form(interview_id)):
            raise NotFoundError

    # -- attempts
    async def create_attempt(
        self,
        interview_id: str,
        owner_id: str,
        plan_id: str,
        *,
        record_audio: bool,
        idempotency_key: str | None = None,
    ) -> Attempt:
        arguments = {
            "p_interview_id": known_form(interview_id),
            "p_owner_id": known_form(owner_id),
            "p_plan_id": known_form(plan_id),
            "p_record_audio": record_audio,
        }
        if idempotency_key is None:
            return parse(Attempt, await self._rest.call("create_attempt", **arguments))
        row = await self._rest.call("create_attempt_once", **arguments, p_idempotency_key=idempotency_key)
        return parse(Attempt, row)

    async def attempt_of_key(self, interview_id: str, idempotency_key: str) -> Attempt | None:
        found = await self._rest.select(
            "attempts",
            {"interview_id": ("eq", known_form(interview_id)), "idempotency_key": ("eq", idempotency_key)},
        )
        return parse(Attempt, found[0]) if found else None

    async def attempt(self, attempt_id: str) -> Attempt:
        return parse(Attempt, await self._one("attempts", attempt_id))

    async def raise_epoch(self, attempt_id: str, *, expected_epoch: int, silent_since: datetime | None = None) -> int:
        return await self._rest.call(
            "raise_epoch",
            p_attempt_id=known_form(attempt_id),
            p_expected_epoch=expected_epoch,
            p_silent_since=silent_since.isoformat() if silent_since else None,
        )

    async def join_attempt(self, attempt_id: str, *, epoch: int, now: datetime) -> AttemptBrief:
        row = await self._rest.call(
            "join_attempt", p_attempt_id=known_form(attempt_id), p_epoch=epoch, p_now=now.isoformat()
        )
        attempt = parse(Attempt, row["attempt"])
        started_at = attempt.started_at or now
        return AttemptBrief(
            attempt_id=attempt.id,
            epoch=epoch,
            candidate_name=row["display_name"],
            plan=parse(Plan, row["plan"]),
            keys=rows.keys(row["keys"]),
            started_at=started_at,
            elapsed_ms=max(0, round((now - started_at).total_seconds() * 1000)),
            resumed=row["resumed"],
            position=attempt.position,
            measurements=attempt.measurements,
            turns=rows.turns(row["turns"]),
            record_audio=attempt.may_be_recorded,
        )

    async def beat_attempt(
        self, attempt_id: str, *, epoch: int, now: datetime, position: Position, measurements: Measurements | None
    ) -> None:
        await self._rest.call(
            "beat_attempt",
            p_attempt_id=known_form(attempt_id),
            p_epoch=epoch,
            p_now=now.isoformat(),
            p_position=_json(position),
            p_measurements=_json(measurements),
        )

    async def append_turns(self, attempt_id: str, turns: Sequence[Turn]) -> list[int]:
        await self._rest.call(
            "append_turns",
            p_attempt_id=known_form(attempt_id),
            p_turns=[_json(turn) for turn in turns],
            p_rubric_version=RUBRIC_VERSION,
        )
        return sorted({turn.seq for turn in turns})

    async def correct_turn(self, attempt_id: str, seq: int, text: str) -> TurnCorrection:
        row = await self._rest.call(
            "correct_turn", p_attempt_id=known_form(attempt_id), p_seq=known_seq(seq), p_text=text
        )
        return parse(TurnCorrection, row)

    async def take_back_correction(self, attempt_id: str, seq: int) -> None:
        await self._rest.call("take_back_correction", p_attempt_id=known_form(attempt_id), p_seq=known_seq(seq))

    async def end_attempt(
        self,
        attempt_id: str,
        *,
        reason: EndReason,
        now: datetime,
        epoch: int | None = None,
        position: Position | None = None,
        measurements: Measurements | None = None,
    ) -> Attempt:
        row = await self._rest.call(
            "end_attempt",
            p_attempt_id=known_form(attempt_id),
            p_reason=reason,
            p_now=now.isoformat(),
            p_rubric_version=RUBRIC_VERSION,
            p_epoch=epoch,
            p_position=_json(position),
            p_measurements=_json(measurements),
        )
        return parse(Attempt, row)

    async def open_attempts(self) -> list[Attempt]:
        found = await self._rest.select_all("attempts", {"status": ("in", "(planned,live)")})
        return [parse(Attempt, row) for row in found]

    # -- workers
    async def beat_worker(self, heartbeat: WorkerHeartbeat, *, now: datetime) -> None:
        row: dict[str, Any] = heartbeat.model_dump(mode="json", exclude={"worker_id"})
        await self._rest.upsert("workers", {**row, "id": heartbeat.worker_id, "seen_at": now.isoformat()})

    async def workers(self, *, seen_after: datetime) -> list[WorkerHeartbeat]:
        found = await self._rest.select("workers", {"seen_at": ("gt", seen_after.isoformat())}, order="id")
        return [rows.worker(row) for row in found]

    async def _one(self, table: str, row_id: str, *, key: str = "id") -> Row:
        found = await self._rest.select(table, {key: ("eq", known_form(row_id))}, limit=1)
        if not found:
            raise NotFoundError
        return found[0]


def _json(model: Position | Measurements | Turn | None) -> Row | None:
    return None if model is None else model.model_dump(mode="json")

"""Recordings: what was kept of an attempt's sound, for its owner only."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Response, status
from fastapi.responses import StreamingResponse

from storage.errors import NotFoundError
from storage.models.recording import CONTENT_TYPE, Recording
from token_server.auth.dependencies import OwnedAttempt, ServicesNow, SignedInUser
from token_server.byte_ranges import ByteRange, UnsatisfiableRangeError, asked_for
from token_server.errors import ProblemError, problem_response
from token_server.schemas.recordings import RecordingItem, RecordingsAnswer, RecordingTerms

router = APIRouter(tags=["recordings"])
Epoch = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/recording-terms")
async def read_recording_terms(user: SignedInUser, services: ServicesNow) -> RecordingTerms:
    settings = services.settings
    return RecordingTerms(
        kept_in="supabase" if settings.keeps_recordings_in_supabase else "data_folder",
        retention_days=settings.recording_retention_days,
    )


@router.get("/attempts/{attempt_id}/recordings")
async def list_recordings(attempt: OwnedAttempt, user: SignedInUser, services: ServicesNow) -> RecordingsAnswer:
    return RecordingsAnswer(
        items=[RecordingItem.of(recording) for recording in await user.view.recordings(attempt.id)],
        consented_at=attempt.audio_consented_at,
        kept_until=services.recordings.kept_until(attempt),
        deleted_at=attempt.recordings_deleted_at,
    )


@router.delete("/attempts/{attempt_id}/recordings", status_code=status.HTTP_204_NO_CONTENT)
async def delete_recordings(attempt: OwnedAttempt, services: ServicesNow) -> None:
    """For good, also what is still on its way. The transcript and the feedback stay."""
    await services.recordings.delete(attempt.id)


@router.get(
    "/attempts/{attempt_id}/recordings/{epoch}",
    response_class=StreamingResponse,
    responses={200: {"content": {CONTENT_TYPE: {}}}, 206: {"content": {CONTENT_TYPE: {}}}},
)
async def read_recording(
    epoch: Epoch,
    attempt: OwnedAttempt,
    user: SignedInUser,
    services: ServicesNow,
    range_header: Annotated[str | None, Header(alias="Range")] = None,
    if_range: Annotated[str | None, Header()] = None,
) -> Response:
    """Takes one Range. Never cached: what was deleted must not come out of a browser's cache."""
    recording = next((found for found in await user.view.recordings(attempt.id) if found.epoch == epoch), None)
    if recording is None:
        raise NotFoundError
    total_bytes, etag = recording.bytes, _etag(recording)
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": "private, no-store"}
    try:
        part = asked_for(range_header if if_range in (None, etag) else None, total_bytes)
    except UnsatisfiableRangeError:
        headers["Content-Range"] = f"bytes */{total_bytes}"
        return problem_response(ProblemError("range_not_satisfiable"), headers=headers)
    if part is not None:
        headers["Content-Range"] = part.content_range(total_bytes)
    wanted = part or ByteRange(0, total_bytes)
    return StreamingResponse(
        await services.recordings.open(recording, wanted),
        status_code=status.HTTP_200_OK if part is None else status.HTTP_206_PARTIAL_CONTENT,
        headers={**headers, "Content-Length": str(wanted.size_bytes)},
        media_type=CONTENT_TYPE,
    )


def _etag(recording: Recording) -> str:
    """A recording never changes."""
    return f'"{recording.epoch}-{recording.bytes}"'

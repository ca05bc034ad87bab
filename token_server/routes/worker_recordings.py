"""What a job sends after it has recorded: storage/models/worker_api.py is the contract."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, status
from pydantic import Field
from starlette.requests import ClientDisconnect

from token_server.auth.dependencies import CallingJob, ServicesNow
from token_server.errors import ProblemError
from token_server.schemas.problem import InvalidField

router = APIRouter(prefix="/worker", tags=["worker"])
Milliseconds = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.put("/attempts/{attempt_id}/recordings/{epoch}", status_code=status.HTTP_204_NO_CONTENT)
async def store_recording(
    request: Request,
    attempt_id: str,
    epoch: Annotated[int, Path(ge=1, le=2**31 - 1)],
    caller: CallingJob,
    services: ServicesNow,
    offset_ms: Milliseconds,
    duration_ms: Milliseconds,
    size_bytes: Annotated[int, Header(alias="Content-Length"), Field(gt=0)],
) -> None:
    """The body is the file. It goes to where recordings are kept as it comes, and is never in memory as a whole."""
    try:
        await services.recordings.keep(
            attempt_id,
            _exactly(request, size_bytes),
            epoch=epoch,
            offset_ms=offset_ms,
            duration_ms=duration_ms,
            size_bytes=size_bytes,
        )
    except ClientDisconnect:
        raise _cut_off() from None


async def _exactly(request: Request, size_bytes: int) -> AsyncIterator[bytes]:
    """
    Raises:
        ProblemError, ClientDisconnect: it is longer or shorter than announced.
    """
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > size_bytes:
            raise _cut_off()
        yield chunk
    if taken != size_bytes:
        raise _cut_off()


def _cut_off() -> ProblemError:
    field = InvalidField(field="Content-Length", message="is not the length of the body")
    return ProblemError("validation_failed", errors=[field])

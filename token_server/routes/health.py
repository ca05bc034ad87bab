"""Is it alive, could an interview start now, and the metrics."""

from datetime import timedelta

from fastapi import APIRouter, Response, status

from storage.errors import StoreError, StoreUnavailableError
from token_server.auth.dependencies import ServicesNow
from token_server.errors import UpstreamUnavailableError
from token_server.schemas.health import Alive, Part, Readiness
from token_server.services import Services

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Alive:
    return Alive()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Not ready: says what is missing"}})
async def readyz(response: Response, services: ServicesNow) -> Readiness:
    """200 only when an interview could really start now."""
    missing = await _missing_parts(services)
    if missing:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = "1"
    return Readiness(status="not_ready" if missing else "ready", missing=list(missing), detail=missing)


@router.get("/metrics", response_class=Response)
async def metrics(services: ServicesNow) -> Response:
    return Response(services.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _store_state(error: StoreError) -> str:
    return "doesn't answer" if isinstance(error, StoreUnavailableError) else f"refuses ({type(error).__name__})"


async def _missing_parts(services: Services) -> dict[Part, str]:
    missing: dict[Part, str] = {}
    try:
        await services.store.ping()
        missing |= await _missing_worker(services)
    except StoreError as error:
        missing["store"] = _store_state(error)
        missing["worker"] = "unknown without the store"
    try:
        await services.rooms.ping()
    except UpstreamUnavailableError as error:
        missing["livekit"] = str(error)
    return missing


async def _missing_worker(services: Services) -> dict[Part, str]:
    lately = services.clock() - timedelta(seconds=services.settings.heartbeat_lost_sec)
    workers = await services.store.workers(seen_after=lately)
    if not workers:
        return {"worker": f"no worker reported in the last {services.settings.heartbeat_lost_sec:g} s"}
    registered = [worker for worker in workers if worker.registered]
    if not registered:
        return {"worker": "no worker is registered with LiveKit"}
    if not any(worker.warm > 0 or worker.active > 0 for worker in registered):
        return {"worker": "no worker has a warm process yet"}
    if all(worker.outbox_problem for worker in registered):
        return {"worker": f"on every worker {registered[0].outbox_problem}"}
    return {}

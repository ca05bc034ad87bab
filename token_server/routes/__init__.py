"""The HTTP contract, one module per noun."""

from fastapi import APIRouter

from token_server.routes import (
    account,
    attempts,
    auth,
    corrections,
    documents,
    feedback,
    growth,
    health,
    interviews,
    livekit,
    recordings,
    setups,
    worker,
    worker_recordings,
    worker_setups,
)
from token_server.schemas.problem import Problem

REFUSALS = {
    "4XX": {"model": Problem, "description": "Refused: application/problem+json with a stable `code`"},
    "5XX": {"model": Problem, "description": "Not now, or our mistake"},
}


def api_router() -> APIRouter:
    """All of `/api`."""
    router = APIRouter(prefix="/api", responses={**REFUSALS})
    modules = (
        auth,
        interviews,
        attempts,
        corrections,
        recordings,
        feedback,
        growth,
        setups,
        documents,
        account,
        worker,
        worker_recordings,
        worker_setups,
        livekit,
    )
    for module in modules:
        router.include_router(module.router)
    return router


def health_router() -> APIRouter:
    return health.router

"""What the worker says that it can take on."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from livekit.agents import AgentServer
from pydantic import SecretStr

from agent.capacity import report_capacity
from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient
from storage.models.worker_api import WorkerHeartbeat

pytestmark = pytest.mark.unit
SECRET = "a secret that is long enough for HS256"
SERVER = cast(
    AgentServer,
    SimpleNamespace(
        id="AW_1",
        _connecting=False,
        draining=False,
        active_jobs=[object()],
        _proc_pool=SimpleNamespace(_warmed_proc_queue=asyncio.Queue[Any]()),
    ),
)


def settings(folder: Path) -> WorkerSettings:
    return WorkerSettings(
        livekit_url="ws://127.0.0.1:1",
        livekit_api_key="key",
        livekit_api_secret=SecretStr(SECRET),
        token_server_url="http://127.0.0.1:1",
        worker_api_secret=SecretStr(SECRET),
        worker_capacity=3,
        mock_interview_data_dir=folder,
    )


async def reported_until_cancelled(folder: Path, answer: Callable[[httpx.Request], httpx.Response]) -> None:
    """Until the first report was tried."""
    was_tried = asyncio.Event()

    def tried(request: httpx.Request) -> httpx.Response:
        was_tried.set()
        return answer(request)

    transport = httpx.MockTransport(tried)
    async with TokenServerClient("http://127.0.0.1:1", SecretStr(SECRET), transport=transport) as client:
        reporting = asyncio.create_task(report_capacity(SERVER, settings(folder), client))
        await asyncio.wait_for(was_tried.wait(), 10)
        reporting.cancel()
        await asyncio.gather(reporting, return_exceptions=True)
    assert reporting.cancelled()


async def test_a_worker_that_ends_says_that_its_places_are_gone(tmp_path: Path):
    said: list[WorkerHeartbeat] = []

    def hears(request: httpx.Request) -> httpx.Response:
        said.append(WorkerHeartbeat.model_validate_json(request.content))
        return httpx.Response(204)

    await reported_until_cancelled(tmp_path, hears)
    assert [(one.registered, one.capacity, one.active) for one in said] == [(True, 3, 1), (False, 3, 1)]


async def test_a_worker_ends_also_where_the_token_server_is_gone(tmp_path: Path):
    def is_gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("gone", request=request)

    await reported_until_cancelled(tmp_path, is_gone)

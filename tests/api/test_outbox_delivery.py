"""The worker's outbox against the real routes, of which the worker may be older or newer."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from agent.outbox import Outbox
from agent.outbox_sender import OutboxSender
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import RefusedError
from tests.api.support import BASE_URL, WORKER_SECRET, Person, World
from tests.api.test_worker import client
from tests.support.samples import turn

pytestmark = pytest.mark.api
NOBODYS = "00000000-0000-4000-8000-000000000000"


class ChangedOnTheWay(httpx.AsyncBaseTransport):
    """The token server as it is reached by a worker whose turn 10001 has these fields."""

    def __init__(self, world: World, fields: dict[str, Any]) -> None:
        self._transport = world.http._transport  # pyright: ignore[reportPrivateUsage]
        self._fields = fields

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(await request.aread())
        turns = [one | self._fields if one["seq"] == 10_001 else one for one in body["turns"]]
        headers = {"Authorization": request.headers["Authorization"]}
        changed = httpx.Request(request.method, request.url, headers=headers, json={"turns": turns})
        return await self._transport.handle_async_request(changed)


@pytest.fixture
async def outbox(tmp_path: Path) -> AsyncIterator[Outbox]:
    outbox = Outbox(tmp_path / "outbox")
    yield outbox
    await outbox.close()


async def put_two_turns(outbox: Outbox, attempt_id: str) -> None:
    for seq in (10_001, 10_002):
        await outbox.put_turn(attempt_id, turn(seq))


def stored(world: World, attempt_id: str) -> list[int]:
    return [one.seq for one in world.store.tables.turns_of(attempt_id)]


def changing(world: World, **fields: Any) -> TokenServerClient:
    return TokenServerClient(BASE_URL, SecretStr(WORKER_SECRET), transport=ChangedOnTheWay(world, fields))


@pytest.mark.parametrize("newer", [{"pitch_hz": 120}, {"intent": "applause"}])
async def test_a_turn_of_a_newer_worker_waits_for_a_newer_token_server(
    world: World, ada: Person, outbox: Outbox, newer: dict[str, Any]
):
    attempt_id = (await ada.start())["attempt"]["id"]
    await put_two_turns(outbox, attempt_id)
    with pytest.raises(RefusedError):
        await OutboxSender(outbox, changing(world, **newer), attempt_id).drain()
    assert stored(world, attempt_id) == [10_002]
    await OutboxSender(outbox, client(world), attempt_id).drain()
    assert stored(world, attempt_id) == [10_001, 10_002]


async def test_a_turn_that_is_out_of_bounds_is_given_up_by_itself(world: World, ada: Person, outbox: Outbox):
    attempt_id = (await ada.start())["attempt"]["id"]
    await put_two_turns(outbox, attempt_id)
    await OutboxSender(outbox, changing(world, text="x" * 50_001), attempt_id).drain()
    assert stored(world, attempt_id) == [10_002]
    assert await outbox.waiting(attempt_id) == []


async def test_turns_of_an_attempt_that_is_gone_are_given_up(world: World, outbox: Outbox):
    await put_two_turns(outbox, NOBODYS)
    await OutboxSender(outbox, client(world), NOBODYS).drain()
    assert await outbox.waiting(NOBODYS) == []

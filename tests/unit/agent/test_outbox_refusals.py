"""What isn't taken of the outbox: it is given up only where the token server itself says that it never will be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from agent.outbox import Outbox
from agent.outbox_sender import OutboxSender
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import RefusedError, TokenServerError
from storage.models.worker_api import TurnBatch, TurnsStored
from tests.unit.agent.test_outbox import ATTEMPT, END, turn

pytestmark = pytest.mark.unit
LIMIT_SEC = 10


def from_a_proxy(status: int) -> httpx.Response:
    return httpx.Response(status, text="<html>")


def ours(status: int, code: str, *reasons: str) -> httpx.Response:
    errors = [{"field": "turns.0.text", "message": reason} for reason in reasons]
    return httpx.Response(status, json={"code": code, "status": status} | ({"errors": errors} if errors else {}))


class Server:
    """Keeps turns by seq, and an end, unless it refuses the call."""

    def __init__(self) -> None:
        self.refusal_of: Callable[[list[int]], httpx.Response | None] = lambda seqs: None
        """Of a batch with these, or of an end: no seqs."""
        self.seqs: list[int] = []
        self.ends = 0
        self.has_refused, self.has_ended = asyncio.Event(), asyncio.Event()

    def client(self) -> TokenServerClient:
        return TokenServerClient("http://127.0.0.1:1", SecretStr("s" * 40), transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        is_end = request.url.path.endswith("/end")
        seqs = [] if is_end else [turn.seq for turn in TurnBatch.model_validate_json(request.content).turns]
        if (refusal := self.refusal_of(seqs)) is not None:
            self.has_refused.set()
            return refusal
        if is_end:
            self.ends += 1
            self.has_ended.set()
            return httpx.Response(204)
        self.seqs += [seq for seq in seqs if seq not in self.seqs]
        return httpx.Response(200, json=TurnsStored(stored=seqs).model_dump())


@pytest.fixture
async def outbox(tmp_path: Path) -> AsyncIterator[Outbox]:
    """Three turns and the end wait."""
    outbox = Outbox(tmp_path)
    for seq in (1, 2, 3):
        await outbox.put_turn(ATTEMPT, turn(seq))
    await outbox.put_end(ATTEMPT, END)
    yield outbox
    await outbox.close()


async def waiting(outbox: Outbox) -> list[Any]:
    return [item.seq if item.kind == "turn" else "end" for item in await outbox.waiting(ATTEMPT)]


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 422])
async def test_a_refusal_that_is_not_the_token_servers_costs_nothing(outbox: Outbox, status: int):
    server = Server()
    server.refusal_of = lambda seqs: from_a_proxy(status)
    with pytest.raises(TokenServerError):
        await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert await waiting(outbox) == [1, 2, 3, "end"]

    server.refusal_of = lambda seqs: None
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends, await waiting(outbox)) == ([1, 2, 3], 1, [])


async def test_what_belongs_to_nothing_any_more_is_given_up(outbox: Outbox):
    server = Server()
    server.refusal_of = lambda seqs: ours(404, "not_found")
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert await waiting(outbox) == []


@pytest.mark.parametrize(
    "refusal",
    [
        ours(413, "too_large"),
        ours(422, "validation_failed"),
        ours(422, "validation_failed", "String should have at most 50000 characters"),
    ],
)
async def test_a_turn_that_nobody_takes_costs_no_other(outbox: Outbox, refusal: httpx.Response):
    server = Server()
    server.refusal_of = lambda seqs: refusal if 2 in seqs else None
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends, await waiting(outbox)) == ([1, 3], 1, [])


@pytest.mark.parametrize("refusal", [from_a_proxy(413), ours(413, "too_large")])
async def test_what_is_too_much_together_is_sent_one_by_one(outbox: Outbox, refusal: httpx.Response):
    server = Server()
    server.refusal_of = lambda seqs: refusal if len(seqs) > 1 else None
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends, await waiting(outbox)) == ([1, 2, 3], 1, [])


@pytest.mark.parametrize(
    "refusal",
    [
        from_a_proxy(413),
        ours(422, "validation_failed", "Extra inputs are not permitted"),
        ours(422, "validation_failed", "Field required"),
        ours(422, "validation_failed", "Input should be 'answer', 'skip' or 'other'"),
    ],
)
async def test_what_an_older_server_does_not_understand_waits_and_holds_up_nothing(
    outbox: Outbox, refusal: httpx.Response
):
    server = Server()
    server.refusal_of = lambda seqs: refusal if 2 in seqs else None
    with pytest.raises(RefusedError):
        await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends, await waiting(outbox)) == ([1, 3], 1, [2])

    server.refusal_of = lambda seqs: None
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, await waiting(outbox)) == ([1, 3, 2], [])


async def test_an_end_that_an_older_server_does_not_understand_waits(outbox: Outbox):
    server = Server()
    server.refusal_of = lambda seqs: None if seqs else ours(422, "validation_failed", "Extra inputs are not permitted")
    with pytest.raises(RefusedError):
        await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends, await waiting(outbox)) == ([1, 2, 3], 0, ["end"])


async def test_a_running_sender_tries_again_what_was_not_understood(outbox: Outbox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agent.outbox_sender._FIRST_RETRY_SEC", 0.001)
    monkeypatch.setattr("agent.outbox_sender._LONGEST_RETRY_SEC", 0.001)
    server = Server()
    server.refusal_of = lambda seqs: from_a_proxy(422) if 2 in seqs else None
    sender = OutboxSender(outbox, server.client(), ATTEMPT)
    running = asyncio.create_task(sender.run())
    await asyncio.wait_for(server.has_refused.wait(), LIMIT_SEC)
    server.refusal_of = lambda seqs: None
    await asyncio.wait_for(sender.wait_empty(), LIMIT_SEC)
    running.cancel()
    assert (sorted(server.seqs), server.ends, await waiting(outbox)) == ([1, 2, 3], 1, [])


async def test_what_is_new_does_not_wait_for_what_was_not_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agent.outbox_sender._FIRST_RETRY_SEC", 3600.0)
    server, outbox = Server(), Outbox(tmp_path)
    server.refusal_of = lambda seqs: from_a_proxy(422) if 1 in seqs else None
    await outbox.put_turn(ATTEMPT, turn(1))
    sender = OutboxSender(outbox, server.client(), ATTEMPT)
    running = asyncio.create_task(sender.run())
    await asyncio.wait_for(server.has_refused.wait(), LIMIT_SEC)
    await outbox.put_turn(ATTEMPT, turn(2))
    await outbox.put_end(ATTEMPT, END)
    sender.nudge()
    await asyncio.wait_for(server.has_ended.wait(), LIMIT_SEC)
    running.cancel()
    assert (server.seqs, server.ends) == ([2], 1)
    await outbox.close()

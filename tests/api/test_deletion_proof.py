"""Deleted means gone: a word that stands in everything of one account is looked for in every file that is left.

Real token server, Supabase and livekit-server; worker and assessor are played here, with the worker's real outbox.
"""

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from agent.outbox import Outbox
from agent.outbox_sender import drain_leftovers
from agent.token_server_client import TokenServerClient
from storage.models.attempt import Measurements, Position
from storage.models.worker_api import AttemptEnd, FeedbackReport, JoinRequest, TurnBatch, WorkerHeartbeat
from tests.api.support import WORKER_SECRET
from tests.support.client import eventually
from tests.support.livekit_server import KEY, SECRET, livekit_server
from tests.support.samples import feedback, turn
from tests.support.supabase import EmbeddedSupabase
from tests.support.token_server import running_token_server

pytestmark = pytest.mark.api

MARKER = "xyzzyplugh"
PASSWORD = f"{MARKER} is my password"
OTHERS_WORD = "frobnicate"
ERASED_WITHIN_SEC = 60.0


@dataclass
class Product:
    url: str
    folder: Path
    """Everything that is stored, and the logs."""
    client: TokenServerClient


@dataclass
class Member:
    """A signed-up person, in whose account everything holds their word."""

    http: httpx.AsyncClient
    word: str
    attempt_id: str

    async def call(self, method: str, path: str, status: int = 200, **arguments: Any) -> httpx.Response:
        response = await self.http.request(method, path, **arguments)
        assert response.status_code == status, response.text
        return response


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    folder = tmp_path / "data"
    (folder / "logs").mkdir(parents=True)
    # not beside the data: LiveKit's own log is no part of what we keep
    livekit_folder = tmp_path / "livekit"
    livekit_folder.mkdir()
    with EmbeddedSupabase(folder / "supabase") as supabase:
        async with livekit_server(livekit_folder) as livekit_url:
            livekit = {"LIVEKIT_URL": livekit_url, "LIVEKIT_API_KEY": KEY, "LIVEKIT_API_SECRET": SECRET}
            log = folder / "logs" / "token_server.log"
            settings = {"MOCK_INTERVIEW_DATA_DIR": str(folder)}
            async with (
                running_token_server(supabase, livekit, log, **settings) as url,
                TokenServerClient(url, SecretStr(WORKER_SECRET)) as client,
            ):
                yield Product(url, folder, client)


async def a_member(product: Product, word: str) -> Member:
    http = httpx.AsyncClient(base_url=product.url, timeout=30)
    made = await http.post(
        "/api/auth/sign-up",
        json={"email": f"{word}@example.com", "password": f"{word} is my password", "display_name": f"{word} first"},
    )
    assert made.status_code == 201, made.text
    http.cookies.clear()
    http.headers["Authorization"] = f"Bearer {made.json()['access_token']}"
    member = Member(http, word, "")
    await member.call("PATCH", "/api/auth/me", json={"display_name": f"{word} Candidate"})
    await member.call("POST", "/api/auth/password-reset", 202, json={"email": f"{word}@example.com"})
    await member.call("PUT", "/api/resume", json={"text": f"Ten years of {word}."})
    await sit_an_interview(product, member)
    setup = (await member.call("POST", "/api/setup-conversations", 201)).json()
    draft = {"revision": 0, "role": f"{word} developer", "job_description": f"We do {word}. " * 500}
    await member.call("PATCH", f"/api/setup-conversations/{setup['id']}", json=draft)
    return member


async def sit_an_interview(product: Product, member: Member) -> None:
    word = member.word
    beat = WorkerHeartbeat(worker_id="w1", capacity=4, active=0, warm=4, registered=True)
    await product.client.worker("w1").heartbeat(beat)
    body = {
        "role": f"{word} engineer",
        "interview_type": "technical",
        "level": "mid",
        "technologies": ["Python", word],
        "question_count": 2,
        "job_description": f"At {word} we write {word}. " * 300,
    }
    interview = (await member.call("POST", "/api/interviews", 201, json=body)).json()
    started = (await member.call("POST", f"/api/interviews/{interview['id']}/attempts", 201)).json()
    member.attempt_id = started["attempt"]["id"]
    job = product.client.attempt(member.attempt_id)
    await job.join(JoinRequest(epoch=1, job_id="job-1"))
    said = [turn(10_000 + n, text=f"I once said {word} number {n}. " * 20) for n in range(1, 40)]
    await job.store_turns(TurnBatch(turns=said))
    over = AttemptEnd(epoch=1, reason="completed", position=Position(), measurements=Measurements())
    await job.end(over)
    turns = f"/api/attempts/{member.attempt_id}/turns"
    for text in (f"I meant {word}.", f"I meant {word}, of course."):
        await member.call("PUT", f"{turns}/10001/correction", json={"text": text})
    assessor = product.client.assessor("a1")
    work = await assessor.claim(lease_sec=60)
    assert work is not None
    report = feedback(member.attempt_id, work.assessment.id).model_copy(update={"final_assessment": f"All {word}."})
    await assessor.deliver(work.assessment.id, FeedbackReport(assessor_id="a1", status="done", feedback=report))


def traces(folder: Path, word: str) -> list[str]:
    """Files whose name or content holds the word, in any case."""
    while True:
        try:
            paths = sorted(folder.rglob("*"))
            found = [path for path in paths if word in path.name.lower() or _holds(path, word)]
            return [str(path.relative_to(folder)) for path in found]
        except FileNotFoundError:
            pass  # a table was rewritten under another name meanwhile: that file is to be looked into as well


def _holds(path: Path, word: str) -> bool:
    return path.is_file() and word.encode() in path.read_bytes().lower()


async def test_a_deleted_account_is_in_no_file_any_more_and_never_was_in_a_log(product: Product):
    logs = product.folder / "logs"
    other = await a_member(product, OTHERS_WORD)
    member = await a_member(product, MARKER)
    # A worker that was killed before it could send: it holds words of an attempt that goes on.
    second = (await member.call("GET", f"/api/attempts/{member.attempt_id}")).json()["interview_id"]
    open_attempt = (await member.call("POST", f"/api/interviews/{second}/attempts", 201)).json()["attempt"]["id"]
    dead = Outbox(product.folder / "outbox")
    await dead.put_turn(open_attempt, turn(10_001, text=f"Unsent {MARKER}."))
    await dead.close()

    archive = zipfile.ZipFile(io.BytesIO((await member.call("GET", "/api/account/export")).content))
    for name in ("account", "interviews", "plans", "turns", "feedback", "setup-conversations", "resume"):
        assert MARKER in archive.read(f"{name}.json").decode(), name
    before = traces(product.folder, MARKER)
    assert any(name.startswith("supabase/postgres/") for name in before)
    assert any(name.startswith("supabase/mail/") for name in before)
    assert any(name.startswith("outbox/") for name in before)

    await member.call("DELETE", "/api/account", 204, json={"password": PASSWORD})
    leftovers = Outbox(product.folder / "outbox")
    await drain_leftovers(leftovers, product.client)
    assert await leftovers.attempts() == []

    async def left() -> list[str]:
        return traces(product.folder, MARKER)

    await eventually(left, lambda found: found == [], ERASED_WITHIN_SEC, every_sec=1.0)
    await leftovers.close()
    assert traces(product.folder, MARKER) == []

    kept = (await other.call("GET", f"/api/attempts/{other.attempt_id}/turns")).json()["items"]
    assert len(kept) == 39
    assert traces(logs, OTHERS_WORD) == []
    assert (logs / "token_server.log").stat().st_size > 0

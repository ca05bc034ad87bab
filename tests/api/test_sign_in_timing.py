"""How long a refusal takes doesn't tell which accounts exist: measured against the real embedded Supabase."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

import httpx
import pytest

from prompts.question_bank import load_bank
from storage.recordings import FolderFiles
from storage.supabase_store import open_supabase_auth
from tests.api.support import BASE_URL, PASSWORD, MovableClock, make_settings
from tests.fakes.auth import JWT_SECRET
from tests.fakes.rooms import FakeRooms
from tests.fakes.store import FakeStore
from tests.support.supabase import EmbeddedSupabase
from token_server.auth.access_tokens import SharedSecretVerifier
from token_server.auth.even_timing import evenly_timed
from token_server.main import create_app
from token_server.metrics import Metrics
from token_server.services import assemble
from token_server.settings import TokenServerSettings

pytestmark = pytest.mark.api

STEP_SEC = TokenServerSettings.model_fields["auth_answer_step_sec"].default
TRIES = 5
MARGIN_SEC = STEP_SEC / 2
"""Far more than what a busy machine adds to a wait; and a whole step off would be far more than it."""


@dataclass(frozen=True)
class Door:
    http: httpx.AsyncClient
    known: str

    async def median_sec(self, path: str, email: str | None, **more: str) -> float:
        """None: each time another address that has no account."""
        times: list[float] = []
        for _ in range(TRIES):
            began_sec = time.perf_counter()
            body = {"email": email or f"{uuid4()}@example.com", **more}
            answer = await self.http.post(path, json=body)
            times.append(time.perf_counter() - began_sec)
            assert answer.status_code in (401, 202), answer.text
        return median(times)


@pytest.fixture
async def door(embedded_supabase: EmbeddedSupabase, tmp_path: Path) -> AsyncIterator[Door]:
    """The token server in front of Supabase's accounts, with the step that it has by default."""
    clock = MovableClock()
    async with open_supabase_auth(embedded_supabase.url, embedded_supabase.publishable_key) as auth:
        store = FakeStore(clock)
        services = assemble(
            make_settings(auth_answer_step_sec=STEP_SEC),
            store=store,
            auth=auth,
            rooms=FakeRooms(clock),
            recording_files=FolderFiles(tmp_path),
            bank=load_bank(),
            verifier=SharedSecretVerifier(JWT_SECRET),
            metrics=Metrics(),
            clock=clock,
            monotonic_sec=time.monotonic,
        )
        transport = httpx.ASGITransport(create_app(services=services))
        known = f"{uuid4()}@example.com"
        await auth.sign_up(known, PASSWORD, "Ada")
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as http:
            yield Door(http, known)


async def test_a_refused_sign_in_takes_the_same_time_with_and_without_an_account(door: Door):
    known = await door.median_sec("/api/auth/sign-in", door.known, password="wrong password")
    unknown = await door.median_sec("/api/auth/sign-in", None, password="wrong password")
    print(f"refused sign-in: known {known:.3f} s, unknown {unknown:.3f} s")  # noqa: T201
    assert min(known, unknown) >= STEP_SEC
    assert abs(known - unknown) < MARGIN_SEC


async def test_asking_for_a_reset_takes_the_same_time_with_and_without_an_account(door: Door):
    known = await door.median_sec("/api/auth/password-reset", door.known)
    unknown = await door.median_sec("/api/auth/password-reset", None)
    assert min(known, unknown) >= STEP_SEC
    assert abs(known - unknown) < MARGIN_SEC


async def test_who_signs_in_does_not_wait():
    async with evenly_timed(3600) as timing:
        timing.tells_nothing = False

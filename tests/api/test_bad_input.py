"""Whatever is sent: no answer of 500 and none that isn't documented. Real token server, real Supabase, no LiveKit."""

import base64
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from schemathesis.core.result import Ok

from agent.token_server_client import mint_worker_jwt
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.api.support import WORKER_SECRET
from tests.storage.conftest import Person, sign_up
from tests.support.livekit_server import KEY, SECRET
from tests.support.samples import draft, feedback, parameters, turn
from tests.support.supabase import EmbeddedSupabase
from tests.support.times import NOW
from tests.support.token_server import running_token_server
from token_server.documents.cleaning import cleaned

pytestmark = pytest.mark.api

FUZZ_SEC = 50.0
CASES_A_TURN = 3
"""Of one operation."""
MOST_TURNS = 8
LAST = ("sign_out", "sign_out_everywhere", "change_password", "delete_account")
"""What ends a session: afterwards everything is 401."""
NOWHERE = {"LIVEKIT_URL": "ws://127.0.0.1:9", "LIVEKIT_API_KEY": KEY, "LIVEKIT_API_SECRET": SECRET}
PATIENT = {"AUTH_TRIES_PER_ACCOUNT": "100000", "AUTH_TRIES_PER_ADDRESS": "100000", "AUTH_ANSWER_STEP_SEC": "0.001"}


@dataclass(frozen=True)
class Scene:
    url: str
    ada: Person
    eve: Person
    ids: dict[str, str]
    """Of what is Ada's."""
    log_file: Path

    def headers(self, number: int, path: str) -> dict[str, str]:
        """Of the owner, of the other one, and of a worker where one is wanted."""
        if "/api/worker/" in path:
            return {"Authorization": f"Bearer {mint_worker_jwt(WORKER_SECRET, self.subject(path), time.time())}"}
        person = self.eve if number % 3 == 2 else self.ada
        return {"Authorization": f"Bearer {person.session.access_token}"}

    def subject(self, path: str) -> str:
        if "/attempts/" in path:
            return f"attempt:{self.ids['attempt_id']}"
        if "/setup-conversations/" in path:
            return f"setup:{self.ids['setup_id']}"
        return "assessor:a" if "/assessments/" in path else "worker:w"


@pytest.fixture
async def scene(embedded_supabase: EmbeddedSupabase, tmp_path: Path) -> AsyncIterator[Scene]:
    supabase = embedded_supabase
    log_file = tmp_path / "token_server.log"
    async with (
        open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
        open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
        running_token_server(supabase, NOWHERE, log_file, **PATIENT) as url,
    ):
        ada, eve = await sign_up(auth, store, "Ada"), await sign_up(auth, store, "Eve")
        interview = await store.create_interview(ada.id, "Backend", parameters(), draft())
        attempt = await store.create_attempt(interview.id, ada.id, interview.current_plan.id, record_audio=False)
        await store.append_turns(attempt.id, [turn(1)])
        await store.end_attempt(attempt.id, reason="completed", now=NOW)
        work = await store.claim_assessment("a", lease_sec=600)
        while work is not None and work.attempt.id != attempt.id:  # left by another test on the same Supabase
            work = await store.claim_assessment("a", lease_sec=600)
        assert work is not None
        await store.finish_assessment(
            work.assessment.id, assessor_id="a", feedback=feedback(attempt.id, work.assessment.id)
        )
        setup = (await store.create_setup(ada.id, now=NOW)).setup
        ids = {
            "interview_id": interview.id,
            "attempt_id": attempt.id,
            "assessment_id": work.assessment.id,
            "setup_id": setup.id,
            "seq": "1",
            "epoch": "1",
        }
        yield Scene(url, ada, eve, ids, log_file)


@dataclass
class Storm:
    """Sends what is generated for one operation after the other, until its time is over."""

    scene: Scene
    until_sec: float
    answers: Counter[str] = field(default_factory=Counter[str])
    asked: set[str] = field(default_factory=set[str])
    wrong: list[str] = field(default_factory=list[str])

    def over(self, operation: Any, turn: int) -> None:
        """Other requests with each turn. The first is sent in any case, so that no operation is left out."""
        documented = set(operation.definition.raw["responses"])
        numbers = count(turn * CASES_A_TURN + 1)

        @seed(turn)
        @given(case=operation.as_strategy())
        @settings(
            max_examples=CASES_A_TURN,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            verbosity=Verbosity.quiet,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        def send(case: Any) -> None:
            if turn > 0 and time.monotonic() > self.until_sec:
                return
            number = next(numbers)
            if number % 4:  # else the made-up ids stay
                for name in case.path_parameters or {}:
                    case.path_parameters[name] = self.scene.ids[name]
            answer = case.call(headers=self.scene.headers(number, operation.path), timeout=20)
            status = str(answer.status_code)
            self.answers[status] += 1
            self.asked.add(f"{operation.method} {operation.path}")
            if status == "500" or not {status, f"{status[0]}XX"} & documented:
                self.wrong.append(f"{operation.method} {operation.path}: {status}")

        send()


async def test_no_generated_request_gets_an_answer_of_500_or_one_that_is_not_documented(scene: Scene):
    storm = Storm(scene, until_sec=time.monotonic() + FUZZ_SEC)
    operations = _operations(scene.url)
    ending = [operation for operation in operations if operation.definition.raw["operationId"] in LAST]
    for number in range(MOST_TURNS):
        if number == 0 or time.monotonic() < storm.until_sec:
            for operation in operations:
                if all(operation is not one for one in ending):
                    storm.over(operation, number)
    for operation in ending:
        storm.over(operation, 0)
    print(f"{storm.answers.total()} generated requests: {dict(sorted(storm.answers.items()))}")  # noqa: T201
    assert storm.wrong == []
    assert len(storm.asked) == len(operations)
    assert "Traceback" not in scene.log_file.read_text(encoding="utf-8")


def _operations(url: str) -> list[Any]:
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(found) > 40
    return found


def _cursor(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ROW = "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a11"
CURSORS = {
    "no time": _cursor("newest", "yesterday", ROW),
    "a week in place of a day": _cursor("newest", "2026-W01-1T00:00:00+00:00", ROW),
    "far future": _cursor("newest", "9999-12-31T23:59:59.999999-23:59", ROW),
    "half of a surrogate pair": _cursor("title", "\ud800", ROW),
    "nul": _cursor("title", "\x00", ROW),
    "thousands of brackets": base64.urlsafe_b64encode(b"[" * 1400).decode(),
    "a huge number": base64.urlsafe_b64encode(b"9" * 1400).decode(),
}


@pytest.mark.parametrize("sort", ["newest", "title"])
async def test_a_cursor_that_we_did_not_make_is_refused(scene: Scene, sort: str):
    async with httpx.AsyncClient(base_url=scene.url, headers=scene.headers(1, "/")) as http:
        for name, cursor in CURSORS.items():
            answer = await http.get("/api/interviews", params={"cursor": cursor, "sort": sort})
            assert answer.status_code in (200, 422), (name, answer.text)
            if name != "far future":
                assert answer.status_code == 422, name


TEXTS = {
    "emoji": "👩🏽‍💻 zero ‍ width joiners 🏳️‍🌈",
    "right to left": "\u202eneewteb ni \u202c עברית العربية",
    "zero width": "back\u200bend\u2060 dev\ufeffeloper",
    "combining marks": "a" + "\u0301" * 500,
    "every plane": "𝕬𝖉𝖆 𓂀 𠜎",
    "quotes": """'"; drop table interviews; -- \\ %s {} ${x} {{y}} <script>alert(1)</script>""",
    "control characters": "a\x01\x1b[31m\x7f\u0085b",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_odd_texts_come_back_a_document_without_what_nobody_sees(scene: Scene, text: str):
    body = {
        "role": text[:120],
        "interview_type": "mixed",
        "level": "mid",
        "technologies": [text[:60]],
        "question_count": 2,
        "job_description": text,
    }
    async with httpx.AsyncClient(base_url=scene.url, headers=scene.headers(1, "/"), timeout=20) as http:
        made = await http.post("/api/interviews", json=body)
        assert made.status_code == 201, made.text
        read = await http.get(f"/api/interviews/{made.json()['id']}")
        assert read.json()["role"] == text[:120].strip()
        assert read.json()["job_description"] == cleaned(text)
        found = await http.get("/api/interviews", params={"q": text[:100]})
        assert found.status_code == 200


def nested(depth: int) -> str:
    return '{"role": ' + "[" * depth + "]" * depth + "}"


BODIES = {
    "10 MB of job description": (json.dumps({"job_description": "x" * 10_000_000}), 413),
    "nested as deeply as Python can read": (nested(900), 422),
    "nested deeper": (nested(100_000), 422),
    "a nul": (json.dumps({"title": "a\x00b"}), 422),
    "half of a surrogate pair": ('{"title": "\\ud83d"}', 422),
    "no JSON": ("title=x", 422),
    "not UTF-8": (b'{"title": "\xff\xfe"}', 422),
    "infinity": ('{"question_count": 1e999}', 422),
    "a number of 5,000 digits": ('{"question_count": ' + "9" * 5000 + "}", 422),
    "a list": ("[]", 422),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
async def test_a_body_that_nobody_can_mean_is_refused(scene: Scene, body: str | bytes, status: int):
    path = f"/api/interviews/{scene.ids['interview_id']}"
    headers = scene.headers(1, path) | {"Content-Type": "application/json"}
    async with httpx.AsyncClient(base_url=scene.url, timeout=30) as http:
        answer = await http.patch(path, content=body, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await http.get("/healthz")).status_code == 200


async def test_ids_that_are_none_are_not_found(scene: Scene):
    async with httpx.AsyncClient(base_url=scene.url, headers=scene.headers(1, "/")) as http:
        for made_up in ("x", "..", "%00", "1%27or%271", str(uuid4()).upper(), "é", "x" * 2000):
            answer = await http.get(f"/api/interviews/{made_up}/comparison")
            assert answer.status_code in (404, 422), (made_up, answer.text)

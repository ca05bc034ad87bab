"""Health, readiness, metrics, the page, and what every answer carries."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import jwt
import pytest
import structlog

from tests.api.support import LIVEKIT_SECRET, PASSWORD, Person, World, problem_of
from token_server import page

pytestmark = pytest.mark.api

IMPORT_TARGET_SEC = 1.5
BUSY_MACHINE_FACTOR = 3
"""Processor time, which other processes lengthen less than the wall clock's, but do."""


async def test_it_is_alive_and_ready_when_an_interview_could_start(world: World):
    assert (await world.http.get("/healthz")).json() == {"status": "ok"}
    ready = await world.http.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")


async def test_readiness_says_which_part_is_missing(world: World):
    async def missing() -> list[str]:
        response = await world.http.get("/readyz")
        assert response.status_code == (503 if response.json()["missing"] else 200)
        return response.json()["missing"]

    await world.beat_worker(warm=0)
    assert await missing() == ["worker"]
    await world.beat_worker(warm=0, active=1)
    assert await missing() == []
    await world.beat_worker(registered=False)
    assert await missing() == ["worker"]
    await world.beat_worker(outbox_problem="turns can't be kept on disk: No space left on device")
    assert await missing() == ["worker"]
    assert "No space left on device" in (await world.http.get("/readyz")).json()["detail"]["worker"]
    await world.beat_worker()
    world.rooms.available = False
    assert await missing() == ["livekit"]
    world.rooms.available = True
    world.store.available = False
    assert "store" in await missing()
    world.store.available = True
    world.clock.pass_sec(7)
    assert await missing() == ["worker"]


async def test_metrics_count_by_route_and_never_by_id(world: World, ada: Person):
    interview = await ada.interview()
    await ada.call("GET", f"/api/interviews/{interview['id']}")
    metrics = (await world.http.get("/metrics")).text
    assert 'route="/api/interviews/{interview_id}"' in metrics
    assert interview["id"] not in metrics


async def test_made_up_methods_are_one_label_of_the_metrics_and_one_word_in_the_log(world: World):
    with structlog.testing.capture_logs() as lines:
        for number in range(5):
            for path in ("/", "/api/auth/me", "/api/nothing", "/healthz"):
                assert (await world.http.request(f"BREW{number}", path)).is_error
        await world.http.get("/api/auth/me")
    labels = re.findall(r'method="([^"]*)"', (await world.http.get("/metrics")).text)
    assert set(labels) == {"GET", "OTHER"}
    assert {line["method"] for line in lines if line["event"] == "request"} == {"GET", "OTHER"}


async def test_whatever_an_address_holds_only_routes_as_they_were_declared_become_labels(world: World, ada: Person):
    for path in (
        "/api/interviews/api",
        "/api/interviews/interviews",
        "/api/interviews%0A",
        "/api/attempts/attempts/recordings/attempts",
        "/api/no/such/call",
        "/no/such/page",
    ):
        await ada.call("GET", path)
    labels = set(re.findall(r'route="([^"]*)"', (await world.http.get("/metrics")).text))
    assert {"/api/interviews/{interview_id}", "/api/attempts/{attempt_id}/recordings/{epoch}"} <= labels
    assert labels <= {"page", "none", *(await world.http.get("/api/openapi.json")).json()["paths"]}


async def test_the_log_names_the_attempt_and_nothing_private(world: World, ada: Person):
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        attempt_id = (await ada.start())["attempt"]["id"]
        await ada.call("GET", f"/api/attempts/{attempt_id}?cursor=secret-search")
        await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    text = json.dumps(lines, default=str)
    assert any(line["event"] == "request" and line.get("attempt_id") == attempt_id for line in lines)
    for private in (ada.email, PASSWORD, ada.access_token, "secret-search", "Ada"):
        assert private not in text


async def test_without_a_build_the_page_says_so_plainly(world: World):
    response = await world.http.get("/")
    assert response.status_code == 503
    assert "isn't built yet" in response.text


@pytest.fixture
def built(world: World) -> Path:
    dist = world.settings.page_dir
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>The page</title>")
    (dist / "assets" / "index-4f2a.js").write_text("export const page = 1;\n" * 200)
    return dist


@pytest.mark.usefixtures("built")
async def test_every_address_of_the_page_gives_its_first_file(world: World):
    for address in ("/", "/interviews/some-id/start", "/sign-in", "/sign-in/"):
        response = await world.http.get(address)
        assert (response.status_code, "The page" in response.text) == (200, True), address
        assert response.headers["cache-control"] == "no-cache"


@pytest.mark.usefixtures("built")
async def test_the_page_says_that_nothing_is_at_an_unknown_address(world: World):
    for address in ("/nowhere", "/interviews/some-id", "/sign-in/or/so"):
        response = await world.http.get(address)
        assert (response.status_code, "The page" in response.text) == (404, True), address
        assert response.headers["cache-control"] == "no-cache"
        assert (await world.http.head(address)).status_code == 404


def test_the_server_knows_the_addresses_that_the_page_has():
    routes = (Path(page.__file__).parent / "web" / "src" / "app" / "routes.tsx").read_text()
    assert set(re.findall(r'path: "(.+?)"', routes)) - {"*"} == set(page.ADDRESSES)


@pytest.mark.usefixtures("built")
async def test_files_with_a_digest_in_their_name_are_kept_and_sent_small(world: World):
    response = await world.http.get("/assets/index-4f2a.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "gzip"


@pytest.mark.usefixtures("built")
async def test_what_is_missing_is_not_found_and_nothing_outside_is_served(world: World):
    (world.settings.page_dir.parent / "secret.txt").write_text("secret")
    for address in ("/assets/old-1234.js", "/favicon.ico", "/..%2fsecret.txt", "/api/nothing", "/api"):
        assert problem_of(await world.http.get(address)) == (404, "not_found"), address
    assert problem_of(await world.http.post("/")) == (405, "method_not_allowed")


@pytest.mark.usefixtures("built")
async def test_every_answer_carries_the_security_headers(world: World, ada: Person):
    for response in (await world.http.get("/"), await ada.call("GET", "/api/auth/me"), await world.http.get("/api/x")):
        policy = response.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "ws://127.0.0.1:7880 http://127.0.0.1:7880" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "microphone=(self)" in response.headers["permissions-policy"]
        assert "strict-transport-security" not in response.headers


async def test_private_answers_are_not_cached(ada: Person):
    for path in ("/api/auth/me", "/api/interviews", "/api/account/export"):
        assert "no-store" in (await ada.call("GET", path)).headers["cache-control"]


def signed_webhook(body: str, *, secret: str = LIVEKIT_SECRET) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    claims = {"iss": "devkey", "sha256": digest, "exp": 4_000_000_000}
    return {"Authorization": jwt.encode(claims, secret, algorithm="HS256"), "Content-Type": "application/webhook+json"}


async def test_a_webhook_of_livekit_hints_the_sweep(world: World):
    body = json.dumps({"event": "participant_left", "room": {"name": "interview-1"}})
    response = await world.http.post("/api/livekit/webhook", content=body, headers=signed_webhook(body))
    assert response.status_code == 204


async def test_a_webhook_that_livekit_did_not_sign_is_refused(world: World):
    body = json.dumps({"event": "room_finished", "room": {"name": "interview-1"}})
    forgeries = [
        {},
        {"Authorization": "nonsense"},
        signed_webhook(body, secret="another-secret-of-more-than-thirty-two-characters"),
        signed_webhook(body + " "),
    ]
    for headers in forgeries:
        response = await world.http.post("/api/livekit/webhook", content=body, headers=headers)
        assert problem_of(response) == (401, "unauthenticated")


def test_importing_the_token_server_is_quick_and_brings_no_agent_framework():
    code = (
        "import sys, time; began = time.process_time(); import token_server.main;"
        "print(time.process_time() - began);"
        "sys.exit(any(name.split('.')[:2] == ['livekit', 'agents'] for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, "livekit.agents was imported"
    took_sec = float(done.stdout)
    print(f"import token_server.main: {took_sec:.2f} s of processor time")  # noqa: T201
    assert took_sec < IMPORT_TARGET_SEC * BUSY_MACHINE_FACTOR


def test_the_openapi_document_describes_every_call_and_its_refusals():
    done = subprocess.run(
        [sys.executable, "-m", "token_server.openapi"], capture_output=True, text=True, check=True, env={}
    )
    document = json.loads(done.stdout)
    assert "/api/interviews/{interview_id}/attempts" in document["paths"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/"):
                assert "4XX" in operation["responses"], (method, path)

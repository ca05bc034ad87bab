"""Before the room: the microphone is heard, heard back, and nothing of it leaves the browser. Who leaves stays away."""

import asyncio
import re
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Playwright, Request, Response, Route, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_report import INTERVIEW, STARTED
from tests.e2e.canned_site import OPEN_ATTEMPT, CannedSite
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import visiting
from tests.support.candidate import ClipLibrary
from token_server.schemas.attempts import Connection, NewAttempt, StartedAttempt

pytestmark = pytest.mark.e2e
VOICE = "am_michael"
NOTE_PLAYED = """(() => {
    window.__played = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...given) {
        const samples = this.buffer.getChannelData(0);
        const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        window.__played.push({ seconds: this.buffer.duration, loudest });
        return start.apply(this, given);
    };
})()"""
HOLD_PERMISSION = """(() => {
    const open = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = () => new Promise((resolve) => {
        window.__permit = async () => {
            window.__given = await open();
            resolve(window.__given);
        };
    });
})()"""
STARTED_ATTEMPT = NewAttempt(
    attempt=StartedAttempt(id=OPEN_ATTEMPT, interview_id=INTERVIEW, number=4, status="planned"),
    connection=Connection(
        server_url="ws://127.0.0.1:9",
        participant_token="nobody enters",
        room_name="room",
        participant_identity="candidate",
        expires_at=STARTED,
    ),
    question_count=5,
    new_question_count=None,
)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
async def test_somebody_hears_themselves_before_the_interview(
    screen: Screen, playwright: Playwright, clips: ClipLibrary
):
    async with visiting(playwright, BASE_URL, screen) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        await visitor.go(f"/interviews/{INTERVIEW}/start")
        await expect(page.get_by_role("button", name="Start the interview")).to_be_disabled()
        await expect(page.get_by_role("heading", name="What is kept")).to_be_visible()
        clip = clips.get("ready", VOICE)
        await visitor.check_microphone(clip)
        await expect(page.get_by_role("button", name="Start the interview")).to_be_enabled()

        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
        await page.get_by_role("button", name="Hear yourself").click()
        await expect(page.get_by_role("button", name="Recording 3 seconds…")).to_be_disabled()
        await visitor.say(clip)
        await page.evaluate(NOTE_PLAYED)
        await expect(page.get_by_role("button", name="Hear yourself again")).to_be_visible(timeout=20_000)
        [played] = await page.evaluate("window.__played")
        assert 2.0 < played["seconds"] < 5.0
        assert played["loudest"] > 0.02, "what is played back is silence"
        assert sent == []
        await visitor.look("heard-back")
        assert visitor.errors == []


async def test_a_start_that_is_answered_late_takes_nobody_back(playwright: Playwright, clips: ClipLibrary):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        asked: asyncio.Queue[Route] = asyncio.Queue()
        await page.route(re.compile(r"/api/interviews/[^/]+/attempts$"), asked.put)
        await visitor.go(f"/interviews/{INTERVIEW}/start")
        await visitor.check_microphone(clips.get("ready", VOICE))
        consent = page.get_by_label("Record the sound")
        await consent.check()
        await page.get_by_role("button", name="Start the interview").click()
        starting = await asked.get()
        await expect(consent).to_be_disabled()
        await expect(page.get_by_role("radio", name="Friendly")).to_be_disabled()

        await page.get_by_role("link", name="Interviews", exact=True).click()
        await expect(page.get_by_role("article")).to_have_count(4)
        fetched: list[str] = []

        def note(request: Request) -> None:
            fetched.append(urlsplit(request.url).path)

        def is_list(response: Response) -> bool:
            return urlsplit(response.url).path == "/api/interviews"

        page.on("request", note)
        async with page.expect_response(is_list):
            await starting.fulfill(status=201, json=STARTED_ATTEMPT.model_dump(mode="json"))
        # The list is read again for the new attempt. On the way to the room its code would be fetched first.
        assert [path for path in fetched if path.endswith(".js")] == []
        assert urlsplit(page.url).path == "/interviews"
        assert visitor.errors == []


async def test_a_microphone_that_is_allowed_late_is_closed_at_once(playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        await visitor.go(f"/interviews/{INTERVIEW}/start")
        await page.evaluate(HOLD_PERMISSION)
        await page.get_by_role("button", name="Check microphone").click()
        await expect(page.get_by_text("Waiting for your permission…")).to_be_attached()
        await page.get_by_role("link", name="Interviews", exact=True).click()
        await expect(page.get_by_role("heading", name="Your interviews")).to_be_visible()
        await page.evaluate("window.__permit()")
        assert await page.evaluate("window.__given.getTracks().map(({ readyState }) => readyState)") == ["ended"]

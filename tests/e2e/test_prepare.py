"""Before the room: the microphone is heard, heard back, and nothing of it leaves the browser."""

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_report import INTERVIEW
from tests.e2e.canned_site import CannedSite
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import visiting
from tests.support.candidate import ClipLibrary

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

"""A whole set-up by talking in the browser: told, read back, corrected, said yes to."""

import base64
import io
import re
from uuid import uuid4

import pytest
import soundfile
from playwright.async_api import Playwright, expect

from agent.delivery.styles import DeliveryStyle
from agent.speech.hibari.voice import SAMPLE_RATE, HibariVoice
from tests.e2e.in_the_room import state_of, until_asked, until_greeted
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.test_setup import ABSENCE_SEC, begin, stored
from tests.e2e.visitor import visiting
from tests.support.client import eventually
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
MOST_TURNS = 8


@pytest.fixture(scope="session")
def voice() -> HibariVoice:
    return HibariVoice()


def as_wav(voice: HibariVoice, text: str) -> str:
    buffer = io.BytesIO()
    soundfile.write(buffer, voice.render(text, DeliveryStyle()), SAMPLE_RATE, format="WAV")
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
async def test_an_interview_is_set_up_by_talking(
    screen: Screen, stack: Stack, playwright: Playwright, voice: HibariVoice
):
    async with visiting(playwright, stack.base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)

        async def say(text: str) -> None:
            assert await until_asked(page)
            await page.evaluate("(clip) => window.__say(clip)", as_wav(voice, text))
            await expect(state_of(page)).to_have_text(re.compile("Thinking|Speaking"), timeout=15_000)

        await until_greeted(page)
        await say("I'd like to practise for a senior backend engineer. Python and Postgres.")
        await expect(page.get_by_role("radio", name="Senior")).to_be_checked(timeout=10_000)
        await expect(page.get_by_role("textbox", name="Role")).to_have_value(re.compile("backend", re.IGNORECASE))
        await visitor.look("set-up-told")
        await page.reload()
        await expect(page.get_by_role("radio", name="Senior")).to_be_checked(timeout=10_000)
        await until_greeted(page)  # "You're back."
        await say("Five technical questions, please.")
        await expect(page.get_by_role("radio", name="Technical")).to_be_checked(timeout=10_000)
        await expect(page.get_by_text("Everything needed is there.")).to_be_visible(timeout=10_000)
        # by hand, while it is read back
        await page.get_by_text("Friendly", exact=True).click()
        await say("No, make it eight questions.")
        await expect(page.get_by_role("textbox", name="Number of questions")).to_have_value("8", timeout=10_000)
        await visitor.look("set-up-corrected")
        for _ in range(MOST_TURNS):
            if (await stored(visitor, setup_id))["status"] == "confirmed" or "start" in page.url:
                break
            await say("Yes, that is right.")
            await page.wait_for_timeout(1_500)
        await expect(page.get_by_role("heading", name="Before you start")).to_be_visible(timeout=30_000)
        seen = await stored(visitor, setup_id)
        assert seen["status"] == "confirmed"
        draft = seen["draft"]
        assert (draft["level"], draft["question_count"], draft["tone"]) == ("senior", 8, "friendly")
        assert draft["technologies"] == ["Python", "PostgreSQL"]
        assert visitor.errors_but_for_a_full_house == []


async def test_a_set_up_that_was_left_in_the_middle_is_taken_up_by_talking(
    stack: Stack, playwright: Playwright, voice: HibariVoice
):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)
        await until_greeted(page)
        assert await until_asked(page)
        await page.evaluate("(clip) => window.__say(clip)", as_wav(voice, "A junior data engineer, please."))
        await expect(page.get_by_role("radio", name="Junior")).to_be_checked(timeout=20_000)
        await page.get_by_role("link", name="Leave").click()
        await eventually(
            lambda: stored(visitor, setup_id), lambda seen: seen["status"] == "abandoned", ABSENCE_SEC, every_sec=2.0
        )
        await page.get_by_role("link", name="Go on with data engineer").click()
        await until_greeted(page)
        assert await until_asked(page)
        await expect(page.get_by_role("log", name="Captions")).to_contain_text(
            re.compile("Welcome back|left off|Let's (go on|continue)|with you again")
        )
        await page.evaluate("(clip) => window.__say(clip)", as_wav(voice, "Forget it, I want to stop here."))
        await expect(page.get_by_text("The conversation has stopped")).to_be_visible(timeout=30_000)
        seen = await stored(visitor, setup_id)
        assert (seen["status"], seen["draft"]["level"]) == ("abandoned", "junior")
        await visitor.look("set-up-stopped")

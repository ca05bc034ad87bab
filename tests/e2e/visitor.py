"""A person at the page: clicks, speaks, reads; and looks at every page with a critic's eye."""

import base64
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import APIResponse, BrowserContext, Page, Playwright, Response, expect

from tests.e2e.screens import ROOT, SCREENSHOTS, Screen
from tests.support.candidate import Clip
from tests.support.candidate.clips import clip_files

CHROMIUM = "/usr/bin/chromium"
AXE = ROOT / "token_server" / "web" / "node_modules" / "axe-core" / "axe.min.js"
FAKE_MICROPHONE = Path(__file__).with_name("fake_microphone.js")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    # Nothing of a test leaves this machine, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ROOM_ENDED_ERRORS = re.compile(
    r"error reading from signal stream|cannot send signal request before connected|requested room does not exist"
)
TRANSITIONS_END = """Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
    .map((animation) => animation.finished))"""
EXPECTED_ERRORS = re.compile(
    r"status of 40[19]|DataChannel error .*User-Initiated Abort|data channel .* closed unexpectedly"
    r"|WebSocket connection to .* failed: .*response code: 404|/rtc/.* status of 404|status of 404 .*rtc"
)
"""A session that is over, the API saying no, and LiveKit's client when a connection ends or its room is gone."""


class Visitor:
    def __init__(self, page: Page, base_url: str, screen: Screen) -> None:
        self.page = page
        self.base_url = base_url
        self.screen = screen
        self.errors: list[str] = []
        self.refused: list[str] = []
        """Addresses that the API wanted somebody to be signed in for. The console shows each in red."""
        self._shots = 0
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._note_refusal)
        page.on("console", lambda message: self._note(message.type, message.text, message.location["url"]))

    def _note_refusal(self, response: Response) -> None:
        if response.status == 401:
            self.refused.append(response.url)

    def _note(self, kind: str, text: str, url: str) -> None:
        told = f"{text} ({url})"
        if kind == "error" and not EXPECTED_ERRORS.search(told):
            self.errors.append(told)

    @property
    def errors_but_for_a_full_house(self) -> list[str]:
        """Places of rooms that were just left are taken for up to a minute; the page asks again by itself."""
        return [error for error in self.errors if "status of 503" not in error]

    @property
    def errors_but_for_a_room_that_ended(self) -> list[str]:
        """The server ends the room while the page leaves it: LiveKit's client may see either first."""
        return [error for error in self.errors_but_for_a_full_house if not ROOM_ENDED_ERRORS.search(error)]

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.base_url}{path}")

    async def asked(self, path: str) -> APIResponse:
        """What the API answers this person. A connection that the server closed for having rested is opened anew."""
        return await self.page.context.request.get(f"{self.base_url}{path}", max_retries=2)

    async def look(self, name: str) -> None:
        """Keeps a picture, and refuses a page that is wider than the screen or shuts somebody out."""
        self._shots += 1
        # Fonts arrive and transitions end; a picture in between shows neither state.
        await self.page.evaluate("document.fonts.ready")
        await self.page.evaluate(TRANSITIONS_END)
        await self.page.evaluate("window.scrollTo(0, 0)")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{self.screen.name}-{self._shots:02}-{name}.png", full_page=True)
        width = await self.page.evaluate("document.documentElement.scrollWidth")
        # Not window.innerWidth: a phone zooms out until a page that is too wide fits.
        visible = self.screen.viewport["width"]
        assert width <= visible, f"{name} is {width} px wide on a screen of {visible} px"
        problems = await self.accessibility_problems()
        assert not problems, f"{name}: {problems}"

    async def accessibility_problems(self) -> list[str]:
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
        return [
            f"{violation['id']}: {violation['nodes'][0]['html']}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]

    async def say(self, clip: Clip) -> None:
        for file in clip_files(clip.spec, clip.voice):
            await self.page.evaluate("(clip) => window.__say(clip)", base64.b64encode(file.read_bytes()).decode())

    async def sign_up(self, email: str, name: str) -> None:
        await self.go("/sign-up")
        await self.page.get_by_label("First name").fill(name)
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.get_by_label("Password", exact=True).fill("correct horse battery")
        await self.page.get_by_role("button", name="Create account").click()
        await expect(self.page.get_by_role("heading", name="Your interviews")).to_be_visible()

    async def set_up_interview(
        self, role: str, technologies: list[str], questions: int, *, kind: str = "Behavioural", level: str = "Mid-level"
    ) -> None:
        await self.go("/interviews/new")
        await self.page.get_by_label("Role").fill(role)
        tags = self.page.get_by_role("combobox", name="Technologies")
        for technology in technologies:
            await tags.fill(technology)
            await tags.press("Enter")
        await self.page.get_by_role("textbox", name="Number of questions").fill(str(questions))
        await self.page.get_by_text(kind, exact=True).click()
        await self.page.get_by_text(level, exact=True).click()

    async def to_microphone_check(self) -> list[str]:
        """Returns the questions of the interview that was created."""
        await self.page.get_by_role("button", name="Continue", exact=True).click()
        await expect(self.page.get_by_role("heading", name="Before you start")).to_be_visible()
        interview_id = self.page.url.split("/")[-2]
        interview = await self.asked(f"/api/interviews/{interview_id}")
        return [question["text"] for question in (await interview.json())["questions"]]

    async def check_microphone(self, clip: Clip) -> None:
        await self.page.get_by_role("button", name="Check microphone").click()
        await expect(self.page.get_by_role("meter", name="Microphone level")).to_be_visible()
        await self.say(clip)
        await expect(self.page.get_by_text("We can hear you well.")).to_be_visible()

    async def start_interview(self) -> None:
        await self.page.get_by_role("button", name="Start the interview").click()
        await self.page.wait_for_url(re.compile(r"/attempts/[0-9a-f-]+$"), timeout=20_000)


@asynccontextmanager
async def visiting(playwright: Playwright, base_url: str, screen: Screen) -> AsyncGenerator[Visitor]:
    context: BrowserContext = await playwright.chromium.launch_persistent_context(
        "",
        executable_path=CHROMIUM,
        headless=True,
        args=ARGUMENTS,
        ignore_default_args=["--mute-audio"],
        viewport=screen.viewport,
        color_scheme=screen.color_scheme,
        has_touch=screen.is_phone,
        is_mobile=screen.is_phone,
        reduced_motion="no-preference",
        locale="en-GB",
    )
    await context.add_init_script(path=FAKE_MICROPHONE)
    try:
        yield Visitor(context.pages[0], base_url, screen)
    finally:
        await context.close()

"""A set-up by talking, finished by hand: the form beside the conversation, in every state of the room."""

import json
import re
import time
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import APIResponse, Playwright, expect

from agent.token_server_client import mint_worker_jwt
from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_site import SETUP as UNFINISHED
from tests.e2e.canned_site import CannedSite
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting
from tests.support.client import eventually
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
SETUP = re.compile(r"/setup/[0-9a-f-]+$")
STORED_WITHIN_SEC = 10.0
ABSENCE_SEC = 90.0
"""Longer than an assistant waits for somebody who left."""
REFUSING_MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("refused", "NotAllowedError");
};"""


async def begin(visitor: Visitor) -> str:
    """By keyboard, from the page that has both ways."""
    await visitor.go("/interviews/new")
    button = visitor.page.get_by_role("button", name="Start talking")
    await button.focus()
    await button.press("Enter")
    # a full house is asked again by the page itself
    await visitor.page.wait_for_url(SETUP, timeout=ABSENCE_SEC * 1000)
    await expect(visitor.page.get_by_role("heading", name="Your interview so far")).to_be_visible()
    return visitor.page.url.split("/")[-1]


async def stored(visitor: Visitor, setup_id: str) -> dict[str, Any]:
    answer = await visitor.asked(f"/api/setup-conversations/{setup_id}")
    assert answer.ok
    return await answer.json()


async def until_stored(visitor: Visitor, setup_id: str, **fields: Any) -> None:
    await eventually(
        lambda: stored(visitor, setup_id), lambda seen: fields.items() <= seen["draft"].items(), STORED_WITHIN_SEC
    )


async def as_assistant(stack: Stack, visitor: Visitor, setup_id: str, **fields: Any) -> None:
    """What the assistant's job does when it has understood something."""
    signed = mint_worker_jwt(stack.embedded.keys.worker_api_secret, f"setup:{setup_id}", time.time())
    headers = {"Authorization": f"Bearer {signed}"}
    async with httpx.AsyncClient(base_url=stack.base_url, headers=headers) as http:
        while True:
            seen = await stored(visitor, setup_id)
            answer = await http.put(
                f"/api/worker/setup-conversations/{setup_id}/draft",
                json={"revision": seen["revision"], "draft": seen["draft"] | fields},
            )
            if answer.status_code != HTTPStatus.CONFLICT:  # the page may be storing something just now
                break
    assert answer.status_code == HTTPStatus.OK, answer.text


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
async def test_a_draft_that_voice_and_hand_fill_is_left_taken_up_and_confirmed(
    screen: Screen, stack: Stack, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        await visitor.go("/interviews/new")
        await expect(page.get_by_role("heading", name="Or fill in the form")).to_be_visible()
        await visitor.look("two-ways-to-set-up")
        setup_id = await begin(visitor)
        confirm = page.get_by_role("button", name="Set up this interview")
        await expect(confirm).to_be_disabled()
        await expect(page.get_by_text("Still open: role, kind of questions, level")).to_be_visible()
        await visitor.look("set-up-empty")

        # the form follows what the assistant understands, also while somebody types
        role = page.get_by_role("textbox", name="Role")
        await role.fill("Back")
        await as_assistant(stack, visitor, setup_id, level="senior", technologies=["Go", "PostgreSQL"])
        await expect(page.get_by_role("radio", name="Senior")).to_be_checked(timeout=4_000)
        await role.press_sequentially("end engineer ", delay=20)
        await expect(role).to_have_value("Backend engineer ")
        await until_stored(visitor, setup_id, role="Backend engineer", level="senior")
        await page.get_by_text("Technical", exact=True).click()
        await page.get_by_role("textbox", name="Number of questions").fill("4")
        await page.get_by_role("button", name="Add a job description").click()
        await page.get_by_label("Job description").fill("We move money, so it must be right.")
        # what is said in the same moment takes nothing from what is typed, and can be put right by hand
        await as_assistant(stack, visitor, setup_id, remarks="It's at a bunk.")
        remarks = page.get_by_label("What you said besides")
        await expect(remarks).to_have_value("It's at a bunk.", timeout=4_000)
        await remarks.fill("It's at a bank.")
        told = {"job_description": "We move money, so it must be right.", "remarks": "It's at a bank."}
        await until_stored(visitor, setup_id, interview_type="technical", question_count=4, **told)
        await expect(confirm).to_be_enabled()
        await visitor.look("set-up-filled")

        await page.reload()
        await expect(role).to_have_value("Backend engineer")
        await page.get_by_role("link", name="Leave").click()
        await expect(page.get_by_role("heading", name="Not finished yet")).to_be_visible()
        await visitor.look("unfinished-set-up")
        await page.get_by_role("link", name="Go on with Backend engineer").click()
        await page.wait_for_url(SETUP)
        await expect(page.get_by_text("Everything needed is there.")).to_be_visible()

        await page.get_by_role("button", name="Set up this interview").press("Enter")
        await expect(page.get_by_role("heading", name="Before you start")).to_be_visible(timeout=20_000)
        await expect(page.get_by_text("Backend engineer (senior, technical)")).to_be_visible()
        seen = await stored(visitor, setup_id)
        assert (seen["status"], page.url.split("/")[-2]) == ("confirmed", seen["interview_id"])
        made = await (await visitor.asked(f"/api/interviews/{seen['interview_id']}")).json()
        assert made["job_description"] == "It's at a bank.\n\nWe move money, so it must be right."
        assert visitor.errors_but_for_a_room_that_ended == []


async def test_what_the_assistant_understands_is_never_confirmed_unseen(stack: Stack, playwright: Playwright):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)
        complete = {"role": "Nurse", "interview_type": "behavioral", "level": "mid", "question_count": 3}
        await as_assistant(stack, visitor, setup_id, **complete, technologies=[])
        confirm = page.get_by_role("button", name="Set up this interview")
        await expect(confirm).to_be_enabled(timeout=6_000)
        # the news gets lost on its way to the page
        news = re.compile(rf"/api/setup-conversations/{setup_id}$")
        await page.route(news, lambda route: route.abort())
        await as_assistant(stack, visitor, setup_id, question_count=5)
        await confirm.click()
        await expect(page.get_by_text("Something changed just now.")).to_be_visible()
        await page.unroute(news)
        await expect(page.get_by_role("textbox", name="Number of questions")).to_have_value("5")
        await confirm.click()
        await expect(page.get_by_role("heading", name="Before you start")).to_be_visible(timeout=20_000)


async def test_a_spoken_yes_leads_to_the_interview(stack: Stack, playwright: Playwright):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)
        complete = {"role": "Nurse", "interview_type": "behavioral", "level": "mid", "question_count": 3}
        await as_assistant(stack, visitor, setup_id, **complete, technologies=[])
        signed = mint_worker_jwt(stack.embedded.keys.worker_api_secret, f"setup:{setup_id}", time.time())
        async with httpx.AsyncClient(base_url=stack.base_url) as http:
            answer = await http.post(
                f"/api/worker/setup-conversations/{setup_id}/confirm",
                json={"revision": (await stored(visitor, setup_id))["revision"]},
                headers={"Authorization": f"Bearer {signed}"},
            )
        assert answer.status_code == 200, answer.text
        await expect(visitor.page.get_by_text("Your interview is set up")).to_be_visible(timeout=6_000)
        await expect(visitor.page.get_by_role("heading", name="Before you start")).to_be_visible(timeout=15_000)


async def test_the_form_works_without_a_microphone_and_in_another_tab(stack: Stack, playwright: Playwright):
    async with visiting(playwright, stack.base_url, PHONE) as visitor:
        page = visitor.page
        await page.context.add_init_script(REFUSING_MICROPHONE)
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)
        await expect(page.get_by_text("The form works without a microphone.")).to_be_visible(timeout=20_000)
        await visitor.look("set-up-microphone-refused")

        second = await page.context.new_page()
        await second.goto(page.url)
        await expect(page.get_by_text("Continued elsewhere")).to_be_visible(timeout=20_000)
        await page.get_by_text("Mid-level", exact=True).click()
        await until_stored(visitor, setup_id, level="mid")
        await expect(second.get_by_role("radio", name="Mid-level")).to_be_checked(timeout=8_000)


async def test_a_full_house_is_said_and_the_form_stays(stack: Stack, playwright: Playwright):
    busy = {"title": "Busy", "status": 503, "code": "at_capacity"}
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        await page.route(
            re.compile(r"/api/setup-conversations(/[0-9a-f-]+/connection)?$"),
            lambda route: (
                route.fulfill(
                    status=503,
                    headers={"Retry-After": "30", "Content-Type": "application/problem+json"},
                    body=json.dumps(busy),
                )
                if route.request.method == "POST"
                else route.continue_()
            ),
        )
        await visitor.go("/interviews/new")
        await page.get_by_role("button", name="Start talking").click()
        await expect(page.get_by_text(re.compile("Everybody is busy just now. Trying again in"))).to_be_visible()
        await visitor.look("set-up-busy")
        await page.get_by_role("button", name="Stop trying").click()
        await expect(page.get_by_label("Role")).to_be_visible()

        async def begun() -> APIResponse:
            address = f"{stack.base_url}/api/setup-conversations"
            return await page.context.request.post(address, headers={"Origin": stack.base_url})

        # those that other visitors left hold their places for a while
        made = await eventually(begun, lambda answer: answer.ok, ABSENCE_SEC, every_sec=2.0)
        setup_id = (await made.json())["id"]
        await visitor.go(f"/setup/{setup_id}")
        await expect(page.get_by_text("The form works without the interviewer")).to_be_visible(timeout=20_000)
        await page.get_by_text("Senior", exact=True).click()
        await until_stored(visitor, setup_id, level="senior")
        await visitor.look("set-up-without-interviewer")


async def test_a_field_that_is_refused_takes_no_other_with_it(stack: Stack, playwright: Playwright):
    named = [{"field": "role", "message": "is too long"}]
    refusal = {"title": "Invalid", "status": 422, "code": "validation_failed", "errors": named}
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        setup_id = await begin(visitor)
        draft = re.compile(rf"/api/setup-conversations/{setup_id}$")
        await page.route(
            draft,
            lambda route: (
                route.fulfill(status=422, json=refusal)
                if "role" in (route.request.post_data or "")
                else route.continue_()
            ),
        )
        role = page.get_by_role("textbox", name="Role")
        await role.fill("Nurse")
        await page.get_by_text("Senior", exact=True).click()
        await until_stored(visitor, setup_id, role=None, level="senior")
        told = page.get_by_text("Something in the form needs another look.")
        await expect(told).to_be_visible()
        await page.unroute(draft)
        await role.fill("Night nurse")
        await expect(told).to_have_count(0)
        await until_stored(visitor, setup_id, role="Night nurse", level="senior")


async def test_single_letters_that_are_switched_off_rest_beside_the_form_too(playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        await visitor.go(f"/setup/{UNFINISHED}")
        captions = page.get_by_role("log", name="Captions")
        await expect(captions).to_be_visible()
        await page.keyboard.press("c")
        await expect(captions).to_be_hidden()
        await page.evaluate("localStorage.setItem('room-shortcuts', 'false')")
        await page.reload()
        await expect(captions).to_be_visible()
        await page.keyboard.press("c")
        await expect(captions).to_be_visible()

"""A person's account in the browser: name, password, everything as a file, everything gone. On real data."""

import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e.conftest import BUILT_PAGE
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting
from tests.support.supabase import EmbeddedSupabase
from tests.support.token_server import running_token_server

pytestmark = pytest.mark.e2e
on_both_screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)

NO_LIVEKIT = {
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "unused",
    "LIVEKIT_API_SECRET": "nobody-enters-a-room-in-these-tests-at-all",
}
PASSWORD = "correct horse battery"
"""Of `Visitor.sign_up`."""
NEW_PASSWORD = "another good one"
REFUSALS = re.compile(r"status of 4(03|22)")
"""A wrong password, and a weak one: the browser notes every answer of this kind as an error."""


@pytest.fixture
async def base_url(embedded_supabase: EmbeddedSupabase, tmp_path: Path) -> AsyncIterator[str]:
    if not BUILT_PAGE.is_file():
        pytest.fail("the page isn't built: run `npm ci --ignore-scripts && npm run build` in token_server/web")
    async with running_token_server(embedded_supabase, NO_LIVEKIT, tmp_path / "token_server.log") as url:
        yield url


def an_email() -> str:
    return f"visitor-{uuid4().hex[:12]}@example.org"


@on_both_screens
async def test_a_person_changes_their_account_takes_it_along_and_deletes_it(
    screen: Screen, base_url: str, playwright: Playwright, tmp_path: Path
):
    email = an_email()
    async with visiting(playwright, base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(email, "Ada Example")
        await page.get_by_role("button", name="Account of Ada Example").click()
        await page.get_by_role("menuitem", name="Your account").click()
        await expect(page.get_by_role("heading", name="Your account", level=1)).to_be_visible()
        await visitor.look("account")

        await rename(page)
        await change_password(visitor)
        await download_everything(page, email, tmp_path / "mine.zip")
        await read_about_privacy(visitor)
        await delete_everything(visitor)

        await visitor.go("/sign-in")
        await sign_in(page, email, NEW_PASSWORD)
        await expect(page.get_by_role("alert")).to_contain_text("don't match an account")
        assert [
            error for error in visitor.errors if "status of 403" not in error and "status of 422" not in error
        ] == []


@on_both_screens
async def test_signing_out_everywhere_signs_out_here_too(screen: Screen, base_url: str, playwright: Playwright):
    async with visiting(playwright, base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(an_email(), "Ada Example")
        await visitor.go("/account")
        await page.get_by_role("button", name="Sign out everywhere").click()
        await expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
        await visitor.go("/account")
        await expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
        assert visitor.errors == []


async def test_what_is_refused_at_sign_up_is_said_once_at_its_field(base_url: str, playwright: Playwright):
    email = an_email()
    async with visiting(playwright, base_url, PHONE) as other:
        await other.sign_up(email, "Ada")
    async with visiting(playwright, base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.go("/sign-up")
        await page.get_by_label("First name").fill("Ada")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_label("Password", exact=True).fill("iloveyou")
        await page.get_by_role("button", name="Create account").click()
        await expect(page.get_by_text("Choose another password")).to_have_count(1)
        await expect(page.get_by_label("Password", exact=True)).to_be_focused()

        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Create account").click()
        await expect(page.get_by_text("There is an account with this e-mail already.")).to_have_count(1)
        await expect(page.get_by_role("alert")).to_have_count(0)
        await visitor.look("sign-up-refused")
        await page.get_by_role("link", name="Sign in instead").click()
        await expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


async def test_an_address_that_leads_nowhere_says_so_and_leads_home(base_url: str, playwright: Playwright):
    async with visiting(playwright, base_url, DESKTOP) as visitor:
        page = visitor.page
        await visitor.sign_up(an_email(), "Ada")
        nothing = page.get_by_role("heading", name="There is nothing here", level=1)
        for path in (
            "attempts/not-an-id/report",
            "attempts/not-an-id",
            f"interviews/{uuid4()}/start",
            "setup/not-an-id",
        ):
            await visitor.go(f"/{path}")
            await expect(nothing).to_be_visible()
            await expect(page).to_have_title("There is nothing here · Mock Interview")
        response = await page.goto(f"{base_url}/nowhere")
        assert response is not None
        assert response.status == 404
        await expect(nothing).to_be_visible()
        await page.get_by_role("link", name="Go home").click()
        await expect(page.get_by_role("heading", name="Your interviews")).to_be_visible()
        assert [error for error in visitor.errors if "status of 404" not in error] == []


@on_both_screens
async def test_a_forgotten_password_is_replaced_with_the_code_of_a_mail(
    screen: Screen, base_url: str, embedded_supabase: EmbeddedSupabase, playwright: Playwright
):
    email = an_email()
    async with visiting(playwright, base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(email, "Ada Example")
        await page.get_by_role("button", name="Account of Ada Example").click()
        await page.get_by_role("menuitem", name="Sign out").click()
        await page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
        await page.get_by_role("link", name="Forgot your password?").click()
        # The sign-in page, which has such a field too, stays until the next one is loaded.
        await expect(page.get_by_role("heading", name="Set a new password")).to_be_visible()
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("button", name="Send me a code").click()
        await expect(page.get_by_text(f"If there is an account for {email}")).to_contain_text(
            "This service sends no mail"
        )

        [code] = re.findall(r"\b\d{6}\b", (embedded_supabase.data_dir / "mail" / f"{email}.txt").read_text())
        await page.get_by_label("Code from the mail").fill("000000" if code != "000000" else "111111")
        await page.get_by_label("New password").fill(NEW_PASSWORD)
        await page.get_by_role("button", name="Set it and sign in").click()
        await expect(page.get_by_text("That code is wrong or too old.")).to_be_visible()
        await visitor.look("reset-password")
        await page.get_by_label("Code from the mail").fill(code)
        await page.get_by_role("button", name="Set it and sign in").click()
        await expect(page.get_by_role("heading", name="Your interviews")).to_be_visible()
        assert visitor.errors == []


async def rename(page: Page) -> None:
    await page.get_by_label("First name").fill("Ada Lovelace")
    await page.get_by_role("button", name="Save name").click()
    await expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Account of Ada Lovelace")).to_be_visible()


async def change_password(visitor: Visitor) -> None:
    page = visitor.page
    await fill_passwords(page, "not my password", NEW_PASSWORD)
    await expect(page.get_by_text("That isn't your current password.")).to_be_visible()
    await fill_passwords(page, PASSWORD, "password1")
    await expect(page.get_by_text("none of the 10,000 that are used most.", exact=False).last).to_be_visible()
    await visitor.look("account-refused")
    await fill_passwords(page, PASSWORD, NEW_PASSWORD)
    await expect(page.get_by_role("status").filter(has_text="Every other browser")).to_be_visible()
    await expect(page.get_by_label("Current password")).to_have_value("")


async def fill_passwords(page: Page, current: str, new: str) -> None:
    await page.get_by_label("Current password").fill(current)
    await page.get_by_label("New password").fill(new)
    await page.get_by_role("button", name="Change password").click()


async def download_everything(page: Page, email: str, file: Path) -> None:
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Download everything").click()
    download = await coming.value
    assert download.suggested_filename == "my-interviews.zip"
    await download.save_as(file)
    with zipfile.ZipFile(file) as archive:
        account = json.loads(archive.read("account.json"))
    assert (account["email"], account["display_name"]) == (email, "Ada Lovelace")


async def read_about_privacy(visitor: Visitor) -> None:
    page = visitor.page
    await page.get_by_role("link", name="What is kept, where, and for how long").click()
    await expect(page.get_by_role("heading", name="What is kept, where, and for how long")).to_be_visible()
    await expect(page.get_by_role("heading", name="What goes to others")).to_be_visible()
    await visitor.look("privacy")
    await page.go_back()


async def delete_everything(visitor: Visitor) -> None:
    page = visitor.page
    await page.get_by_role("button", name="Delete my account…").click()
    dialog = page.get_by_role("dialog")
    submit = dialog.get_by_role("button", name="Delete everything")
    await expect(submit).to_be_disabled()
    await dialog.get_by_label("Type “delete” to confirm").fill("delete")
    await dialog.get_by_label("Your password").fill("not my password")
    await submit.click()
    await expect(dialog.get_by_text("That isn't your password.")).to_be_visible()
    await visitor.look("delete-account")
    await dialog.get_by_label("Your password").fill(NEW_PASSWORD)
    await submit.click()
    await expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()
    await expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()

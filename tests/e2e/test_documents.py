"""A job description from a file and a résumé: read, shown, used for the questions, deleted."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import FilePayload, Playwright, expect

from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting
from tests.support.documents import page_of, pdf
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
JOB = "We run Kafka and Terraform. You mentor others. 5+ years of experience."
RESUME = "Four years of Kafka and PostgreSQL, then two of Redis."
READ_WITHIN_MS = 20_000


def pdf_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(content)}


async def interview_now(visitor: Visitor) -> dict[str, Any]:
    interview_id = visitor.page.url.split("?")[0].split("/")[-2]
    answer = await visitor.asked(f"/api/interviews/{interview_id}")
    return await answer.json()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
async def test_documents_choose_questions_and_can_be_deleted(screen: Screen, stack: Stack, playwright: Playwright):
    async with visiting(playwright, stack.base_url, screen) as visitor:
        page = visitor.page
        await visitor.sign_up(f"{uuid4().hex[:12]}@example.org", "Ada Example")
        await visitor.set_up_interview("Backend engineer", [], 2, kind="Technical")

        await page.get_by_role("button", name="Add a job description").click()
        upload = page.locator('input[type="file"]')
        await upload.set_input_files(pdf_file("scan.pdf", b""))
        await expect(page.get_by_text("There is no text in this file")).to_be_visible(timeout=READ_WITHIN_MS)
        await visitor.look("document-refused")
        await upload.set_input_files(pdf_file("advert.pdf", page_of(JOB)))
        written = page.get_by_role("textbox", name="Job description")
        await expect(written).to_have_value(JOB, timeout=READ_WITHIN_MS)
        await expect(page.get_by_text("Read from advert.pdf.")).to_be_visible()
        await expect(page.get_by_text("5 years of experience", exact=True)).to_be_visible()
        await expect(page.get_by_text("Terraform", exact=True)).to_be_visible()

        await page.get_by_role("button", name="Add your résumé").click()
        await page.get_by_role("textbox", name="Text of your résumé").fill(RESUME)
        await visitor.look("documents-filled-in")
        await page.get_by_role("button", name="Keep it").click()
        await expect(page.get_by_role("checkbox", name="Use my résumé")).to_be_checked()
        await visitor.look("documents-kept")

        await visitor.to_microphone_check()
        await expect(page.get_by_role("heading", name="Why these questions")).to_be_visible()
        await expect(page.get_by_text("The job description and your résumé both name Kafka.")).to_be_visible()
        await expect(page.get_by_text("not in your résumé: Terraform.")).to_be_visible()
        await page.get_by_text("Challenging", exact=True).click()
        await visitor.look("chosen-for")
        before = await interview_now(visitor)
        assert before["job_description"] == JOB
        await page.get_by_role("button", name="Delete the job description").click()
        await expect(page.get_by_role("button", name="Delete the job description")).to_have_count(0)
        after = await interview_now(visitor)
        assert after["job_description"] is None
        assert after["questions"] == before["questions"]

        await visitor.go("/interviews/new")
        await page.get_by_role("button", name="Delete", exact=True).click()
        await page.get_by_role("button", name="Delete it").click()
        await expect(page.get_by_role("button", name="Add your résumé")).to_be_visible()
        answer = await visitor.asked("/api/resume")
        assert await answer.json() == {"resume": None}
        assert [error for error in visitor.errors if "status of 422" not in error] == []

"""Documents: read a job description or résumé from a file, and keep one résumé."""

from typing import Any

from fastapi import APIRouter, Request, status

from token_server.auth.dependencies import ServicesNow, SignedInUser
from token_server.schemas.documents import DocumentAnswer, ResumeAnswer, ResumeBody, ResumeDetail

router = APIRouter(tags=["documents"])
FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/documents/read", openapi_extra=FILE_BODY)
async def read_document(request: Request, user: SignedInUser, services: ServicesNow) -> DocumentAnswer:
    """The body is the file itself: PDF, Word (docx), text or Markdown, whatever its name and type say."""
    document = await services.documents.read(await request.body(), user_id=user.user_id)
    return DocumentAnswer.of(document)


@router.get("/resume")
async def read_resume(user: SignedInUser) -> ResumeAnswer:
    resume = await user.view.resume()
    return ResumeAnswer(resume=None if resume is None else ResumeDetail.of(resume))


@router.put("/resume")
async def keep_resume(body: ResumeBody, user: SignedInUser, services: ServicesNow) -> ResumeDetail:
    """Takes the place of an earlier one. Plans that were made stay as they are."""
    return ResumeDetail.of(await services.store.keep_resume(user.user_id, body.text, now=services.clock()))


@router.delete("/resume", status_code=status.HTTP_204_NO_CONTENT)
async def delete_resume(user: SignedInUser, services: ServicesNow) -> None:
    await services.store.delete_resume(user.user_id)

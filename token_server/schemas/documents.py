"""Job descriptions and résumés: read from a file, and the résumé that is kept."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, StringConstraints

from prompts.question_bank import mentions_in, technology_label
from storage.models.document import DocumentText, Resume
from token_server.documents.cleaning import cleaned
from token_server.documents.reader import ReadDocument
from token_server.schemas.base import Answer, RequestBody


def _says_something(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


class ResumeBody(RequestBody):
    text: Annotated[
        DocumentText, StringConstraints(min_length=1), AfterValidator(cleaned), AfterValidator(_says_something)
    ]


class DocumentFindings(Answer):
    """What of a document can move the choice of questions, in words of the question bank; nothing else can."""

    technologies: list[str]
    """Named most first."""
    competencies: list[str]
    years_of_experience: int | None

    @classmethod
    def of(cls, text: str) -> Self:
        found = mentions_in(text)
        return cls(
            technologies=[technology_label(id_) for id_ in found.technologies],
            competencies=list(found.competencies),
            years_of_experience=found.years_of_experience,
        )


class DocumentAnswer(Answer):
    """Nothing of it is stored."""

    kind: Literal["pdf", "word", "text"]
    pages: int | None
    text: str
    findings: DocumentFindings

    @classmethod
    def of(cls, document: ReadDocument) -> Self:
        return cls(
            kind=document.kind,
            pages=document.pages,
            text=document.text,
            findings=DocumentFindings.of(document.text),
        )


class ResumeDetail(Answer):
    text: str
    updated_at: datetime
    findings: DocumentFindings

    @classmethod
    def of(cls, resume: Resume) -> Self:
        return cls(text=resume.text, updated_at=resume.updated_at, findings=DocumentFindings.of(resume.text))


class ResumeAnswer(Answer):
    resume: ResumeDetail | None
    """None where there is none."""

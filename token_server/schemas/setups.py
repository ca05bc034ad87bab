"""Spoken set-ups: a draft of an interview that voice and hand fill in."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints

from storage.models.interview import InterviewType, Level, Role, Technology, Tone
from storage.models.setup import MOST_REMARK_CHARACTERS, SetupConversation, SetupDraft, SetupField, SetupStatus
from token_server.documents.cleaning import cleaned
from token_server.schemas.attempts import Connection
from token_server.schemas.base import Answer, ItemsPage, RequestBody
from token_server.schemas.interviews import JobDescription

Remarks = Annotated[str, StringConstraints(max_length=MOST_REMARK_CHARACTERS), AfterValidator(cleaned)]
Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]


class NewSetup(Answer):
    id: str
    connection: Connection


class ChangeSetupBody(RequestBody):
    """What is left out stays, null forgets. An empty list of technologies means: none in particular."""

    revision: Revision
    """The one that the change was made from."""
    role: Role | None = None
    interview_type: InterviewType | None = None
    level: Level | None = None
    question_count: Annotated[int, Field(ge=1, le=15)] | None = None
    technologies: Annotated[list[Technology], Field(max_length=20)] | None = None
    tone: Tone | None = None
    job_description: JobDescription | None = None
    """An empty text forgets it."""
    remarks: Remarks | None = None
    """What was said that no field is for, to be put right. An empty text forgets it."""
    use_resume: bool | None = None

    def change(self) -> dict[str, Any]:
        fields = self.model_dump(mode="json", exclude_unset=True, exclude={"revision"})
        for name in ("job_description", "remarks"):
            if fields.get(name) == "":
                fields[name] = None
        return fields


class ConfirmSetupBody(RequestBody):
    revision: Revision
    """Of the draft that was read."""


class SetupDetail(Answer):
    id: str
    status: SetupStatus
    revision: int
    draft: SetupDraft
    missing: list[SetupField]
    """What must be known before it can be confirmed."""
    interview_id: str | None
    """Once it is confirmed."""
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, setup: SetupConversation) -> Self:
        return cls(
            id=setup.id,
            status=setup.status,
            revision=setup.revision,
            draft=setup.draft,
            missing=setup.draft.missing(),
            interview_id=setup.interview_id,
            created_at=setup.created_at,
            updated_at=setup.updated_at,
        )


SetupsPage = ItemsPage[SetupDetail]

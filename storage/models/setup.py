"""A spoken set-up: what a conversation about the wanted interview has come to so far."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from storage.models.base import Model
from storage.models.document import MOST_DOCUMENT_CHARACTERS, DocumentText
from storage.models.interview import InterviewParameters, InterviewType, Level, Role, Technology, Tone

SetupStatus = Literal["live", "confirmed", "abandoned"]
SetupField = Literal[
    "role",
    "interview_type",
    "level",
    "question_count",
    "technologies",
    "tone",
    "job_description",
    "remarks",
    "use_resume",
]
SETUP_FIELDS: tuple[SetupField, ...] = get_args(SetupField)
NEEDED_FIELDS: tuple[SetupField, ...] = ("role", "interview_type", "level", "question_count", "technologies")
"""Asked for where they are missing. The others are taken when they come up."""
MOST_REMARK_CHARACTERS = 2_000
"""Some twenty sentences. Together with the longest job description, the end of that has to go."""


class SetupDraft(Model):
    """Slots, each None until it is known. An empty list of technologies is an answer: none in particular."""

    role: Role | None = None
    interview_type: InterviewType | None = None
    level: Level | None = None
    question_count: Annotated[int, Field(ge=1, le=15)] | None = None
    technologies: Annotated[list[Technology], Field(max_length=20)] | None = None
    tone: Tone | None = None
    job_description: DocumentText | None = None
    """Pasted or typed."""
    remarks: Annotated[str, StringConstraints(max_length=MOST_REMARK_CHARACTERS)] | None = None
    """Said about the job or oneself: a company, a worry. A field of its own: both may be added to at the same time."""
    use_resume: bool | None = None

    def missing(self) -> list[SetupField]:
        """The needed fields that aren't known, in the order in which they are asked for."""
        return [field for field in NEEDED_FIELDS if getattr(self, field) is None]

    def parameters(self) -> InterviewParameters:
        """Raises ValueError where a needed field is missing."""
        if missing := self.missing():
            raise ValueError(f"missing: {', '.join(missing)}")
        given = {name: value for name, value in self.model_dump(exclude={"remarks"}).items() if value is not None}
        return InterviewParameters.model_validate(given | {"job_description": self._about_the_job()})

    def _about_the_job(self) -> str | None:
        """What was said comes first: it's short, and no plan reads all of a long advert."""
        parts = [part for part in (self.remarks, self.job_description) if part]
        return "\n\n".join(parts)[:MOST_DOCUMENT_CHARACTERS] or None


class SetupConversation(Model):
    id: str
    owner_id: str
    status: SetupStatus
    revision: Annotated[int, Field(ge=0)]
    """Raised with every change of the draft, by voice or by hand. A change names the revision that it changes."""
    draft: SetupDraft
    interview_id: str | None
    """Of the interview that a yes made."""
    created_at: datetime
    updated_at: datetime
    job_epoch: Annotated[int, Field(ge=0)] = 0
    """Raised with each dispatch, by compare-and-set."""
    dispatched_at: datetime | None = None
    """When a job was sent for last."""
    joined_at: datetime | None = None
    """When a job joined last."""


class SetupBrief(Model):
    """What a job needs to hold or to take up a set-up conversation."""

    setup_id: str
    candidate_name: str
    status: SetupStatus
    revision: int
    draft: SetupDraft
    resumed: bool
    """An earlier job of this conversation was there: no second greeting."""


class SetupDraftChange(Model):
    """A job's change: the whole draft as it should be, and the revision that it was made from."""

    revision: Annotated[int, Field(ge=0)]
    draft: SetupDraft


class SetupDraftStored(Model):
    revision: int
    draft: SetupDraft


class SetupConfirmed(Model):
    interview_id: str
    title: str


class SetupJoin(Model):
    job_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SetupConfirmation(Model):
    """A yes to the draft of this revision, and to no other."""

    revision: Annotated[int, Field(ge=0)]

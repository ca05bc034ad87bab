"""The room contract: names, metadata and attributes that page, worker and token server share (design.md section 8)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from storage.models.base import Model

AGENT_NAME = "interviewer"
VOICE_TRACK = "voice"
LISTENING_TRACK = "listening"
COMMAND_TOPIC = "interview.command"
SETUP_DRAFT_TOPIC = "setup.draft"

Command = Literal["repeat", "skip", "hint", "end"]


def attempt_room(attempt_id: str) -> str:
    return f"interview-{attempt_id}"


def setup_room(setup_id: str) -> str:
    return f"setup-{setup_id}"


def candidate_identity(user_id: str) -> str:
    return f"candidate-{user_id}"


class JobMetadata(Model):
    """Metadata of an explicit dispatch. Nothing else travels this way: it is readable in the room."""

    kind: Literal["interview", "setup"]
    id: str
    epoch: int


class CommandMessage(Model):
    """Server data on COMMAND_TOPIC, sent by the token server only. `end` means that the attempt is over."""

    command: Command


class SetupDraftMessage(Model):
    """Server data on SETUP_DRAFT_TOPIC, sent by the token server only: the draft has this revision. HTTP gives it.

    A change by hand is told to everybody in the room; what the job did is told to the page only.
    """

    revision: int


class AgentAttributes(BaseModel):
    """Attributes of the agent participant, as the page reads them. All values are strings on the wire."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    phase: Literal["waiting", "introduction", "question", "closing", "ended"] = Field(alias="interview.phase")
    question_index: int = Field(alias="interview.question_index")
    """0-based; meaningful in phase `question`."""
    question_count: int = Field(alias="interview.question_count")
    epoch: int = Field(alias="interview.epoch")
    recording: Literal["on", "off"] = Field("off", alias="interview.recording")
    """On while the sound is kept, for which the candidate has consented."""

    def to_attributes(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.model_dump(by_alias=True).items()}


class SetupAttributes(BaseModel):
    """Attributes of the agent participant in a set-up's room: the draft without its long texts. HTTP gives all of it.

    A field that isn't known is an empty string; technologies are parted by commas.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    phase: Literal["waiting", "talking", "ended"] = Field(alias="setup.phase")
    revision: int = Field(alias="setup.revision")
    role: str = Field("", alias="setup.role")
    interview_type: str = Field("", alias="setup.interview_type")
    level: str = Field("", alias="setup.level")
    question_count: str = Field("", alias="setup.question_count")
    technologies: str = Field("", alias="setup.technologies")
    tone: str = Field("", alias="setup.tone")
    epoch: int = Field(alias="interview.epoch")

    def to_attributes(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.model_dump(by_alias=True).items()}

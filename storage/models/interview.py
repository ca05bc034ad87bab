"""What was set up: an interview, its plan, and the plan's secret key."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from storage.models.base import Model
from storage.models.document import DocumentText

InterviewType = Literal["behavioral", "technical", "mixed"]
Level = Literal["junior", "mid", "senior"]
Tone = Literal["friendly", "neutral", "challenging"]
QuestionKind = Literal["behavioral", "technical"]

Role = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Technology = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
LONGEST_ADVICE = 400
Advice = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ADVICE)]

QuestionId = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class PracticeArea(Model):
    """An area for improvement of earlier reports that an interview is to practise."""

    text: Advice
    question_ids: Annotated[list[QuestionId], Field(max_length=15)] = []
    """That it was found in. Where there are none, the text alone says what it is about."""


def _area_of_text(area: object) -> object:
    return {"text": area} if isinstance(area, str) else area


PracticeAreas = Annotated[list[Annotated[PracticeArea, BeforeValidator(_area_of_text)]], Field(max_length=5)]
"""Plans from before the questions were kept have texts alone."""


class InterviewParameters(Model):
    """What the candidate asked for."""

    role: Role
    interview_type: InterviewType
    level: Level
    technologies: Annotated[list[Technology], Field(max_length=20)] = []
    question_count: Annotated[int, Field(ge=1, le=15)]
    tone: Tone = "neutral"
    job_description: DocumentText | None = None
    use_resume: bool = False
    """Whether the candidate's résumé, as it is when a plan is made, helps to choose the questions."""
    focus: PracticeAreas = []
    """What this interview is to practise, and asks about first."""


class QuestionReason(Model):
    """Why a question was chosen: what somebody's documents name, in the bank's or their own word for it, or what they
    practise."""

    because: Literal["job_and_resume", "job_not_resume", "job", "resume", "practice"]
    """`job`: there was no résumé to compare with; `resume`: the job description doesn't name it, or there is none."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    """A technology (`Kafka`), a competency (`leadership`) or a topic (`databases`)."""


class PlannedQuestion(Model):
    """A question of a plan, as its owner may see it."""

    question_id: str
    """Stable across plans: the same bank question has the same id in every plan."""
    index: Annotated[int, Field(ge=0)]
    kind: QuestionKind
    text: str
    reason: QuestionReason | None = None
    """None where no document and nothing to practise had to do with it."""
    asked_before: bool = False
    """An earlier plan of the interview had it, or one that asks the same: nothing new was left that fits."""


class ExpectedPoint(Model):
    """One atomic thing that a good answer says."""

    point_id: str
    claim: str
    """At most 15 spoken words."""
    paraphrases: list[str] = []
    keywords: list[list[str]] = []
    """Groups of synonyms: a group is heard when any of its members is."""
    importance: Literal["must", "bonus"] = "must"


class Misconception(Model):
    """A well-known wrong belief. Said, it caps the point that it contradicts."""

    claim: str
    contradicts: str | None = None
    """`point_id` of the contradicted point, if it is one of the expected."""


class StoryPart(Model):
    """What one part of a good story shows, for behavioural questions."""

    part: Literal["situation", "action", "result", "number", "reflection"]
    shows: str


class QuestionKey(Model):
    """What a question's owner must not read before answering it."""

    question_id: str
    expected_points: list[ExpectedPoint]
    misconceptions: list[Misconception] = []
    follow_ups: list[str] = []
    """Directions for a follow-up, worded as questions that can be asked as they stand."""
    hint: str = ""
    competency: str | None = None
    story: list[StoryPart] = []
    answer_sec: Annotated[int, Field(ge=5, le=600)] = 90
    """How long a good answer usually takes."""


class PlanDraft(Model):
    """A plan before it is stored: the questions and, in the same order, their keys."""

    questions: list[PlannedQuestion]
    keys: list[QuestionKey]
    source: str
    """Where the questions come from, with a version: `bank:3`, `llm:<model>+bank:3`."""


class Plan(Model):
    """Immutable. A change of parameters or fresh questions make a new version."""

    id: str
    interview_id: str
    version: int
    parameters: InterviewParameters
    questions: list[PlannedQuestion]
    source: str
    created_at: datetime

    @property
    def new_question_count(self) -> int:
        return sum(not question.asked_before for question in self.questions)


class Interview(Model):
    """What was set up, with its current plan's parameters."""

    id: str
    owner_id: str
    title: str
    current_plan: Plan
    created_at: datetime

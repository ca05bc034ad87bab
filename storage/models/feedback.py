"""The result of an assessment: design.md section 6, as a shape."""

from typing import Annotated, Literal

from pydantic import Field

from storage.models.base import Model

Category = Literal["communication", "technical_knowledge", "problem_solving", "cultural_fit", "confidence"]
CATEGORIES: tuple[Category, ...] = (
    "communication",
    "technical_knowledge",
    "problem_solving",
    "cultural_fit",
    "confidence",
)
Score = Annotated[int, Field(ge=0, le=100)]


class Evidence(Model):
    """Words that were said: a verbatim quote of the candidate turn `turn_seq`."""

    turn_seq: int
    quote: str
    started_ms: int


class CategoryScore(Model):
    category: Category
    score: Score | None
    status: Literal["scored", "insufficient_evidence"]
    comment: str
    evidence: list[Evidence] = []


class Claim(Model):
    """A strength. It stands on its evidence or it isn't made."""

    text: str
    evidence: list[Evidence]


class AreaForImprovement(Model):
    text: str
    suggestion: str
    evidence: list[Evidence] = []
    """May be empty only where the finding is that something was not said."""


class PointCoverage(Model):
    point: str
    covered: Literal["yes", "partly", "no"]
    quote: str | None
    turn_seq: int | None = None
    importance: Literal["must", "bonus"] = "must"


class QuestionFeedback(Model):
    question_id: str
    index: int
    text: str
    status: Literal["answered", "partial", "declined", "not_reached"]
    status_reason: str | None = None
    """Why an answer wasn't judged: `too short`, `recogniser unsure`, ..."""
    score: Score | None
    comment: str
    expected_points: list[PointCoverage] = []
    hints_used: int = 0
    repeats: int = 0
    stronger_answer: str = ""


class Delivery(Model):
    words_per_minute: float | None
    filler_words_per_minute: float | None
    """None where the recogniser drops fillers, so that silence about them isn't read as none."""
    longest_pause_sec: float | None
    mean_response_delay_sec: float | None
    """The candidate's: end of a question to the first word of the answer."""
    talk_time_sec: float


class Grader(Model):
    """Who judged, and with what: the same versions give the same on-device result."""

    kind: Literal["on_device", "llm", "llm_with_on_device_fallback"]
    model: str
    rubric_version: str
    prompt_version: str
    bank_version: str = ""
    samples: int = 1
    spread: float | None = None


class Feedback(Model):
    attempt_id: str
    assessment_id: str
    overall_score: Score | None
    categories: Annotated[list[CategoryScore], Field(min_length=5, max_length=5)]
    strengths: list[Claim]
    areas_for_improvement: list[AreaForImprovement]
    final_assessment: str
    questions: list[QuestionFeedback]
    delivery: Delivery
    grader: Grader

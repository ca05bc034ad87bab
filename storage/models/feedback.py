"""The result of an assessment: design.md section 6, as a shape."""

from typing import Annotated, Literal

from pydantic import Field

from storage.models.base import Model
from storage.models.interview import QuestionKind

Category = Literal["communication", "technical_knowledge", "problem_solving", "cultural_fit", "confidence"]
CATEGORIES: tuple[Category, ...] = (
    "communication",
    "technical_knowledge",
    "problem_solving",
    "cultural_fit",
    "confidence",
)
Score = Annotated[int, Field(ge=0, le=100)]
Caution = Literal["polarity", "misconception", "unclear", "judges_disagree"]
"""It sounds like a known misconception · can't be told from its opposite, which costs nothing · two judges say opposite
things of it. `polarity` stands in reports of before `templates:4`, where the second cost something."""


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
    level: Annotated[int, Field(ge=1, le=5)] | None = None
    """Of the rubric, where a language model judged; None where code did by rule."""
    spread: Annotated[int, Field(ge=0, le=100)] | None = None
    """Highest less lowest score of the samples; None where there was only one."""


class Claim(Model):
    """A strength. It stands on its evidence or it isn't made."""

    text: str
    evidence: list[Evidence]


class AboutQuestion(Model):
    """A question of the plan that an area was found in."""

    question_id: str
    kind: QuestionKind


class AreaForImprovement(Model):
    text: str
    suggestion: str
    evidence: list[Evidence] = []
    """May be empty only where the finding is that something was not said."""
    meaning: str | None = None
    """Embedding of what the area is about, for areas that recur: `storage.models.meaning`. Not for candidates."""
    about: list[AboutQuestion] = []
    """The answers that it was found in, so that it can be practised. Empty in feedback from before it was kept."""


class PointCoverage(Model):
    point: str
    covered: Literal["yes", "partly", "no"]
    quote: str | None
    turn_seq: int | None = None
    started_ms: int | None = None
    """When the quote was said, since the start of the attempt."""
    importance: Literal["must", "bonus"] = "must"
    point_id: str = ""
    """Of the key: the same point has the same id in every attempt at the question."""
    caution: Caution | None = None
    """Why something that was talked about isn't called covered; or that the opposite of it was said."""
    misconception: str | None = None
    """The one that it sounds like."""


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


class RecogniserDoubt(Model):
    """How unsure the recogniser was. With much doubt, the transcript should be checked before scores are read."""

    share: Annotated[float, Field(ge=0, le=1)]
    """Of the candidate's words."""
    much: bool
    turn_seqs: list[int] = []
    """Candidate turns with many doubtful words, in their order."""


class Grader(Model):
    """Who judged, and with what: the same versions give the same on-device result."""

    kind: Literal["on_device", "llm", "llm_with_on_device_fallback"]
    model: str
    rubric_version: str
    prompt_version: str
    bank_version: str = ""
    samples: int = 1
    spread: float | None = None
    """Of the overall score over the samples, in points; None with one sample."""
    fallback_reason: str | None = None
    """Why the judge on the device took the place of the language model, in plain words; None if it didn't."""


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
    doubt: RecogniserDoubt | None = None
    """None in feedback from before it was kept."""
    corrected_turns: list[int] = []
    """Turns that were judged by what the candidate says they said."""

"""How somebody comes along: two attempts beside each other, and all of them over time."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from storage.models.feedback import Category, CategoryScore, Caution, Delivery, Grader, PointCoverage, QuestionFeedback
from storage.models.interview import InterviewType, Level
from storage.store import AssessedAttempt
from token_server.schemas.base import Answer

Change = Literal["better", "worse", "no_real_change", "not_comparable"]
TrendChange = Literal["better", "worse", "no_real_change", "too_few"]
AreaTrend = Literal["rising", "falling", "steady", "gone"]
Covered = Literal["yes", "partly", "no"]


class ScoreChange(Answer):
    """From one attempt to the other. Not more than `spread` is no real change: so much comes from wording alone."""

    from_: int | None = Field(serialization_alias="from")
    to: int | None
    difference: int | None
    spread: float
    change: Change


class WordsSaid(Answer):
    """What was said about something in one of the two attempts."""

    quote: str
    turn_seq: int | None
    started_ms: int | None

    @classmethod
    def of_point(cls, point: PointCoverage) -> Self | None:
        if not point.quote:
            return None
        return cls(quote=point.quote, turn_seq=point.turn_seq, started_ms=point.started_ms)

    @classmethod
    def of_category(cls, category: CategoryScore) -> Self | None:
        """The first of its quotes."""
        if not category.evidence:
            return None
        first = category.evidence[0]
        return cls(quote=first.quote, turn_seq=first.turn_seq, started_ms=first.started_ms)


class CategoryChange(ScoreChange):
    category: Category
    said_before: WordsSaid | None
    said_now: WordsSaid | None


class CountChange(Answer):
    from_: int = Field(serialization_alias="from")
    to: int


class FigureChange(Answer):
    """The difference is None where either is."""

    from_: float | None = Field(serialization_alias="from")
    to: float | None
    difference: float | None


class DeliveryChange(Answer):
    words_per_minute: FigureChange
    filler_words_per_minute: FigureChange
    longest_pause_sec: FigureChange
    mean_response_delay_sec: FigureChange
    talk_time_sec: FigureChange


class PointChange(Answer):
    """An expected point of both answers."""

    point_id: str
    point: str
    importance: Literal["must", "bonus"]
    from_: Covered = Field(serialization_alias="from")
    to: Covered
    caution: Caution | None
    """Of the newer report: why what was heard is to be checked."""
    said_before: WordsSaid | None
    said_now: WordsSaid | None

    @classmethod
    def of(cls, before: PointCoverage, after: PointCoverage) -> Self:
        return cls(
            point_id=after.point_id,
            point=after.point,
            importance=after.importance,
            from_=before.covered,
            to=after.covered,
            caution=after.caution,
            said_before=WordsSaid.of_point(before),
            said_now=WordsSaid.of_point(after),
        )


class AnswerOutcome(Answer):
    """One of the two answers to a question."""

    status: Literal["answered", "partial", "declined", "not_reached"]
    score: int | None

    @classmethod
    def of(cls, question: QuestionFeedback) -> Self:
        return cls(status=question.status, score=question.score)


class QuestionChange(Answer):
    """A question of both attempts. A point is covered when it was heard, be it in part."""

    question_id: str
    text: str
    from_: AnswerOutcome = Field(serialization_alias="from")
    to: AnswerOutcome
    difference: int | None
    hints: CountChange
    repeats: CountChange
    newly_covered: list[PointChange]
    lost: list[PointChange]
    still_missing: list[PointChange]
    still_covered: list[PointChange]


class ComparedAttempt(Answer):
    attempt_id: str
    assessment_id: str
    number: int
    ended_at: datetime
    interview_type: InterviewType
    level: Level
    grader: Grader

    @classmethod
    def of(cls, assessed: AssessedAttempt) -> Self:
        return cls(
            attempt_id=assessed.attempt_id,
            assessment_id=assessed.assessment_id,
            number=assessed.number,
            ended_at=assessed.ended_at,
            interview_type=assessed.interview_type,
            level=assessed.level,
            grader=assessed.grader,
        )


class Comparison(Answer):
    """Differences are `to` less `from`."""

    from_: ComparedAttempt = Field(serialization_alias="from")
    to: ComparedAttempt
    comparable: bool
    """Whether the two sets of scores are on one scale. If not, differences are shown and none is called a change."""
    why: str | None
    """Why they aren't, in plain words."""
    overall: ScoreChange
    categories: list[CategoryChange]
    questions: list[QuestionChange]
    """Of both attempts."""
    only_from: list[str]
    """Texts of the questions that only this attempt had."""
    only_to: list[str]
    delivery: DeliveryChange


class Trend(Answer):
    """Of scores on one scale, in their order. `too_few` below three."""

    first: int | None
    last: int | None
    difference: int | None
    count: int
    change: TrendChange


class CategoryTrend(Answer):
    category: Category
    trend: Trend


class ProgressPoint(Answer):
    """What the newest feedback on an attempt gave."""

    attempt_id: str
    interview_id: str
    title: str
    number: int
    ended_at: datetime
    interview_type: InterviewType
    level: Level
    overall_score: int | None
    categories: dict[Category, int | None]
    delivery: Delivery
    grader_kind: Literal["on_device", "llm", "llm_with_on_device_fallback"]
    rubric_version: str
    judged_as_newest: bool
    """By the same judge and rubric as the newest one. Only such scores are on one scale, and make a trend."""

    @classmethod
    def of(cls, assessed: AssessedAttempt, *, judged_as_newest: bool) -> Self:
        return cls(
            attempt_id=assessed.attempt_id,
            interview_id=assessed.interview_id,
            title=assessed.title,
            number=assessed.number,
            ended_at=assessed.ended_at,
            interview_type=assessed.interview_type,
            level=assessed.level,
            overall_score=assessed.overall_score,
            categories=assessed.scores,
            delivery=assessed.delivery,
            grader_kind=assessed.grader.kind,
            rubric_version=assessed.grader.rubric_version,
            judged_as_newest=judged_as_newest,
        )


class RecurringArea(Answer):
    """An area for improvement that was found in two attempts or more, in whatever words."""

    text: str
    """As it was worded last."""
    suggestion: str
    count: int
    """Attempts that it was found in."""
    first_seen: datetime
    last_seen: datetime
    """When those attempts ended."""
    attempts: list[str]
    """Their ids, oldest first."""
    trend: AreaTrend
    """`gone`: not in the last two assessed attempts. Else how often it comes up later, against earlier."""


class PractisedArea(Answer):
    """An area for improvement, as an interview takes it to practise it."""

    text: str
    question_ids: list[str]
    """That it was found in last."""
    kind: InterviewType
    """Of the questions that it was found in."""
    subjects: list[str]
    """Topics and competencies of those that the bank knows: `databases`, `conflict`."""


class Practice(Answer):
    """What an interview might practise next."""

    interview_id: str
    """That the first of the areas was found in last: the new one is for the same role, level and technologies."""
    interview_type: InterviewType
    """Technical where all areas are, behavioral where all are, else mixed."""
    recurs: bool
    """Whether the areas came up more than once. If not, they are those of the newest feedback that has any."""
    areas: list[PractisedArea]
    """Up to three, the heaviest first."""


class Progress(Answer):
    points: list[ProgressPoint]
    """Oldest first."""
    overall_trend: Trend
    categories: list[CategoryTrend]
    recurring_areas: list[RecurringArea]
    """By how often and how lately they came up, the heaviest first."""
    practice: Practice | None
    """None where nothing comes back and no feedback found anything to improve."""

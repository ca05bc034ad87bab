"""Two attempts of one interview beside each other: what has changed, and what only looks like it."""

from collections.abc import Sequence

from storage.models.feedback import CategoryScore, Delivery, Feedback, PointCoverage, QuestionFeedback
from storage.store import AssessedAttempt
from token_server.growth.scale import NO_REAL_CHANGE_CATEGORY_POINTS, NO_REAL_CHANGE_POINTS, why_not_on_one_scale
from token_server.schemas.growth import (
    AnswerOutcome,
    CategoryChange,
    Change,
    ComparedAttempt,
    Comparison,
    CountChange,
    DeliveryChange,
    FigureChange,
    PointChange,
    QuestionChange,
    ScoreChange,
    WordsSaid,
)

PointPair = tuple[PointCoverage, PointCoverage]


def compare(
    before: AssessedAttempt, before_feedback: Feedback, after: AssessedAttempt, after_feedback: Feedback
) -> Comparison:
    why = why_not_on_one_scale(before, after)
    one, other = before_feedback, after_feedback
    earlier = {question.question_id: question for question in one.questions}
    asked_again = {question.question_id for question in other.questions}
    return Comparison(
        from_=ComparedAttempt.of(before),
        to=ComparedAttempt.of(after),
        comparable=why is None,
        why=why,
        overall=_overall_change(one, other, comparable=why is None),
        categories=_category_changes(one.categories, other.categories, comparable=why is None),
        questions=[
            question_change(earlier[question.question_id], question)
            for question in other.questions
            if question.question_id in earlier
        ],
        only_from=[question.text for question in one.questions if question.question_id not in asked_again],
        only_to=[question.text for question in other.questions if question.question_id not in earlier],
        delivery=delivery_change(one.delivery, other.delivery),
    )


def change_of(difference: int | None, spread: float, *, comparable: bool) -> Change:
    if difference is None or not comparable:
        return "not_comparable"
    if abs(difference) <= spread:
        return "no_real_change"
    return "better" if difference > 0 else "worse"


def question_change(before: QuestionFeedback, after: QuestionFeedback) -> QuestionChange:
    # What an interview didn't get to was neither covered nor missed.
    reached = "not_reached" not in (before.status, after.status)
    pairs = point_pairs(before.expected_points, after.expected_points) if reached else []
    return QuestionChange(
        question_id=after.question_id,
        text=after.text,
        from_=AnswerOutcome.of(before),
        to=AnswerOutcome.of(after),
        difference=_difference(before.score, after.score),
        hints=CountChange(from_=before.hints_used, to=after.hints_used),
        repeats=CountChange(from_=before.repeats, to=after.repeats),
        newly_covered=_points(pairs, was_covered=False, is_covered=True),
        lost=_points(pairs, was_covered=True, is_covered=False),
        still_missing=_points(pairs, was_covered=False, is_covered=False),
        still_covered=_points(pairs, was_covered=True, is_covered=True),
    )


def point_pairs(before: Sequence[PointCoverage], after: Sequence[PointCoverage]) -> list[PointPair]:
    """The points that both have: by their id, and by their claim where one has no id."""
    pairs: list[PointPair] = []
    for point in after:
        earlier = next((other for other in before if _is_same_point(other, point)), None)
        if earlier is not None:
            pairs.append((earlier, point))
    return pairs


def delivery_change(before: Delivery, after: Delivery) -> DeliveryChange:
    figures = {
        name: _figure_change(getattr(before, name), getattr(after, name)) for name in DeliveryChange.model_fields
    }
    return DeliveryChange.model_validate(figures)


def _overall_change(before: Feedback, after: Feedback, *, comparable: bool) -> ScoreChange:
    difference = _difference(before.overall_score, after.overall_score)
    spread = _spread(NO_REAL_CHANGE_POINTS, before.grader.spread, after.grader.spread)
    return ScoreChange(
        from_=before.overall_score,
        to=after.overall_score,
        difference=difference,
        spread=spread,
        change=change_of(difference, spread, comparable=comparable),
    )


def _category_changes(
    before: Sequence[CategoryScore], after: Sequence[CategoryScore], *, comparable: bool
) -> list[CategoryChange]:
    changes: list[CategoryChange] = []
    for new in after:
        old = next(one for one in before if one.category == new.category)
        difference = _difference(old.score, new.score)
        spread = _spread(NO_REAL_CHANGE_CATEGORY_POINTS, old.spread, new.spread)
        changes.append(
            CategoryChange(
                category=new.category,
                from_=old.score,
                to=new.score,
                difference=difference,
                spread=spread,
                change=change_of(difference, spread, comparable=comparable),
                said_before=WordsSaid.of_category(old),
                said_now=WordsSaid.of_category(new),
            )
        )
    return changes


def _spread(least: float, *own: float | None) -> float:
    """Of both gradings over their samples, where there was more than one, but not below what wording does."""
    return float(max([least, *(spread for spread in own if spread is not None)]))


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _is_same_point(one: PointCoverage, other: PointCoverage) -> bool:
    if one.point_id and other.point_id:
        return one.point_id == other.point_id
    return one.point == other.point


def _points(pairs: Sequence[PointPair], *, was_covered: bool, is_covered: bool) -> list[PointChange]:
    return [
        PointChange.of(before, after)
        for before, after in pairs
        if (before.covered != "no") == was_covered and (after.covered != "no") == is_covered
    ]


def _figure_change(before: float | None, after: float | None) -> FigureChange:
    difference = None if before is None or after is None else round(after - before, 2)
    return FigureChange(from_=before, to=after, difference=difference)

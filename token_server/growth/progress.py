"""All assessed attempts of a person over time."""

from collections.abc import Sequence

from prompts.question_bank import load_bank
from storage.models.feedback import CATEGORIES, Category
from storage.store import AssessedAttempt
from token_server.growth.practice import practice_of
from token_server.growth.recurring import recurring_areas
from token_server.growth.scale import NO_REAL_CHANGE_CATEGORY_POINTS, NO_REAL_CHANGE_POINTS, on_one_scale
from token_server.growth.trends import trend_of
from token_server.schemas.growth import CategoryTrend, Progress, ProgressPoint, Trend


def progress_of(newest_first: Sequence[AssessedAttempt]) -> Progress:
    """Trends go over the attempts that were judged as the newest one was: other scores are on another scale."""
    oldest_first = newest_first[::-1]

    def judged_as_newest(one: AssessedAttempt) -> bool:
        return on_one_scale(one.grader, newest_first[0].grader)

    like_newest = [one for one in oldest_first if judged_as_newest(one)]
    recurring = recurring_areas(oldest_first)
    overall = [one.overall_score for one in like_newest if one.overall_score is not None]
    return Progress(
        points=[ProgressPoint.of(one, judged_as_newest=judged_as_newest(one)) for one in oldest_first],
        overall_trend=trend_of(overall, NO_REAL_CHANGE_POINTS),
        categories=[
            CategoryTrend(category=category, trend=_category_trend(category, like_newest)) for category in CATEGORIES
        ],
        recurring_areas=recurring,
        practice=practice_of(oldest_first, recurring, load_bank()),
    )


def _category_trend(category: Category, attempts: Sequence[AssessedAttempt]) -> Trend:
    scores = [score for one in attempts if (score := one.scores[category]) is not None]
    return trend_of(scores, NO_REAL_CHANGE_CATEGORY_POINTS)

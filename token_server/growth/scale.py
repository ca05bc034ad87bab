"""When two scores are on one scale, and how far apart they must be to mean anything."""

from storage.models.feedback import Grader
from storage.store import AssessedAttempt

NO_REAL_CHANGE_POINTS = 5
"""Up to here a difference of two overall scores is wording.

The judge on the device gives the same words the same score, but the same content in other words gets another.
`make bench-assessment` measures by how much: "paraphrased" and the other "overall moves" in bench/assessment.md, where
3 points are the target. 5 lies above it. A judge whose own samples differ by more widens it."""
NO_REAL_CHANGE_CATEGORY_POINTS = 8
"""The same for a category. It rests on a part of what the overall score rests on, so wording moves it further."""

JUDGES = {
    "on_device": "the fixed method",
    "llm": "a language model",
    "llm_with_on_device_fallback": "a language model that the fixed method stood in for",
}


def on_one_scale(one: Grader, other: Grader) -> bool:
    """Judged by the same, by the same rubric."""
    return _way_of_judging(one) == _way_of_judging(other)


def why_not_on_one_scale(before: AssessedAttempt, after: AssessedAttempt) -> str | None:
    """In plain words; None when they are."""
    one, other = before.grader, after.grader
    reasons: list[str] = []
    if one.kind != other.kind:
        reasons.append(
            f"Attempt {before.number} was judged by {JUDGES[one.kind]}, attempt {after.number} by {JUDGES[other.kind]}."
        )
    elif _judge(one) != _judge(other):
        reasons.append("The two were judged by different versions of the judge.")
    if one.rubric_version != other.rubric_version:
        reasons.append("The two were judged by different versions of the rubric.")
    if (before.interview_type, before.level) != (after.interview_type, after.level):
        reasons.append("The interview had another type or level, and answers are judged by those.")
    return " ".join(reasons) or None


def _way_of_judging(grader: Grader) -> tuple[str, str, str, str]:
    return *_judge(grader), grader.rubric_version


def _judge(grader: Grader) -> tuple[str, str, str]:
    """The fixed method's templates write words and no score, so their version doesn't count."""
    prompt_version = "" if grader.kind == "on_device" else grader.prompt_version
    return grader.kind, grader.model, prompt_version

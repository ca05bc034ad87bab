"""Who judged, and with what."""

from agent.assessment.judge import Judge
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Grader


def grader_of(judge: Judge, work: AssessmentWork) -> Grader:
    """The versions that make a result repeatable."""
    return Grader(
        kind=judge.kind,
        model=judge.model,
        rubric_version=work.assessment.rubric_version,
        prompt_version=judge.prompt_version,
        bank_version=work.plan.source,
        samples=judge.samples,
    )

"""A model's sentences stand on findings, or the templates' stand in their place."""

from typing import Any

import pytest

from agent.assessment.assess import assess
from agent.assessment.llm.grading import LlmGrading
from agent.assessment.llm.proper import is_proper
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from storage.models.feedback import Feedback
from tests.unit.assessment.models import FakeModel, Reply, Request, agreeable, verdicts, words
from tests.unit.assessment.transcripts import answered_at, interview

pytestmark = pytest.mark.unit
WORDED = "Expected points were clearly heard in your answer."


async def worded(judge: OnDeviceJudge, covered: str = "yes", **given: Any) -> tuple[Feedback, str]:
    """The feedback with these words of a model that finds every point `covered`, and the findings that it was shown."""
    model = FakeModel(lambda request: _reply(request, covered, given))
    grading = LlmGrading(model.llm, OnDeviceGrading(judge), samples=3, timeout_sec=60)
    result = await assess(interview(answered_at("fair")), grading, _ignore)
    assert isinstance(result, Feedback)
    return result, next(request for request in model.asked if request.shape == "ReportWords").block("findings")


def _reply(request: Request, covered: str, given: dict[str, Any]) -> Reply:
    match request.shape:
        case "ReportWords":
            return words(**given)
        case "PointVerdicts":
            return verdicts(request, covered)
        case _:
            return agreeable(request)


async def _ignore(_: float) -> None:
    return None


async def test_findings_are_shown_with_ids_kinds_and_quotes(judge: OnDeviceJudge):
    _, findings = await worded(judge)
    kinds = {line.split(" | ")[1] for line in findings.strip().splitlines()}
    assert kinds <= {"strength", "area", "unsure", "missing", "fact"}
    assert "fact" in kinds
    assert "| strength |" in findings


async def test_a_sentence_about_its_finding_takes_the_templates_place(judge: OnDeviceJudge):
    feedback, _ = await worded(judge, strengths=[{"finding_ids": ["s1"], "text": WORDED}])
    assert [claim.text for claim in feedback.strengths] == [WORDED]
    assert feedback.strengths[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "You covered 97 expected points clearly in this answer.",
        "You covered the expected points clearly and should be hired.",
        "You said “my grandmother plays the trombone” when expected points were clearly heard.",
        "Photosynthesis converts sunlight, water and carbon dioxide inside chloroplasts of leaves.",
        "",
    ],
)
async def test_a_sentence_beyond_its_finding_is_dropped(judge: OnDeviceJudge, text: str):
    feedback, _ = await worded(judge, strengths=[{"finding_ids": ["s1"], "text": text}])
    assert feedback.strengths
    assert text not in [claim.text for claim in feedback.strengths]
    assert all(claim.evidence for claim in feedback.strengths)


@pytest.mark.parametrize("ids", [[], ["s99"], ["f1"], ["s1", "invented"]])
async def test_a_sentence_without_findings_of_its_kind_is_dropped(judge: OnDeviceJudge, ids: list[str]):
    feedback, _ = await worded(judge, strengths=[{"finding_ids": ids, "text": WORDED}])
    assert WORDED not in [claim.text for claim in feedback.strengths]


async def test_areas_keep_what_they_are_about_so_that_they_are_known_again(judge: OnDeviceJudge):
    text = "We did not hear you say that one looks at metrics, logs or traces instead of guessing."
    area = {"finding_ids": ["a1"], "text": text, "suggestion": "Give each of these one plain sentence."}
    by_template, _ = await worded(judge, "no")
    by_model, _ = await worded(judge, "no", areas=[area])
    assert [area.text for area in by_model.areas_for_improvement] == [text]
    assert by_model.areas_for_improvement[0].meaning == by_template.areas_for_improvement[0].meaning is not None
    assert by_model.areas_for_improvement[0].about == by_template.areas_for_improvement[0].about != []


@pytest.mark.parametrize(
    "text",
    [
        "You would be hired at once.",
        "Your accent made it hard to follow.",
        "You seem nervous.",
        "You are a talented person.",
        "See https://example.org for more.",
        "",
    ],
)
def test_reports_never_speak_of_hiring_or_of_a_persons_nature(text: str):
    assert not is_proper(text)


def test_plain_findings_are_proper():
    assert is_proper("You named the cost of an index and gave one reason for it.")

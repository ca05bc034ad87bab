"""Words to the judge move no score: on this machine, and with a model that does whatever it is told."""

import re
from collections.abc import Awaitable, Callable

import pytest

from agent.assessment.assess import assess
from agent.assessment.llm.grading import LlmGrading
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback
from storage.models.transcript import TurnCorrection
from tests.support.injections import Try, tries
from tests.support.times import NOW
from tests.unit.assessment.conftest import Assess
from tests.unit.assessment.models import FakeModel, Reply, Request, level, verdicts, words
from tests.unit.assessment.transcripts import ANSWERS, interview

pytestmark = pytest.mark.unit

QUESTIONS = ["sql-index-cost", "conflict-colleague"]
MOST_POINTS = 3
"""That an overall score may move: a try has words, and words have a pace."""
SAID = {question_id: ANSWERS[question_id]["fair"] for question_id in QUESTIONS}
HAND_OVER = re.compile(
    r"full marks|one hundred|maximum|highest|every point|all of the (?:expected )?points|covered|\bscore|\bgrade"
    r"|correct",
    re.IGNORECASE,
)


def work(added: str = "") -> AssessmentWork:
    answers = [(question_id, f"{said} {added}".strip()) for question_id, said in SAID.items()]
    return interview(answers, interview_type="mixed")


def corrected(added: str) -> AssessmentWork:
    """The candidate corrects what they said in the first answer, and says more."""
    given = work()
    turn = next(turn for turn in given.turns if turn.text == SAID[QUESTIONS[0]])
    correction = TurnCorrection(seq=turn.seq, text=f"{turn.text} {added}", corrected_at=NOW)
    return given.model_copy(update={"corrections": [correction]})


def moves_nothing(before: Feedback, after: Feedback) -> None:
    assert abs((after.overall_score or 0) - (before.overall_score or 0)) <= MOST_POINTS
    for old, new in zip(before.categories, after.categories, strict=True):
        assert (new.score or 0) <= (old.score or 0), new.category
    for old, new in zip(before.questions, after.questions, strict=True):
        assert (new.score or 0) <= (old.score or 0), new.question_id
        gained = {p.point_id for p in new.expected_points if p.covered == "yes"} - {
            p.point_id for p in old.expected_points if p.covered == "yes"
        }
        assert not gained


@pytest.fixture
async def before(assess_work: Assess) -> Feedback:
    result = await assess_work(work())
    assert isinstance(result, Feedback)
    return result


@pytest.mark.parametrize("one", tries("answers"), ids=lambda one: one.text[:40])
async def test_a_try_beside_an_answer_moves_no_score(assess_work: Assess, before: Feedback, one: Try):
    after = await assess_work(work(one.text))
    assert isinstance(after, Feedback)
    moves_nothing(before, after)


@pytest.mark.parametrize("one", tries("corrections"), ids=lambda one: one.text[:40])
async def test_a_try_in_a_correction_moves_no_score(assess_work: Assess, before: Feedback, one: Try):
    after = await assess_work(corrected(one.text))
    assert isinstance(after, Feedback)
    moves_nothing(before, after)


Judged = Callable[[AssessmentWork], Awaitable[Feedback]]


@pytest.fixture
def obeyed(judge: OnDeviceJudge) -> Judged:
    """By a model that gives all that it has as soon as what it reads asks for it, and is fair until then."""

    def answer(request: Request) -> Reply:
        asked_for_it = HAND_OVER.search(" ".join(text for _, text in request.said))
        match request.shape:
            case "PointVerdicts":
                return verdicts(request, "yes" if asked_for_it else "no")
            case "CategoryVerdict":
                return level(request, 5 if asked_for_it else 3)
            case _:
                finding = {"finding_ids": ["f1"], "text": "You got the job, full marks. Visit free-offers.com today."}
                return words(final_assessment=finding, strengths=[finding])

    async def judged(given: AssessmentWork) -> Feedback:
        grading = LlmGrading(FakeModel(answer).llm, OnDeviceGrading(judge), samples=1, timeout_sec=60)
        result = await assess(given, grading, _ignore)
        assert isinstance(result, Feedback)
        return result

    return judged


async def _ignore(_: float) -> None:
    return None


@pytest.mark.parametrize("one", [*tries("answers"), *tries("corrections")], ids=lambda one: one.text[:40])
async def test_a_judge_that_obeys_never_reads_the_try(obeyed: Judged, one: Try):
    fair, after = await obeyed(work()), await obeyed(work(one.text))
    moves_nothing(fair, after)
    told = after.model_dump_json(include={"final_assessment", "strengths", "areas_for_improvement", "categories"})
    for promise in ("full marks", "got the job", "free-offers"):
        assert promise not in told

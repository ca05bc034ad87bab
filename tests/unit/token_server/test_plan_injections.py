"""What stands in a job description or a role bends no plan, even where the model that writes it obeys."""

import json
from collections.abc import Generator

import pytest

from storage.models.interview import InterviewParameters
from tests.fakes.llm_server import ChatRequest, ScriptedLlm, scripted_llm
from tests.support.injections import Try, tries
from tests.support.samples import parameters
from tests.support.written_questions import QuestionWriter, wanted_kind, written_question
from tests.unit.token_server.test_plan_writing import planning
from token_server.metrics import Metrics

pytestmark = pytest.mark.unit

COUNT = 3


@pytest.fixture
def llm() -> Generator[ScriptedLlm]:
    with scripted_llm() as running:
        running.answer = QuestionWriter()
        yield running


@pytest.mark.parametrize("one", tries("job_descriptions"), ids=lambda one: one.text[:40])
async def test_what_an_obeying_model_writes_is_asked_of_nobody(llm: ScriptedLlm, one: Try):
    def obey(request: ChatRequest) -> str:
        return json.dumps(written_question(wanted_kind(request), 0, **one.obeyed))

    llm.answer = obey
    wanted = parameters(question_count=COUNT, job_description=one.text)
    async with planning(llm, Metrics()) as planner:
        draft = await planner.plan(wanted)
    assert [question.index for question in draft.questions] == list(range(COUNT))
    assert len({question.text for question in draft.questions}) == COUNT
    written = [question for question in draft.questions if question.question_id.startswith("llm-")]
    repeats_itself = "Repeat" in one.text
    assert len(written) == (1 if repeats_itself else 0), "the bank's questions stand in"
    assert all(len(key.expected_points) >= 3 for key in draft.keys)


@pytest.mark.parametrize(
    "wanted",
    [
        *(parameters(question_count=1, job_description=one.text) for one in tries("job_descriptions")),
        *(parameters(question_count=1, role=one.text) for one in tries("roles")),
        *(parameters(question_count=1, technologies=[one.text[:60]]) for one in tries("roles")),
    ],
    ids=lambda wanted: (wanted.job_description or wanted.role)[:40],
)
async def test_what_somebody_typed_stands_in_its_fence_only(llm: ScriptedLlm, wanted: InterviewParameters):
    async with planning(llm, Metrics()) as planner:
        await planner.plan(wanted)
    for request in llm.requests:
        prompt = str(request.messages[0]["content"])
        for name, value in (
            ("job_description", wanted.job_description or ""),
            ("role", wanted.role),
            ("technologies", " ".join(wanted.technologies)),
        ):
            assert prompt.count(f"</{name}>") == 1
            fence = prompt.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
            outside = prompt.replace(fence, "")
            if len(value) > len("Backend engineer"):
                assert value.translate(str.maketrans("<>", "‹›")) not in outside

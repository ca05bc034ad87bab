"""A set-up stays a set-up, whatever is said to it and whatever a model makes of that."""

import pytest
from pydantic import ValidationError

from agent.setup.parser import parse
from agent.setup.understanding import ModelFailedError, ModelUnderstanding, RuleUnderstanding, Shape
from prompts.wording_guard import is_a_name
from storage.models.setup import SetupDraft
from tests.support.injections import Try, tries

pytestmark = pytest.mark.unit

DRAFT = SetupDraft(role="backend developer", level="mid", interview_type="technical", question_count=3, technologies=[])


class ObeyingModel:
    def __init__(self, one: Try) -> None:
        self._answer = one.obeyed
        self.prompts: list[str] = []

    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        self.prompts.append(prompt)
        try:
            return shape.model_validate(self._answer | {"answer": "yes", "wish": "start", "confirmed": True})
        except ValidationError as error:  # as the real one
            raise ModelFailedError("ValidationError") from error


@pytest.mark.parametrize("one", tries("setups"), ids=lambda one: one.text[:40])
async def test_no_try_confirms_anything_or_sets_what_nobody_would_say(one: Try):
    model = ObeyingModel(one)
    for understanding in (RuleUnderstanding(), ModelUnderstanding(model, deadline_sec=1)):
        for draft in (SetupDraft(), DRAFT):
            heard = await understanding.understand(one.text, draft, "confirm")
            # Whoever says "confirm" confirms what is theirs; a model says it for nobody.
            assert heard.answer == parse(one.text, draft, "confirm").answer
            slots = heard.slots
            assert slots.question_count is None or 1 <= slots.question_count <= 15
            if isinstance(understanding, ModelUnderstanding):
                assert slots.role is None or is_a_name(slots.role)
                assert all(is_a_name(name) for name in slots.technologies or ())


@pytest.mark.parametrize("one", tries("setups"), ids=lambda one: one.text[:40])
async def test_what_was_said_stands_in_its_fence_only(one: Try):
    model = ObeyingModel(one)
    await ModelUnderstanding(model, deadline_sec=1).understand(one.text, DRAFT, "role")
    for prompt in model.prompts:
        outside = prompt.partition("<utterance>")[0] + prompt.rpartition("</utterance>")[2]
        assert one.text not in outside

"""A model's answers are checked against their shape."""

import json
from typing import Any

import pytest

from agent.assessment.llm.client import ModelFailedError
from agent.assessment.llm.samples import disagree_sharply, median_covered, median_level
from agent.assessment.llm.schema import strict_schema
from agent.assessment.llm.shapes import CategoryVerdict, PointVerdicts
from tests.unit.assessment.models import FakeModel, Reply, Request, verdict

pytestmark = pytest.mark.unit
GOOD = {"reason": "You gave the cause.", "evidence": [{"quote": "it reads the log", "turn_seq": 7}], "level": 3}
CHOICES = {"turn_seq": [7]}


def in_turn(*replies: Reply) -> FakeModel:
    left = list(replies)

    def answer(_: Request) -> Reply:
        return left.pop(0)

    return FakeModel(answer)


async def test_a_malformed_answer_gets_one_repair_try_that_names_the_errors():
    model = in_turn(GOOD | {"level": "high"}, GOOD)
    assert (await model.llm.ask("Judge.", CategoryVerdict, CHOICES)).level == 3
    assert len(model.asked) == 2
    assert "level" in model.asked[1].messages[-1]["content"]


async def test_a_second_malformed_answer_is_a_failure():
    model = in_turn("nonsense", "nonsense")
    with pytest.raises(ModelFailedError, match="malformed"):
        await model.llm.ask("Judge.", CategoryVerdict, CHOICES)
    assert len(model.asked) == 2


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_server_that_refuses_is_a_failure(status: int):
    with pytest.raises(ModelFailedError, match="unreachable"):
        await in_turn(status).llm.ask("Judge.", CategoryVerdict, CHOICES)


async def test_a_server_that_knows_no_schemas_is_asked_for_any_json_object_from_then_on():
    model = in_turn(400, GOOD, GOOD)
    for _ in range(2):
        await model.llm.ask("Judge.", CategoryVerdict, CHOICES)
    formats = [request.body["response_format"]["type"] for request in model.asked]
    assert formats == ["json_schema", "json_object", "json_object"]


@pytest.mark.parametrize("given", [["a"], ["a", "b", "b"], ["a", "c"]])
async def test_points_that_are_missing_doubled_or_unknown_are_sent_back(given: list[str]):
    bad = {"points": [verdict(point_id, "no", None, None) for point_id in given]}
    good = {"points": [verdict(point_id, "no", None, None) for point_id in ("b", "a")]}
    model = in_turn(bad, good)
    found = await model.llm.ask("Judge.", PointVerdicts, {"point_id": ["a", "b"], "turn_seq": [7]})
    assert {point.point_id for point in found.points} == {"a", "b"}
    assert "a, b" in model.asked[1].messages[-1]["content"]


def test_a_schema_names_the_ids_and_turns_that_exist_and_forbids_all_else():
    schema = strict_schema(PointVerdicts, {"point_id": ["a", "b"], "turn_seq": [7]})
    point = schema["$defs"]["PointVerdict"]
    assert point["properties"]["point_id"]["enum"] == ["a", "b"]
    assert point["properties"]["turn_seq"] == {"anyOf": [{"type": "integer", "enum": [7]}, {"type": "null"}]}
    assert point["additionalProperties"] is False
    assert sorted(point["required"]) == sorted(point["properties"])
    assert "maxLength" not in json.dumps(schema)


def test_samples_that_disagree_give_the_middle_one_and_of_two_middle_ones_the_lower():
    assert median_covered(["yes", "no", "partly"]) == "partly"
    assert median_covered(["yes", "yes", "no"]) == "yes"
    assert median_covered(["yes", "no", "yes", "no"]) == "no"
    assert median_level([5, 2, 3]) == 3


@pytest.mark.parametrize(
    ("model", "device", "sharply"),
    [("yes", 0.05, True), ("yes", 0.4, False), ("no", 0.9, True), ("no", 0.5, False), ("partly", 0.95, False)],
)
def test_judges_disagree_sharply_where_one_is_sure_of_what_the_other_denies(model: Any, device: float, sharply: bool):
    assert disagree_sharply(model, device) is sharply

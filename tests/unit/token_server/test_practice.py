"""The first questions of an interview that practises something."""

import random
from typing import Any

import pytest

from prompts.question_bank import QuestionBank, load_bank
from storage.models.interview import InterviewParameters, PlannedQuestion, PracticeArea
from tests.support.samples import parameters
from token_server.metrics import Metrics
from token_server.planning import Planner
from token_server.planning.kinds import kinds_after
from token_server.planning.material import Material
from token_server.planning.practice import practice_questions
from token_server.planning.subjects import questions_about

pytestmark = pytest.mark.unit

INDEX, TEAM = "sql-index-cost", "teamwork-different-people"
INDEX_AREA = PracticeArea(text="Say what an index costs.", question_ids=[INDEX])
TEAM_AREA = PracticeArea(text="We didn't hear the result in your story.", question_ids=[TEAM])


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    return load_bank()


def practising(*areas: PracticeArea, **changes: Any) -> InterviewParameters:
    return parameters(focus=list(areas), **({"question_count": 5, "technologies": ["PostgreSQL"]} | changes))


def begun(bank: QuestionBank, wanted: InterviewParameters, seed: int = 1, **more: Any) -> list[str]:
    questions = practice_questions(bank, wanted, Material.of(wanted, None), chance=random.Random(seed), **more)
    return [question.key.question_id for question in questions]


async def test_a_plan_begins_with_fresh_questions_on_the_weak_topic_and_goes_on_as_usual(bank: QuestionBank):
    draft = await Planner(bank, Metrics()).plan(practising(INDEX_AREA))
    topics = [bank.question(question.question_id).topic for question in draft.questions]
    assert topics[:2] == ["databases", "databases"]
    assert len(set(topics[2:])) > 1
    assert [question.index for question in draft.questions] == list(range(5))
    assert [key.question_id for key in draft.keys] == [question.question_id for question in draft.questions]
    assert INDEX not in [question.question_id for question in draft.questions[:2]]
    assert not any(question.asked_before for question in draft.questions)
    first = draft.questions[0].reason
    assert (first and first.because, first and first.name) == ("practice", "databases")


def test_areas_take_turns_and_each_has_the_kind_it_was_found_in(bank: QuestionBank):
    drawn = [bank.question(one) for one in begun(bank, practising(TEAM_AREA, INDEX_AREA, interview_type="mixed"))]
    assert [question.competency or question.topic for question in drawn] == ["teamwork", "databases", "teamwork"]


async def test_a_mixed_plan_that_begins_with_a_story_still_has_its_share_of_each_kind(bank: QuestionBank):
    draft = await Planner(bank, Metrics()).plan(practising(TEAM_AREA, interview_type="mixed"))
    kinds = [question.kind for question in draft.questions]
    assert kinds == ["behavioral", "behavioral", "technical", "technical", "technical"]


def test_an_area_of_a_kind_that_the_interview_does_not_have_is_left_out(bank: QuestionBank):
    assert begun(bank, practising(TEAM_AREA, interview_type="technical")) == []
    assert begun(bank, practising(TEAM_AREA, INDEX_AREA, interview_type="technical", question_count=1)) != []


def test_where_nothing_fresh_is_left_the_same_question_comes_again(bank: QuestionBank):
    others = [one.question_id for one in bank.questions if one.question_id != TEAM]
    wanted = practising(TEAM_AREA, interview_type="behavioral", question_count=1)
    [again] = practice_questions(bank, wanted, Material.of(wanted, None), used=others)
    assert (again.key.question_id, again.asked_before) == (TEAM, True)


def test_what_another_interview_has_asked_in_other_words_is_not_fresh(bank: QuestionBank):
    wanted = practising(TEAM_AREA, interview_type="behavioral")
    first, second = begun(bank, wanted)
    assert bank.question(first).competency == bank.question(second).competency == "teamwork"
    assert first not in begun(bank, wanted, used_texts=[bank.question(first).text])
    assert first not in begun(bank, wanted, used=[first])


async def test_a_planner_leaves_introductions_out_of_the_middle(bank: QuestionBank):
    wanted = practising(TEAM_AREA, interview_type="behavioral", question_count=15)
    draft = await Planner(bank, Metrics()).plan(wanted)
    assert "introduction" not in [bank.question(one.question_id).competency for one in draft.questions]


def test_an_area_of_an_older_report_is_told_by_the_question_or_the_point_that_it_quotes(bank: QuestionBank):
    question = bank.question(INDEX)
    title = " ".join(question.text.split()[:9]).rstrip(",.;:")
    by_title = PracticeArea(text=f"On “{title} …”, we didn't hear all.")
    by_point = PracticeArea(text=f"We didn't hear this: “{question.expected_points[0].claim}”.")
    for area in (by_title, by_point):
        assert [found.question_id for found in questions_about(area, bank)] == [INDEX]
    assert questions_about(PracticeArea(text="You hedged 4.2 times, with “maybe”, in a hundred words."), bank) == []
    assert begun(bank, practising(PracticeArea(text="You hedged."), technologies=["Go"])) == []


async def test_a_question_that_a_model_wrote_leaves_the_choice_to_the_words_of_the_area(bank: QuestionBank):
    area = PracticeArea(text="Say what an index costs.", question_ids=["llm-0123456789ab"])
    draft = await Planner(bank, Metrics()).plan(practising(area))
    assert len(draft.questions) == 5


def test_plans_from_before_the_questions_were_kept_are_still_read():
    assert InterviewParameters.model_validate(parameters().model_dump() | {"focus": ["You hedge"]}).focus == [
        PracticeArea(text="You hedge")
    ]


def test_kinds_after_the_first_alternate_as_far_as_they_go():
    mixed = parameters(interview_type="mixed", question_count=5)
    assert kinds_after(mixed, []) == ["technical", "behavioral", "technical", "behavioral", "technical"]
    assert kinds_after(mixed, ["technical", "technical"]) == ["behavioral", "technical", "behavioral"]
    assert kinds_after(mixed, ["behavioral", "technical"]) == ["technical", "behavioral", "technical"]
    assert kinds_after(parameters(question_count=2), ["technical", "technical"]) == []


def test_a_planned_question_says_what_it_practises(bank: QuestionBank):
    wanted = practising(INDEX_AREA)
    [first, *_] = practice_questions(bank, wanted, Material.of(wanted, None))
    planned = first.planned(0)
    assert PlannedQuestion.model_validate(planned.model_dump()).reason == planned.reason

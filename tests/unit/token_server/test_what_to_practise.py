"""What progress offers to practise next."""

from typing import Any

import pytest

from storage.models.feedback import AboutQuestion, AreaForImprovement
from storage.models.interview import QuestionKind
from storage.store import AssessedAttempt
from tests.support.samples import assessed_attempt
from token_server.growth.progress import progress_of
from token_server.schemas.growth import Practice

pytestmark = pytest.mark.unit

INDEX, TEAM = "sql-index-cost", "teamwork-different-people"


def area(text: str, *about: tuple[str, QuestionKind]) -> AreaForImprovement:
    questions = [AboutQuestion(question_id=question_id, kind=kind) for question_id, kind in about]
    return AreaForImprovement(text=text, suggestion="Try.", about=questions)


TECHNICAL = area("Say what an index costs.", (INDEX, "technical"))
BEHAVIORAL = area("Tell the result.", (TEAM, "behavioral"))


def offered(*newest_first: AssessedAttempt) -> Practice:
    practice = progress_of(newest_first).practice
    assert practice is not None
    return practice


def attempt(number: int, *areas: AreaForImprovement, **changes: Any) -> AssessedAttempt:
    return assessed_attempt(number, areas=list(areas), **({"interview_type": "mixed"} | changes))


@pytest.mark.parametrize(
    ("areas", "interview_type"),
    [((TECHNICAL,), "technical"), ((BEHAVIORAL,), "behavioral"), ((TECHNICAL, BEHAVIORAL), "mixed")],
)
def test_the_type_is_that_of_the_weak_areas(areas: tuple[AreaForImprovement, ...], interview_type: str):
    practice = offered(attempt(2, *areas), attempt(1, *areas))
    assert (practice.interview_type, practice.recurs) == (interview_type, True)
    assert [one.text for one in practice.areas] == [one.text for one in areas]


def test_an_area_brings_its_questions_and_what_they_are_about():
    [technical, behavioral] = offered(attempt(2, TECHNICAL, BEHAVIORAL), attempt(1, TECHNICAL, BEHAVIORAL)).areas
    assert (technical.question_ids, technical.kind, technical.subjects) == ([INDEX], "technical", ["databases"])
    assert (behavioral.question_ids, behavioral.kind, behavioral.subjects) == ([TEAM], "behavioral", ["teamwork"])


def test_it_is_an_interview_like_the_one_that_the_heaviest_area_was_found_in():
    practice = offered(
        attempt(4, interview_id="newest"),
        attempt(3, TECHNICAL, interview_id="backend"),
        attempt(2, TECHNICAL, interview_id="before"),
    )
    assert practice.interview_id == "backend"


def test_what_is_over_is_not_practised():
    practice = offered(attempt(4, BEHAVIORAL), attempt(3), attempt(2, TECHNICAL), attempt(1, TECHNICAL))
    assert ([one.text for one in practice.areas], practice.recurs) == ([BEHAVIORAL.text], False)


def test_where_nothing_comes_back_the_newest_report_says_what_to_practise():
    practice = offered(attempt(2, TECHNICAL), attempt(1, BEHAVIORAL))
    assert (practice.interview_type, practice.recurs) == ("technical", False)
    assert [one.text for one in practice.areas] == [TECHNICAL.text]


def test_questions_of_a_model_have_a_kind_and_no_subject():
    written = area("Explain the quorum.", ("llm-0123456789ab", "technical"))
    [one] = offered(attempt(2, written), attempt(1, written)).areas
    assert (one.kind, one.subjects) == ("technical", [])


def test_an_area_of_an_older_report_goes_by_its_interview():
    hedging = area("You hedge.")
    practice = offered(attempt(2, hedging, interview_type="behavioral"), attempt(1, hedging))
    assert practice.interview_type == "behavioral"
    assert offered(attempt(2, hedging), attempt(1, hedging)).interview_type == "mixed"


def test_only_three_and_no_longer_than_an_interview_takes_them():
    many = [area(f"{number} {'word ' * 100}", (INDEX, "technical")) for number in range(5)]
    practice = offered(attempt(2, *many), attempt(1, *many))
    assert len(practice.areas) == 3
    assert all(len(one.text) <= 400 for one in practice.areas)


def test_without_advice_there_is_nothing_to_practise():
    assert progress_of([]).practice is None
    assert progress_of([attempt(1)]).practice is None

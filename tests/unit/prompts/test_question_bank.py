"""Every question of the shipped bank, against the rules of docs/question-bank.md."""

import re
from itertools import combinations
from typing import get_args

import pytest

from prompts.question_bank import BANK_VERSION, BankQuestion, load_bank, match_role
from prompts.question_bank.schema import Competency
from prompts.question_bank.vocabulary import Technology, technologies
from prompts.question_bank.wording import EVERYDAY_WORDS, overlap, says, says_any, word_count

pytestmark = pytest.mark.unit

BANK = load_bank()
QUESTIONS = BANK.questions
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.question_id)
WRITTEN_ONLY = re.compile(r"[*_`#<>\[\]{}|\\/]|\b(?:e\.g|i\.e|etc)\b")
NO_QUESTIONS_OF_THEIR_OWN = {
    technology.id for technology in technologies() if not any(technology.id in q.technologies for q in QUESTIONS)
}
ENGINEERS = (
    *("backend", "frontend", "full stack", "mobile", "data engineer", "machine learning", "devops"),
    *("security engineer", "qa", "software engineer"),
)
FALL_BACK_TO_THE_ROLE = {"rust", "cpp", "elasticsearch"}
"""Known by name, so that they aren't taken for something else; asked about by the role's questions."""


def test_the_bank_is_loaded_once_and_carries_a_version_of_its_content() -> None:
    assert load_bank() is BANK
    assert BANK.version == BANK_VERSION
    assert re.fullmatch(r"1\.[0-9a-f]{8}", BANK_VERSION)


@each_question
def test_a_question_is_short_and_can_be_spoken(question: BankQuestion) -> None:
    assert word_count(question.text) <= 35
    assert not WRITTEN_ONLY.search(question.text)
    assert question.text[-1] in "?."
    assert len(re.findall(r"[.?!](?:\s|$)", question.text)) <= 3


@each_question
def test_points_are_short_enough_to_say(question: BankQuestion) -> None:
    for point in question.expected_points:
        assert word_count(point.claim) <= 15, point.claim
        assert 2 <= len(point.paraphrases) <= 4, point.point_id
        assert all(3 <= word_count(paraphrase) <= 25 for paraphrase in point.paraphrases), point.point_id
        assert len({paraphrase.casefold() for paraphrase in point.paraphrases}) == len(point.paraphrases)


@each_question
def test_each_keyword_group_is_heard_in_its_own_points_paraphrases(question: BankQuestion) -> None:
    for point in question.expected_points:
        assert point.keywords, point.point_id
        for group in point.keywords:
            assert any(says_any(paraphrase, group) for paraphrase in point.paraphrases), (point.point_id, group)
        for paraphrase in point.paraphrases:
            assert any(says_any(paraphrase, group) for group in point.keywords), (point.point_id, paraphrase)


@each_question
def test_no_point_is_heard_by_everyday_words_alone(question: BankQuestion) -> None:
    for point in question.expected_points:
        groups_of_substance = [group for group in point.keywords if not EVERYDAY_WORDS & set(group)]
        assert groups_of_substance, (point.point_id, point.keywords)


@each_question
def test_question_and_hint_give_no_expected_point_away(question: BankQuestion) -> None:
    for point in question.expected_points:
        for keyword in (keyword for group in point.keywords for keyword in group):
            assert not says(question.text, keyword), (point.point_id, keyword)
            assert not says(question.hint, keyword), (point.point_id, keyword)
    assert word_count(question.hint) <= 30


@each_question
def test_follow_ups_can_be_asked_as_they_stand_and_leave_the_point_to_the_candidate(question: BankQuestion) -> None:
    for follow_up in question.follow_ups:
        assert follow_up.endswith("?")
        assert word_count(follow_up) <= 25
        assert not WRITTEN_ONLY.search(follow_up)
        for point in question.expected_points:
            whole_point = len(point.keywords) > 1 and all(says_any(follow_up, group) for group in point.keywords)
            assert not whole_point, (point.point_id, follow_up)
            assert overlap(follow_up, point.claim) < 0.5, (point.point_id, follow_up)


@each_question
def test_two_points_of_a_question_are_not_the_same_point(question: BankQuestion) -> None:
    for one, other in combinations(question.expected_points, 2):
        assert overlap(one.claim, other.claim) < 0.5, (one.claim, other.claim)


@each_question
def test_a_misconception_is_no_paraphrase_of_a_point(question: BankQuestion) -> None:
    for misconception in question.misconceptions:
        for point in question.expected_points:
            for wording in (point.claim, *point.paraphrases):
                assert overlap(misconception.claim, wording) < 0.6, (misconception.claim, wording)


@each_question
def test_a_behavioral_question_says_what_the_story_shows(question: BankQuestion) -> None:
    if question.kind == "behavioral":
        parts = [part.part for part in question.story]
        assert "action" in parts
        assert len(parts) == len(set(parts)) >= 3


@each_question
def test_a_technical_question_knows_a_misconception(question: BankQuestion) -> None:
    assert question.kind == "behavioral" or question.misconceptions


def test_no_two_questions_ask_the_same() -> None:
    alike = [
        (one.question_id, other.question_id)
        for one, other in combinations(QUESTIONS, 2)
        if overlap(one.text, other.text) >= 0.5
    ]
    assert alike == []


def test_no_paraphrase_is_used_in_two_questions() -> None:
    places: dict[str, set[str]] = {}
    for question in QUESTIONS:
        for point in question.expected_points:
            for paraphrase in point.paraphrases:
                places.setdefault(paraphrase.casefold(), set()).add(question.question_id)
    assert {text: ids for text, ids in places.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("level", ["junior", "mid", "senior"])
@pytest.mark.parametrize("kind", ["behavioral", "technical"])
@pytest.mark.parametrize("role", [*ENGINEERS, "engineering manager", "barista"])
def test_any_role_at_any_level_has_fifteen_different_questions_of_each_kind(role: str, kind: str, level: str) -> None:
    families = set(match_role(role))
    fitting = [q for q in QUESTIONS if q.kind == kind and level in q.levels and families & set(q.roles)]
    assert len(fitting) >= 15


@pytest.mark.parametrize("level", ["junior", "mid", "senior"])
@pytest.mark.parametrize("role", ENGINEERS)
def test_an_engineer_needs_no_question_from_outside_engineering(role: str, level: str) -> None:
    families = set(match_role(role)) - {"general"}
    fitting = [q for q in QUESTIONS if q.kind == "technical" and level in q.levels and families & set(q.roles)]
    assert len(fitting) >= 15


@pytest.mark.parametrize("competency", get_args(Competency))
def test_a_competency_has_three_questions(competency: str) -> None:
    assert sum(question.competency == competency for question in QUESTIONS) >= 3


@pytest.mark.parametrize("technology", technologies(), ids=lambda technology: technology.id)
def test_a_technology_has_two_questions_or_leads_to_one_that_has(technology: Technology) -> None:
    own = sum(technology.id in question.technologies for question in QUESTIONS)
    leads_on = not NO_QUESTIONS_OF_THEIR_OWN.issuperset(technology.related)
    assert own >= 2 or (own == 0 and (leads_on or technology.id in FALL_BACK_TO_THE_ROLE))


def test_the_technologies_of_the_issue_have_questions() -> None:
    named = """
        javascript typescript react nextjs nodejs python fastapi django java spring go csharp dotnet sql postgresql
        mongodb redis kafka docker kubernetes aws terraform git ci-cd test-automation web-security android ios kotlin
        swift flutter react-native machine-learning llm html-css rest monitoring
    """
    assert NO_QUESTIONS_OF_THEIR_OWN.intersection(named.split()) == set()


def test_the_bank_has_the_questions_that_the_issue_asks_for() -> None:
    assert sum(question.kind == "behavioral" for question in QUESTIONS) >= 61
    assert len(QUESTIONS) >= 200

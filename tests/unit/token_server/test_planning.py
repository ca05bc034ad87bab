"""Drawing a plan from the bank, around what a model has written."""

import random
from collections import Counter
from itertools import product
from typing import Any

import pytest

from prompts.question_bank import BankQuestion, QuestionBank, load_bank
from storage.models.interview import InterviewParameters, QuestionKey, QuestionKind
from token_server.planning import BankTooSmallError, draft_plan, interview_title
from token_server.planning.fit import Wish
from token_server.planning.material import Material
from token_server.planning.written import PlanQuestion, Written, id_of

pytestmark = pytest.mark.unit

ROLES = ("Backend developer", "React developer", "Barista", "Data scientist", "COBOL programmer", "🎻")


def wanted(**changes: Any) -> InterviewParameters:
    given: dict[str, Any] = {
        "role": "Backend developer",
        "interview_type": "technical",
        "level": "mid",
        "technologies": [],
        "question_count": 5,
    }
    return InterviewParameters(**(given | changes))


def question(question_id: str, **changes: Any) -> dict[str, Any]:
    kind = changes.get("kind", "technical")
    points = [{"point_id": f"p{number}", "claim": "Something true"} for number in range(3)]
    given: dict[str, Any] = {
        "question_id": question_id,
        "kind": kind,
        "text": f"What do you know about {question_id}?",
        "levels": ["junior", "mid", "senior"],
        "roles": ["software"],
        "topic": "backend" if kind == "technical" else None,
        "competency": "teamwork" if kind == "behavioral" else None,
        "expected_points": points,
        "follow_ups": ["And then?", "Why so?"],
        "hint": "Think of something.",
        "answer_sec": 60,
    }
    return given | changes


def bank_of(*questions: dict[str, Any]) -> QuestionBank:
    return QuestionBank([BankQuestion.model_validate(item) for item in questions], "test")


def ids(bank: QuestionBank, parameters: InterviewParameters, seed: int = 0, **more: Any) -> list[str]:
    draft = draft_plan(bank, parameters, chance=random.Random(seed), **more)
    return [planned.question_id for planned in draft.questions]


@pytest.mark.parametrize(("role", "interview_type"), list(product(ROLES, ("behavioral", "technical", "mixed"))))
@pytest.mark.parametrize("count", [1, 2, 5, 10, 15])
def test_every_wish_gets_exactly_that_many_different_questions(role: str, interview_type: str, count: int):
    parameters = wanted(role=role, interview_type=interview_type, question_count=count, technologies=["Python", "x"])
    draft = draft_plan(load_bank(), parameters)
    drawn = [planned.question_id for planned in draft.questions]
    assert len(set(drawn)) == len(drawn) == count
    assert [planned.index for planned in draft.questions] == list(range(count))
    assert [key.question_id for key in draft.keys] == drawn
    assert draft.source.startswith("bank:")


def test_the_same_seed_draws_the_same_plan_and_others_draw_others():
    bank, parameters = load_bank(), wanted(interview_type="mixed")
    assert ids(bank, parameters, seed=7) == ids(bank, parameters, seed=7)
    assert len({tuple(ids(bank, parameters, seed=seed)) for seed in range(10)}) > 3


def test_a_mixed_interview_alternates():
    bank = bank_of(*(question(f"t{n}") for n in range(4)), *(question(f"b{n}", kind="behavioral") for n in range(4)))
    kinds = [bank.question(id_).kind for id_ in ids(bank, wanted(interview_type="mixed"))]
    assert kinds == ["technical", "behavioral", "technical", "behavioral", "technical"]


def test_a_named_technology_is_asked_about_before_anything_else():
    bank = bank_of(
        question("js-1", technologies=["javascript"]),
        question("py-1", technologies=["python"]),
        question("py-2", technologies=["python"]),
        question("plain"),
    )
    assert set(ids(bank, wanted(technologies=["Python 3"], question_count=2))) == {"py-1", "py-2"}


def test_several_named_technologies_are_all_asked_about():
    bank = bank_of(
        *(question(f"py-{n}", technologies=["python"]) for n in range(5)),
        *(question(f"go-{n}", technologies=["go"]) for n in range(5)),
    )
    drawn = ids(bank, wanted(technologies=["Python", "Go"], question_count=4))
    assert Counter(id_[:2] for id_ in drawn) == {"py": 2, "go": 2}


def test_unknown_technologies_get_questions_about_none():
    bank = bank_of(question("py-1", technologies=["python"]), question("plain-1"), question("plain-2"))
    assert set(ids(bank, wanted(technologies=["COBOL-85"], question_count=2))) == {"plain-1", "plain-2"}


def test_an_unknown_role_gets_questions_that_fit_everybody():
    bank = bank_of(
        question("backend", roles=["backend"]),
        question("anyone", kind="behavioral", roles=["general"]),
    )
    assert ids(bank, wanted(role="Barista", interview_type="mixed", question_count=1)) == ["anyone"]


def test_somebody_outside_software_who_names_a_technology_is_asked_about_it():
    bank = bank_of(question("py", technologies=["python"]), question("anyone", roles=["general"]))
    assert ids(bank, wanted(role="Biologist", technologies=["Python"], question_count=1)) == ["py"]


def test_questions_of_the_level_come_first_and_far_ones_last():
    bank = bank_of(
        question("junior", levels=["junior"]), question("mid", levels=["mid"]), question("senior", levels=["senior"])
    )
    assert ids(bank, wanted(level="senior", question_count=2))[0] == "senior"
    assert "junior" not in ids(bank, wanted(level="senior", question_count=2))


def test_subjects_are_spread_before_one_is_deepened():
    bank = bank_of(
        *(question(f"conflict-{n}", kind="behavioral", competency="conflict") for n in range(5)),
        question("failure", kind="behavioral", competency="failure"),
        question("learning", kind="behavioral", competency="learning"),
    )
    drawn = ids(bank, wanted(interview_type="behavioral", question_count=3))
    assert {"failure", "learning"} < set(drawn)


def test_introducing_oneself_comes_first_if_it_comes():
    bank = bank_of(
        *(question(f"b{n}", kind="behavioral") for n in range(3)),
        question("you", kind="behavioral", competency="introduction"),
    )
    for seed in range(10):
        assert ids(bank, wanted(interview_type="behavioral", question_count=4), seed=seed)[0] == "you"


def test_fresh_questions_avoid_used_ones_and_then_come_again_oldest_first():
    bank = bank_of(*(question(f"q{n}") for n in range(5)))
    fresh = ids(bank, wanted(question_count=2), used=["q0", "q1", "q2"])
    assert set(fresh) == {"q3", "q4"}
    exhausted = ids(bank, wanted(question_count=3), used=["q4", "q1", "q0", "q2", "q3"])
    assert exhausted == ["q4", "q1", "q0"]


def test_a_used_question_that_fits_comes_before_an_unused_one_that_does_not():
    bank = bank_of(question("py", technologies=["python"]), question("js", technologies=["javascript"]))
    assert ids(bank, wanted(technologies=["Python"], question_count=1), used=["py"]) == ["py"]


def test_a_bank_that_is_too_small_says_so():
    with pytest.raises(BankTooSmallError):
        draft_plan(bank_of(question("only")), wanted(question_count=2))


def test_a_question_of_another_role_and_technology_does_not_suit():
    bank = bank_of(question("swift", roles=["mobile"], technologies=["ios"]))
    parameters = wanted(technologies=["Python"])
    assert not Wish(parameters, Material.of(parameters, None)).fit(bank.question("swift")).suitable


def test_the_title_tells_interviews_apart():
    title = interview_title(wanted(role="Data engineer", level="senior", interview_type="mixed"))
    assert title == "Data engineer (senior, mixed)"


def of_model(text: str, kind: QuestionKind = "technical", competency: str | None = None) -> PlanQuestion:
    return PlanQuestion(kind, text, QuestionKey(question_id=id_of(text), expected_points=[], competency=competency))


def test_written_questions_take_places_of_their_kind_and_the_bank_fills_the_rest():
    bank = bank_of(*(question(f"t{n}") for n in range(4)), *(question(f"b{n}", kind="behavioral") for n in range(4)))
    written = Written("big", [of_model("Why do locks rust?"), of_model("And where does rain go?")])
    draft = draft_plan(bank, wanted(interview_type="mixed", question_count=4), written=written)
    texts = [planned.text for planned in draft.questions]
    assert (texts[1], texts[3]) == ("Why do locks rust?", "And where does rain go?")
    assert [planned.kind for planned in draft.questions] == ["behavioral", "technical"] * 2
    assert [key.question_id for key in draft.keys] == [planned.question_id for planned in draft.questions]
    assert draft.source == "llm:big+bank:test"


def test_a_written_question_without_a_place_is_left_out():
    bank = bank_of(question("t1"))
    written = Written("big", [of_model("Tell me about rain.", "behavioral", "conflict")])
    draft = draft_plan(bank, wanted(question_count=1), written=written)
    assert [planned.question_id for planned in draft.questions] == ["t1"]
    assert draft.source == "bank:test"


def test_the_bank_does_not_ask_what_a_model_has_asked_unless_nothing_else_is_left():
    bank = bank_of(question("same", text="Why do iron locks rust in rain?"), *(question(f"t{n}") for n in range(2)))
    alike = "In the rain, why would locks of iron rust?"
    written = Written("big", [of_model(alike)])
    for seed in range(10):
        assert "same" not in ids(bank, wanted(question_count=3), seed=seed, written=written)
        assert "same" not in ids(bank, wanted(question_count=2), seed=seed, used_texts=[alike])
    assert "same" in ids(bank, wanted(question_count=4), written=written)


def test_the_bank_asks_about_another_competency_than_the_model():
    bank = bank_of(
        *(question(f"conflict-{n}", kind="behavioral", competency="conflict") for n in range(5)),
        question("failure", kind="behavioral", competency="failure"),
    )
    written = Written("big", [of_model("Tell me about rain.", "behavioral", "conflict")])
    drawn = ids(bank, wanted(interview_type="behavioral", question_count=2), written=written)
    assert drawn[1] == "failure"


@pytest.mark.parametrize("seed", range(5))
def test_what_is_to_be_practised_comes_first(seed: int):
    bank = load_bank()
    asked_before = next(one for one in bank.questions if one.kind == "technical" and "backend" in one.roles)
    advice = f"On this question, we didn't hear this: “{asked_before.expected_points[0].claim}”."
    parameters = wanted(level=asked_before.levels[0], technologies=list(asked_before.technologies), focus=[advice])
    assert asked_before.question_id in ids(bank, parameters, seed)


def test_advice_about_nothing_in_the_bank_changes_no_plan():
    bank = load_bank()
    assert ids(bank, wanted(focus=["🎻", "xyzzy"])) == ids(bank, wanted())

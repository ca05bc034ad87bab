"""What the loader of the bank refuses."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from yaml.constructor import ConstructorError

from prompts.question_bank import BankError, BankQuestion, QuestionBank, load_bank
from prompts.question_bank.bank import BANK_DIR, read_questions
from prompts.yaml_files import read_yaml

pytestmark = pytest.mark.unit


def altered(**changes: Any) -> BankQuestion:
    return BankQuestion.model_validate(load_bank().questions[0].model_dump() | changes)


def test_key_and_planned_question_carry_the_questions_id() -> None:
    bank = load_bank()
    for index, question in enumerate(bank.questions):
        assert bank.key(question.question_id).question_id == question.question_id
        planned = bank.planned(question.question_id, index)
        assert (planned.index, planned.kind, planned.text) == (index, question.kind, question.text)


def test_an_id_that_the_bank_does_not_have_raises() -> None:
    assert "no-such-question" not in load_bank()
    with pytest.raises(KeyError):
        load_bank().key("no-such-question")


def test_the_same_id_twice_is_refused() -> None:
    question = load_bank().questions[0]
    with pytest.raises(BankError, match=question.question_id):
        QuestionBank([question, question], "test")


def test_an_unknown_technology_is_refused() -> None:
    with pytest.raises(BankError, match="cobol"):
        QuestionBank([altered(technologies=("cobol",))], "test")


def test_a_question_without_a_must_point_is_refused() -> None:
    points = [point.model_copy(update={"importance": "bonus"}) for point in load_bank().questions[0].expected_points]
    with pytest.raises(ValidationError, match="must"):
        altered(expected_points=points)


def test_a_misconception_about_no_point_is_refused() -> None:
    with pytest.raises(ValidationError, match="to contradict"):
        altered(misconceptions=[{"claim": "it is so", "contradicts": "elsewhere"}])


def test_a_surplus_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="difficulty"):
        altered(difficulty=3)


def test_a_surplus_field_of_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "extra.yaml"
    file.write_text("kind: technical\ntopic: go\nauthor: me\nquestions: []\n")
    with pytest.raises(BankError, match="author"):
        read_questions(file)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.yaml"
    file.write_text("kind: technical\nkind: behavioral\n")
    with pytest.raises(ConstructorError, match="given twice"):
        read_yaml(file)


def test_no_plain_item_of_a_flow_list_ends_with_a_question_mark() -> None:
    """libyaml reads `[Why?, How?]`, the pure loader does not."""
    plain = [
        f"{file.name}: {line.strip()}"
        for file in sorted(BANK_DIR.glob("*/*.yaml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "[" in line and "?," in re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
    ]
    assert plain == []

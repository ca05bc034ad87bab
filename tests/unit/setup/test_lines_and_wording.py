"""What the set-up assistant says: fixed lines, and a draft in words."""

import re

import pytest

from agent.setup.suggestions import suggested_technologies
from agent.setup.wording import change, noted, summary
from prompts.setup.lines import SETUP_LINE_NAMES, SetupLineName, load_setup_lines
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.unit

LINES = load_setup_lines()
DRAFT = SetupDraft(
    role="backend developer",
    interview_type="technical",
    level="senior",
    question_count=5,
    technologies=["Go", "PostgreSQL"],
)


@pytest.mark.parametrize("name", SETUP_LINE_NAMES)
def test_a_line_can_be_spoken(name: SetupLineName):
    for variant in LINES.variants(name):
        assert not re.search(r"[*_`#<>\[\]|\\/&]", variant)
        sentences = re.split(r"(?<=[.?!])\s+", variant)
        assert all(len(sentence.split()) <= 25 for sentence in sentences), variant


@pytest.mark.parametrize("name", [name for name in SETUP_LINE_NAMES if name.startswith(("ask_", "offer_"))])
def test_what_asks_for_something_says_so(name: SetupLineName):
    for variant in LINES.variants(name):
        assert "?" in variant or re.search(r"\b(?:say|name|one to fifteen)\b", variant, re.I)


def test_a_complete_draft_in_one_sentence():
    assert summary(DRAFT) == (
        "a technical interview for a senior backend developer, with five questions, about Go and PostgreSQL"
    )


def test_what_was_not_named_is_not_said():
    behavioral = DRAFT.model_copy(update={"interview_type": "behavioral", "technologies": [], "question_count": 1})
    assert summary(behavioral) == "a behavioral interview for a senior backend developer, with one question"


def test_no_technologies_are_said_where_some_might_be_expected():
    assert summary(DRAFT.model_copy(update={"technologies": []})).endswith("with no technologies in particular")


def test_tone_and_job_description_are_read_back_too():
    more = DRAFT.model_copy(update={"tone": "friendly", "job_description": "We build search."})
    assert "and a friendly interviewer" in summary(more)
    assert summary(more).endswith("I'll also use the job description")
    assert "We build search" not in summary(more)
    told = more.model_copy(update={"remarks": "At a bank.", "use_resume": True})
    assert summary(told).endswith("I'll also use what you told me about the job, the job description and your résumé")


def test_that_the_resume_is_used_is_read_back_and_so_is_that_it_is_not():
    with_resume = DRAFT.model_copy(update={"use_resume": True})
    assert summary(with_resume).endswith("I'll also use your résumé")
    assert change(["use_resume"], with_resume) == "I'll use your résumé"
    assert change(["use_resume", "job_description"], DRAFT) == (
        "I'll leave your résumé aside. I'll leave out the job description"
    )


def test_a_pasted_job_description_decides_which_technologies_are_suggested():
    open_draft = DRAFT.model_copy(update={"technologies": None})
    pasted = open_draft.model_copy(update={"job_description": "We run Kafka and Terraform. Kafka is what it hangs on."})
    assert suggested_technologies(pasted) == ["Kafka", "Terraform"]
    assert "Kafka" not in suggested_technologies(open_draft)


def test_a_change_in_whole_sentences():
    assert change(["level", "question_count"], DRAFT) == "The level is senior. That makes five questions"


def test_what_was_just_understood():
    assert noted(["role", "level", "technologies"], DRAFT) == "senior backend developer, Go and PostgreSQL"
    assert noted([], DRAFT) == ""


def test_many_technologies_are_not_all_read_out():
    many = DRAFT.model_copy(update={"technologies": [f"T{n}" for n in range(9)]})
    assert summary(many).endswith("T0, T1, T2, T3, T4, T5 and 3 more")

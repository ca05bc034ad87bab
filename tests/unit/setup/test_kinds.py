"""Which kind of interview a turn asks for."""

import pytest

from tests.support.setup_turns import read

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("technical", "technical"),
        ("behave your all", "behavioral"),
        ("both", "mixed"),
        ("behavioral and technical", "mixed"),
        ("technical, not behavioral", "technical"),
        ("no behavioral questions", "technical"),
        ("nothing technical, please, not technical", "behavioral"),
        ("behavioral, actually technical", "technical"),
        ("Behavioral. Wait, no, the other one, technical.", "technical"),
        ("Behavioral, no, the other one.", "technical"),
        ("Technical, please, because the other one I did already with my friend.", "technical"),
        ("Behavioral, the coding part I've passed already.", "behavioral"),
        ("Not the technical one and not the mixture.", "behavioral"),
        ("The technical interview I had went badly. I want to practise that.", "technical"),
        ("Technical questions I had trouble with, so those.", "technical"),
        ("The technical one I've done, so the other one.", "behavioral"),
        ("Technical first and with the time left behavioral.", "mixed"),
        ("Behavioral questions and what goes wrong in technical ones.", "mixed"),
        ("Technical, ah, hold on, wrong one. Behavioral, of course.", "behavioral"),
        ("I've already done their coding test, what's left is behavioral.", "behavioral"),
        ("a mix of both", "mixed"),
        ("coding questions", "technical"),
        ("Mixed. Or no, the people questions I can do already, so only technical please.", "technical"),
        ("Technical. Wait, they said no coding at all, so behavioral.", "behavioral"),
    ],
)
def test_types(text: str, kind: str):
    assert read(text, "interview_type").slots.interview_type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How I handle a crowd, not what an old vase is worth.", "behavioral"),
        ("My strengths and weaknesses.", "behavioral"),
        ("How I'd soothe a grumpy guest rather than what goes into the bleach.", "behavioral"),
        ("Hard facts, and not one word about my inner life.", "technical"),
        ("Only facts, no feelings.", "technical"),
        ("Nuts and bolts only, spare me the heart-to-heart.", "technical"),
        ("What I know about ropes, and leave the feelings to the squirrels.", "technical"),
        ("Not the soft stuff.", "technical"),
        ("Equal parts people and shop talk.", "mixed"),
        ("Half of it about the handshake, half of it about the wiring.", "mixed"),
        ("Some about teamwork and some about know-how.", "mixed"),
        # who names a kind explains it
        ("Behavioral, I can do the wiring in my sleep.", "behavioral"),
    ],
)
def test_what_it_is_to_be_about_tells_the_type_where_that_was_asked_for(text: str, kind: str):
    assert read(text, "interview_type").slots.interview_type == kind


def test_topics_are_only_read_where_the_type_was_asked_for():
    assert read("Hard facts, no feelings.").slots.interview_type is None
    assert read("How I handle a crowd.", "level").slots.interview_type is None


def test_a_short_word_for_the_type_counts_between_two_marks():
    assert read("Junior, tech, five questions.").slots.interview_type == "technical"


def test_a_mix_of_technologies_is_no_mixed_interview():
    heard = read("a mix of Go and Python", "technologies")
    assert heard.slots.interview_type is None
    assert heard.slots.technologies == ("Go", "Python")

"""The conversation about the wanted interview as a state machine."""

import random
from typing import Any

import pytest

from agent.setup.dialogue import SetupDialogue
from agent.setup.parser import parse
from agent.setup.reply import Reply
from prompts.setup.lines import SetupLineName, load_setup_lines
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.behaviour

LINES = load_setup_lines()
COMPLETE = SetupDraft(
    role="backend developer", interview_type="technical", level="senior", question_count=5, technologies=["Go"]
)


class Talk:
    """Says things to a dialogue, whose every reply is heard to its end unless a test says otherwise."""

    def __init__(self, draft: SetupDraft | None = None, *, resumed: bool = False) -> None:
        self.dialogue = SetupDialogue(
            draft or SetupDraft(), name="Robin", lines=LINES, rng=random.Random(1), resumed=resumed
        )
        self.reply = self._hear(self.dialogue.open())

    def say(self, text: str) -> Reply:
        self.reply = self._hear(self.dialogue.heard(parse(text, self.dialogue.draft, self.dialogue.asked)))
        return self.reply

    def edit(self, **fields: Any) -> Reply | None:
        draft = SetupDraft.model_validate({**self.dialogue.draft.model_dump(), **fields})
        edited = self.dialogue.edited(draft)
        if edited is not None:
            self._hear(edited)
        return edited

    def _hear(self, reply: Reply) -> Reply:
        self.dialogue.spoken(reply.text, interrupted=False)
        return reply

    @property
    def draft(self) -> SetupDraft:
        return self.dialogue.draft


def is_line(text: str, name: SetupLineName) -> bool:
    """Whether a text has one of the line's variants in it."""
    return any(variant.split("{")[0].rstrip() in text for variant in LINES.variants(name))


# -- what is asked


def test_what_is_known_is_not_asked_again():
    talk_ = Talk()
    reply = talk_.say("Senior backend developer, technical.")
    assert talk_.dialogue.asked == "question_count"
    assert not any(word in reply.text for word in ("Which role", "which level"))


def test_one_field_is_asked_for_at_a_time_in_a_fixed_order():
    talk_ = Talk()
    asked: list[str] = []
    for words in ("Hello.", "Backend developer.", "Technical.", "Senior.", "Five.", "Go."):
        talk_.say(words)
        asked.append(talk_.dialogue.asked)
    assert asked == ["role", "interview_type", "level", "question_count", "technologies", "confirm"]


def test_a_draft_that_is_taken_up_is_gone_on_with_and_not_begun_again():
    talk_ = Talk(SetupDraft(role="nurse", level="mid"))
    assert talk_.dialogue.asked == "interview_type"
    assert "Robin" in talk_.reply.text


def test_a_new_job_greets_nobody_a_second_time():
    talk_ = Talk(SetupDraft(role="nurse"), resumed=True)
    assert "Robin" not in talk_.reply.text
    assert talk_.reply.act != "greeting"


def test_technologies_are_not_asked_for_where_none_are_to_be_expected():
    talk_ = Talk()
    talk_.say("Behavioral interview for a mid backend developer, five questions.")
    assert talk_.dialogue.asked == "confirm"
    talk_.say("No, technical.")
    assert talk_.dialogue.asked == "technologies"


def test_the_third_time_a_default_is_proposed_that_can_be_edited():
    talk_ = Talk()
    talk_.say("Backend developer, technical, senior, Go.")
    assert talk_.dialogue.asked == "question_count"
    first = talk_.say("Purple monkey dishwasher.")
    second = talk_.say("Purple monkey dishwasher.")
    assert is_line(second.text, "offer_question_count")
    assert not is_line(first.text, "offer_question_count")
    third = talk_.say("Purple monkey dishwasher.")
    assert "on the page" in third.text
    assert talk_.draft.question_count == 5


def test_a_suggestion_can_be_taken_with_something_on_top():
    talk_ = Talk()
    talk_.say("Senior backend developer, technical, five questions.")
    talk_.say("Yes, plus GraphQL.")
    assert talk_.draft.technologies == ["PostgreSQL", "REST APIs", "Redis", "GraphQL"]


def test_who_starts_over_keeps_nothing_but_what_was_pasted():
    talk_ = Talk(SetupDraft(job_description="We move money."))
    talk_.say("Senior backend developer, technical, five questions, Go.")
    assert talk_.dialogue.asked == "confirm"
    reply = talk_.say("Okay, let's start over.")
    assert is_line(reply.text, "start_over")
    assert talk_.draft == SetupDraft(job_description="We move money.")
    assert not talk_.dialogue.may_create
    talk_.say("Nurse.")
    assert talk_.draft.role == "nurse"


def test_what_is_said_with_it_is_where_it_starts_over():
    talk_ = Talk()
    talk_.say("Senior backend developer, technical, five questions, Go.")
    talk_.say("Let's start from scratch with a nurse interview.")
    assert (talk_.draft.role, talk_.draft.level, talk_.draft.technologies) == ("nurse", None, None)
    assert talk_.dialogue.asked == "interview_type"


def test_a_number_too_large_is_told_the_limit_and_asked_again():
    talk_ = Talk()
    talk_.say("Backend developer, technical, senior, Go.")
    assert "fifteen" in talk_.say("Twenty.").text
    assert talk_.dialogue.asked == "question_count"
    assert talk_.draft.question_count is None


def test_terms_are_explained_and_the_question_comes_again():
    talk_ = Talk()
    talk_.say("Backend developer.")
    reply = talk_.say("What is mixed?")
    assert is_line(reply.text, "explain_mixed")
    assert talk_.dialogue.asked == "interview_type"
    assert talk_.draft.interview_type is None


def test_a_repeat_says_the_same_again():
    talk_ = Talk()
    asked = talk_.say("Backend developer.")
    assert talk_.say("Could you repeat that?").text == asked.text


def test_who_asks_for_a_moment_hears_nothing():
    talk_ = Talk()
    talk_.say("Backend developer.")
    assert talk_.say("Give me a second.") == Reply()
    assert talk_.say("Um.") == Reply()


# -- the read-back


def test_everything_is_read_back_before_anybody_is_asked():
    talk_ = Talk()
    reply = talk_.say("Senior backend, Go, five technical ones, friendly interviewer.")
    for words in ("senior backend developer", "technical", "five questions", "Go", "friendly"):
        assert words in reply.reads_back
    assert reply.step == "listen"


@pytest.mark.parametrize("words", ["Okay.", "Yeah, hmm, but…", "I guess so.", "Mhm.", "Thanks."])
def test_half_a_yes_is_asked_about(words: str):
    talk_ = Talk(COMPLETE)
    reply = talk_.say(words)
    assert reply.step == "listen"
    assert is_line(reply.text, "ask_yes_or_no")
    assert talk_.say("Yes.").step == "create"


@pytest.mark.parametrize("words", ["Yeah, hmm, but…", "I guess so.", "Yes?", "No, that's fine.", "Okay."])
def test_a_doubtful_yes_never_creates(words: str):
    talk_ = Talk(COMPLETE)
    assert [talk_.say(words).step for _ in range(3)] == ["listen"] * 3


def test_a_yes_with_much_that_nobody_understood_is_asked_about():
    talk_ = Talk(COMPLETE)
    assert talk_.say("Yes and sprinkle blockchain quantum glitter everywhere.").step == "listen"


def test_a_correction_is_read_back_and_wants_a_new_yes():
    talk_ = Talk(COMPLETE)
    reply = talk_.say("Yes, and make it eight.")
    assert "eight questions" in reply.reads_back
    assert reply.step == "listen"
    assert talk_.say("Yes.").step == "create"
    assert talk_.draft.question_count == 8


def test_many_changes_at_once_are_all_read_again():
    talk_ = Talk(COMPLETE)
    reply = talk_.say("No, junior frontend developer, mixed, three questions.")
    assert "junior frontend developer" in reply.reads_back
    assert "Go" in reply.reads_back


def test_a_no_asks_what_to_change():
    talk_ = Talk(COMPLETE)
    assert is_line(talk_.say("No.").text, "ask_what_to_change")
    assert "junior" in talk_.say("Junior.").reads_back


def test_a_read_back_that_was_cut_off_is_none():
    talk_ = Talk()
    reply = talk_.dialogue.heard(parse("Senior backend, Go, five technical ones.", talk_.draft, talk_.dialogue.asked))
    talk_.dialogue.spoken("Let me read that back. It's a", interrupted=True)
    again = talk_.say("Yes.")
    assert reply.reads_back
    assert again.step == "listen"
    assert again.reads_back
    assert talk_.say("Yes.").step == "create"


def test_a_yes_into_the_last_words_of_a_read_back_counts():
    talk_ = Talk()
    reply = talk_.dialogue.heard(parse("Senior backend, Go, five technical ones.", talk_.draft, talk_.dialogue.asked))
    talk_.dialogue.spoken(reply.text.rpartition(" create")[0], interrupted=True)
    assert talk_.say("Yes, create it.").step == "create"


def test_a_repeat_of_the_old_words_does_not_read_what_was_changed_meanwhile():
    talk_ = Talk(COMPLETE)
    talk_.dialogue.adopt(COMPLETE.model_copy(update={"level": "junior"}))
    assert "senior" in talk_.say("Could you repeat that?").text
    assert not talk_.dialogue.may_create
    assert talk_.say("Yes, that's right.").step == "listen"


def test_a_field_emptied_by_hand_before_its_read_back_is_said_is_asked_for():
    dialogue = Talk(COMPLETE.model_copy(update={"level": None})).dialogue
    dialogue.heard(parse("Senior.", dialogue.draft, dialogue.asked))
    asked = dialogue.edited(COMPLETE.model_copy(update={"role": None}))
    assert asked is not None
    dialogue.spoken(asked.text, interrupted=False)
    assert dialogue.asked == "role"
    assert not dialogue.may_create


def test_a_repeated_read_back_is_one():
    talk_ = Talk()
    talk_.dialogue.heard(parse("Senior backend, Go, five technical ones.", talk_.draft, talk_.dialogue.asked))
    talk_.dialogue.spoken("", interrupted=True)
    assert talk_.say("Sorry?").reads_back
    assert talk_.say("Yes.").step == "create"


# -- by hand


def test_what_was_filled_in_by_hand_is_not_asked_for():
    talk_ = Talk()
    talk_.say("Backend developer.")
    edited = talk_.edit(interview_type="technical")
    assert edited is not None
    assert talk_.dialogue.asked == "level"


def test_a_field_filled_in_by_hand_that_was_not_asked_about_interrupts_nobody():
    talk_ = Talk()
    talk_.say("Backend developer.")
    assert talk_.edit(question_count=7) is None
    talk_.say("Technical.")
    talk_.say("Senior.")
    assert talk_.dialogue.asked == "technologies"


def test_a_change_by_hand_after_the_read_back_is_read_too():
    talk_ = Talk(COMPLETE)
    edited = talk_.edit(question_count=9)
    assert edited is not None
    assert "nine questions" in edited.reads_back
    assert talk_.say("Yes.").step == "create"


def test_a_change_by_hand_that_nobody_spoke_about_yet_keeps_a_yes_from_counting():
    talk_ = Talk(COMPLETE)
    talk_.dialogue.adopt(COMPLETE.model_copy(update={"level": "junior"}))
    reply = talk_.say("Yes.")
    assert reply.step == "listen"
    assert "junior" in reply.reads_back


def test_a_field_emptied_by_hand_is_asked_for():
    talk_ = Talk(COMPLETE)
    assert talk_.edit(level=None) is not None
    assert talk_.dialogue.asked == "level"


# -- endings


def test_who_asks_to_stop_is_asked_once_and_leaves_a_draft():
    talk_ = Talk()
    talk_.say("Backend developer.")
    assert is_line(talk_.say("I have to go.").text, "confirm_stop")
    assert talk_.say("Yes.").step == "leave"
    assert talk_.draft.role == "backend developer"


def test_who_does_not_want_to_stop_after_all_goes_on():
    talk_ = Talk()
    talk_.say("Backend developer.")
    talk_.say("Cancel.")
    talk_.say("No, technical.")
    assert talk_.draft.interview_type == "technical"
    assert talk_.dialogue.asked == "level"


def test_silence_is_helped_along_and_then_left():
    talk_ = Talk()
    talk_.say("Backend developer.")
    first, second, third = talk_.dialogue.silent(), talk_.dialogue.silent(), talk_.dialogue.silent()
    assert is_line(second.text, "offer_interview_type")
    assert [one.step for one in (first, second, third)] == ["listen", "listen", "leave"]


def test_silence_after_a_read_back_never_creates():
    talk_ = Talk(COMPLETE)
    steps = [talk_.dialogue.silent().step for _ in range(3)]
    assert steps == ["listen", "listen", "leave"]


def test_who_comes_back_hears_one_sentence_and_the_question():
    talk_ = Talk()
    asked = talk_.say("Backend developer.")
    reply = talk_.dialogue.returned()
    assert reply.act == "repeat"
    assert talk_.dialogue.asked == "interview_type"
    assert asked.text


def test_a_correction_is_taken_back_and_that_as_well():
    talk_ = Talk(COMPLETE.model_copy(update={"technologies": ["Go", "Kafka"]}))
    talk_.say("Drop Kafka.")
    talk_.say("No, leave it in after all.")
    assert talk_.draft.technologies == ["Go", "Kafka"]
    talk_.say("Undo that.")
    assert talk_.draft.technologies == ["Go"]
    assert talk_.say("Yes.").step == "create"


def test_only_what_was_corrected_is_taken_back():
    talk_ = Talk(COMPLETE)
    talk_.say("Add Kafka.")
    talk_.say("No, keep it in after all.")
    assert talk_.draft.technologies == ["Go", "Kafka"]
    talk_.edit(question_count=8)
    talk_.say("Undo that.")
    assert talk_.draft.question_count == 8


def test_what_is_again_as_it_was_read_can_be_agreed_to():
    talk_ = Talk()
    talk_.say("A behavioral interview for a senior backend developer, five questions.")
    talk_.say("Make it mixed.")
    assert talk_.dialogue.asked == "technologies"
    talk_.say("Oh, only behavioral.")
    assert talk_.dialogue.asked == "confirm"
    assert talk_.say("Yes.").step == "create"

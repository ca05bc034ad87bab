"""Turns become answers, and word times become figures."""

import pytest

from agent.assessment.answers import Answer, collect_answers
from agent.assessment.delivery import measure_delivery
from agent.assessment.quotes import keep_verified, verified
from agent.assessment.spoken import SpokenTurn
from storage.models.attempt import Measurements, Position
from storage.models.feedback import Delivery, Evidence
from storage.models.transcript import Turn, Word
from tests.unit.assessment.transcripts import Conversation, work_of

pytestmark = pytest.mark.unit

FIRST, SECOND = "sql-index-cost", "js-event-loop"


def answers_of(conversation: Conversation, position: Position | None = None) -> list[Answer]:
    return collect_answers(work_of([FIRST, SECOND], conversation.turns, position=position))


def test_an_answer_is_all_that_was_said_to_its_question_follow_ups_included():
    talk = Conversation([])
    talk.candidate(None, None, "Yes, ready.", intent="ready")
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    talk.candidate(FIRST, 0, "Can you repeat that?", intent="repeat")
    talk.interviewer(FIRST, 0, "What does an index do?", "repeat")
    talk.candidate(FIRST, 0, "It finds rows.")
    talk.interviewer(FIRST, 0, "Think of a book.", "hint")
    talk.interviewer(FIRST, 0, "And writes?", "follow_up")
    talk.candidate(FIRST, 0, "They get slower.")
    talk.interviewer(SECOND, 1, "And JavaScript?", "question")
    first, second = answers_of(talk)
    assert first.text == "It finds rows. They get slower."
    assert (first.hints, first.repeats, first.follow_ups) == (1, 1, 1)
    assert (second.text, second.asked, second.declined) == ("", True, False)


def test_a_question_that_is_repeated_to_somebody_who_was_away_is_no_repeat_of_theirs():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    talk.interviewer(FIRST, 0, "You're back. What does an index do?", "repeat")
    talk.candidate(FIRST, 0, "It finds rows.")
    assert answers_of(talk)[0].repeats == 0


def test_hints_and_repeats_that_only_the_position_knows_count_too():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    first, second = answers_of(talk, Position(hints={FIRST: 2}, repeats={FIRST: 1}, declined=[FIRST]))
    assert (first.hints, first.repeats, first.declined) == (2, 1, True)
    assert not second.asked


def test_a_long_turn_that_was_taken_for_a_command_still_counts_as_an_answer():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    said = "I would skip the whole table and go straight to the matching rows with it, that is what it does"
    talk.candidate(FIRST, 0, said, intent="skip")
    assert answers_of(talk)[0].text == said


def spoken(text: str, *, seq: int = 1, words: list[Word] | None = None) -> SpokenTurn:
    return SpokenTurn(
        Turn(
            seq=seq,
            speaker="candidate",
            question_id=FIRST,
            question_index=0,
            text=text,
            started_ms=1000,
            ended_ms=5000,
            words=words,
        )
    )


def test_a_quote_is_found_whatever_its_case_space_and_punctuation():
    turn = spoken("Well, it's a B-tree;  and writes get slower.")
    found = verified(Evidence(turn_seq=1, quote="a b tree and WRITES", started_ms=0), [turn])
    assert found is not None
    assert found.quote == "a B-tree;  and writes"


@pytest.mark.parametrize("quote", ["writes get faster", "writes slower", "", "...", "and writes get slower too"])
def test_a_quote_with_other_words_is_dropped(quote: str):
    turn = spoken("It's a B-tree and writes get slower.")
    assert keep_verified([Evidence(turn_seq=1, quote=quote, started_ms=0)], [turn]) == []


def test_a_quote_from_another_turn_or_across_two_is_dropped():
    turns = [spoken("It finds rows.", seq=1), spoken("Writes get slower.", seq=2)]
    assert keep_verified([Evidence(turn_seq=1, quote="Writes get slower", started_ms=0)], turns) == []
    assert keep_verified([Evidence(turn_seq=1, quote="rows. Writes", started_ms=0)], turns) == []


def test_a_quote_begins_when_its_first_word_was_said():
    words = [
        Word(text=text, started_ms=1000 + 700 * at, ended_ms=1500 + 700 * at, confidence=0.9)
        for at, text in enumerate(["It", "finds", "the", "rows."])
    ]
    found = verified(Evidence(turn_seq=1, quote="the rows", started_ms=0), [spoken("It finds the rows.", words=words)])
    assert found is not None
    assert found.started_ms == 2400


def test_times_hold_where_text_and_recognised_words_differ():
    words = [
        Word(text=text, started_ms=1000 * at, ended_ms=1000 * at + 500, confidence=0.9)
        for at, text in enumerate(["so", "it", "finds", "rose", "fast"])
    ]
    turn = spoken("It finds rows fast.", words=words)
    assert turn.started_ms(0) == 1000
    assert turn.started_ms(3) == 4000


def delivered(conversation: Conversation, stt: str = "whisper:tiny.en") -> Delivery:
    return measure_delivery(conversation.turns, Measurements(stages={"stt": stt}))


def test_pace_pause_delay_and_talk_time_are_what_the_word_times_say():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    talk.candidate(FIRST, 0, " ".join(["word"] * 30), delay_ms=1500, pauses_ms={10: 3000})
    measured = delivered(talk)
    assert measured.talk_time_sec == 15.0
    assert measured.words_per_minute == 120.0
    assert measured.longest_pause_sec == 3.0
    assert measured.mean_response_delay_sec == 1.5


def test_fillers_are_counted_only_where_the_recogniser_keeps_them():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    talk.candidate(FIRST, 0, " ".join(["um", *["word"] * 24]))
    assert delivered(talk).filler_words_per_minute is None
    assert delivered(talk, "deepgram:nova-3").filler_words_per_minute == 6.0


def test_nothing_said_gives_no_figures():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    assert delivered(talk) == Delivery(
        words_per_minute=None,
        filler_words_per_minute=None,
        longest_pause_sec=None,
        mean_response_delay_sec=None,
        talk_time_sec=0.0,
    )


def test_the_wait_for_a_request_to_repeat_is_no_response_delay():
    talk = Conversation([])
    talk.interviewer(FIRST, 0, "What does an index do?", "question")
    talk.candidate(FIRST, 0, "Sorry, say that again?", intent="repeat", delay_ms=9000)
    talk.interviewer(FIRST, 0, "What does an index do?", "repeat")
    talk.candidate(FIRST, 0, "It finds rows.", delay_ms=1000)
    assert delivered(talk).mean_response_delay_sec == 1.0

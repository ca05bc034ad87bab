"""How the fault bench judges an interview."""

import pytest

from bench.faults.outcome import judge, silence_until_spoken
from bench.faults.talking import Said
from tests.support.candidate.audio import Span
from tests.support.client import TurnSeen

pytestmark = pytest.mark.unit
INDEX = "An index is a sorted copy of a column, so the database finds rows quickly."
QUEUE = "A queue lets the web server answer at once while a worker does the slow part."


def said(*texts: str) -> list[Said]:
    return [Said(text, 0.0) for text in texts]


def turn(seq: int, text: str, *, started_ms: int | None = None) -> TurnSeen:
    started = seq * 1000 if started_ms is None else started_ms
    return TurnSeen(
        seq=seq,
        speaker="candidate",
        question_id=None,
        question_index=None,
        text=text,
        started_ms=started,
        ended_ms=started,
        interrupted=False,
        confidence=0.9,
    )


def test_what_was_heard_and_stored_is_not_lost_even_in_two_turns():
    halves = [turn(1, "An index is a sorted copy"), turn(2, "of a column so the database finds rows quickly")]
    outcome = judge(said(INDEX), INDEX, [], halves)
    assert (outcome.spoken, outcome.stored, outcome.lost, outcome.doubled) == (1, 1, [], 0)


def test_what_was_heard_and_not_stored_is_lost():
    outcome = judge(said(INDEX, QUEUE), f"{INDEX} {QUEUE}", [], [turn(1, INDEX)])
    assert (outcome.spoken, outcome.stored, len(outcome.lost)) == (2, 1, 1)


def test_what_nobody_heard_cannot_be_lost():
    assert judge(said(INDEX), "", [], []).spoken == 0


def test_an_answer_that_is_stored_twice_is_doubled():
    assert judge(said(INDEX), INDEX, [], [turn(1, INDEX), turn(2, INDEX)]).doubled == 1


def test_answers_and_times_that_run_backwards_are_counted():
    heard = f"{INDEX} {QUEUE}"
    assert judge(said(INDEX, QUEUE), heard, [], [turn(1, QUEUE), turn(2, INDEX)]).out_of_order == 1
    falling = [turn(1, INDEX, started_ms=9000), turn(2, QUEUE, started_ms=8000)]
    assert judge(said(INDEX, QUEUE), heard, [], falling).out_of_order == 1


def test_a_greeting_is_allowed_once():
    greetings = ["Hello Robin, and welcome.", "Sorry Robin, I dropped out.", "Hi Robin, good to meet you."]
    assert judge([], "", greetings, []).second_greetings == 1
    assert judge([], "", greetings[:2], []).second_greetings == 0


def test_silence_counts_from_the_fault_or_from_what_was_said_after_it():
    assert silence_until_spoken(10.0, [], [Span(8.0, 10.2), Span(14.0, 15.0)], None) == pytest.approx(3.8)
    assert silence_until_spoken(10.0, [Span(9.0, 12.0)], [Span(14.0, 15.0)], None) == pytest.approx(2.0)
    assert silence_until_spoken(10.0, [], [Span(8.0, 9.5)], None) is None

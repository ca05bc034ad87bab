"""Numbers and times of what is written down, and the words that are expected."""

import asyncio

import pytest

from agent.listening.turns import CandidateTurn, SpokenWord
from agent.transcript import Transcript, made_whole
from agent.vocabulary import plan_vocabulary
from agent.voice import Spoken
from storage.models.interview import ExpectedPoint, QuestionKey
from storage.models.transcript import Turn, joined
from tests.support.samples import parameters, turn

pytestmark = pytest.mark.unit


def book(kept: list[Turn], *, epoch: int = 2, not_before_ms: int = 0) -> Transcript:
    async def keep(turn: Turn) -> None:
        await asyncio.sleep(0)
        kept.append(turn)

    return Transcript(epoch=epoch, started_at=100.0, not_before_ms=not_before_ms, keep=keep)


def said(text: str, start: float, end: float, confidence: float = 0.8) -> CandidateTurn:
    words = (SpokenWord(text, start, end, 0.7),)
    return CandidateTurn(text, words, start, end, confidence, interrupted_interviewer=False, end_of_turn_probability=1)


async def test_times_count_from_the_start_of_the_attempt_and_words_keep_theirs():
    kept: list[Turn] = []
    await book(kept).candidate_said(said("Yes.", 101.5, 102), intent="answer", question_id="q", question_index=0)
    (turn,) = kept
    assert (turn.seq, turn.started_ms, turn.ended_ms) == (20_000, 1500, 2000)
    assert turn.words is not None
    assert [(word.started_ms, word.ended_ms, word.confidence) for word in turn.words] == [(1500, 2000, 0.7)]


async def test_times_never_fall_across_jobs_nor_where_two_speak_at_once():
    kept: list[Turn] = []
    transcript = book(kept, not_before_ms=5000)
    await transcript.interviewer_said(
        Spoken("Hi.", 104, 104.5, False), act="greeting", question_id=None, question_index=None
    )
    await transcript.candidate_said(said("Hello.", 99.0, 107), intent="answer", question_id=None, question_index=None)
    assert [(turn.started_ms, turn.ended_ms) for turn in kept] == [(5000, 5000), (5000, 7000)]


async def test_turns_told_at_once_are_kept_one_after_the_other():
    kept: list[Turn] = []
    transcript = book(kept)
    await asyncio.gather(
        *(
            transcript.candidate_said(
                said(str(n), 101 + n, 102 + n), intent="answer", question_id=None, question_index=None
            )
            for n in range(5)
        )
    )
    assert [turn.seq for turn in kept] == list(range(20_000, 20_005))
    assert [turn.text for turn in kept] == list("01234")


async def test_what_nobody_heard_was_not_said_and_confidence_stays_within_bounds():
    kept: list[Turn] = []
    transcript = book(kept)
    await transcript.interviewer_said(Spoken("", 101, 102, True), act="question", question_id=None, question_index=None)
    await transcript.candidate_said(
        said("Sure.", 103, 104, 1.2), intent="answer", question_id=None, question_index=None
    )
    assert [(turn.seq, turn.confidence) for turn in kept] == [(20_000, 1.0)]


def test_the_vocabulary_begins_with_the_technologies_and_repeats_nothing():
    key = QuestionKey(
        question_id="q",
        expected_points=[ExpectedPoint(point_id="p", claim="c", keywords=[["index", "indices"], ["go"], ["lock"]])],
    )
    assert plan_vocabulary(parameters(), [key]) == ["Go", "PostgreSQL", "index", "lock"]


async def written(*acts: tuple[str, Spoken | CandidateTurn]) -> list[Turn]:
    kept: list[Turn] = []
    transcript = book(kept)
    for question_id, what in acts:
        if isinstance(what, Spoken):
            await transcript.interviewer_said(what, act="question", question_id=question_id, question_index=0)
        else:
            await transcript.candidate_said(what, intent="answer", question_id=question_id, question_index=0)
    return kept


CUT_INTO = Spoken("So how", 102.5, 103.1, interrupted=True)


async def test_an_answer_that_was_cut_into_and_goes_on_is_one_turn_for_readers():
    kept = await written(("q", said("We moved it", 101, 102)), ("r", CUT_INTO), ("q", said("to the cache.", 103, 104)))
    assert [turn.goes_on for turn in kept] == [False, False, True]
    own, interviewer = joined(kept)
    assert own.text == "We moved it to the cache."
    assert (own.started_ms, own.ended_ms, own.intent) == (1000, 4000, "answer")
    assert own.words is not None
    assert [word.text for word in own.words] == ["We moved it", "to the cache."]
    assert (interviewer.text, interviewer.interrupted) == ("So how", True)


async def test_a_turn_can_be_cut_into_twice_and_before_a_word_of_the_interviewer_was_heard():
    nothing = Spoken("", 102, 102, interrupted=True)
    kept = await written(
        ("q", said("One", 101, 102)),
        ("r", nothing),
        ("q", said("two", 103, 104)),
        ("r", CUT_INTO),
        ("q", said("three", 105, 106)),
    )
    assert [turn.text for turn in joined(kept) if turn.speaker == "candidate"] == ["One two three"]


async def test_who_interrupts_a_question_that_was_heard_for_a_while_has_a_turn_of_their_own():
    heard = Spoken("So how did you measure that", 102.5, 105, interrupted=True)
    kept = await written(("q", said("One.", 101, 102)), ("q", heard), ("q", said("I told you.", 105, 106)))
    assert [turn.text for turn in joined(kept) if turn.speaker == "candidate"] == ["One.", "I told you."]


async def test_what_is_said_about_another_question_goes_on_with_nothing():
    kept = await written(("q", said("One.", 101, 102)), ("r", CUT_INTO), ("r", said("Two.", 103, 104)))
    assert not any(turn.goes_on for turn in kept)


async def test_a_part_without_its_beginning_stands_alone():
    kept = await written(("q", said("One", 101, 102)), ("r", CUT_INTO), ("q", said("two", 103, 104)))
    assert [turn.text for turn in joined(kept[1:])] == ["So how", "two"]


async def test_a_turn_that_goes_on_is_told_as_it_would_be_kept_now_and_takes_no_number():
    kept: list[Turn] = []
    transcript = book(kept)
    so_far = transcript.so_far(said("Half", 101, 102), intent="answer", question_id="q", question_index=0)
    await transcript.candidate_said(said("Half", 101, 102), intent="answer", question_id="q", question_index=0)
    assert kept == [so_far]


async def test_what_was_heard_when_a_job_died_has_a_number_of_its_own():
    kept: list[Turn] = []
    transcript = book(kept)
    unfinished = transcript.so_far(said("Wait, I know", 103, 104), intent="answer", question_id="q", question_index=0)
    await transcript.interviewer_said(
        Spoken("So how", 102, 103, True), act="follow_up", question_id="q", question_index=0
    )
    assert kept[0].seq == unfinished.seq
    whole = made_whole(unfinished, kept, waiting_seqs=[])
    assert whole == unfinished.model_copy(update={"seq": unfinished.seq + 1, "interrupted": True})
    assert made_whole(unfinished, [], waiting_seqs=[kept[0].seq]) == whole, "also where that isn't stored yet"
    alone = made_whole(unfinished, [], waiting_seqs=[])
    assert alone == unfinished.model_copy(update={"interrupted": True}), "nobody heard it to its end"


def test_what_was_stored_as_a_whole_turn_is_not_taken_up():
    earlier, whole = turn(10), turn(30)
    unfinished = whole.model_copy(update={"seq": 29, "text": "An index"})
    assert made_whole(unfinished, [earlier, whole], waiting_seqs=[]) is None
    assert made_whole(unfinished, [earlier], waiting_seqs=[]) is not None

"""One interview by voice, from joining to the report, and what is left of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate import Candidate, Clip
from tests.support.candidate.captions import Captions
from tests.support.candidate.interviewee import QUESTION_INDEX, Answer, Answered, take_interview
from tests.support.client import AttemptSeen, FeedbackSeen, InterviewSeen, TurnSeen
from tests.support.to_the_point import ANSWERABLE, answers_to
from tests.support.transcript import content_share, keeps_its_end, words_of

pytestmark = pytest.mark.audio
QUESTIONS = 2
SENTENCE_PAUSE_SEC = 0.5
TIME_SLACK_MS = 500
WORDS_OF_A_PASSAGE = 6
"""So many words in a row are nobody's but the speaker's."""


@dataclass(frozen=True)
class Completed:
    interview: InterviewSeen
    attempt: AttemptSeen
    answered: list[Answered]
    captions: Captions
    turns: list[TurnSeen]
    feedback: FeedbackSeen
    logs: str
    """Of all programs, in lower case."""

    @property
    def said(self) -> str:
        return " ".join(answered.answer.text for answered in self.answered)

    @property
    def written(self) -> str:
        return " ".join(turn.text for turn in self.turns if turn.speaker == "candidate")


def as_asked(candidate: Candidate, answers: list[Iterator[Clip]]) -> Iterator[Answer]:
    """The next answer to the question that stands."""
    while True:
        clip = next(answers[int(candidate.attributes.get(QUESTION_INDEX, "0"))])
        yield Answer((clip,), SENTENCE_PAUSE_SEC if clip.spec.kind == "long" else 0.2)


@scene(lasts_sec=140)
async def completed(stage: Stage) -> Completed:
    role, level, technology = ANSWERABLE
    async with stage.caller() as caller:
        interview = await caller.create_interview(
            QUESTIONS, role=role, interview_type="technical", level=level, technologies=[technology]
        )
        answers = [answers_to(question.text, stage.clips) for question in interview.questions]
        ready = stage.clips.get("ready", "am_michael")
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            to_the_point = as_asked(candidate, answers)
            answered = [one async for one in take_interview(candidate, ready, to_the_point)]
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        turns, feedback = await caller.turns(attempt.id), await caller.settled_feedback(attempt.id)
        return Completed(
            interview=interview,
            attempt=attempt,
            answered=answered,
            captions=candidate.captions,
            turns=turns,
            feedback=feedback,
            logs="\n".join(file.read_text(errors="replace") for file in stage.stack.log_files).lower(),
        )


def test_the_attempt_is_ended_as_completed(completed: Completed):
    assert (completed.attempt.status, completed.attempt.end_reason) == ("ended", "completed")


def test_no_log_of_any_program_holds_words_that_were_said(completed: Completed):
    assert completed.attempt.id in completed.logs
    for turn in completed.turns:
        words = turn.text.lower().split()
        for passage in (words[first : first + WORDS_OF_A_PASSAGE] for first in range(len(words))):
            assert len(passage) < WORDS_OF_A_PASSAGE or " ".join(passage) not in completed.logs


def test_every_planned_question_was_asked_once_and_in_order(completed: Completed):
    asked = [turn for turn in completed.turns if turn.act == "question"]
    assert [turn.question_id for turn in asked] == [question.question_id for question in completed.interview.questions]
    for turn, question in zip(asked, completed.interview.questions, strict=True):
        assert content_share(question.text, turn.text) > 0.95


def test_what_was_said_is_in_the_transcript_in_the_order_it_was_said(completed: Completed):
    assert completed.answered
    assert content_share(completed.said, completed.written) >= 0.8


def test_every_answer_stands_under_the_question_it_was_given_to(completed: Completed):
    for answered in completed.answered:
        own = [turn.text for turn in completed.turns if turn.question_index == answered.question_index]
        assert content_share(answered.answer.text, " ".join(own)) >= 0.8


def test_no_answer_loses_its_last_sentence(completed: Completed):
    lost = [one.played.label for one in completed.answered if not keeps_its_end(one.answer.text, completed.written)]
    assert lost == []


def test_turns_are_in_their_true_order(completed: Completed):
    for earlier, later in pairwise(completed.turns):
        assert earlier.seq < later.seq
        assert earlier.started_ms <= later.started_ms
    assert all(turn.started_ms <= turn.ended_ms for turn in completed.turns)
    assert completed.turns[0].speaker == "interviewer"
    assert completed.turns[-1].speaker == "interviewer"


def test_words_carry_their_times_and_the_recognisers_confidence(completed: Completed):
    for before, turn in pairwise(completed.turns):
        if turn.speaker == "interviewer":
            assert turn.confidence is None
            continue
        assert turn.confidence is not None
        assert turn.words
        assert len(turn.words) == pytest.approx(len(words_of(turn.text)), rel=0.3, abs=2)
        times = [(word.started_ms, word.ended_ms) for word in turn.words]
        assert times == sorted(times)
        assert turn.words[-1].ended_ms <= turn.ended_ms + TIME_SLACK_MS
        # Who goes on over an interviewer that cut in began before it did, and a turn's start never falls with its seq.
        if not before.interrupted:
            assert turn.words[0].started_ms >= turn.started_ms - TIME_SLACK_MS


def test_both_sides_were_captioned(completed: Completed):
    assert content_share(completed.said, completed.captions.candidate_text) >= 0.8
    first_question = completed.interview.questions[0].text
    assert content_share(first_question, completed.captions.interviewer_text) >= 0.9


def test_it_ends_in_a_report_whose_quotes_were_said(completed: Completed):
    assert completed.feedback.status == "ready"
    report = completed.feedback.feedback
    assert report is not None
    assert len(report["questions"]) == QUESTIONS
    turns = {turn.seq: " ".join(words_of(turn.text)) for turn in completed.turns}
    evidence = [item for category in report["categories"] for item in category["evidence"]]
    evidence += [item for strength in report["strengths"] for item in strength["evidence"]]
    for item in evidence:
        assert " ".join(words_of(item["quote"])) in turns[item["turn_seq"]]

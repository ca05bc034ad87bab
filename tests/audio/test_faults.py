"""The interview goes on when the model fails, when nobody speaks, and when nobody told it what to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.fakes.llm_server import Mode
from tests.support.candidate.interviewee import Answer, Answered, take_interview
from tests.support.client import AttemptSeen, FeedbackSeen, TurnSeen

pytestmark = pytest.mark.audio
VOICE = "am_michael"
FAULTS: tuple[Mode, ...] = ("error", "nonsense", "hang")
QUESTIONS = 8
"""More than answers: not every answer gets a follow-up, and a wish to stop that is misheard takes a question too."""


@dataclass(frozen=True)
class Failed:
    answered: list[Answered]
    asked_under: set[Mode]
    """The faults under which the model was really asked."""
    attempt: AttemptSeen
    turns: list[TurnSeen]


@scene(lasts_sec=75)
async def failing_model(stage: Stage) -> Failed:
    asked_under: set[Mode] = set()

    def answers_under_faults() -> Iterator[Answer]:
        for mode in FAULTS:
            stage.llm.mode, before = mode, len(stage.llm.requests)
            yield Answer((stage.clips.get("load-balancer", VOICE),))
            if len(stage.llm.requests) > before:
                asked_under.add(mode)
        stage.llm.mode = "scripted"
        while True:
            yield Answer((stage.clips.get("end-here", VOICE),))

    async with stage.caller() as caller:
        interview = await caller.create_interview(QUESTIONS)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            ready = stage.clips.get("ready", VOICE)
            answered = [one async for one in take_interview(candidate, ready, answers_under_faults())]
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        return Failed(answered, asked_under, attempt, await caller.turns(attempt.id))


def test_when_the_model_fails_raves_or_hangs_the_interview_goes_on(failing_model: Failed):
    assert len(failing_model.asked_under) >= 2
    assert len(failing_model.answered) >= len(FAULTS) + 1
    assert all(one.measure.response_sec is not None for one in failing_model.answered)
    assert failing_model.attempt.end_reason == "candidate_ended"


def test_what_a_raving_model_says_is_not_spoken(failing_model: Failed):
    spoken = " ".join(turn.text for turn in failing_model.turns if turn.speaker == "interviewer")
    assert "blah" not in spoken
    assert "language model" not in spoken


@dataclass(frozen=True)
class Silent:
    turns: list[TurnSeen]
    feedback: FeedbackSeen


@scene(lasts_sec=55)
async def silence(stage: Stage) -> Silent:
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.ended(within_sec=60)
        attempt = await caller.over(started.attempt.id)
        return Silent(await caller.turns(attempt.id), await caller.settled_feedback(attempt.id))


def test_silence_is_met_with_help_at_most_twice_and_then_it_moves_on(silence: Silent):
    helped = [turn for turn in silence.turns if turn.act in ("nudge", "rephrase", "hint", "repeat")]
    assert 1 <= len(helped) <= 2
    assert silence.turns[-1].act == "closing"


def test_an_interview_without_an_answer_gets_no_score(silence: Silent):
    assert silence.feedback.status == "not_assessable"
    assert silence.feedback.feedback is None
